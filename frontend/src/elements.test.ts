import { describe, expect, it } from "vitest";
import { compare } from "./compare";
import type { Results } from "./api";
import { idFor, numeral } from "./acts";
import { faultsAt, flipped } from "./elements";
import { empty, record, redone, undone } from "./history";
import { orderOf } from "./ordering";

describe("flipped", () => {
  it.each([
    ["us.offer", "not us.offer"],
    ["not us.offer", "us.offer"],
    ["a and b", "not (a and b)"],
    ["not (a and b)", "a and b"],
    ["not (a) or (b)", "not (not (a) or (b))"],
  ])("turns %s into %s", (from, to) => expect(flipped(from)).toBe(to));

  it("comes back to where it was", () => {
    for (const text of ["x", "if a then b", "(a) and (b)"]) expect(flipped(flipped(text))).toBe(text);
  });
});

describe("idFor", () => {
  it.each([
    ["The Høst Côte", [], "the_h_st_cote"],
    ["Norland", ["norland"], "norland_2"],
    ["7 days", [], "x7_days"],
    ["Or", [], "or_is"],
    ["  ", [], ""],
  ])("makes an id of %s", (name, taken, id) => expect(idFor(name, taken)).toBe(id));
});

describe("numeral", () => {
  it.each([["0.5", 0.5], [" 2 ", 2], ["1/3", "1/3"], ["open", "open"], ["007", "007"]])("reads %s", (text, value) =>
    expect(numeral(text)).toBe(value));
});

describe("faultsAt", () => {
  const fault = { severity: "error" as const, line: 1, column: 1, message: "", path: ["rules", 0, "never"] };
  it("finds those inside", () => expect(faultsAt([fault], ["rules", 0])).toEqual([fault]));
  it("leaves the others out", () => expect(faultsAt([fault], ["rules", 1])).toEqual([]));
});

describe("history", () => {
  it("goes back and forth", () => {
    const one = record(empty(), { text: "a", label: "", mark: "" });
    const back = undone(one, "b")!;
    expect(back.text).toBe("a");
    expect(redone(back.history, "a")!.text).toBe("b");
    expect(undone(back.history, "a")).toBeNull();
  });
  it("takes the letters of one field as one step", () => {
    let history = record(empty(), { text: "a", label: "", mark: "x" });
    history = record(history, { text: "ab", label: "", mark: "x" });
    expect(history.past.map((step) => step.text)).toEqual(["a"]);
  });
  it("stays small", () => {
    let history = empty();
    for (let i = 0; i < 50; i++) history = record(history, { text: "x".repeat(100_000), label: "", mark: "" });
    expect(history.past.length).toBe(10);
  });
});

const results = (equilibria: number[], patterns: string[]): Results => ({
  conflict: "", n_states: patterns.length, n_combinations: 4, decision_makers: ["a"], options: [], names: [],
  ids: patterns.map((_, i) => `s${i + 1}`), patterns, outcomes: {}, status_quo: null,
  places: [patterns.map((_, i) => patterns.length - i)],
  concepts: [{ key: "nash", title: "Nash", equilibria, stable: [] }], not_applicable: {},
});

describe("compare", () => {
  it("matches states by their options, not by their number", () => {
    const [row] = compare(results([0, 1], ["N", "Y"]), results([0], ["Y"]));
    expect([row!.kept, row!.gained, row!.lost]).toEqual([["Y"], [], ["N"]]);
  });
});

describe("orderOf", () => {
  const three = results([2], ["A", "B", "C"]);
  it("puts equilibria first", () => expect(orderOf(three, "", false)).toEqual([2, 0, 1]));
  it("sorts by a DM's places", () => expect(orderOf(three, "a", false)).toEqual([2, 1, 0]));
  it("turns round", () => expect(orderOf(three, "id", true)).toEqual([2, 1, 0]));
});
