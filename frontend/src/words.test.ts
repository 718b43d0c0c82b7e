import { describe, expect, it } from "vitest";
import { stepped, wordsOf } from "./words";

describe("wordsOf", () => {
  const said = (text: string) => wordsOf(text).map(({ start, end }) => text.slice(start, end));
  it("leaves out blanks and marks", () => {
    expect(said("“It may, or won’t,” he said.")).toEqual(["It", "may", "or", "won’t", "he", "said"]);
    expect(said(" … – ")).toEqual([]);
  });
  it("counts code units, also beyond the plane that most letters are in", () => {
    expect(wordsOf("🐻 bear")).toEqual([{ start: 3, end: 7 }]);
  });
});

describe("stepped", () => {
  it("begins at the first word, or at the last", () => {
    expect(stepped(null, 1, false, 5)).toEqual({ from: 0, to: 0 });
    expect(stepped(null, -1, true, 5)).toEqual({ from: 4, to: 4 });
  });
  it("goes on, or takes more", () => {
    expect(stepped({ from: 1, to: 1 }, 1, false, 5)).toEqual({ from: 2, to: 2 });
    expect(stepped({ from: 1, to: 2 }, 1, true, 5)).toEqual({ from: 1, to: 3 });
    expect(stepped({ from: 1, to: 3 }, -1, true, 5)).toEqual({ from: 1, to: 2 });
    expect(stepped({ from: 1, to: 1 }, -1, true, 5)).toEqual({ from: 1, to: 0 });
  });
  it("stays in the sentence", () => {
    expect(stepped({ from: 4, to: 4 }, 1, false, 5)).toEqual({ from: 4, to: 4 });
    expect(stepped({ from: 0, to: 0 }, -1, true, 5)).toEqual({ from: 0, to: 0 });
  });
});
