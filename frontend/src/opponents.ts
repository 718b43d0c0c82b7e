// How those answer whose turn it is after a move: part of what stability means.
import type { Opponents } from "./api";

export const OPPONENTS: Record<Opponents, string> = {
  legal: "any legal sequence",
  once: "each at most once",
  single: "a single move",
};

/** What an address asks for; anything else counts as any legal sequence. */
export const opponentsOf = (asked: string): Opponents => (Object.hasOwn(OPPONENTS, asked) ? (asked as Opponents) : "legal");
