// What is done on a tab, as it is told to the server: see “Act” in the case room.
import type { Act, Path } from "./api";

const done = (kind: Act["kind"], more: Partial<Act> = {}): Act => ({
  kind, dm: "", at: 0, to: 0, path: [], value: null, ...more,
});

export type Change = Pick<Act, "kind"> & Partial<Act>;
export const acting = ({ kind, ...more }: Change): Act => done(kind, more);

/** On a DM's list of statements. */
export const statementAct = (kind: Act["kind"], dm: string, at: number, more: Partial<Act> = {}): Act =>
  done(kind, { dm, at, ...more });

/** On a value by its path; nothing means that it is removed. */
export const setting = (path: Path, value: unknown, dm = ""): Act =>
  done("set", { path, dm, value: value === "" ? null : value });
export const appending = (path: Path, value: unknown): Act => done("append", { path, value });
export const discarding = (path: Path): Act => done("discard", { path });

/** An id for a name: letters, digits and underscores, unlike those that are taken. */
export function idFor(name: string, taken: string[]): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain.replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "").slice(0, 40);
  if (!words) return "";
  const start = /^[a-z]/.test(words) ? words : `x${words}`;
  let made = RESERVED.has(start) ? `${start}_is` : start;
  for (let number = 2; taken.includes(made); number++) made = `${start}_${number}`;
  return made;
}

const RESERVED = new Set(
  "and or not xor iff implies if then true false atleast atmost exactly only".split(" "),
);

/** What was typed as a number, a probability or “open”, as the case has it. */
export function numeral(text: string): number | string {
  const trimmed = text.trim();
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed;
}
