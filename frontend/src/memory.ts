// What survives a reload: drafts with their history, and the choice of light or dark.
import type { History } from "./history";

export interface Draft {
  version: string;
  text: string;
  history: History;
}

const key = (id: string) => `detente:draft:${id}`;

export function remember(id: string, draft: Draft): void {
  try {
    localStorage.setItem(key(id), JSON.stringify(draft));
  } catch {
    // No room left: keep the draft without its history rather than lose it.
    try {
      localStorage.setItem(key(id), JSON.stringify({ ...draft, history: { past: [], future: [] } }));
    } catch {
      // Nothing can be stored here, as in some private windows.
    }
  }
}

export function recall(id: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(key(id)) ?? "null") as Draft | null;
  } catch {
    return null;
  }
}

export function forget(id: string): void {
  localStorage.removeItem(key(id));
}
