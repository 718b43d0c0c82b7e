// The server's interface. Its types come from the server itself: `make frontend` writes contract.d.ts.
import type { components } from "./contract";

type Schemas = components["schemas"];
export type Act = Required<Schemas["ActRequest"]>;
export type Anchored = Schemas["Anchored"];
export type CaseEntry = Schemas["CaseEntry"];
export type CaseFile = Schemas["CaseFile"];
export type Cited = Schemas["Cited"];
export type Concept = Schemas["Concept"];
export type Conflicting = Schemas["Conflicting"];
export type DecisionMaker = Schemas["DecisionMaker"];
export type Doubt = Schemas["Doubt"];
export type Document = Schemas["Document"];
export type Documents = Schemas["Documents"];
export type Edit = Schemas["EditRequest"];
export type Evidence = Schemas["Evidence"];
export type Fault = Schemas["Fault"];
export type Graph = Schemas["Graph"];
export type Move = Graph["moves"][number];
export type JudgeEvent = Schemas["JudgeEvent"];
export type JudgedClaim = Schemas["JudgedClaim"];
export type Look = Schemas["Look"];
export type OpenQuestion = Schemas["OpenQuestion"];
export type Outline = Schemas["Outline"];
export type Query = Schemas["Query"];
export type Quoted = Schemas["Quoted"];
export type ReadingView = Schemas["ReadingView"];
export type Rejected = Schemas["Rejected"];
export type Results = Schemas["Results"];
export type Settlement = Schemas["Settlement"];
export type Grade = Schemas["SettlementRequest"]["grade"];
export type Statement = Schemas["Statement"];
export type Tab = Schemas["Tab"];
export type TabParty = Schemas["TabParty"];
export type TabStatement = Schemas["TabStatement"];
export type StateDetails = Schemas["StateDetails"];
export type Opponents = Schemas["LookRequest"]["opponents"];
/** What is asked about: a text of a case, in one of its readings, with some questions answered. */
export interface About {
  id: string;
  text: string;
  reading: string;
  answers: Record<string, number>;
}
export type Path = (string | number)[];

export class Refused extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly answer: unknown,
  ) {
    super(message);
  }
}

async function answered(method: string, address: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, {
      method,
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refused("The server does not answer: is “detente serve” still running?", 0, null);
  }
  if (response.ok) return response;
  const answer: unknown = await response.json().catch(() => null);
  const message = (answer as { message?: string } | null)?.message;
  throw new Refused(message ?? `The server answered ${response.status}.`, response.status, answer);
}

async function ask<T>(method: string, address: string, body?: unknown): Promise<T> {
  return (await (await answered(method, address, body)).json()) as T;
}

/** A file as it came, with the name that the server gives it. */
async function file(address: string, body: unknown): Promise<File> {
  const response = await answered("POST", address, body);
  const name = /filename="([\w.-]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1];
  return new File([await response.blob()], name ?? "download");
}

const named = (address: string, id: string) => `${address}?${new URLSearchParams({ id })}`;

export const api = {
  cases: () => ask<CaseEntry[]>("GET", "/api/cases"),
  case: (id: string) => ask<CaseFile>("GET", named("/api/case", id)),
  version: (id: string) => ask<{ version: string }>("GET", named("/api/version", id)),
  save: (id: string, text: string, version: string) =>
    ask<{ version: string }>("PUT", "/api/case", { id, text, version }),
  look: (about: About, edits: Edit[] = [], opponents: Opponents = "legal", acts: Act[] = []) =>
    ask<Look>("POST", "/api/look", { ...about, edits, acts, opponents }),
  claims: (about: About) => ask<{ holds: Record<string, boolean> }>("POST", "/api/claims", about),
  query: (about: About, condition: string) => ask<Query>("POST", "/api/query", { ...about, condition }),
  state: (about: About, state: number, concept: string) =>
    ask<StateDetails>("POST", "/api/state", { ...about, state, concept }),
  settlement: (about: About, where: string, grade: Grade) =>
    ask<Settlement>("POST", "/api/settlement", { ...about, where, grade }),
  documents: (id: string, text: string) => ask<Documents>("POST", "/api/documents", { id, text }),
  graph: (about: About, focus: number | null) => ask<Graph>("POST", "/api/graph", { ...about, focus }),
  anchors: (id: string, text: string) => ask<{ anchors: Anchored[] }>("POST", "/api/anchors", { id, text }),
  quote: (id: string, text: string, words: Partial<Schemas["QuoteRequest"]>) =>
    ask<Quoted>("POST", "/api/quote", { id, text, ...words }),
  reject: (id: string, one: Rejected, rejected: boolean) =>
    ask<{ rejected: Rejected[] }>("PUT", "/api/rejected", { id, ...one, rejected }),
  offers: () => ask<string[]>("GET", "/api/offers"),
  order: (about: About, what: string, claim = "") => file("/api/order", { ...about, what, claim }),
};

/** What of a text's claims is to be judged: as written, or in a sweep of all or of drawn combinations. */
export interface Judging {
  id: string;
  text: string;
  sweep: boolean;
  draws: number;
}

/** Judge claims, event by event; aborting the signal stops the work on the server. */
export async function judge(asked: Judging, signal: AbortSignal, take: (event: JudgeEvent) => void): Promise<void> {
  const response = await answered("POST", "/api/judge", asked, signal);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop()!;
    for (const line of lines) take(JSON.parse(line) as JudgeEvent);
  }
}
