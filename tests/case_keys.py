"""The reference of case files, written from the schema: one truth for loader, editors and docs.

Run this file to rewrite ``docs/reference/case-files.md``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

__all__ = ["PAGE", "page"]

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "src" / "detente" / "case" / "schema.json"
PAGE = ROOT / "docs" / "reference" / "case-files.md"

_INTRO = """\
# Case files

A case is a folder with a `case.yaml`. This page is written from the published schema
(`detente schema`), which also checks the files and serves editors.
[Write a case](../how-to/write-a-case.md) shows it in use.

Tables that end with `cite`, `because`, `standing` are of elements that may carry their
[evidence](#evidence). What has one needed key and nothing else to say may be written without it:
`offer: Offer a truce` for an option, `truce: north.offer and south.accept` for an outcome (a claim
likewise), `- not us.escalate` for a statement, `report p3` for a citation.

"""

_EVIDENCE = ("cite", "because", "standing")

_SECTIONS = {
    "The file": None,
    "A source": "source",
    "A decision maker": "decision_maker",
    "An option": "option",
    "Preferences": "preferences",
    "A preference statement": "statement",
    "Pairs of states, one preferred": "preferred_pairs",
    "Pairs of states of unknown order": "unknown_pairs",
    "Alternative statements": "either",
    "An alternative": "alternative",
    "Statements in any order": "any_order",
    "States in any order": "any_order_of_states",
    "A weight between bounds": "interval",
    "A rule": "rule",
    "An outcome": "outcome",
    "An open question": "uncertain",
    "An answer": "answer",
    "A named reading": "reading",
    "A change": "change",
    "A perspective": "perspective",
    "A claim": "claim",
    "A published result": "result",
    "A citation": "citation",
}


def page() -> str:
    """Write the page."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    parts = [_INTRO.rstrip("\n")]
    for title, name in _SECTIONS.items():
        part = schema if name is None else schema["$defs"][name]
        mapping = next((one for one in part.get("anyOf", ()) if "properties" in one), part)
        evidence = [key for key in _EVIDENCE if key in mapping["properties"]]
        rows = [
            f"| `{key}`{'' if key not in mapping.get('required', []) else ' (needed)'} "
            f"| {_words(schema, value)} |"
            for key, value in mapping["properties"].items()
            if key not in evidence
        ]
        if evidence:
            rows.append(f"| {', '.join(f'`{key}`' for key in evidence)} | [evidence](#evidence) |")
        parts.append(_table(title, rows))
    rows = [f"| `{key}` | {_words(schema, schema['$defs'][key])} |" for key in _EVIDENCE]
    parts.insert(-1, _table("Evidence", rows))
    return "\n\n".join(parts) + "\n"


def _table(title: str, rows: list[str]) -> str:
    return "\n".join([f"## {title}", "", "| key | meaning |", "|---|---|", *rows])


def _words(schema: dict[str, Any], value: dict[str, Any]) -> str:
    words = value.get("description")
    choices = value.get("enum") or value.get("items", {}).get("enum")
    if "$ref" in value and not (words or choices):
        return _words(schema, schema["$defs"][value["$ref"].rpartition("/")[2]])
    shown = f" One of {', '.join(f'`{choice}`' for choice in choices)}." if choices else ""
    return f"{words or ''}{shown}".strip().replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
