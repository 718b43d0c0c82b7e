"""Which states exist: all combinations of options, less the infeasible, with some made one."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detente.conditions import Expression, Vocabulary, evaluate
from detente.conflict.arcs import arcs_from_pairs
from detente.conflict.diagrams import Diagram
from detente.conflict.forms import GraphForm, OptionForm
from detente.conflict.memory import require_memory
from detente.conflict.options import Option
from detente.errors import ConflictError, SizeError

__all__ = ["all_codes", "coalesce", "feasible_form"]

_MAX_COMBINATIONS = 1 << 26
"""Most combinations that are ever tried one by one."""

_FEW = 1 << 14
"""Combinations up to which trying them all is quickest."""

_LISTING = 48
"""Bytes that listing a state takes at its peak."""


def all_codes(options: Sequence[Option]) -> NDArray[np.int64]:
    """List the codes of every combination of levels, ascending.

    Parameters
    ----------
    options : sequence of Option
        With their bits laid out.

    Returns
    -------
    ndarray of int64, shape (product of the numbers of levels,)

    Raises
    ------
    SizeError
        If there are too many to list.

    Examples
    --------
    >>> from detente.conflict import Option, lay_out
    >>> options = lay_out([Option(0, "a.x", ("none", "some", "all")), Option(1, "b.y")], 2)
    >>> all_codes(options)
    array([0, 1, 2, 4, 5, 6])
    """
    n_combinations = 1
    for option in options:
        n_combinations *= len(option.levels)
    if n_combinations > _MAX_COMBINATIONS:
        message = f"{n_combinations:.3g} combinations of options: too many to list"
        raise SizeError(message)
    codes = np.zeros(1, dtype=np.int64)
    for option in options:
        levels = np.arange(len(option.levels), dtype=np.int64) << option.shift
        codes = (levels[:, None] + codes).ravel()
    return codes


def feasible_form(
    decision_makers: tuple[str, ...],
    options: tuple[Option, ...],
    rules: Sequence[Expression],
    words: Vocabulary,
) -> OptionForm:
    """Build the option form of the states at which every rule holds.

    Parameters
    ----------
    decision_makers : tuple of str
        Ids of the DMs.
    options : tuple of Option
        With their bits laid out.
    rules : sequence of Expression
        Conditions that every feasible state fulfils.
    words : Vocabulary
        What the names in the rules stand for.

    Returns
    -------
    OptionForm

    Raises
    ------
    ConflictError
        If no state is feasible.
    SizeError
        If the feasible states do not fit in memory, or the rules are too entangled to find them
        among very many combinations.

    Notes
    -----
    Among many combinations the feasible ones are found without trying the others, see
    `Diagram`.

    Examples
    --------
    >>> from detente.conditions import parse, vocabulary
    >>> from detente.conflict import Option, lay_out
    >>> options = lay_out([Option(0, "a.x"), Option(1, "b.y")], 2)
    >>> words = vocabulary({o.name: o.as_name(i) for i, o in enumerate(options)})
    >>> feasible_form(("a", "b"), options, [parse("not (x and y)")], words).codes
    array([0, 1, 2])
    """
    codes = _feasible_codes(options, rules, words)
    if len(codes) == 0:
        raise ConflictError("the rules leave no feasible state: at least one is needed")
    return OptionForm(decision_makers, options, codes)


def _feasible_codes(
    options: Sequence[Option], rules: Sequence[Expression], words: Vocabulary
) -> NDArray[np.int64]:
    n_combinations = math.prod(len(option.levels) for option in options)
    if n_combinations <= _FEW:
        return _sieve(options, rules, words)
    try:
        diagram = Diagram(options, rules, words)
    except SizeError:
        if n_combinations > _MAX_COMBINATIONS:
            raise
        return _sieve(options, rules, words)
    n_states = diagram.count()
    require_memory(_LISTING * n_states, f"listing {n_states:,} feasible states")
    return diagram.codes()


def _sieve(
    options: Sequence[Option], rules: Sequence[Expression], words: Vocabulary
) -> NDArray[np.int64]:
    """Try every combination."""
    codes = all_codes(options)
    for rule in rules:

        def column(index: int, codes: NDArray[np.int64] = codes) -> NDArray[np.int64]:
            return codes >> options[index].shift & ((1 << options[index].width) - 1)

        codes = codes[evaluate(rule, words, column, len(codes))]
    return codes


def coalesce(
    form: OptionForm, groups: Sequence[NDArray[np.bool_]]
) -> tuple[GraphForm, tuple[str, ...]]:
    """Make each group of indistinguishable states one state.

    Parameters
    ----------
    form : OptionForm
        The states told apart.
    groups : sequence of ndarray of bool, shape (n,)
        Members of each group; groups do not overlap.

    Returns
    -------
    graph : GraphForm
        A move leads from one state to another iff some member of the first has a move to some
        member of the second. States are in the order of their members' highest codes.
    warnings : tuple of str
        What to look at: coalesced states that can be left again, where this rule can allow moves
        that no single history allows.

    Raises
    ------
    ConflictError
        If two groups overlap.

    Notes
    -----
    Coalescing is used in the published Elmira model, where the four states in which one party
    abandons its plant count as one (Hipel, Fang, Kilgour and Haight 1993).

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> form = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 2, 3], [3, 2, 1, 0]]).form
    >>> graph, _ = coalesce(form, [np.array([False, True, False, True])])
    >>> graph.n_states, graph.moves(0).pairs().tolist()
    (3, [[0, 2], [1, 2], [2, 0], [2, 1]])
    """
    if np.sum(groups, axis=0).max(initial=0) > 1:
        raise ConflictError("two coalesced groups share a state: make them one group")
    representative = np.arange(form.n_states)
    for group in groups:
        representative[group] = np.flatnonzero(group)[-1:]
    kept, member_of = np.unique(representative, return_inverse=True)
    arcs = []
    for dm in range(form.n_dms):
        pairs = member_of[form.moves(dm).pairs()]
        arcs.append(arcs_from_pairs(pairs[pairs[:, 0] != pairs[:, 1]], len(kept)))
    graph = GraphForm(form.decision_makers, tuple(arcs), (), form, member_of)
    warnings = []
    for group in groups:
        if group.sum() < 2:
            continue
        state = int(member_of[np.flatnonzero(group)[0]])
        leaving = [form.decision_makers[dm] for dm in range(form.n_dms) if len(arcs[dm].of(state))]
        if leaving:
            who = ", ".join(leaving)
            warnings.append(
                f"the coalesced state {graph.state_id(state)} can be left by {who}: "
                "it has every move that any of its members has"
            )
    return graph, tuple(warnings)
