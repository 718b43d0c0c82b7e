"""A report, section by section, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Callable

from detente._version import __version__
from detente.case import Case
from detente.report.blocks import Document, Section
from detente.report.evidence import model, sources
from detente.report.findings import Findings, Options, find_out
from detente.report.method import method, reproducibility
from detente.report.pictures import pictures
from detente.report.readings import compared, find_out_next
from detente.report.reasons import reasons, settling
from detente.report.states import glossary
from detente.report.verdicts import verdicts

__all__ = ["SECTIONS", "build"]

SECTIONS: tuple[Callable[[Findings], Section | None], ...] = (
    verdicts,
    sources,
    model,
    pictures,
    reasons,
    settling,
    compared,
    find_out_next,
    glossary,  # explains the states that the sections above it have named
    method,
    reproducibility,
)
"""What writes each section, in the order of the report; one with nothing to say gives None."""


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
        Sections in order: verdicts, sources, the model, figures, reasons, settlements, readings
        compared, what to find out next, the states named, method, reproducibility. Set it with
        `detente.report.html` or `detente.report.markdown`.

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
    made = [write(findings) for write in SECTIONS]
    stamp = f"Made with détente {__version__}"
    if chosen.date:
        stamp += f", {chosen.date}"
    sections = tuple(section for section in made if section is not None)
    return Document(case.title, case.question, stamp, sections)
