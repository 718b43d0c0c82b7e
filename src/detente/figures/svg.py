"""A small writer of SVG: everything escaped, text as text, no style sheet, no outside reference."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from detente.errors import DetenteError

__all__ = ["Canvas", "Figure", "clean", "fitting", "text_width", "wrapped"]

_FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, complete in itself.

    Parameters
    ----------
    svg : str
        The SVG element, without an XML declaration, fit to stand in a page or a file.
    title : str
        What it shows, in a few words; also the SVG's title.
    description : str
        What can be seen, for those who cannot see it; also the SVG's description.
    width, height : int
        Size in pixels of 1/96 inch.
    """

    svg: str = field(repr=False)
    title: str
    description: str = field(repr=False)
    width: int
    height: int

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        # Some notebooks show HTML only; as an element of the page a picture scales with it.
        return f'<figure style="margin:0;max-width:{self.width}px">{self.svg}</figure>'

    def png(self, scale: float = 2.0) -> bytes:
        """Paint the picture.

        Parameters
        ----------
        scale : float
            Pixels of the image for one of the figure.

        Returns
        -------
        bytes
            A PNG file on white ground.

        Raises
        ------
        DetenteError
            If the extra ``charts`` is not installed, or the image would be too large.
        """
        if not 0 < scale * max(self.width, self.height) <= 20_000:
            message = f"a scale of {scale:g} is out of range: choose one between 0.1 and 5"
            raise DetenteError(message)
        try:
            from resvg_py import svg_to_bytes
        except ImportError:
            message = "PNG needs the extra “charts”: pip install 'detente[charts]', or write SVG"
            raise DetenteError(message) from None
        return bytes(svg_to_bytes(svg_string=self.svg, zoom=scale, background="#ffffff"))


def clean(text: str) -> str:
    r"""Replace characters that XML forbids, or that change the direction of the text around them.

    Examples
    --------
    >>> clean("a\x1b[31m\u202eb")
    'a�[31m�b'
    """
    return "".join(
        character
        if character in "\n\t"
        or (
            unicodedata.category(character) not in ("Cc", "Cs")
            and character not in _TURNING
            and ord(character) & 0xFFFE != 0xFFFE
        )
        else "�"
        for character in text
    )


def text_width(text: str, size: float) -> float:
    """Estimate the width of a text; fonts differ, so leave room.

    Examples
    --------
    >>> text_width("mine", 10) > text_width("ill", 10)
    True
    """
    width = 0.0
    for character in text:
        if unicodedata.east_asian_width(character) in "WF":
            width += 1.0
        elif character in "iljtfrI.,:;'|!()[] -":
            width += 0.36
        elif character in "mwMW—…":
            width += 0.95
        elif character.isupper():
            width += 0.72
        else:
            width += 0.61
    return width * size


def fitting(text: str, width: float, size: float) -> str:
    """Cut a text to a width, with an ellipsis where something is left out.

    Examples
    --------
    >>> fitting("Carry normalisation through", 60, 10)
    'Carry nor…'
    """
    flat = " ".join(clean(text).split())
    if text_width(flat, size) <= width:
        return flat
    while flat and text_width(flat + "…", size) > width:
        flat = flat[:-1]
    return flat.rstrip() + "…"


def wrapped(text: str, width: float, size: float, rows: int) -> list[str]:
    """Break a text into at most so many rows of a width; the last is cut where need be.

    Examples
    --------
    >>> wrapped("Does normalisation go on", 80, 10, 2)
    ['Does', 'normalisation…']
    """
    made: list[str] = []
    for word in _pieces(clean(text), width, size):
        longer = f"{made[-1]} {word}" if made else word
        if made and text_width(longer, size) <= width:
            made[-1] = longer
        elif len(made) < rows:
            made.append(word)
        else:
            made[-1] = f"{made[-1]} {word}"
            break
    else:
        return [fitting(row, width, size) for row in made]
    return [fitting(row, width, size) for row in made[:-1]] + [fitting(made[-1], width, size)]


def _pieces(text: str, width: float, size: float) -> Iterator[str]:
    """Split a text at its spaces, and what would not fit anyway, such as Chinese, anywhere."""
    for word in text.split():
        piece = ""
        for character in word:
            if piece and text_width(piece + character, size) > width:
                yield piece
                piece = ""
            piece += character
        yield piece


