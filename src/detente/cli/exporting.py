"""`detente export`: cases in the formats of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from detente.cli.choices import case_argument, reading_option
from detente.cli.output import emit, plain, write_whole
from detente.cli.ranked import load_ranked, load_reading
from detente.errors import DetenteError

if TYPE_CHECKING:
    from detente.case import Model
    from detente.stability import Analysis

__all__ = ["export"]

_FORMATS = ("dot", "graphml", "csv", "parquet", "nfg", "gmcr", "json")
_CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq", "sim", "fraser_hipel")
_DEFAULT = ("nash", "gmr", "smr", "seq", "sseq")


@click.command()
@case_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    required=True,
    help="dot, graphml: the state graph. csv, parquet: the table of stabilities. "
    "nfg: the game for Gambit. gmcr: a file of GMCR+. json: what “analyze --json” prints.",
)
@click.option("-o", "--output", metavar="FILE", help="Write to a file instead of the terminal.")
@click.option(
    "--concept",
    "concepts",
    multiple=True,
    type=click.Choice(_CONCEPTS),
    help="A solution concept; repeat for several. In dot the first marks the equilibria.  "
    "[default: nash gmr smr seq sseq; in dot seq]",
)
@click.option(
    "--opponents",
    type=click.Choice(["legal", "once", "single"]),
    default="legal",
    show_default=True,
    help="How several opponents may answer.",
)
@reading_option
def export(
    case: str,
    form: str,
    output: str | None,
    concepts: tuple[str, ...],
    opponents: str,
    reading: str | None,
) -> None:
    """Write CASE in the format of another program, or as JSON."""
    loaded = load_reading if form == "json" else load_ranked
    model = loaded(case, reading).model()
    if form == "parquet":
        if output is None or output == "-":
            raise DetenteError("Parquet is not text: name a file with --output")
        contents = _parquet(model, concepts, opponents)
        write_whole(Path(output), contents)
        click.echo(f"wrote {output}", err=True)
        return
    emit(_text(model, form, concepts, opponents), output)


def _parquet(model: Model, concepts: tuple[str, ...], opponents: str) -> bytes:
    from detente.interop import parquet_table

    return parquet_table(_analysis(model, concepts or _DEFAULT, opponents))


def _analysis(model: Model, concepts: tuple[str, ...], opponents: str) -> Analysis:
    """Analyse, and say which concepts the export will lack."""
    from detente.stability import analyze

    result = analyze(model.conflict, concepts, opponents=cast("Any", opponents))
    for concept, reason in result.not_applicable.items():
        click.echo(f"{concept} is left out: {reason}.", err=True)
    return result


def _text(model: Model, form: str, concepts: tuple[str, ...], opponents: str) -> str:
    from detente.interop import csv_table, dot, export_gmcr, graphml, nfg

    if form == "gmcr":
        exported = export_gmcr(model)
        if exported.left_out:
            left_out = ", ".join(exported.left_out)
            click.echo(plain(f"A .gmcr file cannot hold, so left out: {left_out}."), err=True)
        return exported.text
    if form == "nfg":
        return nfg(model)
    wanted = concepts or (("seq",) if form == "dot" else _DEFAULT)
    if form == "json" and model.by_pairs:
        return _json_of_pairs(model, concepts, opponents)
    result = _analysis(model, wanted, opponents)
    if form == "dot":
        return dot(model, result, wanted[0])
    if form == "graphml":
        return graphml(model, result)
    if form == "csv":
        return csv_table(result)
    return _json(model, result)


def _json_of_pairs(model: Model, concepts: tuple[str, ...], opponents: str) -> str:
    import json

    import numpy as np

    from detente.cli.analyze_pairs import Asked, pair_record, solve_pairs
    from detente.stability import Conventions

    conventions = Conventions(cast("Any", opponents))
    wanted = concepts or _DEFAULT
    result = solve_pairs(model, wanted, conventions, Asked(), named_concepts=concepts)
    everywhere = np.ones(model.conflict.n_states, dtype=bool)
    return json.dumps(pair_record(model, result, everywhere, {}), indent=1, ensure_ascii=False)


def _json(model: Model, result: Analysis) -> str:
    import json

    import numpy as np

    from detente.cli.analyze import record

    everywhere = np.ones(model.conflict.n_states, dtype=bool)
    return json.dumps(record(model, result, everywhere), indent=1, ensure_ascii=False)
