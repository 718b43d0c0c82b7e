"""Decision diagrams: the feasible states counted and listed from the rules, without trying all.

A diagram is a graph in which each node asks for the level of one option and has a branch for each
level; the paths that end in *true* are the combinations at which a condition holds
([Bryant1986][]). Options are asked for in one fixed order, equal parts are shared, and no node
leads to *false* alone. So every path begun can be completed, and the work follows the states that
there are.
"""

from __future__ import annotations

import math
from functools import cache, reduce
from typing import TYPE_CHECKING

import numpy as np

from detente.conditions import Expression, Vocabulary
from detente.conditions.evaluation import COMPARE
from detente.conditions.syntax import (
    Always,
    Binary,
    Call,
    Comparison,
    Junction,
    Name,
    Negation,
    Number,
    Text,
    walk,
)
from detente.conditions.vocabulary import level_text
from detente.errors import SizeError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from detente.conflict.options import Option

__all__ = ["Diagram"]

_MAX_NODES = 500_000

_FALSE, _TRUE = 0, 1


class Diagram:
    """The states at which every rule holds.

    Parameters
    ----------
    options : sequence of Option
        With their bits laid out.
    rules : sequence of Expression
        Conditions that every feasible state fulfils.
    words : Vocabulary
        What the names in the rules stand for.
    max_nodes : int
        Size at which to give up.

    Raises
    ------
    SizeError
        If the rules are so entangled that the diagram grows too large.

    Notes
    -----
    Where each rule ties few options that stand near each other, the diagram is small, whatever
    the number of states. The order of the options is that of the case, or the one found by moving
    options that share rules together ([AloulMarkovSakallah2003][]), whichever keeps rules shorter.

    Examples
    --------
    >>> from detente.conditions import parse, vocabulary
    >>> from detente.conflict import Option, lay_out
    >>> options = lay_out([Option(0, f"a.x{i}") for i in range(60)], 1)
    >>> words = vocabulary({o.name: o.as_name(i) for i, o in enumerate(options)})
    >>> rule = parse("atmost(1, " + ", ".join(o.name for o in options) + ")")
    >>> diagram = Diagram(options, [rule], words)
    >>> diagram.count(), diagram.codes()[:4]
    (61, array([0, 1, 2, 4]))
    """

    def __init__(
        self,
        options: Sequence[Option],
        rules: Sequence[Expression],
        words: Vocabulary,
        max_nodes: int = _MAX_NODES,
    ) -> None:
        used = [_options_used(rule, words) for rule in rules]
        order = _order(len(options), used)
        self._options = [options[index] for index in order]
        self._sizes = [len(option.levels) for option in self._options]
        self._depth = {index: depth for depth, index in enumerate(order)}
        self._words = words
        self._max_nodes = max_nodes
        # Depth and branches of each node; the first two are the ends.
        self._nodes: list[tuple[int, tuple[int, ...]]] = [(len(order), ())] * 2
        self._known: dict[tuple[int, tuple[int, ...]], int] = {}
        self._decided: dict[tuple[int, int, int], int] = {}
        # From the bottom upwards, rules change little of what the rules before have built.
        upwards = sorted(
            zip(rules, used, strict=True),
            key=lambda pair: -min((self._depth[index] for index in pair[1]), default=0),
        )
        self._root = reduce(
            lambda root, pair: self._if(root, self._truth(pair[0]), _FALSE), upwards, _TRUE
        )
        self._decided.clear()

    def count(self) -> int:
        """Count the states."""
        below: dict[int, int] = {_FALSE: 0, _TRUE: 1}
        for node in sorted(self._reachable(), key=lambda node: -self._nodes[node][0]):
            depth, branches = self._nodes[node]
            if branches:
                below[node] = sum(
                    below[branch] * self._free(depth + 1, self._nodes[branch][0])
                    for branch in branches
                )
        return below[self._root] * self._free(0, self._nodes[self._root][0])

    def codes(self) -> NDArray[np.int64]:
        """List the codes of the states, ascending."""
        nodes = sorted(self._reachable() | {_FALSE, _TRUE})
        place = {node: index for index, node in enumerate(nodes)}
        asking: dict[int, list[int]] = {}
        for node in nodes:
            asking.setdefault(self._nodes[node][0], []).append(node)
        codes = np.zeros(1, dtype=np.int64)
        at = np.full(1, place[self._root])
        for depth, option in enumerate(self._options):
            # A node that asks for a later option stays where it is.
            onward = np.repeat(np.arange(len(nodes))[:, None], len(option.levels), axis=1)
            for node in asking.get(depth, ()):
                onward[place[node]] = [place[branch] for branch in self._nodes[node][1]]
            reached = onward[at].T
            possible = reached != place[_FALSE]
            taken = [codes[kept] | level << option.shift for level, kept in enumerate(possible)]
            codes = np.concatenate(taken)
            at = reached[possible]
        codes.sort()
        return codes

    def _free(self, depth: int, end: int) -> int:
        """Count the combinations of the options that nothing is asked about."""
        return math.prod(self._sizes[depth:end])

    def _reachable(self) -> set[int]:
        seen, pending = {self._root}, [self._root]
        while pending:
            for branch in self._nodes[pending.pop()][1]:
                if branch not in seen:
                    seen.add(branch)
                    pending.append(branch)
        return seen

    def _node(self, depth: int, branches: tuple[int, ...]) -> int:
        if len(set(branches)) == 1:
            return branches[0]
        found = self._known.get((depth, branches))
        if found is None:
            found = len(self._nodes)
            if found > self._max_nodes:
                message = (
                    "the feasibility rules are too entangled to find the states that they leave: "
                    "give rules that tie fewer options together"
                )
                raise SizeError(message)
            self._nodes.append((depth, branches))
            self._known[depth, branches] = found
        return found

    def _if(self, condition: int, then: int, otherwise: int) -> int:
        """Join three diagrams: at each state the second if the first holds, else the third."""
        if condition == _TRUE or then == otherwise:
            return then
        if condition == _FALSE:
            return otherwise
        if (then, otherwise) == (_TRUE, _FALSE):
            return condition
        asked = (condition, then, otherwise)
        found = self._decided.get(asked)
        if found is None:
            depth = min(self._nodes[node][0] for node in asked)
            branches = zip(*(self._branches(node, depth) for node in asked), strict=True)
            found = self._node(depth, tuple(self._if(*branch) for branch in branches))
            self._decided[asked] = found
        return found

    def _branches(self, node: int, depth: int) -> tuple[int, ...]:
        at, branches = self._nodes[node]
        return branches if at == depth else (node,) * self._sizes[depth]

    def _not(self, node: int) -> int:
        return self._if(node, _FALSE, _TRUE)

    def _truth(self, node: Expression) -> int:
        match node:
            case Always(value=value):
                return _TRUE if value else _FALSE
            case Name(text=text):
                if text in self._words.definitions:
                    return self._truth(self._words.definitions[text])
                index = self._words.options[text].index
                return self._where(index, lambda level: level != 0)
            case Comparison():
                option = self._words.options[node.option.text]
                wanted = option.levels.index(level_text(node))
                holds = COMPARE[node.operator]
                return self._where(option.index, lambda level: bool(holds(level, wanted)))
            case Negation(operand=operand):
                return self._not(self._truth(operand))
            case Junction(operator=word, parts=parts):
                join = self._both if word == "and" else self._either
                return reduce(join, map(self._truth, parts))
            case Binary(operator=word, left=left, right=right):
                return self._binary(word, self._truth(left), self._truth(right))
            case Call(function=function, arguments=(Number(value=number), *conditions)):
                return self._counted(function, int(number), [self._truth(c) for c in conditions])
            case Call() | Number() | Text():
                raise AssertionError(node)  # check() has refused it

    def _where(self, index: int, holds: Callable[[int], bool]) -> int:
        depth = self._depth[index]
        branches = [_TRUE if holds(level) else _FALSE for level in range(self._sizes[depth])]
        return self._node(depth, tuple(branches))

    def _both(self, first: int, second: int) -> int:
        return self._if(first, second, _FALSE)

    def _either(self, first: int, second: int) -> int:
        return self._if(first, _TRUE, second)

    def _binary(self, word: str, left: int, right: int) -> int:
        if word == "xor":
            return self._if(left, self._not(right), right)
        return self._if(left, right, self._not(right) if word == "iff" else _TRUE)

    def _counted(self, function: str, number: int, conditions: Sequence[int]) -> int:
        @cache
        def at_least(needed: int, first: int) -> int:
            if needed <= 0:
                return _TRUE
            if needed > len(conditions) - first:
                return _FALSE
            with_it = at_least(needed - 1, first + 1)
            return self._if(conditions[first], with_it, at_least(needed, first + 1))

        if function == "atleast":
            return at_least(number, 0)
        not_more = self._not(at_least(number + 1, 0))
        return not_more if function == "atmost" else self._both(at_least(number, 0), not_more)


