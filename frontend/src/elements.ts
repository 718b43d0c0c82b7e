// Where elements stand in a case's text, and the edits that the views make.
import type { Edit, Fault, Path, Statement } from "./api";

export const statements = (dm: string): Path => ["decision_makers", dm, "preferences", "prioritise"];

export const statement = (dm: string, index: number): Path => [...statements(dm), index];

/** Where the condition of an element stands that may be written short, as a bare condition. */
export const condition = (element: Path, key: string, plain: boolean): Path =>
  plain ? element : [...element, key];

export const put = (path: Path, value: unknown): Edit => ({ kind: "put", path, value, to: 0 });
export const insert = (path: Path, value: unknown): Edit => ({ kind: "insert", path, value, to: 0 });
export const remove = (path: Path): Edit => ({ kind: "remove", path, value: null, to: 0 });
export const move = (path: Path, to: number): Edit => ({ kind: "move", path, value: null, to });

/** Turn a condition into its opposite, and back again. */
export function flipped(text: string): string {
  const trimmed = text.trim();
  const simple = /^not\s+([A-Za-z][\w.]*)$/.exec(trimmed);
  if (simple) return simple[1]!;
  if (/^[A-Za-z][\w.]*$/.test(trimmed)) return `not ${trimmed}`;
  const wrapped = /^not\s*\((.*)\)$/s.exec(trimmed);
  if (wrapped && balanced(wrapped[1]!)) return wrapped[1]!;
  return `not (${trimmed})`;
}

function balanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === "(") depth++;
    if (character === ")" && --depth < 0) return false;
  }
  return depth === 0;
}

/** The edits that add a statement, also to a DM that had none. */
export function adding(dm: string, existing: Statement[], text: string, kind: string): Edit {
  const value = { prefer: text, standing: "assumed" };
  if (kind === "none") return put(["decision_makers", dm, "preferences"], { prioritise: [value] });
  return insert([...statements(dm), existing.length], value);
}

/** The faults of a value and of what is inside it. */
export function faultsAt(faults: Fault[], path: Path): Fault[] {
  return faults.filter((fault) => path.every((step, i) => fault.path[i] === step));
}
