"""A report, section by section, in the order in which it is read."""

from __future__ import annotations

from detente._version import __version__
from detente.case import Case
from detente.report.blocks import Document, Section
from detente.report.evidence import model, sources
from detente.report.findings import Options, find_out
from detente.report.method import method, reproducibility
from detente.report.pairs import pair_by_pair
from detente.report.pictures import pictures
from detente.report.readings import compared, find_out_next
from detente.report.reasons import reasons, settling
from detente.report.states import glossary
from detente.report.verdicts import verdicts

__all__ = ["build"]


def build(case: Case, options: Options | None = None) -> Document:
    """Write the report on a case.

    Parameters
    ----------
    case : Case
        The case.
    options : Options, optional
        How to make it.

    Returns
    -------
    Document
        Sections in order: preferences pair by pair where there are any, verdicts, sources, the
        model, figures, reasons, settlements, readings compared, what to find out next, the states
        named, method, reproducibility. Set it with `detente.report.html` or
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
    ['verdicts', 'sources', 'model', 'figures', 'reasons', 'states', 'method', 'reproducibility']
    """
    chosen = options or Options()
    findings = find_out(case, chosen)
    made: list[Section | None] = [
        pair_by_pair(findings),
        verdicts(findings),
        sources(findings),
        model(findings),
        pictures(findings),
        reasons(findings),
        settling(findings),
        compared(findings),
        find_out_next(findings),
    ]
    # The glossary explains the states that the sections above have named.
    made += [glossary(findings), method(findings), reproducibility(findings)]
    stamp = f"Made with détente {__version__}"
    if chosen.date:
        stamp += f", {chosen.date}"
    sections = tuple(section for section in made if section is not None)
    return Document(case.title, case.question, stamp, sections)
