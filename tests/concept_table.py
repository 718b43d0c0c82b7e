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
from functools import cache
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


def _coalition(key: str, name: str, definition: str) -> Concept:
    return Concept(
        f"coalition_{key}",
        f"Coalition {name}",
        "coalitions.md#coalition-stability",
        definition,
        ("InoharaHipel2008a", "InoharaHipel2008b"),
        "detente.coalitions.analyze_coalitions",
        "detente coalitions",
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
    _coalition("nash", "Nash", "the coalition has no improvement"),
    _coalition("gmr", "GMR", "every coalition improvement harms a member after some answer"),
    _coalition("smr", "SMR", "as coalition GMR, and the coalition cannot escape"),
    _coalition("seq", "SEQ", "as coalition GMR, by improvements of coalitions of the others"),
    Concept(
        "equilibrium_jump",
        "Equilibrium jump",
        "coalitions.md#equilibrium-jumps",
        "a coalition improvement from one equilibrium to another",
        ("KilgourHipelPengFang2001",),
        "detente.coalitions.equilibrium_jumps",
        "detente coalitions --jumps nash",
    ),
    Concept(
        "settlement",
        "Settlement",
        "settlement.md#definition",
        "what some can bring about without others: agreed, self-enforcing, spoiler-proof (ours)",
        (),
        "detente.coalitions.settlements",
        "detente settle",
    ),
    Concept(
        "leverage",
        "Leverage",
        "settlement.md#whom-it-depends-on",
        "whom a settlement needs, who spoils it, who accepts it; power over able coalitions",
        ("ShapleyShubik1954", "Banzhaf1965"),
        "detente.coalitions.leverage",
        "detente leverage",
    ),
    Concept(
        "status_quo_analysis",
        "Status quo analysis",
        "evolution.md#status-quo-analysis",
        "which states are reached from one state, by how few moves, by whom",
        ("LiKilgourHipel2005",),
        "detente.evolution.evolve",
        "detente evolve",
    ),
    Concept(
        "drift",
        "Drift",
        "evolution.md#drift",
        "where the conflict ends if chance decides who moves (ours)",
        (),
        "detente.evolution.drift",
        "detente evolve --chance",
    ),
    Concept(
        "certificate",
        "Certificate",
        "explanations.md",
        "what proves a verdict, checked from the definitions alone",
        (),
        "detente.explain.certify",
        "detente explain",
    ),
    Concept(
        "inverse_count",
        "Supporting rankings",
        "inverse.md#counting",
        "how many rankings make a state stable",
        ("KinsaraKilgourHipel2015",),
        "detente.inverse.supporting_rankings",
        "",
    ),
    Concept(
        "inverse_reversals",
        "Fewest reversals",
        "inverse.md#fewest-reversals",
        "the smallest change of rankings that makes a state an equilibrium",
        ("KinsaraKilgourHipel2015", "KemenySnell1962"),
        "detente.inverse.fewest_reversals",
        "detente inverse --reversals",
    ),
    Concept(
        "inverse_edits",
        "Fewest edits",
        "inverse.md#fewest-edits",
        "the fewest statements to drop, reverse or move (ours)",
        (),
        "detente.inverse.fewest_edits",
        "detente inverse",
    ),
    Concept(
        "offers",
        "Offers",
        "inverse.md#offers",
        "the least by which a state must rise in the rankings to hold (ours)",
        ("HipelSakamotoHagihara2016",),
        "detente.inverse.offers",
        "detente inverse",
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
        "detente.stability.analyze_pairwise",
        "detente analyze --unknown",
    ),
    Concept(
        "strength",
        "Strength of preference",
        "preferences.md#strength",
        "strong stability: sanctions leave the DM much worse off",
        ("HamoudaKilgourHipel2004", "HamoudaKilgourHipel2006"),
        "detente.stability.analyze_pairwise",
        "detente analyze --strength",
    ),
    Concept(
        "hypergame",
        "Hypergame of level 1",
        "stability.md#perspectives",
        "each DM judges by the conflict that it sees",
        ("Bennett1977", "FraserHipel1984"),
        "detente.stability.hypergame",
        "detente perspectives",
    ),
    Concept(
        "unperceived",
        "States not perceived",
        "stability.md#unperceived",
        "nobody moves into or out of what it does not perceive (GMCR+)",
        ("KinsaraPetersonsHipelKilgour2015",),
        "detente.stability.without_states",
        "detente perspectives --treatment moves",
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


@cache
def evidence() -> dict[str, set[str]]:
    """Collect, for each key named by a test's mark, the kinds of evidence that tests give."""
    # Read once: every row of the table asks.
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
