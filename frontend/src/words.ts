// Words of a sentence, chosen one after the other by keyboard.
import type { Span } from "./passages";

/** The words of a text, in any language, as spans of code units. */
export function wordsOf(text: string): Span[] {
  const segments = new Intl.Segmenter(undefined, { granularity: "word" }).segment(text);
  return [...segments].filter((one) => one.isWordLike).map(({ index, segment }) => ({ start: index, end: index + segment.length }));
}

/** Words from one to another, in whatever order, by their numbers. */
export interface Walk {
  from: number;
  to: number;
}

/** Go on to the next word or the one before; to choose more, stay where the walk began. */
export function stepped(walk: Walk | null, by: 1 | -1, more: boolean, count: number): Walk {
  if (!walk) return by > 0 ? { from: 0, to: 0 } : { from: count - 1, to: count - 1 };
  const to = Math.max(0, Math.min(count - 1, walk.to + by));
  return { from: more ? walk.from : to, to };
}

/** Select a stretch of what an element says. */
export function select(element: Element, { start, end }: Span): void {
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let passed = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent!.length;
    if (start >= passed && start < passed + length) range.setStart(node, start - passed);
    if (end > passed && end <= passed + length) range.setEnd(node, end - passed);
    passed += length;
  }
  getSelection()?.removeAllRanges();
  getSelection()?.addRange(range);
}
