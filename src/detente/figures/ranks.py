"""The rank table: states by decision makers, the better a state for a DM the darker."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from detente.conflict import places
from detente.figures.colours import ink_on, shade
from detente.figures.subjects import Pictured, Subject, subject
from detente.figures.svg import Canvas, Figure, Point, fitting, text_width, wrapped
from detente.stability import Analysis

__all__ = ["rank_table"]

_ROW = 22.0
_SIZE = 11.0
_LINE = 13.0


def rank_table(
    pictured: Pictured,
    analysis: Analysis | None = None,
    *,
    states: Iterable[int] | None = None,
    limit: int = 30,
) -> Figure:
    """Draw what each state is worth to each DM.

    Parameters
    ----------
    pictured : Model or Conflict
        What to draw.
    analysis : Analysis, optional
        Where given, a column for each concept marks the equilibria.
    states : iterable of int, optional
        The states to show, in order. By default the equilibria under the most concepts first,
        then the status quo, then by the places summed over the DMs.
    limit : int
        Most states shown.

    Returns
    -------
    Figure

    Notes
    -----
    Each cell holds the state's place in the DM's ranking, 1 being the best; ties share a place.
    The shade depends on the place alone, from the DM's worst to its best, so that it says nothing
    about how much a DM likes a state: rankings are ordinal.

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> chicken = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 3, 2], [0, 3, 1, 2]])
    >>> rank_table(chicken).title
    'Places of 4 states'
    """
    who = subject(pictured)
    conflict = who.conflict
    concepts = list(analysis.tables) if analysis else []
    stable = np.zeros((len(concepts), conflict.n_states), dtype=bool)
    for index, key in enumerate(concepts):
        assert analysis is not None  # noqa: S101 - there are concepts
        stable[index] = analysis.stable(key).all(axis=0)
    place = places(conflict.ranks)
    listed = _ordered(who, stable, place) if states is None else [int(state) for state in states]
    shown = listed[:limit]
    return _draw(who, concepts, stable, place, shown)


def _ordered(who: Subject, stable: NDArray[np.bool_], place: NDArray[np.intp]) -> list[int]:
    n = who.conflict.n_states
    now = np.arange(n) != (-1 if who.conflict.status_quo is None else who.conflict.status_quo)
    order = np.lexsort((np.arange(n), place.sum(axis=0), now, -stable.sum(axis=0)))
    return [int(state) for state in order]


def _draw(
    who: Subject,
    concepts: list[str],
    stable: NDArray[np.bool_],
    place: NDArray[np.intp],
    shown: list[int],
) -> Figure:
    conflict = who.conflict
    labels = [_names(who, state) for state in shown]
    patterns = [who.grouped(state) for state in shown]
    ids = [conflict.state_id(state) for state in shown]
    id_width = max([30.0, *(text_width(name, _SIZE) for name in ids)]) + 14
    pattern_width = max([0.0, *(text_width(p, _SIZE) * 1.06 for p in patterns)]) + 14
    name_width = min(max([60.0, *(text_width(label, _SIZE) for label in labels)]), 300.0) + 16
    cell = min(max(46.0, *(text_width(name, _SIZE) * 1.1 + 14 for name in who.dms)), 96.0)
    names = [wrapped(name, cell / 1.1 - 6, _SIZE, 3) for name in who.dms]
    left = 16 + id_width + pattern_width + name_width
    width = left + cell * conflict.n_dms + 50.0 * len(concepts) + 20
    head = 40.0 + _LINE * (max(map(len, names)) - 1)
    all_shown = len(shown) == conflict.n_states
    of = "" if all_shown else f" of {conflict.n_states}"
    title = f"Places of {len(shown)}{of} {'state' if conflict.n_states == 1 else 'states'}"
    description = (
        f"A table of {len(shown)}{of} states with their places in the rankings of "
        f"{', '.join(who.dms)}. 1 is a decision maker's best, and the darkest."
    )
    dots = " ● equilibrium under the concept." if concepts else ""
    words = f"Place in the decision maker's ranking: 1 is its best, and darkest.{dots}"
    said = wrapped(words, width - 32, 10.5, 4)
    height = head + _ROW * len(shown) + 22 + _LINE * len(said)
    canvas = Canvas(width, height, title, description)
    _draw_head(canvas, who, concepts, (left, head), cell)
    for row, state in enumerate(shown):
        y = head + _ROW * row
        text = y + _ROW / 2 + _SIZE * 0.36
        canvas.text(16, text, ids[row], font_size=_SIZE, font_weight="bold")
        canvas.text(16 + id_width, text, patterns[row], font_size=_SIZE)
        canvas.text(
            16 + id_width + pattern_width,
            text,
            fitting(labels[row], name_width - 12, _SIZE),
            font_size=_SIZE,
        )
        for dm in range(conflict.n_dms):
            _draw_cell(canvas, left + cell * dm, y, cell, int(place[dm, state]), place[dm])
        for index in range(len(concepts)):
            x = left + cell * conflict.n_dms + 50.0 * index + 25
            if stable[index, state]:
                canvas.circle(x, y + _ROW / 2, 4.5, fill="#1a1a1a")
            else:
                canvas.circle(x, y + _ROW / 2, 1.2, fill="#8a8a8a")
    for index, row_ in enumerate(said):
        y = head + _ROW * len(shown) + 22 + _LINE * index
        canvas.text(16, y, row_, font_size=10.5, fill="#4d4d4d")
    return canvas.figure()


def _names(who: Subject, state: int) -> str:
    now = ["status quo"] if state == who.conflict.status_quo else []
    return ", ".join([*now, *who.named(state)])


def _draw_head(
    canvas: Canvas, who: Subject, concepts: list[str], corner: Point, cell: float
) -> None:
    left, base = corner[0], corner[1] - 14
    canvas.text(16, base, "State", font_size=_SIZE, font_weight="bold")
    for dm, name in enumerate(who.dms):
        rows = wrapped(name, cell / 1.1 - 6, _SIZE, 3)
        for index, row in enumerate(rows):
            element = canvas.text(
                left + cell * (dm + 0.5),
                base - _LINE * (len(rows) - 1 - index),
                row,
                font_size=_SIZE,
                font_weight="bold",
                text_anchor="middle",
            )
            canvas.note(element, name)
    for index, key in enumerate(concepts):
        canvas.text(
            left + cell * who.conflict.n_dms + 50.0 * index + 25,
            base,
            fitting(key.replace("_", "–"), 48, _SIZE),
            font_size=_SIZE,
            text_anchor="middle",
        )
    y = corner[1] - 5
    canvas.line((16, y), (canvas.width - 16, y), stroke="#1a1a1a", stroke_width=0.8)


def _draw_cell(
    canvas: Canvas, x: float, y: float, cell: float, place: int, row: NDArray[np.intp]
) -> None:
    worst = int(row.max())
    colour = shade(0.0 if worst == 1 else 0.95 * (worst - place) / (worst - 1))
    canvas.rect(x, y, cell, _ROW, fill=colour, stroke="#ffffff", stroke_width=1)
    canvas.text(
        x + cell / 2,
        y + _ROW / 2 + _SIZE * 0.36,
        str(place),
        font_size=_SIZE,
        text_anchor="middle",
        fill=ink_on(colour),
    )
