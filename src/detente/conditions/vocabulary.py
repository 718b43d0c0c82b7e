"""The names that a condition may use, and the check that it uses no others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from detente.conditions.suggestions import did_you_mean
from detente.conditions.syntax import (
    Call,
    Comparison,
    Expression,
    Name,
    Number,
    Place,
    Text,
    mentioned,
    parts,
)
from detente.errors import ConditionError

__all__ = [
    "COUNTING",
    "FUNCTIONS",
    "OptionName",
    "Vocabulary",
    "check",
    "definitions_used",
    "names_used",
    "vocabulary",
]

COUNTING = ("atleast", "atmost", "exactly")
"""The counting functions: a whole number, then the conditions to be counted."""

FUNCTIONS = (*COUNTING, "only")
"""All functions of conditions; ``only(a, b == "high")`` is true where just these are taken."""


@dataclass(frozen=True, slots=True)
class OptionName:
    """An option as conditions see it.

    Parameters
    ----------
    index : int
        Position of the option among all options of the conflict.
    levels : tuple of str
        Names of its levels, lowest first; ``("N", "Y")`` for a yes/no option.
    ordered : bool
        Whether the levels may be compared with ``<`` and ``>=``.
    """

    index: int
    levels: tuple[str, ...] = ("N", "Y")
    ordered: bool = False

    @property
    def yes_no(self) -> bool:
        """Whether the option is taken or not, without further levels."""
        return self.levels == ("N", "Y")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the names in conditions stand for; build it with `vocabulary`.

    Parameters
    ----------
    options : mapping of str to OptionName
        Options by full name ``dm.option``, and by short name where only one DM has it.
    states : mapping of str to int
        States of an explicit graph by id.
    definitions : mapping of str to Expression
        Named outcomes and other names defined in the case.
    ambiguous : mapping of str to tuple of str
        Short names that several DMs use, with the full names.
    """

    options: Mapping[str, OptionName] = field(default_factory=dict)
    states: Mapping[str, int] = field(default_factory=dict)
    definitions: Mapping[str, Expression] = field(default_factory=dict)
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def names(self) -> list[str]:
        """List every name that a condition may use."""
        return [*self.options, *self.states, *self.definitions]


def vocabulary(
    options: Mapping[str, OptionName],
    states: Sequence[str] = (),
    definitions: Mapping[str, Expression] | None = None,
) -> Vocabulary:
    """Build the vocabulary of a conflict.

    Parameters
    ----------
    options : mapping of str to OptionName
        Options by full name ``dm.option``.
    states : sequence of str
        Ids of the states of an explicit graph, in order.
    definitions : mapping of str to Expression, optional
        Names defined in the case; they win over short option names.

    Returns
    -------
    Vocabulary

    Examples
    --------
    >>> words = vocabulary({"us.talk": OptionName(0), "eu.talk": OptionName(1)})
    >>> dict(words.ambiguous)
    {'talk': ('us.talk', 'eu.talk')}
    """
    defined = dict(definitions or {})
    short: dict[str, list[str]] = {}
    for full in options:
        short.setdefault(full.rpartition(".")[2], []).append(full)
    known = dict(options)
    for name, full_names in short.items():
        if len(full_names) == 1 and name not in defined:
            known.setdefault(name, options[full_names[0]])
    ambiguous = {
        name: tuple(full_names)
        for name, full_names in short.items()
        if len(full_names) > 1 and name not in defined
    }
    return Vocabulary(
        MappingProxyType(known),
        MappingProxyType({name: index for index, name in enumerate(states)}),
        MappingProxyType(defined),
        MappingProxyType(ambiguous),
    )


def check(expression: Expression, words: Vocabulary) -> list[ConditionError]:
    """Find everything in an expression that its vocabulary does not allow.

    Parameters
    ----------
    expression : Expression
        A parsed condition.
    words : Vocabulary
        The names it may use.

    Returns
    -------
    list of ConditionError
        One for each fault, with its place; empty when the condition can be evaluated.

    Examples
    --------
    >>> from detente.conditions import parse
    >>> words = vocabulary({"us.withhold": OptionName(0), "us.escalate": OptionName(1)})
    >>> [str(error) for error in check(parse("us.witthold or withhold == high"), words)]
    ['there is no name us.witthold: did you mean us.withhold?',
     'withhold has no level high: choose from N, Y']
    """
    faults: list[ConditionError] = []
    pending = [expression]
    while pending:
        node = pending.pop()
        match node:
            case Name():
                faults.extend(_check_name(node, words))
            case Comparison():
                faults.extend(_check_comparison(node, words))
            case Number() | Text():
                faults.append(_fault("a condition is expected here", node.place))
            case Call():
                faults.extend(_check_call(node, words))
                counts = bool(node.arguments) and isinstance(node.arguments[0], Number)
                pending.extend(node.arguments[counts:])
            case _:
                pending.extend(reversed(parts(node)))
    return sorted(faults, key=lambda fault: (fault.line, fault.column))


