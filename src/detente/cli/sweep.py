"""`detente sweep`: claims in very many readings."""

from __future__ import annotations

from math import inf
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from detente.cli.choices import Finite, Whole, case_argument, doubt_option
from detente.cli.output import heading, plain, print_table, say, table
from detente.cli.progress import progress_bar, quiet_option
from detente.cli.ranked import load_ranked

if TYPE_CHECKING:
    from detente.case import Doubt
    from detente.claims import Swept

__all__ = ["sweep"]


@click.command()
@case_argument
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the results; an unfinished sweep in it is continued.",
)
@click.option("--draws", type=Whole(1), help="Draw so many readings.  [default: take all]")
@click.option("--seed", default=0, show_default=True, type=Whole(0), help="Of the draws.")
@click.option(
    "--reading", help="Named reading whose combinations are taken.  [default: as written]"
)
@click.option("--claim", "claims", multiple=True, help="Judge only this claim; may be repeated.")
@doubt_option
@click.option("--workers", default=1, show_default=True, type=Whole(1), help="Processes.")
@click.option("--cluster", metavar="ADDRESS", help="Dask scheduler, such as tcp://127.0.0.1:8786.")
@click.option(
    "--time-limit",
    metavar="MINUTES",
    type=Finite(0, min_open=True),
    help="Begin nothing more after so long; the same command goes on later.",
)
@quiet_option
def sweep(  # noqa: PLR0913, PLR0917 - one parameter an option
    case: str,
    out: Path,
    draws: int | None,
    seed: int,
    reading: str | None,
    claims: tuple[str, ...],
    doubt: Doubt | None,
    workers: int,
    cluster: str | None,
    time_limit: float | None,
    quiet: bool,
) -> None:
    """Judge the claims of CASE in very many readings, on several processes or a cluster.

    What is done is on disk at once: an interrupted sweep reports what it has, and continues when
    it is called again. The same seed gives the same files, whatever the workers. A sweep that is
    not finished when its time is up ends with code 1.
    """
    ends = monotonic() + 60 * time_limit if time_limit else inf
    from detente.case import find_case
    from detente.claims import plan_of
    from detente.claims import sweep as run

    path = find_case(case)
    plan = plan_of(
        path,
        load_ranked(case),
        reading=reading,
        claims=claims,
        draws=draws,
        seed=seed,
        doubt=doubt,
    )
    interrupted = False
    latest: list[Swept] = []
    with progress_bar("readings", hidden=quiet) as show:

        def progress(swept: Swept) -> None:
            latest[:] = [swept]
            show(swept.done, swept.size)

        try:
            run(
                plan,
                out,
                workers=workers,
                cluster=cluster,
                progress=progress,
                until=lambda: monotonic() >= ends,
            )
        except KeyboardInterrupt:
            if not latest:
                raise
            interrupted = True
    swept = latest[-1]
    _show(swept)
    if not swept.finished:
        why = "interrupted" if interrupted else "the time is up"
        click.echo(f"{why}: call the same command again to continue", err=True)
        raise click.exceptions.Exit(130 if interrupted else 1)


def _show(swept: Swept) -> None:
    from detente.claims import clopper_pearson, per_cent

    plan, tally = swept.plan, swept.tally
    how = "all of them" if plan.draws is None else f"drawn with seed {plan.seed}"
    heading(f"{swept.done:,} of {swept.size:,} readings of {plan.reading}, {how}")
    made = table([("claim", True), ("holds in", False), ("share", False), ("hinges most on", True)])
    rows = []
    for position, key in enumerate(plan.claims):
        true = int(tally.true[position])
        share = f"{float(tally.share(position)):.2%}"
        if plan.draws is not None:
            share = f"{per_cent(clopper_pearson(true, swept.done), 2)}%"
        hinges = swept.hinges(key) if tally.possible else ()
        clear = [hinge for hinge in hinges if hinge.pivotal]
        top = max(clear, key=lambda hinge: hinge.effect, default=None)
        name = ""
        if top is not None and 0 < true < tally.possible:
            name = f"{swept.space.factors[top.factor].id} ({float(top.effect):.1%})"
        rows.append([key, f"{true:,}", share, plain(name)])
    print_table(made, rows)
    if plan.doubt is not None:
        from detente.case import DOUBTED

        say(f"Doubted: {DOUBTED[plan.doubt]}.")
    if plan.draws is not None and swept.space.enumerable and swept.space.size <= plan.draws:
        say(
            f"There are only {swept.space.size:,} readings: without --draws each is taken once, "
            "and the shares are exact."
        )
    if plan.weighs(swept.space):
        click.echo("Shares weigh each reading by its probability.")