def _options_used(rule: Expression, words: Vocabulary) -> set[int]:
    """Find the options that a rule speaks of, also through defined names."""
    used: set[int] = set()
    for node in walk(rule):
        if isinstance(node, Name):
            if node.text in words.definitions:
                used |= _options_used(words.definitions[node.text], words)
            elif node.text in words.options:
                used.add(words.options[node.text].index)
    return used


def _order(n_options: int, used: Sequence[set[int]]) -> list[int]:
    """Order the options so that those which share rules stand near each other."""
    groups = [sorted(group) for group in used if len(group) > 1]
    order = best = list(range(n_options))
    for _ in range(20):
        place = {index: depth for depth, index in enumerate(order)}
        centres: dict[int, list[float]] = {index: [] for index in order}
        for group in groups:
            centre = sum(place[index] for index in group) / len(group)
            for index in group:
                centres[index].append(centre)
        order = sorted(order, key=lambda index: _mean(centres[index], place[index]))
        if _span(order, groups) < _span(best, groups):
            best = order
    return best


def _mean(values: Sequence[float], default: float) -> float:
    return sum(values) / len(values) if values else default


def _span(order: Sequence[int], groups: Sequence[Sequence[int]]) -> int:
    place = {index: depth for depth, index in enumerate(order)}
    return sum(
        max(place[index] for index in group) - min(place[index] for index in group)
        for group in groups
    )