def names_used(expression: Expression, words: Vocabulary) -> frozenset[int]:
    """Collect the indices of the options that a condition depends on, through definitions too.

    Parameters
    ----------
    expression : Expression
        A condition without faults.
    words : Vocabulary
        Its names.

    Returns
    -------
    frozenset of int
        Indices of options.

    Examples
    --------
    >>> from detente.conditions import parse
    >>> options = {"a.x": OptionName(0), "b.y": OptionName(1)}
    >>> words = vocabulary(options, definitions={"both": parse("x and y")})
    >>> sorted(names_used(parse("not both"), words))
    [0, 1]
    """
    defined = [words.definitions[name] for name in definitions_used(expression, words)]
    return frozenset(
        words.options[name.text].index
        for part in (expression, *defined)
        for name in mentioned(part)
        if name.text in words.options and name.text not in words.definitions
    )


def definitions_used(expression: Expression, words: Vocabulary) -> list[str]:
    """List the defined names that a condition rests on, each after those it rests on itself.

    Parameters
    ----------
    expression : Expression
        A condition.
    words : Vocabulary
        Its names.

    Returns
    -------
    list of str

    Raises
    ------
    ConditionError
        If a name is defined by itself.

    Notes
    -----
    Every definition is looked at once, however often it is used, and without recursion.

    Examples
    --------
    >>> from detente.conditions import parse
    >>> words = vocabulary({"a.x": OptionName(0)}, (), {"b": parse("not x"), "c": parse("b or x")})
    >>> definitions_used(parse("c and b"), words)
    ['b', 'c']
    """

    def within(part: Expression) -> Iterator[str]:
        return (name.text for name in mentioned(part) if name.text in words.definitions)

    done: dict[str, None] = {}
    trail: dict[str, None] = {}
    pending = [within(expression)]
    while pending:
        name = next(pending[-1], None)
        if name is None:
            pending.pop()
            if trail:
                done[trail.popitem()[0]] = None
        elif name in trail:
            circle = list(trail)[list(trail).index(name) :]
            shown = circle if len(circle) <= 8 else [*circle[:7], "…"]
            raise ConditionError(f"{name} is defined by itself: {' → '.join((*shown, name))}")
        elif name not in done:
            trail[name] = None
            pending.append(within(words.definitions[name]))
    return list(done)


def _fault(message: str, place: Place) -> ConditionError:
    return ConditionError(message, place.line, place.column)


def _unknown(node: Name, words: Vocabulary) -> ConditionError:
    if node.text in words.ambiguous:
        full = " or ".join(words.ambiguous[node.text])
        return _fault(f"{node.text} could mean {full}: write the full name", node.place)
    dotted = "." in node.text
    names = [name for name in words.names() if ("." in name) == dotted]
    return _fault(f"there is no name {node.text}{did_you_mean(node.text, names)}", node.place)


def _check_name(node: Name, words: Vocabulary) -> list[ConditionError]:
    if node.text in words.definitions or node.text in words.states:
        return []
    option = words.options.get(node.text)
    if option is None:
        return [_unknown(node, words)]
    if not option.yes_no:
        example = f'{node.text} == "{option.levels[-1]}"'
        message = (
            f"{node.text} has the levels {', '.join(option.levels)}: compare it, as in {example}"
        )
        return [_fault(message, node.place)]
    return []


def _check_comparison(node: Comparison, words: Vocabulary) -> list[ConditionError]:
    option = words.options.get(node.option.text)
    if option is None or node.option.text in words.definitions:
        if node.option.text in words.definitions or node.option.text in words.states:
            return [_fault(f"{node.option.text} is not an option: it has no levels", node.place)]
        return [_unknown(node.option, words)]
    faults = []
    level = level_text(node)
    if level not in option.levels:
        hint = did_you_mean(level, option.levels)
        faults.append(_fault(f"{node.option.text} has no level {level}{hint}", node.level.place))
    if node.operator not in ("==", "!=") and not option.ordered:
        message = (
            f"the levels of {node.option.text} have no order: "
            f"declare it (ordered: Y), or use == and !="
        )
        faults.append(_fault(message, node.place))
    return faults


def _check_call(node: Call, words: Vocabulary) -> list[ConditionError]:
    if node.function == "only":
        return _check_only(node, words)
    if node.function not in COUNTING:
        hint = did_you_mean(node.function, FUNCTIONS)
        return [_fault(f"there is no function {node.function} in conditions{hint}", node.place)]
    example = f"{node.function}(2, a, b, c)"
    if node.keywords:
        return [_fault(f"{node.function} takes no named arguments: write {example}", node.place)]
    if len(node.arguments) < 2 or not isinstance(node.arguments[0], Number):
        message = f"{node.function} takes a number, then conditions: write {example}"
        return [_fault(message, node.place)]
    if not isinstance(node.arguments[0].value, int):
        return [_fault(f"{node.function} counts in whole numbers", node.arguments[0].place)]
    return []


def _check_only(node: Call, words: Vocabulary) -> list[ConditionError]:
    if node.keywords or not all(
        (isinstance(part, Name) and part.text in words.options)
        or (isinstance(part, Comparison) and part.operator == "==")
        for part in node.arguments
    ):
        message = 'only takes options, as in only(us.talk, us.terms == "full")'
        return [_fault(message, node.place)]
    return []


def level_text(node: Comparison) -> str:
    """Give the level that a comparison names, as text."""
    return node.level.value if isinstance(node.level, Text) else node.level.text
