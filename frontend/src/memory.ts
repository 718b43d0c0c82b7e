// What survives a reload: drafts with their history, and what a sweep has found.
import type { JudgedClaim } from "./api";
import type { History } from "./history";

export interface Draft {
  version: string;
  text: string;
  history: History;
}

/** What was judged of a text. */
export interface Judged {
  text: string;
  judged: JudgedClaim[];
}

const draftKey = (id: string) => `detente:draft:${id}`;
const judgedKey = (id: string) => `detente:judged:${id}`;

function put(storages: Storage[], key: string, ...values: unknown[]): void {
  const texts = values.map((value) => JSON.stringify(value));
  for (const storage of storages) {
    for (const text of texts) {
      try {
        storage.setItem(key, text);
        break;
      } catch {
        // No room left, or nothing can be stored here, as in some private windows: the next is smaller.
      }
    }
  }
}

function got<T>(storage: Storage, key: string): T | null {
  try {
    return JSON.parse(storage.getItem(key) ?? "null") as T | null;
  } catch {
    return null;
  }
}

// A draft with its history can be large: it is written when the results are shown, at the latest when the page goes.
const PAUSE = 200;
const waiting = new Map<string, Draft>();
let timer: ReturnType<typeof setTimeout> | undefined;

function write(): void {
  clearTimeout(timer);
  for (const [id, draft] of waiting) {
    // Where there is no room the draft is kept without its history rather than lost.
    put([sessionStorage, localStorage], draftKey(id), draft, { ...draft, history: { past: [], future: [] } });
  }
  waiting.clear();
}
addEventListener("pagehide", write);
addEventListener("visibilitychange", write);

/** Keep a draft for this tab, and for one that is opened when this is closed. */
export function remember(id: string, draft: Draft): void {
  waiting.set(id, draft);
  clearTimeout(timer);
  timer = setTimeout(write, PAUSE);
}

/** The draft of this tab, else the newest of any. */
export function recall(id: string): Draft | null {
  write();
  return got<Draft>(sessionStorage, draftKey(id)) ?? got<Draft>(localStorage, draftKey(id));
}

export function forget(id: string): void {
  waiting.delete(id);
  for (const storage of [sessionStorage, localStorage]) storage.removeItem(draftKey(id));
}

export const rememberJudged = (id: string, found: Judged): void => put([sessionStorage], judgedKey(id), found);
export const recallJudged = (id: string): Judged | null => got<Judged>(sessionStorage, judgedKey(id));
