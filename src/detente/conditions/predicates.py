"""The predicates of claims: what may be asserted of a conflict, and with which arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from detente.conditions.suggestions import did_you_mean
from detente.conditions.syntax import (
    Always,
    Binary,
    Call,
    Expression,
    Junction,
    Name,
    Negation,
    Place,
    Text,
    parts,
    walk,
)
from detente.conditions.vocabulary import Vocabulary, check
from detente.errors import ConditionError

__all__ = ["PREDICATES", "Predicate", "Signature", "bind", "check_claim", "predicates_in"]

_CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq", "sim", "fraser_hipel")


@dataclass(frozen=True, slots=True)
class Signature:
    """What a predicate takes.

    Parameters
    ----------
    example : str
        A use of it, for messages.
    leading : tuple of str
        What its first arguments are: ``dm`` or ``condition``.
    words : mapping of str to tuple of str
        Words it also takes, in any order; of each kind the first is the default.
    dms : tuple of str
        Named arguments that list DMs, such as ``by=us and russia``; with ``!`` if required.
    """

    example: str
    leading: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dms: tuple[str, ...] = ()


_SETTLEMENT = {
    "grade": ("self_enforcing", "agreed", "spoiler_proof"),
    "concept": ("seq", "nash", "gmr", "smr"),
}
_JUDGED = {
    "concept": ("seq", *(key for key in _CONCEPTS if key != "seq")),
    "mode": ("some", "every"),
}

PREDICATES: Mapping[str, Signature] = MappingProxyType(
    {
        "stable": Signature("stable(settlement, seq, by=us)", ("condition",), _JUDGED, dms=("by",)),
        "equilibrium": Signature("equilibrium(settlement, seq)", ("condition",), _JUDGED),
        "settle": Signature(
            "settle(settlement, by=us and russia, without=ukraine)",
            ("condition",),
            _SETTLEMENT,
            dms=("by!", "without"),
        ),
        "reachable": Signature(
            "reachable(settlement, improvements)",
            ("condition",),
            {"way": ("moves", "improvements")},
            dms=("by",),
        ),
        "prefers": Signature(
            "prefers(us, settlement, us.escalate)",
            ("dm", "condition", "condition"),
            {"mode": ("every", "some", "alike")},
        ),
        "blocks": Signature(
            "blocks(europe, settlement)",
            ("dm", "condition"),
            {"way": ("improvements", "moves")},
        ),
        "indispensable": Signature(
            "indispensable(ukraine, settlement)", ("dm", "condition"), _SETTLEMENT
        ),
    }
)
"""Every predicate by its name."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate with its arguments sorted out; build it with `bind`.

    Parameters
    ----------
    name : str
        Key of `PREDICATES`.
    dm : str
        The DM it is about, or empty.
    conditions : tuple of Expression
        Its conditions on states, in order.
    words : mapping of str to str
        Each kind of word that it takes, given or by default.
    by, without : tuple of str
        DMs named by these arguments; empty where they are not given.
    """

    name: str
    dm: str
    conditions: tuple[Expression, ...]
    words: Mapping[str, str]
    by: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def __hash__(self) -> int:
        words = tuple(self.words.items())
        return hash((self.name, self.dm, self.conditions, words, self.by, self.without))


def bind(call: Call) -> Predicate:
    """Sort out the arguments of a predicate.

    Parameters
    ----------
    call : Call
        A call of a predicate, as parsed.

    Returns
    -------
    Predicate

    Raises
    ------
    ConditionError
        If there is no such predicate or its arguments do not fit; with the place.

    Examples
    --------
    >>> from detente.conditions import parse
    >>> bound = bind(parse("settle(peace, agreed, by=us and russia)"))
    >>> bound.by, dict(bound.words)
    (('us', 'russia'), {'grade': 'agreed', 'concept': 'seq'})
    """
    if call.function not in PREDICATES:
        hint = did_you_mean(call.function, PREDICATES)
        raise _fault(f"there is no predicate {call.function}{hint}", call.place)
    signature = PREDICATES[call.function]
    leading, rest = _leading(call, signature)
    words = {kind: choices[0] for kind, choices in signature.words.items()}
    given: set[str] = set()
    for argument in rest:
        kind, word = _word(call, argument, signature)
        if kind in given:
            raise _fault(f"{call.function} is given two words for {kind}", argument.place)
        given.add(kind)
        words[kind] = word
    dms: dict[str, tuple[str, ...]] = {}
    allowed = {name.rstrip("!"): name.endswith("!") for name in signature.dms}
    for key, value in call.keywords:
        if key in dms or key in given:
            raise _fault(f"{key} is given twice", value.place)
        if key in allowed:
            dms[key] = _dms(value, key, signature)
        elif key in signature.words:
            words[key] = _word(call, value, signature, key)[1]
            given.add(key)
        else:
            hint = did_you_mean(key, [*allowed, *signature.words])
            message = f"{call.function} takes no {key}{hint}, as in {signature.example}"
            raise _fault(message, value.place)
    for key, required in allowed.items():
        if required and key not in dms:
            raise _fault(f"{call.function} needs {key}, as in {signature.example}", call.place)
    names = [part.text for part in leading if isinstance(part, Name)]
    about = signature.leading[0] == "dm"
    return Predicate(
        call.function,
        names[0] if about else "",
        tuple(leading[1:] if about else leading),
        MappingProxyType(words),
        dms.get("by", ()),
        dms.get("without", ()),
    )


def predicates_in(claim: Expression) -> list[Predicate]:
    """List the predicates that a claim joins, in the order of its text.

    Examples
    --------
    >>> from detente.conditions import parse
    >>> [p.name for p in predicates_in(parse("reachable(a) and not blocks(us, a)"))]
    ['reachable', 'blocks']
    """
    return [bind(call) for call in _calls(claim)]


def check_claim(claim: Expression, words: Vocabulary, dms: Sequence[str]) -> list[ConditionError]:
    """Find everything in a claim that is not a claim about this conflict.

    Parameters
    ----------
    claim : Expression
        A parsed claim.
    words : Vocabulary
        The names that its conditions may use.
    dms : sequence of str
        Ids of the DMs.

    Returns
    -------
    list of ConditionError
        One for each fault, with its place; empty when the claim can be judged.

    Examples
    --------
    >>> from detente.conditions import OptionName, parse, vocabulary
    >>> words = vocabulary({"us.talk": OptionName(0)})
    >>> [str(e) for e in check_claim(parse("blocks(uk, us.talk)"), words, ["us"])]
    ['there is no decision maker uk: choose from us']
    """
    faults: list[ConditionError] = []
    for node in _outer(claim):
        if not isinstance(node, Call):
            message = "a claim is made of predicates, such as equilibrium(…) or reachable(…)"
            faults.append(_fault(f"{message}: put this condition into one", node.place))
    for call in _calls(claim):
        try:
            bound = bind(call)
        except ConditionError as error:
            faults.append(error)
            continue
        for condition in bound.conditions:
            faults.extend(check(condition, words))
        faults.extend(_unknown_dms(call, bound, dms))
    return sorted(faults, key=lambda fault: (fault.line, fault.column))


def _fault(message: str, place: Place) -> ConditionError:
    return ConditionError(message, place.line, place.column)


def _outer(claim: Expression) -> list[Expression]:
    """List what a claim joins by its connectives: predicates, if it is well formed."""
    found: list[Expression] = []
    pending = [claim]
    while pending:
        node = pending.pop()
        if isinstance(node, Negation | Junction | Binary):
            pending.extend(reversed(parts(node)))
        elif not isinstance(node, Always):
            found.append(node)
    return found


def _calls(claim: Expression) -> list[Call]:
    return [node for node in _outer(claim) if isinstance(node, Call)]


def _leading(
    call: Call, signature: Signature
) -> tuple[tuple[Expression, ...], tuple[Expression, ...]]:
    n_leading = len(signature.leading)
    leading, rest = call.arguments[:n_leading], call.arguments[n_leading:]
    if len(leading) < n_leading:
        message = f"{call.function} needs more arguments, as in {signature.example}"
        raise _fault(message, call.place)
    if signature.leading[0] == "dm" and not isinstance(leading[0], Name):
        message = f"{call.function} starts with a decision maker, as in {signature.example}"
        raise _fault(message, leading[0].place)
    return leading, rest


def _word(
    call: Call, argument: Expression, signature: Signature, kind: str | None = None
) -> tuple[str, str]:
    text = argument.text if isinstance(argument, Name) else ""
    if isinstance(argument, Text):
        text = argument.value
    text = text.replace("-", "_")
    kinds = [kind] if kind else list(signature.words)
    for name in kinds:
        if text in signature.words[name]:
            return name, text
    valid = [word for name in kinds for word in signature.words[name]]
    shown = f"the word {text}" if text else "this"
    hint = did_you_mean(text, valid) or f": its words are {', '.join(valid)}"
    raise _fault(f"{call.function} does not take {shown} here{hint}", argument.place)


def _dms(value: Expression, key: str, signature: Signature) -> tuple[str, ...]:
    listed = [node for node in walk(value) if not isinstance(node, Junction)]
    junctions = [node for node in walk(value) if isinstance(node, Junction)]
    if not all(isinstance(node, Name) for node in listed) or any(
        node.operator != "and" for node in junctions
    ):
        message = f"{key} lists decision makers, as in {signature.example}"
        raise _fault(message, value.place)
    return tuple(dict.fromkeys(node.text for node in listed if isinstance(node, Name)))


def _unknown_dms(call: Call, bound: Predicate, dms: Sequence[str]) -> list[ConditionError]:
    named = (bound.dm, *bound.by, *bound.without)
    places = {node.text: node.place for node in walk(call) if isinstance(node, Name)}
    faults = [
        _fault(f"there is no decision maker {dm}{did_you_mean(dm, dms)}", places[dm])
        for dm in dict.fromkeys(named)
        if dm and dm not in dms
    ]
    both = [dm for dm in bound.by if dm in bound.without]
    faults.extend(_fault(f"{dm} is both to settle and to be left out", places[dm]) for dm in both)
    return faults
