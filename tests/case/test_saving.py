"""Saving over one another: real processes, real conflicts, no edit lost."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from detente.case import ChangedOnDiskError, fingerprint, save_text
from detente.case.locking import locked
from detente.errors import DetenteError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

WRITERS, EDITS = 4, 12


def add_lines(path: Path, writer: int, told: Connection) -> None:
    """Add lines one by one, each to the version just read; anew when told of a conflict."""
    conflicts = 0
    for edit in range(EDITS):
        while True:
            contents = path.read_bytes()
            text = f"{contents.decode()}# {writer}.{edit}\n"
            try:
                save_text(path, text, fingerprint(contents))
                break
            except ChangedOnDiskError:
                conflicts += 1
    told.send(conflicts)


def test_of_many_processes_no_edit_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("title: A\n", encoding="utf-8")
    context = multiprocessing.get_context("spawn")
    ends = [context.Pipe(duplex=False) for _ in range(WRITERS)]
    writers = [
        context.Process(target=add_lines, args=(path, number, told))
        for number, (_, told) in enumerate(ends)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    assert all(heard.poll() for heard, _ in ends)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "title: A"
    assert sorted(lines[1:]) == sorted(f"# {w}.{e}" for w in range(WRITERS) for e in range(EDITS))
    assert [entry.name for entry in tmp_path.iterdir()] == ["case.yaml"]


def test_a_change_between_comparison_and_replacement_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor asks for no lock: what it writes while the new contents are laid ready counts."""
    path = tmp_path / "case.yaml"
    path.write_text("mine\n", encoding="utf-8")
    version = fingerprint(path.read_bytes())
    chmod = type(path).chmod

    def edited(self: Path, mode: int) -> None:
        chmod(self, mode)
        path.write_text("theirs\n", encoding="utf-8")

    monkeypatch.setattr(type(path), "chmod", edited)
    with pytest.raises(ChangedOnDiskError):
        save_text(path, "new\n", version)
    assert path.read_text(encoding="utf-8") == "theirs\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["case.yaml"]


def test_threads_are_kept_apart_too(tmp_path: Path) -> None:
    inside: list[int] = []
    most: list[int] = []

    def work() -> None:
        with locked(tmp_path / "case.yaml"):
            inside.append(1)
            most.append(len(inside))
            inside.pop()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 1


def test_who_waits_too_long_is_told(tmp_path: Path) -> None:
    with (
        locked(tmp_path / "case.yaml"),
        pytest.raises(DetenteError, match=r"case\.yaml is being saved by another program"),
        locked(tmp_path / "case.yaml", seconds=0),
    ):
        pass
    with (
        pytest.raises(DetenteError, match="cannot be locked: no such file"),
        locked(tmp_path / "none" / "case.yaml"),
    ):
        pass


def test_a_holder_that_dies_holds_nothing(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from detente.case.locking import locked\n"
        "with locked(Path(sys.argv[1])): os._exit(7)"
    )
    path = tmp_path / "case.yaml"
    ended = subprocess.run([sys.executable, "-c", code, str(path)], check=False, timeout=60)
    assert ended.returncode == 7
    with locked(path, seconds=0):
        pass
