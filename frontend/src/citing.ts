// Which elements of a case cite which passage.
import type { Edit, Evidence, Outline, Path } from "./api";
import { put } from "./elements";

export interface Use {
  source: string;
  at: string;
  element: string;
  words: string;
  standing: string;
  path: Path;
}

/** All citations of a case, in the order of their passages. */
export function citing(outline: Outline): Use[] {
  const uses: Use[] = [];
  const take = (evidence: Evidence, element: string, words: string, path: Path) => {
    for (const cite of evidence.cite ?? []) {
      const [source = "", ...at] = cite.split(" ");
      uses.push({ source, at: at.join(" "), element, words, standing: evidence.standing ?? "", path });
    }
  };
  for (const dm of outline.decision_makers) {
    const path = ["decision_makers", dm.id];
    take(dm.evidence, "decision maker", dm.name, path);
    dm.statements.forEach((item, i) =>
      take(item.evidence, `${dm.id} prefers`, item.condition, [...path, "preferences", "prioritise", i]),
    );
  }
  for (const option of outline.options) {
    take(option.evidence, `${option.dm} can`, option.text, ["decision_makers", option.dm, "options", option.id]);
  }
  outline.rules.forEach((rule, i) => take(rule.evidence, rule.kind, rule.conditions.join(", "), ["rules", i]));
  for (const outcome of outline.outcomes) {
    take(outcome.evidence, `${outcome.id} =`, outcome.condition, ["outcomes", outcome.id]);
  }
  const collator = new Intl.Collator("en", { numeric: true });
  return uses.sort((a, b) => collator.compare(a.at, b.at));
}

/** An element that can cite a passage. */
export interface Target {
  label: string;
  path: Path;
  /** The key under which a bare text goes when the element gets a citation; empty if it is none. */
  bare: string;
  text: string;
  cite: string[];
}

export function elementsOf(outline: Outline): Target[] {
  const made: Target[] = [];
  for (const dm of outline.decision_makers) {
    const path = ["decision_makers", dm.id];
    made.push({ label: dm.name, path, bare: "", text: "", cite: dm.evidence.cite ?? [] });
    dm.statements.forEach((item, i) =>
      made.push({
        label: `${dm.id} prefers ${item.condition}`,
        path: [...path, "preferences", "prioritise", i],
        bare: item.plain ? "prefer" : "",
        text: item.condition,
        cite: item.evidence.cite ?? [],
      }),
    );
  }
  for (const option of outline.options) {
    made.push({
      label: `${option.dm}.${option.id}`,
      path: ["decision_makers", option.dm, "options", option.id],
      bare: option.plain ? "text" : "",
      text: option.text,
      cite: option.evidence.cite ?? [],
    });
  }
  for (const outcome of outline.outcomes) {
    made.push({
      label: outcome.id,
      path: ["outcomes", outcome.id],
      bare: outcome.plain ? "when" : "",
      text: outcome.condition,
      cite: outcome.evidence.cite ?? [],
    });
  }
  for (const claim of outline.claims) {
    made.push({ label: `claim ${claim.id}`, path: ["claims", claim.id], bare: "", text: "", cite: claim.evidence.cite ?? [] });
  }
  return made;
}

/** Add a citation to an element. */
export function citeEdit({ path, bare, text, cite }: Target, passage: string): Edit {
  if (bare) return put(path, { [bare]: text, cite: passage });
  const all = [...new Set([...cite, passage])];
  return put([...path, "cite"], all.length === 1 ? all[0] : all);
}
