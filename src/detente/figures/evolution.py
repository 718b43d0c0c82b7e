"""The evolution of a conflict: what can be reached from the status quo, in how many moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from detente.evolution import Evolution
from detente.figures.colours import dm_stroke
from detente.figures.legend import draw_legend, legend_height
from detente.figures.subjects import Pictured, Subject, subject
from detente.figures.svg import Canvas, Figure, fitting, text_width

__all__ = ["evolution_chart"]

_COLUMN = 270.0
_BOX = 210.0
_ROW = 40.0

_FOLLOWED = {
    "moves": "any moves",
    "improvements": "improvements",
    "unsanctioned": "improvements that nothing deters",
}


def evolution_chart(
    pictured: Pictured,
    evolution: Evolution,
    *,
    equilibria: Iterable[int] = (),
    limit: int = 12,
) -> Figure:
    """Draw the states reached from the start in columns, by the fewest moves that lead to them.

    Parameters
    ----------
    pictured : Model or Conflict
        The conflict that was followed, with its names.
    evolution : Evolution
        What can come of the start.
    equilibria : iterable of int
        States to mark; they come first in their column.
    limit : int
        Most states in a column; where there are more, the last row says how many.

    Returns
    -------
    Figure

    Notes
    -----
    To every state one shortest sequence of moves is drawn, coloured by the mover. Other sequences
    may lead there too.

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> from detente.evolution import evolve
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> evolution_chart(prisoners, evolve(prisoners, 3, kind="improvements")).title
    'From s4 by improvements'
    """
    who = subject(pictured)
    marked = frozenset(int(state) for state in equilibria)
    sets = [
        sorted(level, key=lambda state: (state not in marked, not who.named(state), state))
        for level in evolution.level_sets()
    ]
    columns = [level[: limit if len(level) <= limit else limit - 1] for level in sets]
    rows = max(min(len(level), limit) for level in sets)
    start = who.conflict.state_id(evolution.start)
    title = f"From {start} by {_FOLLOWED[evolution.kind]}"
    width = max(40.0 + _COLUMN * (len(sets) - 1) + _BOX, 560.0)
    movers = _movers(evolution, columns)
    legend = legend_height([who.dms[dm] for dm in movers], width - 40)
    height = 56.0 + _ROW * rows + legend + 30.0
    canvas = Canvas(width, height, title, _description(who, evolution, sets, marked))
    places = {
        state: (20.0 + _COLUMN * depth, 44.0 + _ROW * row)
        for depth, column in enumerate(columns)
        for row, state in enumerate(column)
    }
    _draw_steps(canvas, evolution, places)
    for depth, level in enumerate(sets):
        x = 20.0 + _COLUMN * depth
        head = "start" if depth == 0 else "1 move" if depth == 1 else f"{depth} moves"
        canvas.text(x + _BOX / 2, 26, head, text_anchor="middle", font_weight="bold")
        if len(level) > limit:
            y = 44.0 + _ROW * (limit - 1) + 18
            canvas.text(x + 8, y, f"… and {len(level) - limit + 1} more", font_size=11)
    for state, place in places.items():
        _draw_box(canvas, who, state, place, state in marked)
    draw_legend(canvas, [(dm, who.dms[dm]) for dm in movers], 20, 52.0 + _ROW * rows, width - 40)
    words = "One shortest way to each state is drawn."
    if len(sets) == 1:
        words = f"By {_FOLLOWED[evolution.kind]} nothing is reached: it stays as it is."
    words += " Filled: equilibrium."
    canvas.text(20, height - 14, words, font_size=10.5, fill="#4d4d4d")
    return canvas.figure()


def _movers(evolution: Evolution, columns: list[list[int]]) -> list[int]:
    """List whose moves are drawn: the last on the way to each state shown."""
    arrivals = (evolution.arrival(state) for column in columns for state in column)
    return sorted({one.path.steps[-1].mover for one in arrivals if one and one.path.steps})


def _draw_steps(
    canvas: Canvas, evolution: Evolution, places: Mapping[int, tuple[float, float]]
) -> None:
    for state, (x, y) in places.items():
        arrival = evolution.arrival(state)
        if arrival is None or not arrival.path.steps:
            continue
        before = arrival.path.states[-2]
        mover = arrival.path.steps[-1].mover
        if before not in places:
            continue
        stroke = dm_stroke(mover)
        from_x, from_y = places[before]
        canvas.arrow(
            (from_x + _BOX, from_y + 15),
            (x, y + 15),
            head=8,
            gap=2,
            stroke=stroke.colour,
            stroke_width=1.6,
            stroke_dasharray=stroke.dash,
        )


def _draw_box(
    canvas: Canvas, who: Subject, state: int, place: tuple[float, float], marked: bool
) -> None:
    x, y = place
    fill, ink = ("#1a1a1a", "#ffffff") if marked else ("#ffffff", "#1a1a1a")
    canvas.rect(x, y, _BOX, 30, rx=4, fill=fill, stroke="#1a1a1a", stroke_width=1)
    name = who.conflict.state_id(state)
    named = ", ".join(who.named(state)) or who.grouped(state)
    canvas.text(x + 8, y + 19, name, font_size=11, font_weight="bold", fill=ink)
    at = x + 14 + text_width(name, 12.5)
    short = fitting(named, x + _BOX - 6 - at, 10)
    element = canvas.text(at, y + 19, short, font_size=10, fill=ink)
    canvas.note(element, who.label(state))


def _description(
    who: Subject, evolution: Evolution, sets: list[list[int]], marked: frozenset[int]
) -> str:
    counts = ", ".join(
        f"{len(level)} in {depth} {'move' if depth == 1 else 'moves'}"
        for depth, level in enumerate(sets)
        if depth
    )
    said = f"States reached from {who.label(evolution.start)}: {counts or 'none'}."
    reached = [who.label(state) for level in sets for state in level if state in marked]
    return f"{said} Equilibria among them: {', '.join(reached) or 'none'}."
