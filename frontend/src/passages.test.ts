import { describe, expect, it } from "vitest";
import type { Document } from "./api";
import { citeEdit, same, written } from "./citing";
import { cut, sentences } from "./passages";

describe("cut", () => {
  it("cuts where spans start and end, in code points", () => {
    expect(cut("a𝔘b cd", 10, [{ start: 11, end: 12 }, { start: 0, end: 14 }])).toEqual([
      { words: "a", start: 10 }, { words: "𝔘", start: 11 }, { words: "b ", start: 12 }, { words: "cd", start: 14 },
    ]);
  });
  it("leaves a stretch whole that no edge falls into", () => {
    expect(cut("abc", 5, [{ start: 0, end: 5 }, { start: 5, end: 8 }])).toEqual([{ words: "abc", start: 5 }]);
    expect(cut("", 5, [])).toEqual([]);
  });
});

describe("sentences", () => {
  const text = {
    annotations: [{ kind: "option", passage: "p01.s1", confidence: 1, details: { actor: "Orvania" } }],
  } as unknown as Document;
  const block = {
    segments: [
      { text: "They may ", start: 0, sentence: "p01.s1", marks: [] },
      { text: "close it.", start: 9, sentence: "p01.s1", marks: [0] },
    ],
  } as unknown as Document["blocks"][number];
  it("marks annotations, cited words, and those that were asked for", () => {
    const [one] = sentences(text, block, new Set(["option"]), [{ start: 5, end: 14 }], { start: 9, end: 14 });
    expect(one!.parts.map((part) => [part.words, part.kinds.length, part.cited, part.here])).toEqual([
      ["They ", 0, false, false], ["may ", 0, true, false], ["close", 1, true, true], [" it.", 1, false, false],
    ]);
  });
});

describe("sentences without marks", () => {
  it("puts together what is marked alike", () => {
    const text = { annotations: [{ kind: "actor", passage: "p01.s1", confidence: 1, details: {} }] } as unknown as Document;
    const block = {
      segments: [
        { text: "They", start: 0, sentence: "p01.s1", marks: [0] },
        { text: " left.", start: 4, sentence: "p01.s1", marks: [] },
        { text: " Soon.", start: 10, sentence: "p01.s2", marks: [] },
      ],
    } as unknown as Document["blocks"][number];
    const made = sentences(text, block, new Set(), [], null);
    expect(made.map(({ at, parts }) => [at, parts.map((part) => part.words)])).toEqual([["p01.s1", ["They left."]], ["p01.s2", [" Soon."]]]);
  });
});

describe("citing", () => {
  const words = { source: "report", at: "p01.s1", quote: "the port", after: "" };
  const target = { label: "", path: ["claims", "a"], bare: "", text: "", cite: [], listed: false };
  it("writes words in full and passages short", () => {
    expect(written(words)).toEqual({ source: "report", at: "p01.s1", quote: "the port" });
    expect(written({ source: "report", at: "p01", quote: "", after: "" })).toBe("report p01");
  });
  it("keeps the citations that are there as they are", () => {
    const before = { source: "report", at: "p02", quote: "other", after: "no" };
    expect(citeEdit({ ...target, cite: [before] }, words)!.value).toEqual([written(before), written(words)]);
    expect(citeEdit({ ...target, cite: [before], listed: true }, words)).toMatchObject({ kind: "insert", path: ["claims", "a", "cite", 1] });
    expect(citeEdit({ ...target, bare: "text", text: "Do it" }, words)!.value).toEqual({ text: "Do it", cite: written(words) });
    expect(citeEdit({ ...target, cite: [words] }, words)).toBeNull();
    expect(same(words, before)).toBe(false);
  });
});
