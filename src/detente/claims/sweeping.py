"""Sweep over many readings: claims judged block by block, kept on disk, continued after a stop."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente._version import __version__
from detente.case import Case, loads, write_whole
from detente.claims.evaluation import Evaluator
from detente.claims.hinges import Hinge
from detente.claims.tallies import Tally
from detente.conditions import did_you_mean
from detente.errors import DetenteError
from detente.readings import UNIT, Space, spread

__all__ = ["BLOCK", "Plan", "Swept", "plan_of", "sweep"]

BLOCK = 16 * UNIT
"""Readings in a block: what one worker does at a time, and what one file holds."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is swept: everything that the results depend on.

    Parameters
    ----------
    text : str
        Text of the case file.
    file : str
        Its name, for messages.
    reading : str
        The named reading of which the combinations are taken.
    claims : tuple of str
        Ids of the claims judged.
    draws : int or None
        How many combinations are drawn; None if all of them are enumerated.
    seed : int
        From which they are drawn.
    block: int
        Readings in a block, a multiple of `detente.readings.UNIT`.
    """

    text: str
    file: str
    reading: str
    claims: tuple[str, ...]
    draws: int | None
    seed: int
    block: int = BLOCK

    def size(self, space: Space) -> int:
        """Count the readings swept."""
        return space.size if self.draws is None else self.draws

    def choices(self, space: Space, block: int) -> NDArray[np.int64]:
        """Give the answers of the readings of one block, shape (b, number of factors)."""
        first = block * self.block
        last = min(first + self.block, self.size(space))
        if self.draws is None:
            return space.choices(np.arange(first, last))
        units = range(first // UNIT, -(-last // UNIT))
        return np.concatenate([space.draw(self.seed, unit) for unit in units])[: last - first]


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
) -> Swept:
    """Judge claims in many readings; what is done is on disk, and is not done again.

    Parameters
    ----------
    plan : Plan
        What to sweep.
    folder : Path
        Where the results are kept: a Parquet file for each block, and a manifest. A folder with
        an unfinished sweep of the same plan is continued.
    workers, cluster
        Where the work is done, as for `detente.readings.spread`; no result depends on it.
    progress : callable
        Is given what has been found, after each block.

    Returns
    -------
    Swept

    Raises
    ------
    DetenteError
        If the folder holds the sweep of another plan, the extra ``parquet`` is not installed, or
        the readings can only be drawn.

    Notes
    -----
    Unit u of the readings is drawn from the seed and u alone, blocks are numbered, their files are
    made by the workers, and kept whole or not at all by this process: the same plan gives the same
    bytes whatever the workers, and however often it was interrupted.
    """
    evaluator = _evaluator(plan)
    space = evaluator.readings.space
    if plan.draws is None and not space.enumerable:
        message = "some weights are continuous: readings can be drawn, not enumerated (--draws)"
        raise DetenteError(message)
    store = _Store(plan, space, folder)
    tally = Tally(space, len(plan.claims))
    n_blocks = -(-plan.size(space) // plan.block)
    done = store.blocks()
    for block in sorted(done):
        tally.add(plan.choices(space, block), store.read(block))
    missing = (block for block in range(n_blocks) if block not in done)
    swept = Swept(plan, space, plan.size(space), tally)
    progress(swept)
    for block, judged in spread(
        partial(judge_block, plan), missing, workers=workers, cluster=cluster
    ):
        store.write(block, judged)
        tally.merge(judged.tally)
        progress(swept)
    return swept


@dataclass(frozen=True, slots=True)
class JudgedBlock:
    """A block of readings as a worker hands it over.

    Parameters
    ----------
    contents : bytes
        Its Parquet file: a column for each uncertainty, and one for each claim.
    tally : Tally
        Counts over the block.
    pyarrow : str
        Version of the program that wrote the file.
    """

    contents: bytes
    tally: Tally
    pyarrow: str


def judge_block(plan: Plan, block: int) -> JudgedBlock:
    """Judge the claims in one block of readings, and write its file; this is what a worker does."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    evaluator = _evaluator(plan)
    space = evaluator.readings.space
    choices = plan.choices(space, block)
    parts = [evaluator.truths(choices[i : i + UNIT]) for i in range(0, len(choices), UNIT)]
    truths = np.concatenate(parts)
    tally = Tally(space, len(plan.claims))
    tally.add(choices, truths)
    columns: dict[str, Any] = {}
    for position, factor in enumerate(space.factors):
        dtype = np.min_scalar_type(factor.size - 1)
        columns[f"answer.{factor.id}"] = choices[:, position].astype(dtype)
    for position, key in enumerate(plan.claims):
        columns[f"claim.{key}"] = truths[:, position]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink, compression="zstd")
    return JudgedBlock(sink.getvalue().to_pybytes(), tally, str(pa.__version__))


