"""The settlement lattice: who can settle with whom, and how firmly."""

from __future__ import annotations

from detente.coalitions import GRADES, Leverage, Settlements
from detente.errors import DetenteError
from detente.figures.colours import GRADE_COLOURS, ink_on
from detente.figures.subjects import Pictured, Subject, subject
from detente.figures.svg import Canvas, Figure, Point, fitting, text_width, wrapped

__all__ = ["settlement_lattice"]

_MOST_DMS = 6
_LINE = 14.0
_GAP = 48.0
_APART = 10.0

_WORDS = {
    "spoiler-proof": "spoiler-proof: outsiders cannot undo it to a member's loss",
    "self-enforcing": "self-enforcing: no members would leave it",
    "agreed": "agreed: all members like it better than the status quo",
    "": "no settlement",
}


def settlement_lattice(pictured: Pictured, leverage: Leverage) -> Figure:
    """Draw all coalitions, the smaller below the larger, each with the firmest settlement it has.

    Parameters
    ----------
    pictured : Model or Conflict
        The conflict, with its names.
    leverage : Leverage
        Who can settle with whom.

    Returns
    -------
    Figure

    Raises
    ------
    DetenteError
        If there are more than 6 DMs, whose 63 coalitions are the most a page can show.

    Notes
    -----
    The shade is that of the best grade of the coalition's own settlements, of the kind asked for.
    Lines join each coalition to those with one member more. Grades do not grow with a coalition:
    a further member must agree too.

    Examples
    --------
    >>> from detente.coalitions import leverage
    >>> from detente.conflict import Conflict
    >>> prisoners = Conflict.from_arrays(options=[1, 1], ranks=[[1, 0, 3, 2], [1, 3, 0, 2]])
    >>> settlement_lattice(prisoners, leverage(prisoners, start=0)).title
    'Settlements of 3 coalitions'
    """
    who = subject(pictured)
    n_dms = who.conflict.n_dms
    if n_dms > _MOST_DMS:
        message = f"{n_dms} decision makers have {2**n_dms - 1} coalitions: up to {_MOST_DMS} DMs"
        raise DetenteError(f"{message} can be drawn")
    by_size: dict[int, list[Settlements]] = {}
    for found in leverage.settlements:
        by_size.setdefault(len(found.coalition), []).append(found)
    widest = max(len(level) for level in by_size.values())
    box = min(max(text_width(" + ".join(who.dms), 11) + 24, 110.0), 170.0)
    names = {
        found.coalition: _rows([who.dms[dm] for dm in found.coalition], box - 16)
        for found in leverage.settlements
    }
    tall = 24 + _LINE * max(len(rows) for rows in names.values())
    width = max(widest * (box + _APART) + 32, 560.0)
    height = 16 + (tall + _GAP) * n_dms - _GAP + 30 + 20 * len(_WORDS)
    canvas = Canvas(
        width, height, f"Settlements of {2**n_dms - 1} coalitions", _description(who, leverage)
    )
    centres: dict[tuple[int, ...], Point] = {}
    for size, level in by_size.items():
        y = 16 + (tall + _GAP) * (n_dms - size) + tall / 2
        for index, found in enumerate(level):
            x = width / 2 + (index - (len(level) - 1) / 2) * (box + _APART)
            centres[found.coalition] = (x, y)
    for smaller, (x, y) in centres.items():
        for larger, (to_x, to_y) in centres.items():
            if len(larger) == len(smaller) + 1 and set(smaller) < set(larger):
                canvas.line((x, y), (to_x, to_y), stroke="#b5b5b5", stroke_width=1)
    for found in leverage.settlements:
        centre, rows = centres[found.coalition], names[found.coalition]
        members = " + ".join(who.dms[dm] for dm in found.coalition)
        _draw_coalition(canvas, found, centre, (box, tall), rows, members)
    _draw_legend(canvas, height)
    return canvas.figure()


def _rows(names: list[str], width: float) -> list[str]:
    """Break the names of members into rows; long ones are cut, each to a row of its own."""
    joined = " + ".join(names)
    rows = wrapped(joined, width, 11, 5)
    if "".join(" ".join(rows).split()) == "".join(joined.split()):
        return rows
    if len(names) == 1:
        return rows
    return [
        fitting(name, width - 14, 11) + (" +" if place < len(names) else "")
        for place, name in enumerate(names, 1)
    ]


def _draw_coalition(
    canvas: Canvas,
    found: Settlements,
    centre: Point,
    box: Point,
    rows: list[str],
    members: str,
) -> None:
    x, y = centre
    width, height = box
    grade = found.best or ""
    colour = GRADE_COLOURS[grade]
    canvas.rect(
        x - width / 2,
        y - height / 2,
        width,
        height,
        rx=5,
        fill=colour,
        stroke="#1a1a1a" if grade else "#8a8a8a",
        stroke_width=1.2 if grade else 0.8,
    )
    said = f"{int(found.of(found.best).sum())} {found.best}" if found.best else "none"
    top = y - _LINE * (len(rows) + 1) / 2 + 11
    for index, row in enumerate([*rows, said]):
        element = canvas.text(
            x,
            top + _LINE * index,
            row,
            font_size=10.0 if index == len(rows) else 11.0,
            text_anchor="middle",
            font_weight=None if index == len(rows) else "bold",
            fill=ink_on(colour),
        )
        canvas.note(element, members)


def _draw_legend(canvas: Canvas, height: float) -> None:
    y = height - 20 * len(_WORDS) + 4
    for grade, words in _WORDS.items():
        canvas.rect(16, y - 10, 24, 13, fill=GRADE_COLOURS[grade], stroke="#8a8a8a")
        canvas.text(48, y, words, font_size=11)
        y += 20


def _description(who: Subject, leverage: Leverage) -> str:
    said = []
    for grade in reversed(GRADES):
        names = [
            " with ".join(who.dms[dm] for dm in found.coalition)
            for found in leverage.settlements
            if found.best == grade
        ]
        if names:
            said.append(f"At best {grade}: {'; '.join(names)}.")
    return " ".join(said) or "No coalition has a settlement."
