"""A conflict as the plain checker sees it: states 0..n-1, arcs, ranks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Direction = Literal["on", "off"]
Move = tuple[int, int]


class NotApplicableError(ValueError):
    """The concept is not defined on this conflict."""


@dataclass(frozen=True, slots=True)
class PlainConflict:
    """States 0..n-1; per DM the set of its moves and the rank of every state, higher is better.

    In option form, bit b of a state's code says whether option b is taken, and DM d owns the
    `owned[d]` options that follow those of the DMs before it.
    """

    n_states: int
    moves: tuple[frozenset[Move], ...]
    rank: tuple[tuple[int, ...], ...]
    codes: tuple[int, ...] | None = None
    owned: tuple[int, ...] | None = None
    one_way: Mapping[int, Direction] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        states = range(self.n_states)
        assert self.n_states >= 1
        assert len(self.moves) == len(self.rank) >= 1
        assert all(len(row) == self.n_states for row in self.rank)
        assert all(s in states and t in states and s != t for own in self.moves for s, t in own)

    @property
    def states(self) -> range:
        return range(self.n_states)

    @property
    def dms(self) -> range:
        return range(len(self.moves))

    def prefers(self, dm: int, a: int, b: int) -> bool:
        """Whether `dm` strictly prefers state `a` to state `b`."""
        return self.rank[dm][a] > self.rank[dm][b]


def graph(n: int, moves: Sequence[Iterable[Move]], rank: Sequence[Sequence[int]]) -> PlainConflict:
    """Make a conflict of explicit moves, taken as given."""
    return PlainConflict(
        n_states=n,
        moves=tuple(frozenset((s, t) for s, t in own) for own in moves),
        rank=tuple(tuple(row) for row in rank),
    )


def option_form(
    owned: Sequence[int],
    codes: Iterable[int],
    rank: Sequence[Sequence[int]],
    one_way: Mapping[int, Direction] | None = None,
) -> PlainConflict:
    """Make a conflict of options; `codes` are the feasible states, `rank` follows their order.

    DM d can move from s to t iff both are feasible, they differ, every option on which they
    differ belongs to d, and every such option may change in that direction.
    """
    codes = tuple(codes)
    one_way = dict(one_way or {})
    assert list(codes) == sorted(set(codes))
    assert all(0 <= code < 2 ** sum(owned) for code in codes)
    assert all(0 <= option < sum(owned) for option in one_way)
    on_only, off_only = (bits(o for o, way in one_way.items() if way == w) for w in ("on", "off"))
    moves = []
    for dm in range(len(owned)):
        own = bits(options_of(owned, dm))
        moves.append(
            frozenset(
                (s, t)
                for s, before in enumerate(codes)
                for t, after in enumerate(codes)
                if s != t and may_change(before, after, own, on_only, off_only)
            )
        )
    return PlainConflict(
        n_states=len(codes),
        moves=tuple(moves),
        rank=tuple(tuple(row) for row in rank),
        codes=codes,
        owned=tuple(owned),
        one_way=one_way,
    )


def options_of(owned: Sequence[int], dm: int) -> frozenset[int]:
    """Return the numbers of the options which `dm` owns."""
    first = sum(owned[:dm])
    return frozenset(range(first, first + owned[dm]))


def taken(code: int, option: int) -> bool:
    """Whether the option is taken in the state with this code."""
    return (code >> option) % 2 == 1


def bits(options: Iterable[int]) -> int:
    """Return the code in which these options are taken, and no other."""
    return sum(2**option for option in options)


def may_change(before: int, after: int, own: int, on_only: int, off_only: int) -> bool:
    """Whether the owner of the options `own` can turn the one code into the other.

    The options are given by their `bits`, as are those that can only be taken up or given up.
    """
    taken_up, given_up = after & ~before, before & ~after
    return not ((taken_up | given_up) & ~own or taken_up & off_only or given_up & on_only)
