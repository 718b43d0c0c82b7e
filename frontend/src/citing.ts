// Which elements of a case cite which passage.
import type { Evidence, Outline, Path } from "./api";

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