class Canvas:
    """A picture being drawn; positions are pixels from the top left.

    Parameters
    ----------
    width, height : float
        Size.
    title, description : str
        For readers who cannot see the picture.
    """

    def __init__(self, width: float, height: float, title: str, description: str) -> None:
        self.width, self.height = round(width), round(height)
        self.title, self.description = clean(title), clean(description)
        key = hashlib.sha256(f"{title}\0{description}".encode("utf-8", "replace")).hexdigest()[:8]
        self.root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {self.width} {self.height}",
                "width": str(self.width),
                "height": str(self.height),
                "role": "img",
                "aria-labelledby": f"t{key} d{key}",
                "font-family": _FONT,
                "font-size": "12",
                "fill": "#1a1a1a",
            },
        )
        ET.SubElement(self.root, "title", {"id": f"t{key}"}).text = self.title
        ET.SubElement(self.root, "desc", {"id": f"d{key}"}).text = self.description
        self.rect(0, 0, self.width, self.height, fill="#ffffff")

    def add(self, tag: str, **attributes: object) -> ET.Element:
        """Add an element: ``_`` in names is ``-``, numbers are rounded, None is left out."""
        given = {
            name.replace("_", "-"): _text(value)
            for name, value in attributes.items()
            if value is not None
        }
        return ET.SubElement(self.root, tag, given)

    def rect(self, x: float, y: float, width: float, height: float, **attributes: object) -> None:
        """Draw a rectangle."""
        self.add("rect", x=x, y=y, width=width, height=height, **attributes)

    def circle(self, x: float, y: float, radius: float, **attributes: object) -> None:
        """Draw a circle."""
        self.add("circle", cx=x, cy=y, r=radius, **attributes)

    def line(self, start: Point, end: Point, **attributes: object) -> None:
        """Draw a straight line."""
        self.add("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], **attributes)

    def text(self, x: float, y: float, words: str, **attributes: object) -> ET.Element:
        """Write one line of text, its base line at y."""
        element = self.add("text", x=x, y=y, **attributes)
        element.text = clean(words)
        return element

    def note(self, element: ET.Element, words: str) -> None:
        """Give an element a title of its own, shown on pointing at it."""
        ET.SubElement(element, "title").text = clean(words)

    def polygon(self, points: Sequence[Point], **attributes: object) -> None:
        """Draw a filled polygon."""
        corners = " ".join(f"{_text(x)},{_text(y)}" for x, y in points)
        self.add("polygon", points=corners, **attributes)

    def arrow(
        self,
        start: Point,
        end: Point,
        *,
        bend: float = 0.0,
        gap: float = 0.0,
        head: float = 0.0,
        **attributes: object,
    ) -> None:
        """Draw a bent line from near one point to near another, with a head of a size or none."""
        across, down = end[0] - start[0], end[1] - start[1]
        length = max((across * across + down * down) ** 0.5, 1e-9)
        unit = across / length, down / length
        middle = (
            (start[0] + end[0]) / 2 - unit[1] * bend,
            (start[1] + end[1]) / 2 + unit[0] * bend,
        )
        first = _towards(start, middle, gap)
        last = _towards(end, middle, gap)
        back = _towards(last, middle, head * 0.8)
        path = (
            f"M{_text(first[0])} {_text(first[1])}"
            f"Q{_text(middle[0])} {_text(middle[1])} {_text(back[0])} {_text(back[1])}"
        )
        self.add("path", d=path, fill="none", **attributes)
        if head:
            away = (last[0] - back[0]) / (head * 0.8), (last[1] - back[1]) / (head * 0.8)
            foot = last[0] - away[0] * head, last[1] - away[1] * head
            side = -away[1] * head * 0.42, away[0] * head * 0.42
            corners = [
                last,
                (foot[0] + side[0], foot[1] + side[1]),
                (foot[0] - side[0], foot[1] - side[1]),
            ]
            opacity = attributes.get("stroke_opacity")
            self.polygon(corners, fill=attributes.get("stroke"), fill_opacity=opacity)

    def figure(self) -> Figure:
        """Finish the picture."""
        svg = ET.tostring(self.root, encoding="unicode")
        return Figure(svg, self.title, self.description, self.width, self.height)


def _towards(start: Point, end: Point, distance: float) -> Point:
    across, down = end[0] - start[0], end[1] - start[1]
    length = max((across * across + down * down) ** 0.5, 1e-9)
    return start[0] + across / length * distance, start[1] + down / length * distance


def _text(value: object) -> str:
    if isinstance(value, float):
        return (
            f"{value:.1f}".removesuffix(".0").replace("-0", "0")
            if abs(value) < 0.05
            else (f"{value:.1f}".removesuffix(".0"))
        )
    return clean(str(value))
