"""Citations as W3C Web Annotations, out and in."""

from __future__ import annotations

from typing import Any

from detente.sources.anchors import Citation
from detente.sources.document import PassageError, text_hash

__all__ = ["from_web_annotation", "to_web_annotation"]


def to_web_annotation(
    citation: Citation, body: str = "", purpose: str = "linking"
) -> dict[str, Any]:
    """Write a citation as a W3C Web Annotation.

    Parameters
    ----------
    citation : Citation
        The citation.
    body : str, optional
        What is said of the passage.
    purpose : str, optional
        A motivation of the vocabulary, such as ``linking`` or ``classifying``.

    Returns
    -------
    dict
        JSON-LD with a TextQuoteSelector and a TextPositionSelector, offsets in code points.

    References
    ----------
    .. [1] R. Sanderson, P. Ciccarese, B. Young (eds), *Web Annotation Data Model*, W3C, 2017.
    """
    selectors: list[dict[str, Any]] = [
        {"type": "TextPositionSelector", "start": citation.start, "end": citation.end}
    ]
    if citation.exact:
        quote = {"type": "TextQuoteSelector", "exact": citation.exact,
                 "prefix": citation.prefix, "suffix": citation.suffix}  # fmt: skip
        selectors.insert(0, quote)
    target = {
        "source": f"urn:sha256:{citation.document}",
        "selector": selectors,
        "detente:locator": citation.locator,
        "detente:hash": citation.hash,
    }
    data: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"detente": "urn:detente:"}],
        "type": "Annotation",
        "motivation": purpose,
        "target": target,
    }
    if body:
        data["body"] = {"type": "TextualBody", "value": body, "format": "text/plain"}
    return data


def from_web_annotation(data: dict[str, Any]) -> Citation:
    """Read a citation back from a W3C Web Annotation that holds both selectors.

    Raises
    ------
    PassageError
        If the data is no such annotation.
    """
    try:
        target = data["target"]
        selectors = {item["type"]: item for item in target["selector"]}
        position = selectors["TextPositionSelector"]
        quote = selectors.get("TextQuoteSelector", {})
        exact = str(quote.get("exact", ""))
        return Citation(
            str(target["source"]).removeprefix("urn:sha256:"),
            str(target.get("detente:locator", "")), int(position["start"]), int(position["end"]),
            exact, str(quote.get("prefix", "")), str(quote.get("suffix", "")),
            str(target.get("detente:hash") or text_hash(exact)),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PassageError("no Web Annotation with a position and a quotation selector") from error
