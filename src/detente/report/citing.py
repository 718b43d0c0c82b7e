"""How a report shows what an element of a case rests on."""

from __future__ import annotations

from detente.case import Evidence
from detente.report.blocks import Badge, Inline, Link, Words

__all__ = ["cited", "source_anchor", "standing"]


def source_anchor(source: str) -> str:
    """Name the place of a source within a report."""
    return f"source-{source}"


def standing(evidence: Evidence) -> Badge | None:
    """Show how the case says that a source supports an element; None where it does not say."""
    return Badge(evidence.standing, evidence.standing) if evidence.standing else None


def cited(evidence: Evidence, *, reason: bool = False) -> Words:
    """List the passages behind an element, its standing, and the analyst's reason if wanted.

    Examples
    --------
    >>> from detente.case import Citation
    >>> cited(Evidence((Citation("paper", "p2", "a few words"),), standing="implied"))
    (Link(text='paper p2', anchor='source-paper'), ' “a few words”', ' ', Badge(text='implied',
     tone='implied', share=None))
    """
    line: list[Inline] = []
    last = ""
    for citation in evidence.cite:
        if line:
            line.append(", ")
        # The source is named once for all its passages that stand together.
        name = citation.at if citation.source == last and citation.at else str(citation)
        last = citation.source
        line.append(Link(name, source_anchor(citation.source)))
        if citation.quote:
            line.append(f" “{citation.quote}”")
    badge = standing(evidence)
    if badge:
        line += [" ", badge] if line else [badge]
    if reason and evidence.because:
        line.append(f" {evidence.because}" if line else evidence.because)
    return tuple(line)
