// A document cut into what is shown of it: sentences, and in them stretches that are marked alike.
import type { Document } from "./api";

export interface Part {
  words: string;
  /** Where it starts in the document, in code points. */
  start: number;
  kinds: string[];
  title: string;
  cited: boolean;
  here: boolean;
}

export interface Sentence {
  at: string;
  parts: Part[];
}

export interface Span {
  start: number;
  end: number;
}

type Block = Document["blocks"][number];

/** Cut a block; `marked` are the kinds of annotations shown, `cited` the spans of cited words. */
export function sentences(text: Document, block: Block, marked: Set<string>, cited: Span[], here: Span | null): Sentence[] {
  const made: Sentence[] = [];
  for (const segment of block.segments) {
    const notes = segment.marks.map((index) => text.annotations[index]!).filter((note) => marked.has(note.kind));
    const kinds = notes.map((note) => note.kind);
    const title = notes.map((note) => [note.kind, ...Object.values(note.details).filter(Boolean)].join(": ")).join("; ");
    const parts = cut(segment.text, segment.start, here ? [...cited, here] : cited).map(({ words, start }) => ({
      words, start, kinds, title, cited: inside(start, cited), here: here !== null && inside(start, [here]),
    }));
    if (made.at(-1)?.at !== segment.sentence) made.push({ at: segment.sentence, parts: [] });
    for (const part of parts) add(made.at(-1)!.parts, part);
  }
  return made;
}

/** Add a stretch; to the one before if both are marked alike. */
function add(parts: Part[], part: Part): void {
  const last = parts.at(-1);
  const alike = last && last.title === part.title && last.cited === part.cited && last.here === part.here && last.kinds.length === part.kinds.length;
  if (alike) last.words += part.words;
  else parts.push(part);
}

const inside = (at: number, spans: Span[]): boolean => spans.some(({ start, end }) => start <= at && at < end);

/** Cut a stretch wherever a span starts or ends in it. */
export function cut(text: string, start: number, spans: Span[]): { words: string; start: number }[] {
  const letters = [...text];
  const edges = new Set([0, letters.length]);
  for (const span of spans) for (const edge of [span.start - start, span.end - start]) if (edge > 0 && edge < letters.length) edges.add(edge);
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((edge, i) => ({ words: letters.slice(edge, sorted[i + 1]).join(""), start: start + edge }));
}

/** The stretch of the document that is selected inside an element; null if there is none. */
export function selected(root: Element): Span | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(root)) return null;
  let [start, end] = [Infinity, -Infinity];
  for (const part of root.querySelectorAll<HTMLElement>("[data-start]")) {
    if (!range.intersectsNode(part)) continue;
    const text = part.textContent ?? "";
    const offset = (node: Node, at: number, otherwise: number): number =>
      part.contains(node) && node.nodeType === Node.TEXT_NODE ? at : otherwise;
    const from = offset(range.startContainer, range.startOffset, 0);
    const to = offset(range.endContainer, range.endOffset, part.contains(range.endContainer) ? 0 : text.length);
    if (from >= to) continue;
    const first = Number(part.dataset.start);
    start = Math.min(start, first + [...text.slice(0, from)].length);
    end = Math.max(end, first + [...text.slice(0, to)].length);
  }
  return start < end ? { start, end } : null;
}
