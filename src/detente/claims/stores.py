"""The folder of a sweep: a file for each block, and a manifest."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente._version import __version__
from detente.case import write_whole
from detente.claims.blocks import (
    JudgedBlock,
    Plan,
    block_path,
    blocks_in,
    pyarrow_version,
    read_block,
)
from detente.errors import DetenteError
from detente.readings import Space

__all__ = ["Store"]

_MANIFEST = "manifest.json"
_UNFINISHED = (f".{_MANIFEST}.*", ".block-*.parquet.*")
"""What `write_whole` leaves behind when its process is killed."""


class Store:
    """The folder of one sweep, which no other process uses at the same time.

    Parameters
    ----------
    plan : Plan
        What is swept.
    space : Space
        Its readings.
    folder : Path
        A folder that is empty, does not exist, or holds the sweep of the same plan.

    Raises
    ------
    DetenteError
        If the folder holds something else or is in use, or pyarrow is not installed.
    """

    def __init__(self, plan: Plan, space: Space, folder: Path) -> None:
        self._plan, self._space, self._folder = plan, space, folder
        self._pyarrow = pyarrow_version()
        self._lock = ExitStack()
        manifest = _manifest(plan, space, self._pyarrow)
        path = folder / _MANIFEST
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock.enter_context(_only_one(folder))
            for pattern in _UNFINISHED:
                for unfinished in folder.glob(pattern):
                    unfinished.unlink()
            if path.exists():
                self._compare(json.loads(path.read_text(encoding="utf-8")), manifest)
            elif any(folder.iterdir()):
                raise DetenteError(f"{folder} holds something else: choose an empty folder")
            else:
                text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
                write_whole(path, text.encode())
        except (OSError, ValueError) as error:
            self.close()
            reason = (getattr(error, "strerror", None) or str(error)).lower()
            message = f"{folder} cannot be used for a sweep: {reason}"
            raise DetenteError(message) from None
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Leave the folder to others."""
        self._lock.close()

    def _compare(self, found: object, wanted: dict[str, Any]) -> None:
        if not isinstance(found, dict):
            raise ValueError(f"{_MANIFEST} is not one of a sweep")
        for key, value in wanted.items():
            if found.get(key) != value:
                message = (
                    f"{self._folder} holds the sweep of another plan ({key} differs): choose "
                    "another folder, or delete this one"
                )
                raise DetenteError(message)

    def blocks(self) -> list[int]:
        """List the blocks that are done; see `~detente.claims.blocks.blocks_in`."""
        return blocks_in(self._folder, self._plan.n_blocks(self._space))

    def read(self, block: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]] | None:
        """Read the answers and truth values of a block; None if its file is damaged."""
        try:
            path = block_path(self._folder, block)
            return read_block(self._plan, self._space, block, path)
        except DetenteError:
            return None

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
        write_whole(block_path(self._folder, block), judged.contents)


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Keep other sweeps out of a folder until this one ends, however it ends."""
    try:
        import fcntl
    except ImportError:  # not on this system: two sweeps then do the same work twice
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DetenteError(f"another sweep is at work in {folder}: wait for it") from None
        except OSError:  # not on this file system
            pass
        yield
    finally:
        os.close(handle)


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
        "weighed": plan.weighs(space),
        "readings": str(plan.size(space)),
        "uncertain": [{"id": factor.id, "answers": factor.size} for factor in space.factors],
    }
