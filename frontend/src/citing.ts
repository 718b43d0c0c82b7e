// Which elements of a case cite which passage.
import type { Anchored, Cited, Edit, Evidence, Outline, Path } from "./api";
import { insert, put } from "./elements";

export interface Use {
  cited: Cited;
  element: string;
  words: string;
  /** The words are a condition. */
  formal: boolean;
  standing: string;
  path: Path;
}

/** All citations of a case, in the order of their passages. */
export function citing(outline: Outline): Use[] {
  const uses: Use[] = [];
  const take = (evidence: Evidence, element: string, words: string, path: Path, formal = false) => {
    for (const cited of evidence.cite ?? []) uses.push({ cited, element, words, formal, standing: evidence.standing ?? "", path });
  };
  for (const dm of outline.decision_makers) {
    const path = ["decision_makers", dm.id];
    take(dm.evidence, "decision maker", dm.name, path);
    dm.statements.forEach((item, i) =>
      take(item.evidence, `${dm.id} prefers`, item.condition, [...path, "preferences", "prioritise", i], true),
    );
  }
  for (const option of outline.options) {
    take(option.evidence, `${option.dm} can`, option.text, ["decision_makers", option.dm, "options", option.id]);
  }
  outline.rules.forEach((rule, i) => take(rule.evidence, rule.kind.replaceAll("_", " "), rule.conditions.join(", "), ["rules", i], true));
  for (const outcome of outline.outcomes) {
    take(outcome.evidence, `${outcome.id} =`, outcome.condition, ["outcomes", outcome.id], true);
  }
  for (const claim of outline.claims) take(claim.evidence, "claim", claim.text || claim.condition, ["claims", claim.id], !claim.text);
  const collator = new Intl.Collator("en", { numeric: true });
  return uses.sort((a, b) => collator.compare(a.cited.at ?? "", b.cited.at ?? ""));
}

/** An element that can cite a passage. */
export interface Target {
  label: string;
  path: Path;
  /** The key under which a bare text goes when the element gets a citation; empty if it is none. */
  bare: string;
  text: string;
  cite: Cited[];
  /** The citations are a list in the text. */
  listed: boolean;
}

const citations = ({ cite = [], listed = false }: Evidence) => ({ cite, listed });

export function elementsOf(outline: Outline): Target[] {
  const made: Target[] = [];
  for (const dm of outline.decision_makers) {
    const path = ["decision_makers", dm.id];
    made.push({ label: dm.name, path, bare: "", text: "", ...citations(dm.evidence) });
    dm.statements.forEach((item, i) =>
      made.push({
        label: `${dm.id} prefers ${item.condition}`,
        path: [...path, "preferences", "prioritise", i],
        bare: item.plain ? "prefer" : "",
        text: item.condition,
        ...citations(item.evidence),
      }),
    );
  }
  for (const option of outline.options) {
    made.push({
      label: `${option.dm}.${option.id}`,
      path: ["decision_makers", option.dm, "options", option.id],
      bare: option.plain ? "text" : "",
      text: option.text,
      ...citations(option.evidence),
    });
  }
  outline.rules.forEach((rule, i) =>
    made.push({ label: `rule ${rule.kind} ${rule.conditions.join(", ")}`, path: ["rules", i], bare: "", text: "", ...citations(rule.evidence) }),
  );
  for (const outcome of outline.outcomes) {
    made.push({
      label: outcome.id,
      path: ["outcomes", outcome.id],
      bare: outcome.plain ? "when" : "",
      text: outcome.condition,
      ...citations(outcome.evidence),
    });
  }
  for (const claim of outline.claims) {
    made.push({ label: `claim ${claim.id}`, path: ["claims", claim.id], bare: "", text: "", ...citations(claim.evidence) });
  }
  return made;
}

/** Whether two citations name the same words. */
export const same = (a: Cited, b: Cited): boolean =>
  a.source === b.source && (a.at ?? "") === (b.at ?? "") && (a.quote ?? "") === (b.quote ?? "") && (a.after ?? "") === (b.after ?? "");

/** A citation as it stands in a case: short where it quotes nothing. */
export function written({ source, at, quote, after }: Cited): string | Record<string, string> {
  if (!quote) return at ? `${source} ${at}` : source;
  return { source, at: at ?? "", quote, ...(after && { after }) };
}

/** The settings of the Source view that lead to a citation. */
export const leading = ({ source, at = "", quote = "", after = "" }: Cited) => ({ source, at, quote, after });

/** Name a citation in a few words. */
export function named({ source, at, quote }: Cited): string {
  return `${source} ${at ?? ""}`.trim() + (quote ? ` “${quote.length > 40 ? `${quote.slice(0, 38)}…` : quote}”` : "");
}

/** Add a citation to an element; null if it has it already. */
export function citeEdit({ path, bare, text, cite, listed }: Target, cited: Cited): Edit | null {
  if (cite.some((one) => same(one, cited))) return null;
  if (bare) return put(path, { [bare]: text, cite: written(cited) });
  if (listed) return insert([...path, "cite", cite.length], written(cited));
  return put([...path, "cite"], cite.length ? [...cite, cited].map(written) : written(cited));
}

/** Where a citation leads in its text, as far as is known. */
export const anchorOf = (anchors: Anchored[], cited: Cited): Anchored | undefined =>
  anchors.find((anchor) => same(anchor, cited));
