// Which moves of a graph are drawn, and where they lead.
import type { Graph, Move } from "./api";

export type Choice = "best" | "improvements" | "all";

const KINDS: Record<Choice, Move[3][]> = {
  best: ["best"],
  improvements: ["best", "better"],
  all: ["best", "better", "other"],
};
const MOST_LINES = 140;

export const kindsOf = (choice: Choice): Set<Move[3]> => new Set(KINDS[choice]);

/** Whether so many improvements would be drawn that nobody could follow them. */
export const isBusy = (graph: Graph): boolean => graph.moves.filter(([, , , kind]) => kind !== "other").length > MOST_LINES;

/** What is drawn: as chosen, else all improvements or, of many, the best ones. */
export function choiceOf(wanted: string, graph: Graph | null): Choice {
  if (Object.hasOwn(KINDS, wanted)) return wanted as Choice;
  return graph && isBusy(graph) ? "best" : "improvements";
}

/** The states that improvements lead to from a state, itself included: those that are drawn, by whom they are. */
export function aheadOf(graph: Graph, start: number | null, kinds: Set<Move[3]>, without: Set<number>): Set<number> {
  const found = new Set<number>(start === null ? [] : [start]);
  const steps = graph.moves.filter(([, , dm, kind]) => kind !== "other" && kinds.has(kind) && !without.has(dm));
  for (const state of found) for (const [from, to] of steps) if (from === state) found.add(to);
  return found;
}
