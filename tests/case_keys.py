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

"""

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
}


def page() -> str:
    """Write the page."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    parts = [_INTRO.rstrip("\n")]
    for title, name in _SECTIONS.items():
        part = schema if name is None else schema["$defs"][name]
        rows = [
            f"| `{key}`{'' if key not in part.get('required', []) else ' (needed)'} "
            f"| {_words(schema, value)} |"
            for key, value in part["properties"].items()
        ]
        parts.append("\n".join([f"## {title}", "", "| key | meaning |", "|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


def _words(schema: dict[str, Any], value: dict[str, Any]) -> str:
    words = value.get("description")
    choices = value.get("enum") or value.get("items", {}).get("enum")
    if "$ref" in value and not (words or choices):
        return _words(schema, schema["$defs"][value["$ref"].rpartition("/")[2]])
    shown = f" One of {', '.join(f'`{choice}`' for choice in choices)}." if choices else ""
    return f"{words or ''}{shown}".strip().replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
