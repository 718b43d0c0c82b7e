"""From readings to rankings; readings that come to the same are analysed once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from detente.conflict import Conflict, Form
from detente.readings.distinct import distinct_rows
from detente.readings.spaces import Space

__all__ = ["Frame", "Profiles", "Readings"]

_MOST_BYTES = 1 << 27
"""Rankings and frames are remembered up to about so many bytes, then anew."""

_BYTES_OF_A_MOVE = 16

_BYTES_OF_A_CHOICE = 320
"""What it takes, roughly, to remember which ranking some answers come to."""

Choice = tuple[int, ...]
Row = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Frame:
    """What readings share that differ in preferences only.

    Parameters
    ----------
    form : OptionForm or GraphForm
        States and moves.
    status_quo : int or None
        The state that holds now.
    rank : callable
        Gives, for a DM and the answers that its preferences depend on, its rank of each state.
    """

    form: Form
    status_quo: int | None
    rank: Callable[[int, Choice], Row]


@dataclass(frozen=True, eq=False)
class Profiles:
    """Readings of one frame that differ, with the rankings that they come to.

    Parameters
    ----------
    frame : Frame
        States, moves and status quo.
    key : tuple of int
        Names the frame.
    rows : ndarray of int64, shape (d, m)
        For each profile and DM, which of the DM's rankings it has; a number never stands for two.
    ranks : ndarray of int32, shape (d, m, n)
        The rankings.
    members : ndarray of int64, shape (b,)
        Positions, in the batch asked for, of the readings of this frame.
    profile_of : ndarray of int64, shape (b,)
        Profile of each of these readings.
    """

    frame: Frame
    key: Choice
    rows: NDArray[np.int64]
    ranks: NDArray[np.int32] = field(repr=False)
    members: NDArray[np.int64] = field(repr=False)
    profile_of: NDArray[np.int64] = field(repr=False)

    def conflict(self, profile: int) -> Conflict:
        """Give the conflict of one profile."""
        return Conflict(self.frame.form, self.ranks[profile], self.frame.status_quo)

    def only(self, chosen: NDArray[np.int64]) -> Profiles:
        """Keep some of the profiles, without the readings that come to them."""
        none = np.empty(0, dtype=np.int64)
        return Profiles(
            self.frame,
            self.key,
            self.rows[chosen],
            self.ranks[chosen],
            members=none,
            profile_of=none,
        )


@dataclass(eq=False)
class _Rows:
    """The rankings of one DM in one frame that have come up, each once."""

    known: dict[Choice, int] = field(default_factory=dict)
    numbers: dict[bytes, int] = field(default_factory=dict)
    ranks: dict[int, Row] = field(default_factory=dict)


class Readings:
    """A product space of readings, with the conflict that each of them comes to.

    Parameters
    ----------
    space : Space
        What is uncertain.
    shaping : sequence of int
        Factors on which states, moves or the status quo depend.
    ranking : sequence of sequence of int
        For each DM the factors on which its preferences depend.
    frame : callable
        Gives the frame for answers to the shaping factors.
    """

    def __init__(
        self,
        space: Space,
        shaping: Sequence[int],
        ranking: Sequence[Sequence[int]],
        frame: Callable[[Choice], Frame],
    ) -> None:
        self.space = space
        self.shaping = tuple(shaping)
        self.ranking = tuple(tuple(factors) for factors in ranking)
        self._make = frame
        self._frames: dict[Choice, Frame] = {}
        self._rows: dict[tuple[Choice, int], _Rows] = {}
        self._numbered = 0
        self._bytes = 0

    def frame(self, key: Choice) -> Frame:
        """Give the frame for some answers to the shaping factors."""
        if key not in self._frames:
            self._frames[key] = frame = self._make(key)
            self._bytes += frame.form.n_states * frame.form.n_dms * _BYTES_OF_A_MOVE
        return self._frames[key]

    @property
    def base_frame(self) -> Frame:
        """The frame for the answers that are taken unless others are said."""
        return self.frame(tuple(self.space.base[factor] for factor in self.shaping))

    def conflict(self, choice: Sequence[int]) -> Conflict:
        """Give the conflict of one reading.

        Parameters
        ----------
        choice : sequence of int
            Answer to each factor.

        Returns
        -------
        Conflict
        """
        (found,) = self.profiles(np.array([choice], dtype=np.int64).reshape(1, -1))
        return found.conflict(0)

    def profiles(self, choices: NDArray[np.int64]) -> list[Profiles]:
        """Sort readings into those that come to the same.

        Parameters
        ----------
        choices : ndarray of int64, shape (B, number of factors)
            Answers of each reading.

        Returns
        -------
        list of Profiles
            One for each frame, in the order of the answers that shape it.
        """
        if self._bytes > _MOST_BYTES:
            self._frames.clear()
            self._rows.clear()
            self._bytes = 0
        shaping = choices[:, list(self.shaping)]
        first, frame_of = distinct_rows(shaping)
        found = []
        for position, key in enumerate(shaping[first]):
            members = np.flatnonzero(frame_of == position)
            found.append(self._in_frame(tuple(key.tolist()), choices[members], members))
        return found

    def _in_frame(
        self, key: Choice, choices: NDArray[np.int64], members: NDArray[np.int64]
    ) -> Profiles:
        frame = self.frame(key)
        n_dms = frame.form.n_dms
        numbers = np.empty((len(choices), n_dms), dtype=np.int64)
        stores = []
        for dm in range(n_dms):
            answers = choices[:, list(self.ranking[dm])]
            first, where = distinct_rows(answers)
            store = self._rows.setdefault((key, dm), _Rows())
            rows = [self._row(store, frame, dm, tuple(one.tolist())) for one in answers[first]]
            numbers[:, dm] = np.array(rows, dtype=np.int64)[where]
            stores.append(store)
        first, profile_of = distinct_rows(numbers)
        rows_of = numbers[first]
        ranks = np.empty((len(rows_of), n_dms, frame.form.n_states), dtype=np.int32)
        for dm, store in enumerate(stores):
            used, where = np.unique(rows_of[:, dm], return_inverse=True)
            ranks[:, dm] = np.stack([store.ranks[row] for row in used.tolist()])[where.reshape(-1)]
        return Profiles(frame, key, rows_of, ranks, members, profile_of)

    def _row(self, store: _Rows, frame: Frame, dm: int, local: Choice) -> int:
        if local not in store.known:
            rank = frame.rank(dm, local)
            number = store.numbers.setdefault(rank.tobytes(), self._numbered)
            if number == self._numbered:
                store.ranks[number] = rank
                self._numbered += 1
            store.known[local] = number
            self._bytes += rank.nbytes + _BYTES_OF_A_CHOICE
        return store.known[local]
