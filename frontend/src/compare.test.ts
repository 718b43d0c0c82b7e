import { describe, expect, it } from "vitest";
import type { Outline } from "./api";
import { claimPairs } from "./compare";

const claim = (id: string, condition = `equilibrium(${id})`): Outline["claims"][number] => ({
  id, text: `It says ${id}.`, condition, plain: false, expect: "", evidence: { cite: [], listed: false, because: "", standing: "" },
});

describe("claimPairs", () => {
  it("puts claims whose verdict changed first and keeps the order otherwise", () => {
    const claims = [claim("a"), claim("b"), claim("c"), claim("d")];
    const pairs = claimPairs(claims, claims, { a: true, b: true, c: false, d: true }, { a: true, b: false, c: false, d: false });
    expect(pairs.map(({ id, before, now, changed }) => [id, before, now, changed])).toEqual([
      ["b", true, false, true],
      ["d", true, false, true],
      ["a", true, true, false],
      ["c", false, false, false],
    ]);
  });

  it("tells claims that are only in the file or only in the draft", () => {
    const pairs = claimPairs([claim("a"), claim("old")], [claim("a"), claim("new")], { a: true, old: true }, { a: true, new: false });
    expect(pairs.map(({ id, before, now }) => [id, before, now])).toEqual([["new", null, false], ["old", true, null], ["a", true, true]]);
  });

  it("tells when the draft asserts something else", () => {
    const [pair] = claimPairs([claim("a")], [claim("a", "not equilibrium(a)")], { a: true }, { a: true });
    expect([pair!.changed, pair!.rewritten]).toEqual([false, true]);
  });
});
