"""`detente sources`: the texts behind a case, and the passages that bear on an element."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.choices import limit_option
from detente.cli.input import read_bytes
from detente.cli.output import heading, plain, print_table, table, write_whole
from detente.errors import DetenteError

if TYPE_CHECKING:
    from detente.case import Case
    from detente.case.evidence import Texts

__all__ = ["sources"]


class _WithDefault(click.Group):
    """Take what is no subcommand as the CASE to show."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            near = get_close_matches(args[0], self.commands, n=1)
            if near and not Path(args[0]).exists():
                message = f"There is no command {args[0]!r}. Did you mean {near[0]!r}?"
                raise click.UsageError(message, ctx)
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_WithDefault)
def sources() -> None:
    """Show the sources of a case, or attach the text of one.

    \b
    detente sources CASE                     sources, their standing, and their texts
    detente sources CASE --about ELEMENT     passages that bear on an element
    detente sources attach CASE SOURCE FILE  put the text of a source beside the case
    """  # noqa: D301 - click's mark for lines that are kept


@sources.command(short_help="Show the sources of CASE; “show” may be left out.")
@click.argument("case", metavar="CASE")
@click.option(
    "--about",
    metavar="ELEMENT",
    help="Passages that bear on an element, such as us.withhold, or on any words.",
)
@limit_option(8, "Most passages shown.", least=1)
def show(case: str, about: str | None, limit: int) -> None:
    """Show the sources of CASE, or the passages that bear on one of its elements."""
    from detente.case import load
    from detente.case.evidence import attached_texts

    loaded = load(case)
    texts = attached_texts(loaded)
    if about is None:
        _list(loaded, texts)
    else:
        _about(loaded, texts, about, limit)


@sources.command(short_help="Put FILE, the text of SOURCE, beside CASE.")
@click.argument("case", metavar="CASE")
@click.argument("source")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--changed", is_flag=True, help="Attach a text whose hash is not the recorded one.")
def attach(case: str, source: str, file: Path, changed: bool) -> None:
    """Put FILE, the text of SOURCE, beside CASE: in its folder, where it is found from then on.

    SOURCE is the source's id in the case. A text whose hash is not the recorded one is refused.
    """
    from detente.case import load
    from detente.case.evidence import SUFFIXES, matching_text, source_of
    from detente.sources import read

    loaded = load(case)
    wanted = source_of(loaded, source)
    raw = read_bytes(file)
    if file.suffix.lower() not in SUFFIXES:
        raise DetenteError(f"{file} should end in one of {', '.join(SUFFIXES)}")
    document = read(raw, file.name)
    if not matching_text(wanted, raw) and not changed:
        message = (
            f"{file} is not the text whose hash the case records for {source}: "
            "attach that text, or use --changed and look at what “detente validate” then says"
        )
        raise DetenteError(message)
    name = wanted.file or f"{source}{file.suffix.lower()}"
    target = Path(loaded.file).parent / name
    write_whole(target, raw)
    click.echo(f"attached {target}: {len(document.article)} blocks of text")


def _list(case: Case, texts: Texts) -> None:
    heading(case.title)
    made = table([("source", False), ("what", True), ("kind", False), ("text", False)])
    rows = []
    for name, source in case.sources.items():
        state = (
            "changed"
            if name in texts.changed
            else "attached"
            if name in texts.documents
            else "missing"
            if name in texts.missing
            else "-"
        )
        words = [source.title, source.outlet, source.published, ", ".join(source.defects)]
        rows.append([name, "; ".join(word for word in words if word), source.kind, state])
    print_table(made, rows)
    for name in texts.missing:
        click.echo(
            plain(
                f"The text of {name} is not here: "
                f"“detente sources attach {case.file} {name} FILE” puts a copy beside the case."
            )
        )


def _about(case: Case, texts: Texts, about: str, limit: int) -> None:
    from detente.case.evidence import elements
    from detente.sources import search

    if not texts.documents:
        raise DetenteError("no text of any source is attached: see “detente sources attach --help”")
    known = {item.name: item for item in elements(case)}
    item = known.get(about)
    cited = {(c.source, c.at) for c in item.evidence.cite} if item else set()
    query = about if item is None else f"{about} {item.words}"
    aliases = {dm.id: [dm.name] for dm in case.decision_makers}
    hits = search(texts.documents, query, aliases, limit)
    if item is not None:
        heading(f"{about}: {item.words}")
    for hit in hits:
        passage = texts.documents[hit.document].passage(hit.locator)
        paragraph = hit.locator.partition(".")[0]
        mark = "cited" if {(hit.document, hit.locator), (hit.document, paragraph)} & cited else ""
        click.echo(plain(f"{hit.document} {hit.locator:<8} {hit.score:6.2f}  {mark}"))
        click.echo(click.wrap_text(plain(passage.text), 78, "    ", "    "))
    if not hits:
        click.echo("no passage bears on it")
