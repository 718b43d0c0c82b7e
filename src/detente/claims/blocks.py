"""What is swept, and the work on one block of it, as a worker does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.case import Case, Doubt, doubted, loads
from detente.claims.evaluation import Evaluator
from detente.claims.tallies import Tally
from detente.conditions import did_you_mean
from detente.errors import DetenteError
from detente.readings import UNIT, Space

__all__ = [
    "JudgedBlock",
    "Plan",
    "block_path",
    "blocks_in",
    "evaluator_of",
    "judge_block",
    "plan_of",
    "pyarrow_version",
    "read_block",
]

_MOST_TOGETHER = 64 * UNIT
_FEWEST_BLOCKS = 32
_CELLS = 1 << 24
"""States of all readings of a block together, which is what a block takes time for."""


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
    block : int
        Readings in a block, a multiple of `detente.readings.UNIT`: what a worker does at a time,
        and what one file holds.
    doubt : {"assumed", "implied", "all"} or None
        Preference statements that are not taken for granted, see `detente.case.doubted`.
    """

    text: str
    file: str
    reading: str
    claims: tuple[str, ...]
    draws: int | None
    seed: int
    block: int
    doubt: Doubt | None = None

    def under(self, case: Case) -> Case:
        """Give the case, once loaded, as the reading and the doubt have it."""
        believed = case if self.doubt is None else doubted(case, self.doubt)
        return believed.under(self.reading)

    def size(self, space: Space) -> int:
        """Count the readings swept."""
        return space.size if self.draws is None else self.draws

    def n_blocks(self, space: Space) -> int:
        """Count the blocks."""
        return -(-self.size(space) // self.block)

    def weighs(self, space: Space) -> bool:
        """Tell whether readings are listed that are not all equally probable."""
        return self.draws is None and space.weighted

    def tally(self, space: Space) -> Tally:
        """Give a tally of nothing yet; drawn readings come as often as they are probable."""
        return Tally(space, len(self.claims), exact=self.draws is None)

    def choices(self, space: Space, block: int) -> NDArray[np.int64]:
        """Give the answers of the readings of one block, shape (b, number of factors)."""
        first = block * self.block
        last = min(first + self.block, self.size(space))
        if first >= last:
            return np.empty((0, len(space.factors)), dtype=np.int64)
        if self.draws is None:
            return space.choices(np.arange(first, last))
        units = range(first // UNIT, -(-last // UNIT))
        return np.concatenate([space.draw(self.seed, unit) for unit in units])[: last - first]


def plan_of(
    path: Path,
    case: Case,
    *,
    reading: str | None = None,
    claims: Sequence[str] = (),
    draws: int | None = None,
    seed: int = 0,
    doubt: Doubt | None = None,
) -> Plan:
    """Plan a sweep of a case that has been loaded from a file."""
    for key in claims:
        if key not in case.claims:
            raise DetenteError(f"there is no claim {key}{did_you_mean(key, case.claims)}")
    if not case.claims:
        raise DetenteError(f"{case.file} makes no claims: add “claims” to the case")
    chosen = tuple(claims) or tuple(case.claims)
    name = reading or case.base
    text = path.read_bytes().decode("utf-8-sig")
    plan = Plan(text, case.file, name, chosen, draws, seed, UNIT, doubt)
    readings = plan.under(case).space()
    block = _block(plan.size(readings.space), readings.base_frame.form.n_states)
    return replace(plan, block=block)


def _block(size: int, n_states: int) -> int:
    """Choose how many readings to take together, for a sweep of some size.

    Few enough that a block does not take long and that there are blocks for many workers, else as
    many as possible: each block costs some time of its own.
    """
    most = min(_MOST_TOGETHER, _CELLS // n_states, size // _FEWEST_BLOCKS)
    return max(1, most // UNIT) * UNIT


@dataclass(frozen=True, slots=True)
class JudgedBlock:
    """A block of readings as a worker hands it over.

    Parameters
    ----------
    contents : bytes
        Its Parquet file: a column for each uncertainty, one for each claim, and where answers
        have probabilities, one with the readings'.
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

    evaluator = evaluator_of(plan)
    space = evaluator.readings.space
    choices = plan.choices(space, block)
    truths = evaluator.truths(choices)
    tally = plan.tally(space)
    tally.add(choices, truths)
    columns: dict[str, Any] = {}
    for position, factor in enumerate(space.factors):
        dtype = np.min_scalar_type(factor.size - 1)
        columns[f"answer.{factor.id}"] = choices[:, position].astype(dtype)
    for position, key in enumerate(plan.claims):
        columns[f"claim.{key}"] = truths[:, position]
    if plan.weighs(space):
        columns["probability"] = (space.weights(choices) / space.weight).astype(np.float64)
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink, compression="zstd")
    return JudgedBlock(sink.getvalue().to_pybytes(), tally, pyarrow_version())


def block_path(folder: Path, block: int) -> Path:
    """Say where a block is kept."""
    return folder / f"block-{block:08d}.parquet"


def blocks_in(folder: Path, n_blocks: int) -> list[int]:
    """List the blocks whose files are in a folder, ascending.

    Raises
    ------
    DetenteError
        If a file has the name of a block that the sweep has not.
    """
    found = []
    for path in sorted(folder.glob("block-*.parquet")):
        number = path.stem.partition("-")[2]
        block = int(number) if number.isdecimal() else n_blocks
        if block >= n_blocks or path != block_path(folder, block):
            raise DetenteError(f"{path} is no block of this sweep, which has {n_blocks}: delete it")
        found.append(block)
    return found


def read_block(
    plan: Plan, space: Space, block: int, path: Path
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Read one block back from its file.

    Returns
    -------
    choices : ndarray of int64, shape (b, number of factors)
    truths : ndarray of bool, shape (b, number of claims)

    Raises
    ------
    DetenteError
        If the file is damaged, or holds other readings than those of the block.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    choices = plan.choices(space, block)
    answers = [f"answer.{factor.id}" for factor in space.factors]
    claims = [f"claim.{key}" for key in plan.claims]
    try:
        table = pq.read_table(path, columns=[*answers, *claims])
        columns = {name: table.column(name).to_numpy() for name in (*answers, *claims)}
    except (OSError, KeyError, pa.ArrowException) as error:
        reason = str(error).strip('"').partition("\n")[0]
        raise DetenteError(f"{path} is no block of this sweep: {reason}") from None
    same = (np.array_equal(columns[a], choices[:, i]) for i, a in enumerate(answers))
    if table.num_rows != len(choices) or not all(same):
        raise DetenteError(f"{path} is no block of this sweep: it holds other readings")
    truths = np.empty((len(choices), len(claims)), dtype=bool)
    for position, name in enumerate(claims):
        truths[:, position] = columns[name]
    return choices, truths


def pyarrow_version() -> str:
    """Give the version of pyarrow without the time that importing it takes.

    Raises
    ------
    DetenteError
        If it is not installed.
    """
    try:
        return version("pyarrow")
    except PackageNotFoundError:
        message = "a sweep is kept in Parquet: install détente with the extra “parquet”"
        raise DetenteError(message) from None


def evaluator_of(plan: Plan) -> Evaluator:
    """Give the evaluator of a plan, which plans share that differ in their draws only."""
    return _evaluator(replace(plan, draws=None, seed=0, block=UNIT))


@lru_cache(maxsize=2)
def _evaluator(plan: Plan) -> Evaluator:
    """Build an evaluator, once in each process: what it has judged, it remembers."""
    case = loads(plan.text, plan.file)
    for claim in plan.claims:
        if claim not in case.claims:
            raise DetenteError(f"there is no claim {claim}")
    expressions = [case.claims[key].expression for key in plan.claims]
    return Evaluator(plan.under(case).space(), expressions, case.vocabulary)
