"""Cut a conflict that fails a check down to one that a person can read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from plain.model import graph, option_form, options_of, taken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from plain.model import PlainConflict


def smallest(conflict: PlainConflict, fails: Callable[[PlainConflict], bool]) -> PlainConflict:
    """Return a conflict of the same form which still fails, and of which no part can be left out.

    Parts are options, states, moves, DMs and, of the ranks of a DM, their differences.
    """
    assert fails(conflict)
    while True:
        smaller = next((c for c in _cuts(conflict) if c != conflict and fails(c)), None)
        if smaller is None:
            return conflict
        conflict = smaller


def _cuts(conflict: PlainConflict) -> Iterator[PlainConflict]:
    if conflict.codes is None:
        yield from _cuts_of_graph(conflict)
    else:
        yield from _cuts_of_option_form(conflict)
    for dm, row in enumerate(conflict.rank):
        levels = sorted(set(row))
        for simpler in ([0 for _ in row], [levels.index(value) for value in row]):
            rank = tuple(tuple(simpler) if j == dm else conflict.rank[j] for j in conflict.dms)
            yield replace(conflict, rank=rank)


def _cuts_of_graph(conflict: PlainConflict) -> Iterator[PlainConflict]:
    n, moves, rank = conflict.n_states, conflict.moves, conflict.rank
    for dm in conflict.dms if len(moves) > 1 else ():
        yield graph(n, [*moves[:dm], *moves[dm + 1 :]], [*rank[:dm], *rank[dm + 1 :]])
    for gone in conflict.states if n > 1 else ():
        kept = [s for s in conflict.states if s != gone]
        yield graph(
            n - 1,
            [
                {(kept.index(s), kept.index(t)) for s, t in own if gone not in (s, t)}
                for own in moves
            ],
            [[row[s] for s in kept] for row in rank],
        )
    for dm, own in enumerate(moves):
        for move in sorted(own):
            yield graph(n, [*moves[:dm], own - {move}, *moves[dm + 1 :]], rank)


def _cuts_of_option_form(conflict: PlainConflict) -> Iterator[PlainConflict]:
    assert conflict.codes is not None
    assert conflict.owned is not None
    codes, owned, rank, one_way = conflict.codes, conflict.owned, conflict.rank, conflict.one_way
    for option in range(sum(owned)):
        for fixed in (False, True):
            kept = [s for s in conflict.states if taken(codes[s], option) == fixed]
            if kept:
                yield option_form(
                    [k - (option in options_of(owned, dm)) for dm, k in enumerate(owned)],
                    [_drop(codes[s], option) for s in kept],
                    [[row[s] for s in kept] for row in rank],
                    {o - (o > option): way for o, way in one_way.items() if o != option},
                )
    for dm in conflict.dms if len(owned) > 1 else ():
        if owned[dm] == 0:
            others = [*owned[:dm], *owned[dm + 1 :]]
            yield option_form(others, codes, [*rank[:dm], *rank[dm + 1 :]], one_way)
    for gone in conflict.states if len(codes) > 1 else ():
        kept = [s for s in conflict.states if s != gone]
        yield option_form(
            owned, [codes[s] for s in kept], [[row[s] for s in kept] for row in rank], one_way
        )
    for option in one_way:
        left = {o: way for o, way in one_way.items() if o != option}
        yield option_form(owned, codes, rank, left)


def _drop(code: int, option: int) -> int:
    """Take one option out of a code and close the gap."""
    low = code % (1 << option)
    return low + (code >> (option + 1) << option)
