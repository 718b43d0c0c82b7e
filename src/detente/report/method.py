"""How the results were reached, by whose definitions, and how to reach them again."""

from __future__ import annotations

import hashlib
import shlex
from pathlib import Path

from detente._version import __version__
from detente.case import CASE_FILE, Case, catalogue, check_results
from detente.report.blocks import (
    Block,
    Bullets,
    Code,
    Inline,
    Link,
    Paragraph,
    Section,
    Strong,
    Subsection,
    Table,
    Words,
)
from detente.report.citing import cited
from detente.report.findings import Findings, Options
from detente.report.verdicts import concept_words
from detente.stability import CONCEPTS

__all__ = ["WORKS", "method", "reproducibility"]

WORKS = {
    "FangHipelKilgour1993": (
        "L. Fang, K. W. Hipel, D. M. Kilgour. Interactive Decision Making: The Graph Model for "
        "Conflict Resolution. Wiley, 1993."
    ),
    "PengHipelKilgourFang1997": (
        "X. Peng, K. W. Hipel, D. M. Kilgour, L. Fang. Representing ordinal preferences in the "
        "decision support system GMCR II. IEEE SMC, 1997."
    ),
    "Nash1950": (
        "J. F. Nash. Equilibrium points in n-person games. Proceedings of the National Academy of "
        "Sciences 36(1), 1950."
    ),
    "Howard1971": (
        "N. Howard. Paradoxes of Rationality: Theory of Metagames and Political Behavior. MIT "
        "Press, 1971."
    ),
    "FraserHipel1979": (
        "N. M. Fraser, K. W. Hipel. Solving complex conflicts. IEEE Transactions on Systems, Man, "
        "and Cybernetics 9(12), 1979."
    ),
    "RegoVieira2015": "L. C. Rego, G. I. A. Vieira. 2015, on symmetric sequential stability.",
    "RegoVieira2017": (
        "L. C. Rego, G. I. A. Vieira. 2017, on symmetric sequential stability with several "
        "decision makers."
    ),
    "LiKilgourHipel2005": (
        "K. W. Li, D. M. Kilgour, K. W. Hipel. Status quo analysis in the graph model for conflict "
        "resolution. Journal of the Operational Research Society 56(6), 2005."
    ),
}
"""The works that a report cites, by their key in the bibliography."""

_DEFINITIONS = {
    "nash": "the decision maker has no improvement.",
    "gmr": "every improvement can be answered by others so that it comes out no better.",
    "smr": "as before, and it could not escape from the answer.",
    "seq": "every improvement would be answered so by others, each of whose moves improves on "
    "the state it leaves for the one who makes it.",
    "sseq": "as before, and it could not escape from the answer.",
}

_OPPONENTS = {
    "legal": "by any sequence of moves in which nobody moves twice in a row",
    "once": "each at most once, in any order",
    "single": "by a single move of one of them",
}


def method(findings: Findings) -> Section:
    """Write the note on method, with the works that it rests on."""
    conventions = findings.analysis.conventions
    back = "counts" if conventions.status_quo_sanctions else "does not count"
    said: Words = (
        "The conflict is analysed with the Graph Model for Conflict Resolution ",
        _cite("FangHipelKilgour1993"),
        _MODEL,
        _cite("PengHipelKilgourFang1997"),
        f". Several others may answer {_OPPONENTS[conventions.opponents]}; being brought back to ",
        f"where one was {back} as an answer that deters. {_EQUILIBRIUM}",
    )
    items = tuple(_definition(key) for key in findings.analysis.concepts)
    blocks: list[Block] = [Paragraph(said), Bullets(items)]
    if findings.checked is not None:
        blocks.append(Paragraph((_CLAIMS,)))
    if findings.evolution is not None:
        blocks.append(
            Paragraph(
                (
                    "Paths from the status quo follow improvements; nobody moves twice in a row ",
                    _cite("LiKilgourHipel2005"),
                    ".",
                )
            )
        )
    blocks.append(Paragraph((_LIMITS,), "aside"))
    if findings.skipped:
        blocks.append(Bullets(tuple((words,) for words in findings.skipped)))
    if findings.case.results:
        blocks.append(_published(findings))
    works = Bullets(tuple((work,) for work in WORKS.values()))
    blocks.append(Subsection(("Works cited",), (works,), "works"))
    return Section("method", "Method", tuple(blocks))


