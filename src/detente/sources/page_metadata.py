"""What the head of a page states: meta tags and JSON-LD."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from detente.sources.document import Field, Metadata, Status

__all__ = ["with_page_metadata"]

_TAGS = {
    "title": ("og:title", "twitter:title"),
    "standfirst": ("og:description", "description"),
    "author": ("author", "article:author"),
    "outlet": ("og:site_name",),
    "published": ("article:published_time", "datepublished", "date", "dc.date"),
    "language": ("lang", "og:locale"),
    "url": ("canonical", "og:url"),
}
_LINKED = {
    "title": "headline", "author": "author", "outlet": "publisher",
    "published": "datePublished", "url": "url",
}  # fmt: skip
_MAX_SCRIPT = 200_000


def with_page_metadata(
    metadata: Metadata, meta: tuple[tuple[str, str], ...], scripts: tuple[str, ...]
) -> Metadata:
    """Let what the head of the page states stand before what was read from its text.

    Parameters
    ----------
    metadata : Metadata
        What the text shows.
    meta : tuple of (name, content)
        Meta tags.
    scripts : tuple of str
        JSON-LD scripts.

    Returns
    -------
    Metadata
        With stated fields; a headline or standfirst seen on the page is kept.
    """
    linked = _linked(scripts)
    tags = dict(reversed(meta))
    found: dict[str, Field] = {}
    for name, keys in _TAGS.items():
        value, because = _text(linked.get(_LINKED.get(name, ""))), "JSON-LD"
        if not value:
            because = next((key for key in keys if tags.get(key)), "")
            value = tags.get(because, "")
        value = " ".join(value.split())[:400]
        if name == "published":
            value = _time(value)
        if name == "language":
            value = value[:2].lower()
        if value and not (name == "author" and value.startswith("http")):
            found[name] = Field(value, Status.STATED, because=because)
    for name in ("title", "standfirst"):
        if getattr(metadata, name).value is not None:
            found.pop(name, None)
    return replace(metadata, **found)


def _linked(scripts: tuple[str, ...]) -> dict[str, Any]:
    for script in scripts:
        if len(script) > _MAX_SCRIPT:
            continue
        try:
            data = json.loads(script)
        except (ValueError, RecursionError):
            continue
        items = data if isinstance(data, list) else [data]
        for item in items:
            graph = item.get("@graph", [item]) if isinstance(item, dict) else []
            for node in graph if isinstance(graph, list) else []:
                if isinstance(node, dict) and re.search(
                    r"Article|Posting|Report", str(node.get("@type"))
                ):
                    return node
    return {}


def _text(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return _text(value.get("name"))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value[:5])))
    return ""


def _time(value: str) -> str:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return value
        return datetime.fromisoformat(value).isoformat(timespec="minutes")
    except ValueError:
        return ""
