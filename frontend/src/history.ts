// Undo and redo over texts.

export interface Step {
  text: string;
  /** What led away from this text, in words. */
  label: string;
  /** Changes with the same mark are one step, such as letters typed into one field. */
  mark: string;
}

export interface History {
  past: Step[];
  future: Step[];
}

const MOST_CHARACTERS = 1_000_000;

export const empty = (): History => ({ past: [], future: [] });

export function record(history: History, step: Step): History {
  const last = history.past.at(-1);
  if (step.mark && last?.mark === step.mark) return { past: history.past, future: [] };
  const past = [...history.past, step];
  let size = past.reduce((sum, { text }) => sum + text.length, 0);
  while (past.length > 1 && size > MOST_CHARACTERS) size -= past.shift()!.text.length;
  return { past, future: [] };
}

/** Go back one step; null where there is none. */
export function undone(history: History, now: string): { text: string; history: History } | null {
  const step = history.past.at(-1);
  if (!step) return null;
  const future = [...history.future, { ...step, text: now, mark: "" }];
  return { text: step.text, history: { past: history.past.slice(0, -1), future } };
}

/** Go forward again; null where there is nothing to go to. */
export function redone(history: History, now: string): { text: string; history: History } | null {
  const step = history.future.at(-1);
  if (!step) return null;
  const past = [...history.past, { ...step, text: now, mark: "" }];
  return { text: step.text, history: { past, future: history.future.slice(0, -1) } };
}
