"""Candidate options: what a text says a party may do, plans, threatens, offers or refuses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.sources.antecedents import antecedent, party_of
from detente.sources.document import Finding
from detente.sources.fold import lower

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.sources.actors import Actor
    from detente.sources.mentions import Index

__all__ = ["find_options"]

_ACTION = (
    "accept|reject|refuse|sign|withdraw|escalate|build|open|close|release|send|stop|halt|"
    "suspend|resume|lift|impose|"
    "recogni[sz]e|withhold|deliver|block|blockade|attack|strike|invade|cede|concede|negotiate|"
    "talk|speak|return|leave|"
    "join|veto|appeal|sue|arbitrate|cut|raise|lower|freeze|give|hand|pay|ban|expel|seize|board|"
    "patrol|fish|fill|drain|"
    "share|walk|drop|abandon|compromise|wait|delay|deploy|mobili[sz]e|retaliate|sanction|settle|"
    "keep|continue|offer|"
    "propose|demand|allow|permit|grant|ratify|publish|boycott|picket|lock|annex|guarantee|"
    "monitor|inspect|dredge|"
    "divert|take|bring|put|go|turn|move|step|hold|call|run|start|begin|end|make|ask|seek|submit|"
    "refer|cancel|postpone|"
    "extend|reduce|increase|double|arm|fund|finance|buy|sell|transfer|evacuate|reopen|back|"
    "support|defend|protect|"
    "escort|tow|cross|enter|fire|shut|sever|break|expand|retreat|yield|agree|hire|dismiss|"
    "restore|replace|demolish|"
    "register|limit|license|buy out|pull|tear|tighten|loosen|ease|grow|mine|drill|store|pump|"
    "come|spread|follow|choose|vote|file"
)
_FORM = rf"(?:not )?(?:{_ACTION})\b"
_ANY = r"(?:not )?[a-z]{2,}\b"
_GERUND = r"(?:[a-z]{2,}ing)\b"
_ADVERB = r"(?:also |still |now |simply |instead |even |then |only |either |yet |soon |\w+ly )?"
_TO, _OF, _ING = rf" to (?={_ANY})", rf" of (?={_GERUND})", rf" (?={_GERUND})"
_WHOM = r"(?: [\w'-]+){1,4}?"
# Form of the option; the words that announce it (each begins with its own letters); what follows.
_INTENT: tuple[tuple[str, str, str], ...] = (
    ("threat", "threaten(?:s|ed|ing)?|threats?", f"(?:{_TO}|{_OF})"),
    ("refusal", "refus(?:e|es|ed|ing|al)|declin(?:e|es|ed)|unwilling", _TO),
    ("refusal", "not (?:ready|willing|prepared)", _TO),
    ("refusal", "rul(?:e|es|ed|ing) out", _ING),
    ("offer", "offer(?:s|ed|ing)?|promis(?:e|es|ed)|pledg(?:e|es|ed)|vow(?:s|ed)?", _TO),
    ("offer", "agree[sd]?|volunteer(?:s|ed)?|vot(?:e|es|ed)", _TO),
    ("offer", "propos(?:e|es|ed)|suggest(?:s|ed)?", f"(?:{_TO}|{_ING})"),
    ("plan", "plan(?:s|ned|ning)?|decid(?:e|es|ed)|prepar(?:e|es|ed|ing)", _TO),
    ("plan", "inten(?:d|ds|ded|tion)", _TO),
    ("plan", "choos(?:e|es|ing)|chose|want(?:s|ed)?|seek(?:s|ing)?|sought|try|trie[sd]", _TO),
    ("plan", "aim(?:s|ed)?|hop(?:e|es|ed)|wish(?:es)?|began|begin", _TO),
    ("plan", "ready|willing|prepared|free|able|determined|likely|set|entitled|about", _TO),
    ("plan", "consider(?:s|ed|ing)?|weigh(?:s|ed|ing)?|talk(?:s|ed)? of|avoid(?:s|ed)?", _ING),
    ("plan", "follow through by|respond(?:s|ed)? by|ground for(?: explicitly)?", _ING),
    ("plan", "keep(?:s|ing)?|start(?:s|ed)?|stop(?:s|ped)?|consists? (?:of|in)", _ING),
    ("plan",
     "decision|refusal|offer|plan|threat|promise|attempt|wish|proposal|willingness|readiness",
     rf"(?: (?:of|by) [\w' -]{{2,40}}?)? to (?={_FORM})"),
    ("demand", "urg(?:e|es|ed|ing)|press(?:es|ed|ing)?|ask(?:s|ed|ing)?", _WHOM + _TO),
    ("demand", "told|want(?:s|ed)?", _WHOM + _TO),
    ("demand", "push(?:es|ed)?|forc(?:e|es|ed)|allow(?:s|ed)?|invit(?:e|es|ed)", _WHOM + _TO),
    ("demand", "call(?:s|ed|ing)? (?:up)?on", _WHOM + _TO),
    ("demand", "demand(?:s|ed)?|insist(?:s|ed)?|propos(?:e|es|ed)", rf" that{_WHOM} (?={_FORM})"),
    ("threat", "warn(?:s|ed|ing)?|announc(?:e|es|ed)|answer(?:s|ed)?|repl(?:y|ies|ied)",
     rf"(?: [\w'-]+){{0,5}}? that{_WHOM} (?:would|will) (?={_ANY})"),
    ("plan", "sa(?:y|ys|id)", rf"(?: that)?{_WHOM} (?:would|will) (?={_FORM})"),
    ("plan", "no (?:other )?choice but", _TO),
    ("right", "right|option|choice|chance|power|freedom|time", f"(?:{_TO}|{_OF})"),
    ("possible", "can|could|may|might|will|would|must|should|shall|has to|have to|need to",
     rf" {_ADVERB}(?={_FORM}|have (?!been)[a-z]+(?:ed|en)\b)"),
    ("possible", "possible", rf" (?:for [\w' ]{{2,40}}? )?to (?={_FORM})"),
)  # fmt: skip


def _letters(words: str) -> tuple[str, ...]:
    """Take the letters with which the alternatives begin; without any of them none can match."""
    flat = re.sub(r"\([^()]*\)", "(", words)
    return tuple({re.split(r"[^a-z ]", word)[0] for word in flat.split("|")})


_PATTERNS = tuple(
    (form, _letters(words), re.compile(rf"\b(?:{words}){after}")) for form, words, after in _INTENT
)
_CHOICES = re.compile(
    r"\b(?:options?|choices?|alternatives?|courses?|ways? (?:out|forward|open))\b[^.:?!]{0,"
    r"40}:\s*(?P<list>[^.?!]+)"
)
_CHOICE_IS = re.compile(
    r"\bchoice (?:is |lies |was )?between (?P<list>[^.?!]+)"
    r"|\b(?:can|could|may|might|will|would|must) (?:then )?either (?P<either>[a-z][^.?!]*? or "
    r"[^.?!]+)"
)
_PRONOUN = re.compile(r"\b([Ii]t|[Hh]e|[Ss]he) (?:\w+ ){0,2}$")
# A second act after the first: “fill it in two years, or spread the filling over five”.
_MORE = re.compile(
    rf"(?:, [^,.;]{{2,70}}| (?:until|after) [\w ]{{2,24}}?)?,? (?:or|and) (?:to |then |else |"
    rf"instead )?(?={_FORM})"
)
_STOP = re.compile(
    r"[.;:?!()–—\"“”\ufffc]|,(?! (?:and|or) \w+ing\b)| (?:if|unless|because|while|when|but|"
    r"although|which|who|as long as"
    r"|so that|after|until|and then|in return|in exchange|provided)\b"
)


def find_options(
    folded: str, start: int, end: int, index: Index, before: Actor | None = None
) -> Iterator[Finding]:
    """Find the candidate options of a sentence.

    Parameters
    ----------
    folded : str
        The folded text.
    start, end : int
        Span of the sentence.
    index : Index
        Where actors are mentioned.
    before : Actor, optional
        Subject of the sentence before: whom a pronoun at the start of this one means.

    Yields
    ------
    Finding
        Kind ``option``: the words of the act; details give the actor nearest before it and the
        form (threat, refusal, offer, plan, demand, right, possible, choice).

    Notes
    -----
    Candidates, for a person to confirm or refuse: most sentences with *will* are no options.
    """
    names = _Names(folded, start, index, before)
    text = lower(folded)
    sentence = text[start:end]
    taken: list[tuple[int, int]] = []
    for pattern in (_CHOICES, _CHOICE_IS):
        for match in pattern.finditer(text, start, end):
            group = "list" if match.groupdict().get("list") else "either"
            for first, last in _items(folded, *match.span(group)):
                taken.append((first, last))
                yield _finding(names, first, last, "choice", match.start())
    matches = [
        (match.start(), form, match)
        for form, letters, pattern in _PATTERNS
        if any(start_of in sentence for start_of in letters)
        for match in pattern.finditer(text, start, end)
    ]
    for begin, form, match in sorted(matches, key=lambda item: item[0]):
        last = _limit(folded, match.end(), _clause_end(folded, match.end(), end), 18)
        overlaps = any(a < last and match.end() < b for a, b in taken)
        if overlaps or (form == "possible" and not _acts(index, start, begin, folded)):
            continue
        taken.append((begin, last))
        yield _finding(names, match.end(), last, form, begin)
        if more := _MORE.match(folded, last, end):
            stop = _limit(folded, more.end(), _clause_end(folded, more.end(), end), 18)
            taken.append((more.end(), stop))
            yield _finding(names, more.end(), stop, form, begin)


def _clause_end(folded: str, start: int, end: int) -> int:
    stop = _STOP.search(folded, start + 1, end)
    more = _MORE.search(folded, start + 1, end)
    return min(stop.start() if stop else end, more.start() if more else end)


def _items(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    between = r",? or |; " if " or " in folded[start:end] else r",? and |; "
    for match in re.finditer(between, folded[start:end]):
        yield at, start + match.start()
        at = start + match.end()
    yield at, end


def _limit(folded: str, start: int, end: int, words: int) -> int:
    for number, match in enumerate(re.finditer(r"\S+", folded[start:end]), 1):
        if number == words:
            return start + match.end()
    return start + len(folded[start:end].rstrip())


def _acts(index: Index, start: int, before: int, folded: str) -> bool:
    near = index.between(max(start, before - 90), before)
    pronoun = re.search(
        r"\b(?:he|she|they|it|who|we|both|sides?|either|states?|part(?:y|ies)|government|"
        r"company)\b",
        folded[start:before],
        re.IGNORECASE,
    )
    return bool(near) or bool(pronoun)


@dataclass(frozen=True, slots=True)
class _Names:
    """Who is named in and before a sentence that starts at `start`."""

    folded: str
    start: int
    index: Index
    subject_before: Actor | None

    def actor(self, announced: int, end: int) -> str:
        """Name the actor nearest before `end`, or whom a pronoun before the announcement means."""
        near = self.index.between(self.start, end)
        actor = near[-1][1].name if near else ""
        pronoun = _PRONOUN.search(self.folded, self.start, announced)
        if pronoun is None or (near and near[-1][0].start > pronoun.start()):
            return actor
        word, meant = pronoun[1].lower(), ""
        if pronoun.start() == self.start and self.subject_before is not None:
            meant = party_of(self.subject_before, word)
        return meant or antecedent(self.folded, word, pronoun.start(), self.index) or actor


def _finding(names: _Names, first: int, last: int, form: str, announced: int) -> Finding:
    folded = names.folded
    actor = names.actor(announced, announced if form == "choice" else first)
    last = first + len(folded[first:last].rstrip(" ,.?!"))
    confidence = 0.35 if form == "possible" else 0.55
    return Finding("option", first, last, f"option: {form}", confidence,
                   (("actor", actor), ("form", form)))  # fmt: skip
