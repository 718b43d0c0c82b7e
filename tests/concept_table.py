"""The table of concepts in the docs: what is stated here, with a status derived from the tests.

A test says what it shows with ``@pytest.mark.concept("seq", evidence="checker")``; the keys and
the evidence are literals, so that the table can be made without running anything. All tests pass
in a tree that CI accepts, so evidence named is evidence given. Run this file to rewrite the
table in ``docs/reference/concepts.md``.
"""

from __future__ import annotations

import ast
import pkgutil
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

__all__ = ["CONCEPTS", "EVIDENCE", "PAGE", "Concept", "evidence", "status", "table", "written"]

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "docs" / "reference" / "concepts.md"
BEGIN, END = "<!-- made by `make concepts` -->\n", "<!-- end of the table -->\n"
EVIDENCE = ("published", "checker", "property")


@dataclass(frozen=True, slots=True)
class Concept:
    """One row: a key, its name and theory page, what it says, and where it is to be had."""

    key: str
    name: str
    theory: str
    definition: str
    sources: tuple[str, ...]
    function: str
    command: str


def _stability(key: str, name: str, definition: str, *sources: str) -> Concept:
    return Concept(
        key,
        name,
        f"stability.md#{key.replace('_', '-')}",
        definition,
        sources,
        "detente.analyze",
        f"detente analyze --concept {key}",
    )


def _in_case(key: str, name: str, theory: str, definition: str, *sources: str) -> Concept:
    return Concept(key, name, theory, definition, sources, "detente.load", "detente validate")


CONCEPTS = (
    _stability("nash", "Nash", "the DM has no improvement", "Nash1950"),
    _stability("gmr", "GMR", "every improvement can be sanctioned by some move", "Howard1971"),
    _stability("smr", "SMR", "as GMR, and there is no escape from the sanction", "Howard1971"),
    _stability("seq", "SEQ", "as GMR, by improvements of the sanctioners", "FraserHipel1979"),
    _stability(
        "sseq",
        "SSEQ",
        "as SEQ, and there is no escape from the sanction",
        "RegoVieira2015",
        "RegoVieira2017",
    ),
    _stability(
        "sim",
        "SIM",
        "every improvement is sanctioned by improvements made at the same time",
        "FraserHipel1979",
        "FraserHipel1984",
    ),
    _stability(
        "fraser_hipel",
        "Fraser–Hipel",
        "Nash, or SEQ, or sanctioned by those who would move at the same time",
        "FraserHipel1984",
    ),
    Concept(
        "limited_move",
        "L_h",
        "stability.md#limited-move",
        "looking h moves ahead, the DM anticipates that it stays",
        ("Kilgour1985", "FangHipelKilgour1989", "FangHipelKilgour1993"),
        "detente.stability.limited_move",
        "",
    ),
    Concept(
        "non_myopic",
        "NM",
        "stability.md#non-myopic",
        "the DM stays at every sufficiently long horizon",
        ("BramsWittman1981", "Kilgour1985"),
        "detente.stability.non_myopic",
        "",
    ),
    Concept(
        "stackelberg",
        "Stackelberg",
        "stability.md#stackelberg",
        "L_2 for the leader, Nash for the follower",
        ("FangHipelKilgour1989", "FangHipelKilgour1993"),
        "detente.stability.stackelberg",
        "",
    ),
    Concept(
        "legal_sequences",
        "Legal sequences",
        "model.md#legal-sequences",
        "opponents answer by any chain of moves in which nobody moves twice in a row",
        ("FangHipelKilgour1993",),
        "detente.analyze",
        "detente analyze --opponents legal",
    ),
    _in_case(
        "infeasible",
        "Feasibility rules",
        "model.md#infeasible",
        "states that cannot happen are removed",
        "FangHipelKilgourPeng2003a",
    ),
    _in_case(
        "one_way",
        "Irreversible options",
        "model.md#moves",
        "an option that can be changed in one direction only",
        "FangHipelKilgour1993",
    ),
    _in_case(
        "coalescing",
        "Coalesced states",
        "model.md#coalescing",
        "states that nobody tells apart count as one",
        "FangHipelKilgourPeng2003a",
    ),
    _in_case(
        "prioritization",
        "Option prioritization",
        "preferences.md#prioritization",
        "states are compared by an ordered list of statements",
        "PengHipelKilgourFang1997",
    ),
    _in_case(
        "weighting",
        "Option weighting",
        "preferences.md#weighting",
        "a state's score is the sum of the weights of its options",
        "PengHipelKilgourFang1997",
    ),
    _in_case(
        "ranking",
        "Direct ranking",
        "preferences.md#ranking",
        "the states in order, with ties",
        "PengHipelKilgourFang1997",
    ),
    Concept(
        "unknown_preference",
        "Unknown preference",
        "preferences.md#unknown",
        "the order of some pairs is unknown; four attitudes to it",
        ("LiHipelKilgourFang2004", "XuHipelKilgourChen2010"),
        "detente.stability.stable_pairwise",
        "–",
    ),
    Concept(
        "strength",
        "Strength of preference",
        "preferences.md#strength",
        "strong stability: sanctions leave the DM much worse off",
        ("HamoudaKilgourHipel2004", "HamoudaKilgourHipel2006"),
        "detente.stability.stable_pairwise",
        "–",
    ),
    Concept(
        "hypergame",
        "Hypergame of level 1",
        "stability.md#perspectives",
        "each DM judges by the conflict that it sees",
        ("Bennett1977", "FraserHipel1984"),
        "detente.stability.hypergame",
        "–",
    ),
    Concept(
        "readings",
        "Readings",
        "readings.md#uncertainty",
        "every way to settle what is uncertain, counted exactly",
        (),
        "detente.check",
        "detente check",
    ),
    Concept(
        "claims",
        "Claims",
        "claims.md#predicates",
        "an assertion holds, fails, or depends, and on what",
        ("Howard1966", "ClopperPearson1934"),
        "detente.check",
        "detente check",
    ),
)


