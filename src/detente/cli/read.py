"""``detente read``: what an article holds, with a locator for every passage."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.input import read_bytes
from detente.cli.output import emit
from detente.errors import DetenteError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.sources import Document

__all__ = ["read"]

_FORMS = {
    "auto": "", "text": "text/plain", "markdown": "text/markdown",
    "html": "text/html", "pdf": "application/pdf",
}  # fmt: skip
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@click.command()
@click.argument("article")
@click.option("--form", type=click.Choice(list(_FORMS)), default="auto", show_default=True,
              help="Form of the source.")  # fmt: skip
@click.option("--engine", type=click.Choice(["rules", "nlp"]), default="rules", show_default=True,
              help="Rules only, or with a dependency parser (extra “nlp”).")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the whole document as JSON.")
@click.option("--no-text", is_flag=True, help="With --json: offsets and hashes instead of words.")
@click.option("--kind", multiple=True, metavar="KIND",
              help="List annotations of this kind, such as claim; may be repeated.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help="Write to a file instead of the terminal.")  # fmt: skip
def read(
    article: str,
    form: str,
    engine: str,
    as_json: bool,
    no_text: bool,
    kind: tuple[str, ...],
    output: Path | None,
) -> None:
    """Read ARTICLE: a file, an http(s) address, or - for standard input.

    Shows the metadata, the passages with their locators, the furniture that was set aside, and
    what needs a person's eye. Everything it says is a suggestion.
    """
    from detente.conditions import did_you_mean
    from detente.sources import ReadOptions
    from detente.sources import read as read_source
    from detente.sources.export import to_dict

    raw, name = _load(article)
    document = read_source(raw, name, ReadOptions(_FORMS[form], engine))
    kinds = sorted({note.kind for note in document.annotations})
    for one in kind:
        if one not in kinds:
            hint = did_you_mean(one, kinds)
            raise DetenteError(f"{article} has no annotations of the kind {one}{hint}")
    if as_json:
        data = to_dict(document, text=not no_text)
        text = show(json.dumps(data, ensure_ascii=False, indent=2))  # its escapes are JSON's own
    else:
        text = "\n".join(_report(document, kind))
    emit(text + "\n", None if output is None else str(output))


def _load(article: str) -> tuple[bytes, str]:
    if article == "-":
        return sys.stdin.buffer.read(), ""
    if re.match(r"https?://", article, re.IGNORECASE):
        from detente.sources.fetch import fetch

        return fetch(article), article
    return read_bytes(Path(article)), article


def show(text: str) -> str:
    """Make a source's text safe for a terminal: controls and direction marks become visible."""
    safe = _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return safe.encode("utf-8", "backslashreplace").decode("utf-8")


def _report(document: Document, kinds: tuple[str, ...]) -> Iterator[str]:
    yield f"source {document.id[:16]}  ({document.media_type}, {document.encoding})"
    for item in fields(document.metadata):
        field = getattr(document.metadata, item.name)
        value = show(field.value) if field.value is not None else "-"
        because = f" ({show(field.because)})" if field.because else ""
        yield f"  {item.name:<12} {value}  [{field.status.value}{because}]"
    for warning in document.warnings:
        yield f"  warning: {show(warning)}"
    if kinds:
        yield from _annotations(document, kinds)
        return
    yield ""
    for block in document.blocks:
        label = block.role.value if block.is_text else f"furniture: {block.kind}"
        values = ", ".join(f"{name} {value}" for name, value in block.values)
        words = show(document.slice(block.start, block.end))
        yield f"{block.id:<9} {label}{f' ({show(values)})' if values else ''}"
        yield f"          {words if block.is_text else words[:100]}"
    yield from _summary(document)


def _annotations(document: Document, kinds: tuple[str, ...]) -> Iterator[str]:
    yield ""
    for note in document.annotations:
        if note.kind in kinds:
            details = "; ".join(f"{name}: {value}" for name, value in note.details if value)
            words = show(document.slice(note.start, note.end))
            yield f"{note.passage:<12} {note.kind:<12} {words}"
            if details:
                yield f"{'':<26}{show(details)}"


def _summary(document: Document) -> Iterator[str]:
    from detente.sources import source_record, voice_balance

    suspects = [block.id for block in document.blocks if block.role.value == "suspect"]
    if suspects:
        yield f"\nfor review (kept as text, may be furniture): {', '.join(suspects)}"
    record = source_record(document)
    yield f"\nengine: {show(record.engine)}"
    if record.defects:
        yield f"defects: {', '.join(record.defects)}"
    balance = [one for one in voice_balance(document) if one.mentions > 1][:8]
    if balance:
        heard = ", ".join(f"{show(b.actor)} {b.statements} of {b.mentions}" for b in balance)
        yield f"heard (statements attributed, of mentions): {heard}"
    if document.annotations:
        counts = Counter(note.kind for note in document.annotations)
        found = ", ".join(f"{kind} {number}" for kind, number in sorted(counts.items()))
        yield f"suggested, list with --kind: {found}"