def _published(findings: Findings) -> Subsection:
    """Set the results that the case cites beside those that were found."""
    rows: list[tuple[Words, ...]] = []
    checks = check_results(findings.model)
    for check in checks:
        judged = check.result.dm or "equilibria"
        found = "the same" if check.agrees else check.not_applicable or ", ".join(check.found)
        rows.append(
            (
                (f"{CONCEPTS[check.result.concept].title}, {judged}",),
                (", ".join(check.published) or "none",),
                (found or "none",),
                cited(check.result.evidence, reason=True),
            )
        )
    agreeing = sum(check.agrees for check in checks)
    said = f"{agreeing} of {len(checks)} results that the case takes from the literature agree."
    head = ("Result", "Published", "Found here", "Support")
    return Subsection(("Published results",), (Paragraph((said,)), Table(head, tuple(rows))))


_MODEL = (
    ": states, the moves that each decision maker can make alone, and each one's ranking of the "
    "states. Preference statements are lexicographic: one weighs more than all that come after it "
)

_EQUILIBRIUM = (
    "A state is an equilibrium if it is stable for every decision maker. It is stable for one of "
    "them under"
)

_CLAIMS = (
    "A claim is a condition on such results. It is judged in every combination of answers to what "
    "the case leaves open, separately for each named reading: it holds if it is true in all of "
    "them, fails if in none, and otherwise depends. Shares weigh the combinations by the "
    "probabilities that the case gives, or else alike; named readings count alike. A share is "
    "therefore a statement about the case, not the probability of an event."
)

_LIMITS = (
    "The results are as good as the case. They say what follows from who can do what and who "
    "wants what; how likely anything is, or who is right, they do not say."
)


def _cite(key: str) -> Link:
    names = key.rstrip("0123456789")
    authors = "".join(f" {c}" if c.isupper() else c for c in names).split()
    many = (
        authors[0]
        if len(authors) == 1
        else (" and ".join(authors) if len(authors) == 2 else f"{authors[0]} and others")
    )
    return Link(f"({many} {key[-4:]})", "works")


def _definition(key: str) -> Words:
    concept = CONCEPTS[key]
    line: list[Inline] = [Strong(concept_words(key)), " if ", _DEFINITIONS.get(key, "…")]
    for source in concept.sources:
        line += [" ", _cite(source)]
    return tuple(line)


def reproducibility(findings: Findings) -> Section:
    """Write the section that says how to make the same report again."""
    case, options = findings.case, findings.options
    facts: list[tuple[str, str]] = [
        ("Program", f"détente {__version__}"),
        ("Case file", _short(case)),
        ("SHA-256 of the case file", _digest(case, options)),
        ("Reading", options.reading),
        ("Hash of the conflict", findings.model.conflict.hash),
        ("Concepts", ", ".join(findings.analysis.concepts)),
        ("Opponents", findings.analysis.conventions.opponents),
    ]
    if findings.checked is not None:
        facts += [
            ("Readings enumerated up to", f"{options.limit:,}"),
            ("Readings drawn beyond", f"{findings.checked.options.n_drawn:,}"),
            ("Seed", str(options.seed)),
        ]
    rows: list[tuple[Words, ...]] = [
        ((Strong(key),), (Code(value),)) for key, value in facts if value
    ]
    if not options.reading:
        rows.append(((Strong("Command"),), (Code(_command(case, options)),)))
    said = "The same case, options and version give the same report, byte for byte."
    blocks = (Table((), tuple(rows)), Paragraph((said,)))
    return Section("reproducibility", "Reproducibility", blocks)


def _short(case: Case) -> str:
    """Name the case file without the folders of this machine."""
    path = Path(case.file)
    return f"{path.parent.name}/{path.name}" if path.name == CASE_FILE else path.name


def _digest(case: Case, options: Options) -> str:
    if options.text:
        return hashlib.sha256(options.text.encode()).hexdigest()
    try:
        return hashlib.sha256(Path(case.file).read_bytes()).hexdigest()
    except OSError:
        return ""


def _command(case: Case, options: Options) -> str:
    path = Path(case.file)
    name = path.parent.name if path.name == CASE_FILE else path.name
    if name not in catalogue() and path.name == CASE_FILE:
        name = f"{name or '.'}/"
    parts = ["detente", "report", name]
    plain = Options()
    for flag in ("limit", "draws", "seed", "date"):
        value = getattr(options, flag)
        if value != getattr(plain, flag):
            parts += [f"--{flag}", str(value)]
    if not options.figures:
        parts.append("--no-figures")
    return shlex.join([*parts, "-o", "report.html"])
