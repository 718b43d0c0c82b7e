"""Sweep over many readings: claims judged block by block, kept on disk, continued after a stop."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from detente.claims.blocks import Plan, evaluator_of, judge_block
from detente.claims.hinges import Hinge
from detente.claims.stores import Store
from detente.claims.tallies import Tally
from detente.errors import DetenteError
from detente.readings import Space, spread

__all__ = ["Swept", "sweep"]


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep has found so far.

    Parameters
    ----------
    plan : Plan
    space : Space
        The readings there are.
    size : int
        Number of readings asked for.
    tally : Tally
        Counts over those that have been done.
    """

    plan: Plan
    space: Space = field(repr=False)
    size: int
    tally: Tally = field(repr=False)

    @property
    def done(self) -> int:
        """Number of readings done."""
        return self.tally.counted

    @property
    def finished(self) -> bool:
        """Whether all readings asked for have been done."""
        return self.done == self.size

    def hinges(self, claim: str) -> tuple[Hinge, ...]:
        """Give how a claim's share hinges on each uncertainty, over the readings done."""
        return self.tally.hinges(self.plan.claims.index(claim))


def sweep(
    plan: Plan,
    folder: Path,
    *,
    workers: int = 1,
    cluster: str | None = None,
    progress: Callable[[Swept], None] = lambda _: None,
    until: Callable[[], bool] = lambda: False,
) -> Swept:
    """Judge claims in many readings; what is done is on disk, and is not done again.

    Parameters
    ----------
    plan : Plan
        What to sweep.
    folder : Path
        Where the results are kept: a Parquet file for each block, and a manifest. A folder with
        an unfinished sweep of the same plan is continued; a block whose file is damaged is judged
        again.
    workers, cluster
        Where the work is done, as for `detente.readings.spread`; no result depends on it.
    progress : callable
        Is given what has been found, after each block.
    until : callable
        Is asked before a block is begun; once it says yes, no other is, and what is under way is
        finished and kept. A call with the same folder goes on from there.

    Returns
    -------
    Swept

    Raises
    ------
    DetenteError
        If the folder holds the sweep of another plan or another process sweeps into it, the extra
        ``parquet`` is not installed, or the readings can only be drawn.

    Notes
    -----
    Unit u of the readings is drawn from the seed and u alone, blocks are numbered, their files are
    made by the workers, and kept whole or not at all by this process: the same plan gives the same
    bytes whatever the workers, and however often it was interrupted.

    Listed readings weigh what they are probable, so shares and hinges are those of
    `detente.claims.check`. Drawn readings count one each, since the probable ones come more often.
    """
    space = evaluator_of(plan).readings.space
    if plan.draws is None and not space.enumerable:
        message = "some weights are continuous: readings can be drawn, not enumerated (--draws)"
        raise DetenteError(message)
    with closing(Store(plan, space, folder)) as store:
        tally = plan.tally(space)
        missing, found = [], set(store.blocks())
        for block in range(plan.n_blocks(space)):
            done = store.read(block) if block in found else None
            if done is None:
                missing.append(block)
            else:
                tally.add(*done)
        swept = Swept(plan, space, plan.size(space), tally)
        progress(swept)
        work = partial(judge_block, plan)
        judging = spread(work, missing, workers=workers, cluster=cluster, until=until)
        for block, judged in judging:
            store.write(block, judged)
            tally.merge(judged.tally)
            progress(swept)
    return swept