@lru_cache(maxsize=2)
def _evaluator(plan: Plan) -> Evaluator:
    """Build the evaluator of a plan, once in each process."""
    case: Case = loads(plan.text, plan.file)
    for claim in plan.claims:
        if claim not in case.claims:
            raise DetenteError(f"there is no claim {claim}")
    expressions = [case.claims[key].expression for key in plan.claims]
    return Evaluator(case.under(plan.reading).space(), expressions, case.vocabulary)


class _Store:
    """The folder of one sweep."""

    def __init__(self, plan: Plan, space: Space, folder: Path) -> None:
        try:
            import pyarrow as pa
        except ImportError:
            message = "a sweep is kept in Parquet: install détente with the extra “parquet”"
            raise DetenteError(message) from None
        self._plan, self._folder = plan, folder
        self._pyarrow = str(pa.__version__)
        manifest = _manifest(plan, space, self._pyarrow)
        path = folder / "manifest.json"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
            if path.exists():
                self._compare(json.loads(path.read_text(encoding="utf-8")), manifest)
            elif any(folder.iterdir()):
                raise DetenteError(f"{folder} holds something else: choose an empty folder")
            else:
                write_whole(path, text.encode())
        except (OSError, ValueError) as error:
            message = f"{folder} cannot be used for a sweep: {error}"
            raise DetenteError(message) from None

    def _compare(self, found: dict[str, Any], wanted: dict[str, Any]) -> None:
        for key, value in wanted.items():
            if found.get(key) != value:
                message = (
                    f"{self._folder} holds the sweep of another plan ({key} differs): choose "
                    "another folder, or delete this one"
                )
                raise DetenteError(message)

    def _path(self, block: int) -> Path:
        return self._folder / f"block-{block:08d}.parquet"

    def blocks(self) -> set[int]:
        """List the blocks that are done."""
        names = (path.stem.partition("-")[2] for path in self._folder.glob("block-*.parquet"))
        return {int(name) for name in names if name.isdigit()}

    def read(self, block: int) -> NDArray[np.bool_]:
        """Read the truth values of a block, shape (b, number of claims)."""
        import pyarrow.parquet as pq

        names = [f"claim.{key}" for key in self._plan.claims]
        table = pq.read_table(self._path(block), columns=names)
        columns = [table.column(name).to_numpy() for name in names]
        return np.column_stack(columns).astype(np.bool_)

    def write(self, block: int, judged: JudgedBlock) -> None:
        """Keep a block that has been judged.

        Raises
        ------
        DetenteError
            If the worker's files would not be the same byte for byte.
        """
        if judged.pyarrow != self._pyarrow:
            message = (
                f"a worker has pyarrow {judged.pyarrow}, this process {self._pyarrow}: install "
                "the same version, so that the files are the same wherever they are written"
            )
            raise DetenteError(message)
        write_whole(self._path(block), judged.contents)


def _manifest(plan: Plan, space: Space, pyarrow: str) -> dict[str, Any]:
    given = {key: value for key, value in asdict(plan).items() if key not in ("text", "file")}
    return {
        "format": "detente-sweep/1",
        "detente": __version__,
        "numpy": np.__version__,
        "pyarrow": pyarrow,
        "case": hashlib.sha256(plan.text.encode()).hexdigest(),
        **given,
        "claims": list(plan.claims),
        "readings": str(plan.size(space)),
        "uncertain": [{"id": factor.id, "answers": factor.size} for factor in space.factors],
    }


def plan_of(
    path: Path,
    case: Case,
    *,
    reading: str | None = None,
    claims: Sequence[str] = (),
    draws: int | None = None,
    seed: int = 0,
) -> Plan:
    """Plan a sweep of a case that has been loaded from a file."""
    for key in claims:
        if key not in case.claims:
            raise DetenteError(f"there is no claim {key}{did_you_mean(key, case.claims)}")
    if not case.claims:
        raise DetenteError(f"{case.file} makes no claims: add “claims” to the case")
    chosen = tuple(claims) or tuple(case.claims)
    name = reading or case.base
    case.under(name)
    text = path.read_bytes().decode("utf-8-sig")
    return Plan(text, case.file, name, chosen, draws, seed)
