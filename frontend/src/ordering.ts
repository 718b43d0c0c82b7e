// The order in which states are listed.
import type { Results } from "./api";

/** Equilibria first, by the number of concepts under which they are; or by a column. */
export function orderOf(results: Results, column: string, down: boolean): number[] {
  const states = results.ids.map((_, state) => state);
  const keys = sortKeys(results, column);
  if (!keys) return states;
  const sign = down ? -1 : 1;
  return states.sort((a, b) => sign * (keys[a]! - keys[b]!) || a - b);
}

function sortKeys(results: Results, column: string): number[] | null {
  const dm = results.decision_makers.indexOf(column);
  if (dm >= 0) return results.places[dm]!;
  if (column === "id") return results.ids.map((_, state) => state);
  const wanted = results.concepts.filter(({ key }) => !column || key === column);
  if (!wanted.length) return null;
  const keys = results.ids.map(() => 0);
  for (const { equilibria } of wanted) for (const state of equilibria) keys[state]! -= 1;
  return keys;
}
