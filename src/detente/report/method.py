"""How the results were reached, by whose definitions, and how to reach them again."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from detente._version import __version__
from detente.case import CASE_FILE, Case, check_results
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
from detente.report.findings import MAIN, Findings, Options
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
    "RegoVieira2015": (
        "L. C. Rêgo, G. I. A. Vieira. Symmetric sequential stability in the graph model, two "
        "decision makers. 2015."
    ),
    "RegoVieira2017": (
        "L. C. Rêgo, G. I. A. Vieira. Symmetric sequential stability in the graph model for "
        "conflict resolution with multiple decision makers. Group Decision and Negotiation 26, "
        "2017."
    ),
    "ShapleyShubik1954": (
        "L. S. Shapley, M. Shubik. A method for evaluating the distribution of power in a "
        "committee system. American Political Science Review 48(3), 1954."
    ),
    "ClopperPearson1934": (
        "C. J. Clopper, E. S. Pearson. The use of confidence or fiducial limits illustrated in the "
        "case of the binomial. Biometrika 26(4), 1934."
    ),
    "LiKilgourHipel2005": (
        "K. W. Li, D. M. Kilgour, K. W. Hipel. Status quo analysis in the graph model for conflict "
        "resolution. Journal of the Operational Research Society 56(6), 2005."
    ),
}
"""The works that a report cites, by their key in the bibliography."""

_DEFINITIONS = {
    "nash": "it has no improvement.",
    "gmr": "every improvement can be answered by others so that it comes out no better.",
    "smr": "every improvement can be answered so, and it could not escape from the answer.",
    "seq": "every improvement would be answered so by moves each of which is to the advantage of "
    "the one who makes it.",
    "sseq": "every improvement would be answered so, to the advantage of those who answer, and it "
    "could not escape from the answer.",
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
    if findings.leverage is not None:
        blocks.append(Paragraph((_SETTLEMENTS, _cite("ShapleyShubik1954"), ".")))
    if findings.evolution is not None:
        blocks.append(Paragraph((_PATHS, _cite("LiKilgourHipel2005"), ".")))
    if _drawn(findings):
        blocks.append(Paragraph((_INTERVALS, _cite("ClopperPearson1934"), ".")))
    blocks.append(Paragraph((_LIMITS,), "aside"))
    if findings.left_out:
        left_out = Bullets(tuple((words,) for words in findings.left_out))
        blocks.append(Subsection(("What was left out",), (left_out,), "left-out"))
    if findings.case.results:
        blocks.append(_published(findings))
    works = Bullets(tuple((work,) for work in _works(findings)))
    blocks.append(Subsection(("Works cited",), (works,), "works"))
    return Section("method", "Method", tuple(blocks))


def _drawn(findings: Findings) -> bool:
    """Whether some readings were drawn, so that shares come with intervals."""
    swept, checked = findings.attached.swept, findings.checked
    judged = [one for r in checked.readings for one in r.judged.values()] if checked else []
    drawn = any(one.verdict.interval is not None for one in judged)
    return drawn or (swept is not None and swept.plan.draws is not None)


def _works(findings: Findings) -> list[str]:
    """List the works that this report cites, in the order of `WORKS`."""
    used = {"FangHipelKilgour1993", "PengHipelKilgourFang1997"}
    used |= {source for key in findings.analysis.concepts for source in CONCEPTS[key].sources}
    used |= {"ShapleyShubik1954"} if findings.leverage is not None else set()
    used |= {"LiKilgourHipel2005"} if findings.evolution is not None else set()
    used |= {"ClopperPearson1934"} if _drawn(findings) else set()
    return [work for key, work in WORKS.items() if key in used]


def _published(findings: Findings) -> Subsection:
    """Set the results that the case cites beside those that were found."""
    rows: list[tuple[Words, ...]] = []
    checks = check_results(findings.model)
    for check in checks:
        judged = check.result.dm or "equilibria"
        found = "the same" if check.agrees else check.not_applicable or ", ".join(check.found)
        rows.append(
            (
                (f"{CONCEPTS[check.result.concept].title}{check.result.qualified}, {judged}",),
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
    "them, under"
)

_CLAIMS = (
    "A claim is a condition on such results. It is judged in every combination of answers to what "
    "the case leaves open, separately for each named reading: it holds if it is true in all of "
    "them, fails if in none, and otherwise depends. Shares weigh the combinations by the "
    "probabilities that the case gives, or else alike; named readings count alike. A share is "
    "therefore a statement about the case, not the probability of an event."
)

_SETTLEMENTS = (
    "Settlements are defined as this report says above; that all coalitions within the settling "
    "group are asked whether they would leave makes them firmer than equilibria. The power index "
    "counts orders of arrival "
)

_PATHS = "Paths from the status quo follow improvements; nobody moves twice in a row "

_INTERVALS = "Where combinations were drawn, shares have exact 95 % confidence intervals "

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
    line: list[Inline] = [Strong(concept_words(key)), ", if ", _DEFINITIONS.get(key, "…")]
    for source in concept.sources:
        line += [" ", _cite(source)]
    return tuple(line)


def reproducibility(findings: Findings) -> Section:
    """Write the section that says how to make the same report again."""
    case, options = findings.case, findings.options
    facts: list[tuple[str, str]] = [
        ("Program", f"détente {__version__}"),
        ("Case file", _short(case)),
        ("SHA-256 of the case file", findings.attached.sha256),
        ("Reading", options.reading),
        ("Hash of the conflict", findings.model.conflict.hash),
        ("Concepts", ", ".join(findings.analysis.concepts)),
        ("Reasons, settlements and changes by", MAIN),
        ("Opponents", findings.analysis.conventions.opponents),
        *_judging(findings),
        *_sweeping(findings),
        ("Seconds allowed for a part", f"{options.seconds:g}"),
    ]
    rows: list[tuple[Words, ...]] = [
        ((Strong(key),), (Code(value),)) for key, value in facts if value
    ]
    if not options.reading:
        rows.append(((Strong("Command"),), (Code(_command(findings)),)))
    said = "The same case, options and version give the same report, byte for byte."
    blocks = (Table((), tuple(rows)), Paragraph((said,)))
    return Section("reproducibility", "Reproducibility", blocks)


def _judging(findings: Findings) -> Iterator[tuple[str, str]]:
    if findings.checked is None:
        return
    used = findings.checked.options
    yield "Readings enumerated up to", f"{used.limit:,}"
    yield "Readings drawn beyond", f"{used.n_drawn:,}"
    yield "Seed", str(used.seed)


def _sweeping(findings: Findings) -> Iterator[tuple[str, str]]:
    swept = findings.attached.swept
    if swept is None:
        return
    plan = swept.plan
    parts = ["detente", "sweep", _name(findings), "--reading", plan.reading]
    for key in plan.claims if set(plan.claims) != set(findings.case.claims) else ():
        parts += ["--claim", key]
    if plan.draws is not None:
        parts += ["--draws", str(plan.draws), "--seed", str(plan.seed)]
    yield "Sweep", shlex.join([*parts, "--out", findings.attached.folder])


def _short(case: Case) -> str:
    """Name the case file without the folders of this machine."""
    path = Path(case.file)
    return f"{path.parent.name}/{path.name}" if path.name == CASE_FILE else path.name


def _name(findings: Findings) -> str:
    """Name the case as on the command line."""
    path = Path(findings.case.file)
    if findings.attached.name:
        return findings.attached.name
    return f"{path.parent.name or '.'}/" if path.name == CASE_FILE else path.name


def _command(findings: Findings) -> str:
    options = findings.options
    parts = ["detente", "report", _name(findings)]
    plain = Options()
    for name in ("limit", "draws", "seed", "date", "seconds"):
        value = getattr(options, name)
        if value != getattr(plain, name):
            flag = "enumerate" if name == "limit" else name
            parts += [f"--{flag}", f"{value:g}" if name == "seconds" else str(value)]
    parts += [] if options.figures else ["--no-figures"]
    parts += [] if options.quotes else ["--no-quotes"]
    if findings.attached.swept is not None:
        parts += ["--sweep", findings.attached.folder]
    return shlex.join([*parts, "-o", "report.html"])
