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

function put(storage: Storage, key: string, ...values: unknown[]): void {
  for (const value of values) {
    try {
      return storage.setItem(key, JSON.stringify(value));
    } catch {
      // No room left, or nothing can be stored here, as in some private windows: the next is smaller.
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

/** Keep a draft for this tab, and for one that is opened when this is closed. */
export function remember(id: string, draft: Draft): void {
  // Where there is no room the draft is kept without its history rather than lost.
  const bare = { ...draft, history: { past: [], future: [] } };
  for (const storage of [sessionStorage, localStorage]) put(storage, draftKey(id), draft, bare);
}

/** The draft of this tab, else the newest of any. */
export function recall(id: string): Draft | null {
  return got<Draft>(sessionStorage, draftKey(id)) ?? got<Draft>(localStorage, draftKey(id));
}

export function forget(id: string): void {
  for (const storage of [sessionStorage, localStorage]) storage.removeItem(draftKey(id));
}

export const rememberJudged = (id: string, found: Judged): void => put(sessionStorage, judgedKey(id), found);
export const recallJudged = (id: string): Judged | null => got<Judged>(sessionStorage, judgedKey(id));
