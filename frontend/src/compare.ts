// Two analyses side by side. States are matched by their pattern, since indices shift with the rules.
import type { Outline, Results } from "./api";

export interface Difference {
  concept: string;
  title: string;
  kept: string[];
  gained: string[];
  lost: string[];
}

/** What a state is called in both analyses: the combination of options, or the id in a graph. */
export const nameOf = (results: Results, state: number): string =>
  results.names.length || !results.patterns[state]
    ? results.ids[state]!
    : results.patterns[state]!;

export function compare(base: Results, draft: Results): Difference[] {
  return draft.concepts.map(({ key, title, equilibria }) => {
    const before = base.concepts.find((concept) => concept.key === key)?.equilibria ?? [];
    const old = new Set(before.map((state) => nameOf(base, state)));
    const now = new Set(equilibria.map((state) => nameOf(draft, state)));
    return {
      concept: key,
      title,
      kept: [...now].filter((name) => old.has(name)),
      gained: [...now].filter((name) => !old.has(name)),
      lost: [...old].filter((name) => !now.has(name)),
    };
  });
}

/** For each DM the number of states whose place changed, and of those added or removed. */
export function moved(base: Results, draft: Results): Map<string, number> {
  const index = new Map(base.ids.map((_, state) => [nameOf(base, state), state]));
  const counts = new Map<string, number>();
  draft.decision_makers.forEach((dm, i) => {
    const row = base.places[base.decision_makers.indexOf(dm)];
    const changed = draft.ids.filter((_, state) => {
      const before = index.get(nameOf(draft, state));
      return before === undefined || row?.[before] !== draft.places[i]![state];
    });
    counts.set(dm, changed.length);
  });
  return counts;
}

/** Outcomes that hold at an equilibrium, by outcome: the concepts under which they do. */
export function outcomesHeld(results: Results): Map<string, string[]> {
  const held = new Map<string, string[]>();
  for (const [outcome, states] of Object.entries(results.outcomes)) {
    const there = new Set(states);
    const concepts = results.concepts.filter(({ equilibria }) => equilibria.some((s) => there.has(s)));
    held.set(
      outcome,
      concepts.map(({ key }) => key),
    );
  }
  return held;
}

/** A claim in the file and in the draft: whether it holds; null where the claim is not there. */
export interface ClaimPair {
  id: string;
  text: string;
  before: boolean | null;
  now: boolean | null;
  changed: boolean;
  /** It asserts something else in the draft than in the file. */
  rewritten: boolean;
}

type Holds = Record<string, boolean>;
type Asserted = Outline["claims"];

/** Every claim of the file and the draft, those whose verdict changed first. */
export function claimPairs(file: Asserted, draft: Asserted, before: Holds, now: Holds): ClaimPair[] {
  const old = new Map(file.map((claim) => [claim.id, claim]));
  const kept = new Set(draft.map((claim) => claim.id));
  const pairs = [...draft, ...file.filter(({ id }) => !kept.has(id))].map(({ id, text, condition }) => {
    const pair = { id, text: text || condition, before: before[id] ?? null, now: now[id] ?? null };
    const was = old.get(id);
    return { ...pair, changed: pair.before !== pair.now, rewritten: kept.has(id) && was !== undefined && was.condition !== condition };
  });
  return [...pairs.filter(({ changed }) => changed), ...pairs.filter(({ changed }) => !changed)];
}