def evidence() -> dict[str, set[str]]:
    """Collect, for each key named by a test's mark, the kinds of evidence that tests give."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in sorted(TESTS.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.concept":
                (kind,) = (ast.literal_eval(keyword.value) for keyword in node.keywords)
                for key in map(ast.literal_eval, node.args):
                    found[key].add(kind)
    return dict(found)


def status(concept: Concept, found: dict[str, set[str]]) -> str:
    """Say how far a concept is: planned, untested, or the evidence that there is."""
    try:
        pkgutil.resolve_name(concept.function)
    except (ImportError, AttributeError):
        return "planned"
    kinds = [kind for kind in EVIDENCE if kind in found.get(concept.key, ())]
    return ", ".join(kinds) or "untested"


def table() -> str:
    """Write the table as Markdown."""
    found = evidence()
    lines = [
        "| concept | says | source | function | command | status |",
        "|---|---|---|---|---|---|",
    ]
    for one in CONCEPTS:
        sources = ", ".join(f"[{key}](../bibliography.md#{key.lower()})" for key in one.sources)
        command = f"`{one.command}`" if one.command else "–"
        lines.append(
            f"| [{one.name}](../theory/{one.theory}) | {one.definition} | {sources} "
            f"| `{one.function}` | {command} | {status(one, found)} |"
        )
    return "\n".join(lines) + "\n"


def _parts() -> tuple[str, str, str]:
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    middle, _, after = rest.partition(END)
    return before, middle, after


def written() -> str:
    """Return the table as it stands on the page."""
    return _parts()[1]


if __name__ == "__main__":
    before, _, after = _parts()
    PAGE.write_text(f"{before}{BEGIN}{table()}{END}{after}", encoding="utf-8")
