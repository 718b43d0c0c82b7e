"""Long analyses: a bar on a terminal, and what an interruption leaves."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

import detente
from detente.stability import analyze

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TypeAlias

    Run: TypeAlias = Callable[..., tuple[int, str, str]]

WHOLE = "nash gmr smr seq sseq"


def large(folder: Path, n_options: int = 16) -> Path:
    """Write a case that is large enough for a bar."""
    lines = ["detente: 1", "title: Many options", "decision_makers:"]
    for dm in ("a", "b"):
        lines += [f"  {dm}:", "    options:"]
        lines += [f"      {dm}{i}: Option {i}" for i in range(n_options // 2)]
        lines += [f"    preferences: {{prioritise: [{dm}0 and not {dm}1]}}"]
    file = folder / "large.yaml"
    file.write_text("\n".join(lines) + "\n")
    return file


def break_off(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Interrupt an analysis as soon as so many judgements are made."""

    @contextmanager
    def bar(_unit: str, *, hidden: bool) -> Iterator[Callable[[int, int], None]]:
        assert hidden

        def show(done: int, size: int) -> None:
            assert size == 15
            if done == after:
                raise KeyboardInterrupt

        yield show

    monkeypatch.setattr("detente.cli.analyze.progress_bar", bar)


def test_an_interrupted_analysis_shows_what_it_has_finished(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete = json.loads(run("analyze", "elmira", "--json")[1])
    break_off(monkeypatch, after=8)  # three DMs a concept
    code, out, err = run("analyze", "elmira")
    assert code == 130
    assert err == "interrupted: smr, seq, sseq not finished, and not shown\n"
    assert " nash gmr\n" in out
    assert "smr" not in out
    code, out, _ = run("analyze", "elmira", "--json")
    assert code == 130
    found = json.loads(out)
    assert found["equilibria"] == {key: complete["equilibria"][key] for key in ("nash", "gmr")}
    judged = ("analyze", "elmira", "--judge", "moe=seq,uniroyal=nash,lg=seq")
    assert "judging" not in run(*judged)[1]


def test_an_analysis_that_has_finished_nothing_says_so(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_off(monkeypatch, after=2)
    assert run("analyze", "elmira") == (130, "", "\ninterrupted\n")


@pytest.mark.parametrize(("options", "shown"), [((), True), (("--quiet",), False)])
def test_a_terminal_sees_how_far_a_large_analysis_is(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    shown: bool,
) -> None:
    command = ("analyze", large(tmp_path), "--limit", "1", *options)
    code, plain, err = run(*command)
    assert (code, err) == (0, "")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    code, out, err = run(*command)
    assert (code, out) == (0, plain)
    assert ("10/10 judgements" in err) is shown
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert run("analyze", "elmira")[2] == ""


@pytest.mark.parametrize("case", ["elmira", "garrison-diversion", "battle-of-the-sexes"])
def test_an_analysis_tells_of_each_row_once(case: str) -> None:
    conflict = detente.load(case).conflict()
    told = {}

    def note(concept: str, dm: int, row: object) -> None:
        assert (concept, dm) not in told
        told[concept, dm] = row

    wanted = [*WHOLE.split(), "sim", "fraser_hipel"]
    found = analyze(conflict, wanted, progress=note)
    assert set(told) == {(key, dm) for key in found.concepts for dm in range(conflict.n_dms)}
    assert all((found.stable(key)[dm] == row).all() for (key, dm), row in told.items())
