"""`detente new`: a case file to fill in."""

from __future__ import annotations

import json
from pathlib import Path

import click

from detente.cli.input import read_bytes
from detente.cli.output import make_folder, write_whole
from detente.errors import DetenteError

__all__ = ["new"]

_TEMPLATE = """\
# A case of détente. “detente validate” checks it; “detente schema” prints the schema for editors.
detente: 1
title: {title}
question: What should the analysis answer?

# What the case rests on. Cite an entry anywhere as “cite: report p3”.
sources:
  report:
    title: The title of the report
    kind: news          # news, opinion, interview, statement, paper, book, data, software, other
    published: 2025-01-31

# Who can do what, and who wants what.
decision_makers:
  north:
    name: The North
    options:
      offer: Offer a truce
      attack:
        text: Attack
        change: only on    # cannot be undone
        cite: report p3
        standing: stated   # stated, implied, or assumed
    preferences:
      prioritise:          # the most important first; or weigh: …, or rank: …
        - prefer: not north.attack
          because: The reason, in a sentence.
          standing: assumed
        - south.accept
        - north.offer
  south:
    name: The South
    options:
      accept: Accept the truce
    preferences:
      prioritise:
        - not north.attack
        - if north.offer then south.accept
        - not south.accept

# What cannot happen. Remove only what could never be, not what somebody would dislike.
rules:
  - never: north.offer and north.attack

# Names for conditions.
outcomes:
  truce: north.offer and south.accept
  war: north.attack

# Where things stand: only(…) names the options taken, all others are not.
status_quo: only()
"""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--title",
    help="Title of the case.  [default: A new case, or with --from the article's title]",
)
@click.option(
    "--from",
    "article",
    metavar="ARTICLE",
    type=click.Path(path_type=Path),
    help="Draft the case from an article: parties, options and claims, each a cited suggestion.",
)
@click.option(
    "--model",
    metavar="PROVIDER:NAME",
    help="With --from: ask a language model, too, and keep what the article "
    "bears out (extra “llm”).",
)
def new(folder: Path, title: str | None, article: Path | None, model: str | None) -> None:
    """Start a case: make FOLDER with a commented case file that already runs."""
    from detente.case import CASE_FILE

    if model and article is None:
        raise DetenteError("--model reads an article: name one with --from")
    file = folder / CASE_FILE
    if file.exists():
        raise DetenteError(f"{file} exists: nothing was changed. Choose another folder")
    drafted = None if article is None else _draft(article, title, model)
    make_folder(folder)
    if drafted is None or article is None:
        text = _TEMPLATE.format(title=json.dumps(title or "A new case", ensure_ascii=False))
        todo = "edit it"
    else:
        text, raw = drafted
        todo = "review it and state who wants what"
        write_whole(folder / f"article{article.suffix.lower()}", raw)
    write_whole(file, text.encode())
    click.echo(f"wrote {file}\nNext: {todo}, then “detente analyze {folder}”")


def _draft(article: Path, title: str | None, model: str | None) -> tuple[str, bytes]:
    """Draft a case from an article; give its text, and the article's bytes to keep beside it."""
    from detente.case.drafting import draft_case
    from detente.case.evidence import SUFFIXES
    from detente.sources import draft, read

    raw = read_bytes(article)
    if article.suffix.lower() not in SUFFIXES:
        raise DetenteError(f"{article} should end in one of {', '.join(SUFFIXES)}")
    document = read(raw, article.name)
    proposals = draft(document, model) if model else None
    return draft_case(document, proposals=proposals, title=title or ""), raw
