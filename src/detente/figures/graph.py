"""The graph of a conflict: states, and the moves between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.conflict import Path
from detente.figures.colours import PATH, dm_stroke
from detente.figures.labels import Labels
from detente.figures.layout import Layout, choose_states, lay_out_states
from detente.figures.legend import draw_legend, legend_height
from detente.figures.moves import best_between, moves_between
from detente.figures.subjects import Pictured, Subject, subject
from detente.figures.svg import Canvas, Figure, Point, fitting, text_width, wrapped

__all__ = ["state_graph"]

_MOST_SHOWN = 30
_LABEL = 10.5
_MOST_LINES = 140
_WIDTH = 960.0
_HEIGHTS = ((2, 200.0), (4, 340.0), (12, 480.0), (10**9, 640.0))
"""Height of the graph proper for up to so many states."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One DM's moves between two states: `improves` from source to target, or both ways alike."""

    dm: int
    source: int
    target: int
    improves: bool
    both_ways: bool


@dataclass(frozen=True, slots=True)
class _Scene:
    who: Subject
    equilibria: frozenset[int]
    path: Path | None
    places: dict[int, Point]
    radius: float


def state_graph(
    pictured: Pictured,
    *,
    equilibria: Iterable[int] = (),
    path: Path | None = None,
    layout: Layout | None = None,
    limit: int = _MOST_SHOWN,
) -> Figure:
    """Draw states and moves.

    Parameters
    ----------
    pictured : Model or Conflict
        What to draw.
    equilibria : iterable of int
        States to mark as equilibria.
    path : Path, optional
        Moves to highlight, in order.
    layout : Layout, optional
        Positions; by default made for the states shown.
    limit : int
        Most states shown. Where there are more, those nearest to the status quo, the path and the
        equilibria are.

    Returns
    -------
    Figure

    Notes
    -----
    Each line is coloured by the DM that owns the move. An arrow leads to the state that the mover
    prefers: a unilateral improvement; the way back, where it exists, is not drawn again. A thin
    line without a head joins states between which the mover is indifferent; a thin dotted arrow is
    a move that cannot be undone and does not improve. Where many lines would cross, only
    improvements are drawn, and if these are still too many each DM's best from each state
    (`best_between`); the picture says so.

    Examples
    --------
    >>> from detente.conflict import Conflict
    >>> chicken = Conflict.from_arrays(options=[1, 1], ranks=[[0, 1, 3, 2], [0, 3, 1, 2]])
    >>> state_graph(chicken, equilibria=[1, 2]).title
    'Moves between 4 states'
    """
    who = subject(pictured)
    conflict = who.conflict
    marked = [int(state) for state in equilibria]
    along = list(path.states) if path else []
    if layout is None:
        chosen = choose_states(conflict, [*along, *marked], limit)
        layout = lay_out_states(conflict, chosen, goals=marked)
    shown = layout.states
    lines, said = _lines(who, shown, path)
    title = f"Moves between {len(shown)} {'state' if len(shown) == 1 else 'states'}"
    if not layout.complete:
        title = f"Moves between {len(shown)} of {conflict.n_states} states"
    kept = frozenset(marked) & set(shown.tolist())
    rows = wrapped(_legend_words(lines, path, said), _WIDTH - 48, 11, 4)
    legend = 16.0 + legend_height(who.dms, _WIDTH - 48) + 18.0 * len(rows)
    height = next(height for most, height in _HEIGHTS if len(shown) <= most)
    canvas = Canvas(_WIDTH, height + legend, title, _description(who, kept, path, len(lines)))
    radius = 17.0 if len(shown) <= 30 else 13.0 if len(shown) <= 60 else 8.0
    places = {
        int(state): (90.0 + x * (_WIDTH - 180.0), 48.0 + y * (height - 110.0))
        for state, (x, y) in zip(shown, layout.positions.tolist(), strict=True)
    }
    scene = _Scene(who, kept, path, places, radius)
    _draw_path(canvas, scene)
    for line in sorted(lines, key=lambda line: line.improves):
        _draw_line(canvas, scene, line)
    for state in places:
        _draw_state(canvas, scene, state)
    _draw_names(canvas, scene, lines)
    _draw_legend(canvas, scene, height, rows)
    return canvas.figure()


