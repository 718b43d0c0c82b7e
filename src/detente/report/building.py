"""A report, section by section, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Callable

from detente._version import __version__
from detente.case import Case
from detente.report.attachments import Attachments
from detente.report.blocks import Document, Section
from detente.report.changing import changing
from detente.report.claims import claim_by_claim
from detente.report.evidence import model, sources
from detente.report.findings import Findings, Options, find_out
from detente.report.method import method, reproducibility
from detente.report.pairs import pair_by_pair
from detente.report.paths import paths
from detente.report.perspectives import as_each_sees_it
from detente.report.pictures import pictures
from detente.report.readings import compared, find_out_next
from detente.report.reasons import reasons
from detente.report.settlements import settling
from detente.report.states import glossary
from detente.report.summary import in_short
from detente.report.swept import over_many
from detente.report.verdicts import verdicts

__all__ = ["SECTIONS", "build"]

SECTIONS: tuple[Callable[[Findings], Section | None], ...] = (
    pair_by_pair,
    in_short,
    verdicts,
    claim_by_claim,
    over_many,
    sources,
    model,
    pictures,
    reasons,
    settling,
    paths,
    changing,
    compared,
    as_each_sees_it,
    find_out_next,
    glossary,  # explains the states that the sections above it have named
    method,
    reproducibility,
)
"""What writes each section, in the order of the report; one with nothing to say gives None."""


def build(
    case: Case, options: Options | None = None, attached: Attachments | None = None
) -> Document:
    """Write the report on a case.

    Parameters
    ----------
    case : Case
        The case.
    options : Options, optional
        How to make it.
    attached : Attachments, optional
        What else belongs to the case; `gather` reads it from disk. Without it nothing but the case
        is used: no file is read, no passage quoted, no hash of the file given.

    Returns
    -------
    Document
        Sections in order: preferences pair by pair where there are any, the report in short,
        verdicts, claim by claim, a sweep, sources, the model, figures, reasons, settlements, paths,
        what would change an outcome, readings compared, the parties' own views, what to find out
        next, the states named, method, reproducibility; those with nothing to say are left out.
        Set it with `detente.report.html` or
        `detente.report.markdown`.

    Raises
    ------
    CaseError
        If the case describes no conflict.

    Examples
    --------
    >>> from detente.case import load
    >>> document = build(load("chicken"))
    >>> [section.anchor for section in document.sections]
    ['short', 'verdicts', 'sources', 'model', 'figures', 'reasons', 'changing', 'states', 'method',
     'reproducibility']
    """
    chosen = options or Options()
    findings = find_out(case, chosen, attached or Attachments())
    made = [write(findings) for write in SECTIONS]
    stamp = f"Made with détente {__version__}"
    if chosen.date:
        stamp += f", {chosen.date}"
    sections = tuple(section for section in made if section is not None)
    return Document(case.title, case.question, stamp, sections)
