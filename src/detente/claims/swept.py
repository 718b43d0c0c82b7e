"""A sweep read back from its folder."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from detente.case import Case
from detente.claims.blocks import Plan, block_path, blocks_in, pyarrow_version, read_block
from detente.claims.sweeping import Swept
from detente.errors import DetenteError

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
    pyarrow_version()
    space = plan.under(case).space().space
    tally = plan.tally(space)
    for block in blocks_in(folder, plan.n_blocks(space)):
        tally.add(*read_block(plan, space, block, block_path(folder, block)))
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
        manifest["doubt"],
    )