def _lines(who: Subject, shown: NDArray[np.intp], path: Path | None) -> tuple[list[_Line], str]:
    conflict = who.conflict
    lines: list[_Line] = []
    for dm, table in enumerate(moves_between(conflict, shown)):
        rank = conflict.ranks[dm, shown]
        for a, b in zip(*np.nonzero(table), strict=True):
            both = bool(table[b, a])
            better = bool(rank[b] > rank[a])
            # Of moves both ways, the one that improves stands for both; of equals, the first.
            if both and not better and (rank[b] < rank[a] or a > b):
                continue
            lines.append(_Line(dm, int(shown[a]), int(shown[b]), better, both))
    if len(lines) <= _MOST_LINES:
        return lines, ""
    lines = [line for line in lines if line.improves]
    if len(lines) <= _MOST_LINES:
        return lines, "Only improvements are drawn."
    best = {
        (dm, int(shown[a]), int(shown[b]))
        for dm, table in enumerate(best_between(conflict, shown))
        for a, b in zip(*np.nonzero(table), strict=True)
    }
    steps = {(step.mover, step.state) for step in path.steps} if path else set()
    kept = [
        line
        for line in lines
        if (line.dm, line.source, line.target) in best or (line.dm, line.target) in steps
    ]
    return kept, "Of each decision maker's improvements from a state only the best are drawn."


def _draw_path(canvas: Canvas, scene: _Scene) -> None:
    if scene.path is None:
        return
    at = scene.path.start
    for step in scene.path.steps:
        if at in scene.places and step.state in scene.places:
            canvas.arrow(
                scene.places[at],
                scene.places[step.state],
                bend=_bend(step.mover, scene.who.conflict.n_dms),
                stroke=PATH,
                stroke_width=11,
                stroke_linecap="round",
            )
        at = step.state


def _bend(dm: int, n_dms: int) -> float:
    """Bend each DM's lines by another amount, so that parallel ones stay apart."""
    return 12.0 + 10.0 * (dm - (n_dms - 1) / 2)


def _draw_line(canvas: Canvas, scene: _Scene, line: _Line) -> None:
    stroke = dm_stroke(line.dm)
    dotted = not line.improves and not line.both_ways
    canvas.arrow(
        scene.places[line.source],
        scene.places[line.target],
        bend=_bend(line.dm, scene.who.conflict.n_dms),
        gap=scene.radius + 2,
        head=0.0 if not line.improves and line.both_ways else 9.0 if line.improves else 6.0,
        stroke=stroke.colour,
        stroke_width=1.8 if line.improves else 0.9,
        stroke_dasharray="1.5 3" if dotted else stroke.dash,
        stroke_opacity=None if line.improves else 0.75,
    )


def _draw_state(canvas: Canvas, scene: _Scene, state: int) -> None:
    x, y = scene.places[state]
    who, radius = scene.who, scene.radius
    now = state == who.conflict.status_quo
    fill, ink = ("#1a1a1a", "#ffffff") if state in scene.equilibria else ("#ffffff", "#1a1a1a")
    if now:
        canvas.rect(
            x - radius - 4,
            y - radius - 4,
            2 * radius + 8,
            2 * radius + 8,
            rx=3,
            fill="#ffffff",
            stroke="#1a1a1a",
            stroke_width=1.6,
        )
    canvas.circle(x, y, radius, fill=fill, stroke="#1a1a1a", stroke_width=1.2)
    name = who.conflict.state_id(state)
    size = min(11.0, 1.75 * radius / max(text_width(name, 1.0), 0.1))
    element = canvas.text(x, y + size * 0.35, name, font_size=size, text_anchor="middle", fill=ink)
    canvas.note(element, who.label(state))


