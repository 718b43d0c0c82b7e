"""From an article's suggestions to the text of a case file, everything marked for review."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from detente.conditions.vocabulary import FUNCTIONS
from detente.sources import Document, Draft, Suggestion, suggest

__all__ = ["draft_case"]

_RESERVED = frozenset(
    (*FUNCTIONS, "and", "or", "not", "xor", "iff", "implies", "if", "then", "true", "false")
)


_TO_STATE = """
# What remains for you to state; the names in angle brackets are to be replaced.
# Under each decision maker, what it wants, the most important first:
#     preferences:
#       prioritise:
#         - prefer: not <other>.<option>
#           cite: {source} p02
#           standing: stated     # stated in the source, implied by it, or assumed by you
#         - <own>.<option>
# And for the whole case:
# question: What should the analysis answer?
# rules:
#   - never: <one>.<option> and <other>.<option>
# outcomes:
#   settlement: <one>.<option> and <other>.<option>
# status_quo: only()             # names the options that are taken as things stand
"""


def draft_case(
    document: Document,
    source: str = "article",
    proposals: Draft | None = None,
    title: str = "",
) -> str:
    r"""Write a case file from what an article suggests.

    Parameters
    ----------
    document : Document
        An annotated document.
    source : str
        Id for the source.
    proposals : Draft, optional
        What a language model proposed: listed as comments, those that the text does not bear out
        among the refused.
    title : str
        Title of the case; by default the article's.

    Returns
    -------
    str
        YAML text that loads: the source's record, candidate DMs and options with their citations,
        and as comments the terms, claims and open questions. No preference is asserted.

    Examples
    --------
    >>> from detente.case import loads
    >>> from detente.sources import read_text
    >>> text = "Talks\n\nOrvania threatened to close the port. Orvania's minister left."
    >>> case = loads(draft_case(read_text(text)))
    >>> [option.name for option in case.options]
    ['orvania.close_port']
    """
    found = suggest(document, words=True)
    record = found.source
    lines = [
        "# Drafted from an article. All of it is a suggestion: review it, change it, delete it.",
        "# What a party wants is for you to state: no preference is suggested.",
        "detente: 1",
        f"title: {_text(title or record.title or 'An article')}",
        "",
        "sources:",
        f"  {source}:",
        f"    title: {_text(record.title or 'An article')}",
    ]
    kind = record.kind if record.kind in ("news", "opinion", "interview", "statement") else "other"
    facts = {
        "author": record.author,
        "outlet": record.outlet,
        "published": record.published[:10],
        "events": record.events[:10],
        "reference": record.url,
        "sha256": record.sha256,
    }
    lines.append(f"    kind: {kind}    # review: {_comment(record.kind_because)}")
    lines += [f"    {key}: {_text(value)}" for key, value in facts.items() if value]
    if record.defects:
        lines.append(f"    defects: [{', '.join(str(defect) for defect in record.defects)}]")
    lines += [
        "",
        "decision_makers:",
        *_decision_makers(found.decision_makers, found.options, source),
    ]
    for heading, items in (
        ("Terms on the table", found.terms),
        ("Claims of the text, to be stated as conditions", found.claims),
        ("What the text leaves open", found.uncertainties),
    ):
        if items:
            lines += ["", f"# {heading}:"]
            lines += [f"# - {_comment(item.words)} ({_where(item, source)})" for item in items]
    if proposals is not None:
        lines += ["", *_proposed(proposals, source)]
    return "\n".join(lines) + "\n" + _TO_STATE.format(source=source)


def _proposed(proposals: Draft, source: str) -> Iterable[str]:
    yield f"# Proposed by {_comment(proposals.model)}, each with words that stand in the text:"
    for one in proposals.drafted:
        said = one.proposal
        words = f"{said.kind} {said.actor} {said.name}: {said.statement}"
        yield f"# - {_comment(words)} ({source} {one.citation.locator})"
    if proposals.refused:
        yield "# Proposed and refused:"
        for refusal in proposals.refused:
            said = refusal.proposal
            yield f"# - {_comment(f'{said.kind} {said.actor} {said.name}: {refusal.reason}')}"


def _decision_makers(
    parties: Iterable[Suggestion], options: tuple[Suggestion, ...], source: str
) -> Iterable[str]:
    used: set[str] = set()
    parties = list(parties)
    known = {party.words for party in parties} | {party.name for party in parties}
    orphans = [o for o in options if o.actor and o.actor not in known]
    names = dict.fromkeys(orphan.actor for orphan in orphans)
    shown = False
    for party in parties:
        mine = [o for o in options if o.actor in (party.words, party.name)]
        yield from _party(party.words or party.name, mine, party, source, used)
        shown |= bool(mine)
    for name in names:
        yield from _party(name, [o for o in orphans if o.actor == name], None, source, used)
        shown = True
    if not shown:
        yield "  somebody:    # review: nobody's option was recognised"
        yield "    options:"
        yield "      act: What somebody could do"


def _party(
    name: str, options: list[Suggestion], party: Suggestion | None, source: str, used: set[str]
) -> Iterable[str]:
    yield f"  {_id(name, used)}:    # suggested{_confidence(party)}: review"
    yield f"    name: {_text(name)}"
    if party is not None and party.citations:
        yield f"    cite: {_where(party, source, len(party.citations))}"
        for person, passage in party.voices:
            said = f"spoken for by {_comment(person)} ({source} {passage})"
            yield f"    # {said}, who is no decision maker apart"
    if not options:
        return
    yield "    options:"
    own: set[str] = set()
    for option in options:
        yield f"      {_id(option.name, own)}:    # suggested{_confidence(option)}: review"
        yield f"        text: {_text(option.words)}"
        yield f"        cite: {_where(option, source)}"


def _confidence(item: Suggestion | None) -> str:
    return f" ({item.confidence:.2f})" if item is not None else ""


def _where(item: Suggestion, source: str, most: int = 4) -> str:
    locators = dict.fromkeys(citation.locator for citation in item.citations)
    cited = [f"{source} {locator}" for locator in list(locators)[:most]]
    return cited[0] if len(cited) == 1 else f"[{', '.join(cited)}]"


def _id(words: str, used: set[str]) -> str:
    plain = re.sub(r"[^A-Za-z0-9]+", "_", words.lower()).strip("_")[:40] or "x"
    name = plain if plain[0].isalpha() and plain not in _RESERVED else f"x_{plain}"
    number, unique = 2, name
    while unique in used:
        unique, number = f"{name}_{number}", number + 1
    used.add(unique)
    return unique


def _text(words: str) -> str:
    return json.dumps(" ".join(words.split()), ensure_ascii=False)


def _comment(words: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())
