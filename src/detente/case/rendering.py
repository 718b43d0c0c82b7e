"""Write values as YAML that reads back as just these values."""

from __future__ import annotations

import json
import re

from detente.case.tree import Value, read_tree

__all__ = ["render", "scalar"]

_PLAIN = re.compile(r"""[^\W\d_(][^:#]*|\([^:#]*""")


def scalar(value: Value, *, flow: bool = False, quoted: bool = False) -> str:
    r"""Write a text or number.

    Parameters
    ----------
    value : str, int, float or None
    flow : bool
        Whether it stands in brackets, where commas and brackets need quotes.
    quoted : bool
        Whether to write a text in quotes even if it needs none.

    Returns
    -------
    str

    Examples
    --------
    >>> scalar("not us.escalate"), scalar("a: b"), scalar("yes"), scalar(3)
    ('not us.escalate', '"a: b"', '"yes"', '3')
    """
    if not isinstance(value, str):
        return "null" if value is None else str(value)
    plain = (
        not quoted
        and _PLAIN.fullmatch(value) is not None
        and value.isprintable()
        and value == value.strip()
        and not (flow and set(value) & set(",[]{}"))
        and _reads_back(value)
    )
    if plain:
        return value
    words = json.dumps(value, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in words)


def _reads_back(text: str) -> bool:
    tree = read_tree(f"x: {text}\n", "value")
    return not tree.problems and tree.value == {"x": text}


def render(value: Value, column: int, *, flow: bool = False) -> str:
    r"""Write a value as YAML.

    Parameters
    ----------
    value : Value
    column : int
        Column, counted from 0, at which lines after the first start.
    flow : bool
        Whether to write it in brackets, on one line. Lists of short texts always are.

    Returns
    -------
    str
        Without an end of line.

    Examples
    --------
    >>> print(render({"prefer": "not a", "cite": ["x p1", "x p2"]}, 2))
    prefer: not a
      cite: [x p1, x p2]
    """
    if isinstance(value, list):
        if flow or all(not isinstance(item, dict | list) for item in value):
            return "[" + ", ".join(render(item, 0, flow=True) for item in value) + "]"
        return f"\n{' ' * column}".join(f"- {render(item, column + 2)}" for item in value)
    if not isinstance(value, dict):
        return scalar(value, flow=flow)
    if flow or not value:
        inside = (f"{scalar(k, flow=True)}: {render(v, 0, flow=True)}" for k, v in value.items())
        return "{" + ", ".join(inside) + "}"
    lines = []
    for key, item in value.items():
        body = render(item, column + 2)
        nested = isinstance(item, dict | list) and item and not body.startswith(("[", "{"))
        gap = f"\n{' ' * (column + 2)}" if nested else " "
        lines.append(f"{scalar(key)}:{gap}{body}")
    return f"\n{' ' * column}".join(lines)