def _draw_names(canvas: Canvas, scene: _Scene, lines: list[_Line]) -> None:
    """Name the equilibria and the status quo, or all states where there is room."""
    few = len(scene.places) <= 12
    points = [point for line in lines for point in _points_along(scene, line)]
    labels = Labels(scene.places, scene.radius, points, (_WIDTH, canvas.height))
    for state in scene.places:
        who = scene.who
        now = state == who.conflict.status_quo
        if not (few or now or state in scene.equilibria):
            continue
        words = [*(["status quo"] if now else []), *who.named(state)]
        pattern = who.grouped(state)
        rows = [pattern, ", ".join(words)] if few else [", ".join(words) or pattern]
        short = [fitting(row, 170, _LABEL) for row in rows if row]
        if not short:
            continue
        size = max(text_width(row, _LABEL) for row in short), 13.0 * len(short)
        box = labels.place(state, size, scene.radius + (8 if now else 4))
        # Not every printer paints a stroke behind the letters, so the ground is a plain rectangle.
        wide, tall = box[2] - box[0], box[3] - box[1]
        canvas.rect(box[0], box[1], wide, tall, fill="#ffffff", fill_opacity=0.8)
        middle = (box[0] + box[2]) / 2
        for index, row in enumerate(short):
            y = box[1] + 10 + 13 * index
            canvas.text(middle, y, row, font_size=_LABEL, text_anchor="middle")


def _points_along(scene: _Scene, line: _Line) -> list[Point]:
    """Give points along a line, bent as it is drawn."""
    (x, y), (to_x, to_y) = scene.places[line.source], scene.places[line.target]
    length = max(((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5, 1e-9)
    bend = _bend(line.dm, scene.who.conflict.n_dms)
    middle_x = (x + to_x) / 2 - (to_y - y) / length * bend
    middle_y = (y + to_y) / 2 + (to_x - x) / length * bend
    n_steps = max(int(length / 6), 2)
    parts = (step / n_steps for step in range(1, n_steps))
    return [
        (
            (1 - t) ** 2 * x + 2 * t * (1 - t) * middle_x + t * t * to_x,
            (1 - t) ** 2 * y + 2 * t * (1 - t) * middle_y + t * t * to_y,
        )
        for t in parts
    ]


def _legend_words(lines: list[_Line], path: Path | None, said: str) -> str:
    words = ["An arrow is an improvement for its colour."]
    if any(not line.improves and line.both_ways for line in lines):
        words.append("Thin: a move either way, to which its owner is indifferent.")
    if any(not line.improves and not line.both_ways for line in lines):
        words.append("Thin and dotted: a move that is no improvement and cannot be undone.")
    words.append("Filled: equilibrium. Framed: status quo.")
    words += ["Shaded: the path."] if path else []
    return " ".join([*words, said]).strip()


def _draw_legend(canvas: Canvas, scene: _Scene, top: float, rows: list[str]) -> None:
    draw_legend(canvas, list(enumerate(scene.who.dms)), 24, top, _WIDTH - 48)
    y = top + legend_height(scene.who.dms, _WIDTH - 48) - 8
    for row in rows:
        y += 18
        canvas.text(24, y, row, font_size=11, fill="#4d4d4d")


def _description(who: Subject, kept: frozenset[int], path: Path | None, n_lines: int) -> str:
    said = [f"A graph of states with {n_lines} lines for the moves of {', '.join(who.dms)}."]
    if who.conflict.status_quo is not None:
        said.append(f"The status quo is {who.label(who.conflict.status_quo)}.")
    if kept:
        said.append(f"Equilibria: {', '.join(who.label(state) for state in sorted(kept))}.")
    if path and path.steps:
        ids = (who.conflict.state_id(state) for state in path.states)
        said.append(f"Highlighted path: {' → '.join(ids)}.")
    return " ".join(said)
