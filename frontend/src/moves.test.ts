import { describe, expect, it } from "vitest";
import type { Graph, Move } from "./api";
import { aheadOf, choiceOf, kindsOf } from "./moves";

const graph = (moves: Move[]): Graph => ({ states: [], x: [], y: [], moves, path: [], hidden: 0, around: null });
const few = graph([
  [0, 1, 0, "best"],
  [0, 2, 0, "better"],
  [1, 3, 1, "best"],
  [3, 0, 1, "other"],
  [2, 4, 1, "best"],
]);

describe("choiceOf", () => {
  const many = graph(Array.from({ length: 141 }, (_, i): Move => [i, i + 1, 0, "better"]));
  it("draws all improvements of few, and the best of many", () => {
    expect(choiceOf("", few)).toBe("improvements");
    expect(choiceOf("", many)).toBe("best");
    expect(choiceOf("", null)).toBe("improvements");
  });
  it("draws what was chosen, if there is such a choice", () => {
    expect(choiceOf("all", many)).toBe("all");
    expect(choiceOf("improvements", many)).toBe("improvements");
    for (const none of ["no such", "constructor"]) expect(choiceOf(none, many)).toBe("best");
  });
});

describe("aheadOf", () => {
  const ahead = (start: number | null, choice: "best" | "improvements" | "all", without: number[] = []) =>
    [...aheadOf(few, start, kindsOf(choice), new Set(without))].sort();
  it("follows the improvements that are drawn", () => {
    expect(ahead(0, "best")).toEqual([0, 1, 3]);
    expect(ahead(0, "improvements")).toEqual([0, 1, 2, 3, 4]);
    expect(ahead(0, "improvements", [1])).toEqual([0, 1, 2]);
  });
  it("never follows a move that is no improvement", () => {
    expect(ahead(3, "all")).toEqual([3]);
    expect(ahead(null, "all")).toEqual([]);
  });
});
