"""A sweep read back from its folder."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from detente.case import Case
from detente.claims.blocks import Plan
from detente.claims.sweeping import Swept
from detente.claims.tallies import Tally
from detente.errors import DetenteError
from detente.readings import Space

__all__ = ["swept_in"]


def swept_in(folder: Path, case: Case, text: str) -> Swept:
    """Read what a sweep has found, as far as it has come; nothing is judged again.

    Parameters
    ----------
    folder : Path
        Which `sweep` has filled.
    case : Case
        The case that was swept.
    text : str
        Text of its file.

    Returns
    -------
    Swept

    Raises
    ------
    DetenteError
        If the folder holds no sweep, or that of another case or of another version of this one,
        or the extra ``parquet`` is not installed.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if manifest["format"] != "detente-sweep/1":
            raise ValueError(manifest["format"])
        found = manifest["case"]
        plan = _plan(manifest, case, text)
    except (OSError, ValueError, KeyError, TypeError):
        message = f"{folder} holds no sweep: make one with “detente sweep CASE --out {folder}”"
        raise DetenteError(message) from None
    if found != hashlib.sha256(text.encode()).hexdigest():
        message = f"{folder} holds the sweep of another case, or of this one before it was changed"
        raise DetenteError(f"{message}: sweep {case.file} again")
    space = case.under(plan.reading).space().space
    tally = plan.tally(space)
    for path in sorted(folder.glob("block-*.parquet")):
        _add(tally, path, plan, space)
    return Swept(plan, space, plan.size(space), tally)


def _plan(manifest: dict[str, Any], case: Case, text: str) -> Plan:
    draws = manifest["draws"]
    return Plan(
        text,
        case.file,
        str(manifest["reading"]),
        tuple(str(key) for key in manifest["claims"]),
        None if draws is None else int(draws),
        int(manifest["seed"]),
        int(manifest["block"]),
    )


def _add(tally: Tally, path: Path, plan: Plan, space: Space) -> None:
    """Count the readings of one block: their answers and verdicts are in its file."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        message = "a sweep is kept in Parquet: install détente with the extra “parquet”"
        raise DetenteError(message) from None
    answers = [f"answer.{factor.id}" for factor in space.factors]
    claims = [f"claim.{key}" for key in plan.claims]
    try:
        table = pq.read_table(path, columns=[*answers, *claims])
        columns = {name: table.column(name).to_numpy() for name in (*answers, *claims)}
    except (OSError, KeyError, pa.ArrowException) as error:
        reason = str(error).strip('"').partition("\n")[0]
        raise DetenteError(f"{path} is no block of this sweep: {reason}") from None
    choices = np.empty((table.num_rows, len(answers)), dtype=np.int64)
    truths = np.empty((table.num_rows, len(claims)), dtype=bool)
    for position, name in enumerate(answers):
        choices[:, position] = columns[name]
    for position, name in enumerate(claims):
        truths[:, position] = columns[name]
    tally.add(choices, truths)
