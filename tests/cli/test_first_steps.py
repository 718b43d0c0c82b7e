"""What somebody meets who has not read the docs: slips of every kind, odd terminals, full disks."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeAlias

    Run: TypeAlias = Callable[..., tuple[int, str, str]]

CASE = """\
detente: 1
title: Two neighbours
decision_makers:
  north:
    options:
      offer: {text: Offer a truce}
    preferences:
      prioritise: [south.accept, {prefer: north.offer, id: sincere, maybe: open}]
  south:
    options:
      accept: {text: Accept the truce}
      refuse: {text: Refuse it}
    preferences:
      prioritise: [north.offer, south.accept]
rules:
  - never: south.accept and south.refuse
readings:
  doubters:
    name: The doubters'
    settle: {sincere: absent}
    changes:
      - {preferences: {prioritise: [not south.accept]}, for: north}
"""

ARTICLE = """\
Two towns and a harbour

Orvania threatened to close the sluice. Lumera’s government could appeal to the river court.
"""


@pytest.fixture
def run(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "truce.yaml").write_text(CASE)
    return run


def outside(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own."""
    command = [sys.executable, "-m", "detente", *arguments]
    return subprocess.run(command, capture_output=True, check=False, env=os.environ | environment)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["settle", "truce.yaml", "--by", "north", "--by", "south"], "--by is given 2 times: give"),
        (["states", "truce.yaml", "--where", "offer", "--where", "accept"], "--where is given 2"),
        (["states", "truce.yaml", "--limit", "-1"], "-1 is not in the range x>=0"),
        (["inverse", "truce.yaml", "s1", "--limit", "0"], "0 is not in the range x>=1"),
        (["serve", "--port", "70000"], "70000 is not in the range 0<=x<=65535"),
        (["analyze", "truce.yaml", "--judge", "north=seq,north=nash"], "north is named twice"),
        (["analyze", "truce.yaml", "--judge", "nroth=seq"], "did you mean north or south?"),
        (["analyze", "truce.yaml", "--reading", "douters"], "did you mean doubters?"),
        (["explain", "truce.yaml", "YYY N"], "a pattern has a letter for each of the 3 options"),
        (["explain", "truce.yaml", "YYX"], "names no state: give an id, a pattern or a condition"),
        (["explain", "truce.yaml", "YY2"], "south.refuse has no level “2”: choose from N, Y"),
        (["explain", "truce.yaml", "NYY"], "no feasible state fulfils “NYY”"),
        (["explain", "truce.yaml", "s7"], "there is no state s7: they are s1 to s6"),
        (["evolve", "truce.yaml"], "truce.yaml has no status quo: name a state with --from"),
        (["leverage", "truce.yaml"], "or add “status_quo” to the case"),
        (["evolve", "truce.yaml", "--from", "s1", "--to", "ofer"], "--to: there is no name ofer"),
        (["evolve", "truce.yaml", "--from", "s1", "--to", "NYY"], "--to: no feasible state"),
        (["figure", "truce.yaml", "settlements"], "no status quo, from which settlements start"),
        (["figure", "truce.yaml", "graph", "-o", "no/g.svg"], "written: there is no folder no"),
        (["schema", "-o", "."], ". cannot be written: it is a folder"),
        (["new", "x", "--from", "nothing"], "nothing cannot be read: no such file"),
        (["read", "nothing"], "nothing cannot be read: no such file or directory"),
        (["read", "truce.yaml", "--kind", "optoin"], "no annotations of the kind optoin"),
        (["read", "."], ". is a folder: name a file in it"),
        (["new", "x", "--from", "."], ". is a folder: name a file in it"),
        (["new", "truce.yaml/x"], "truce.yaml/x cannot be made: not a directory"),
        (["import", "."], ". cannot be read: is a directory"),
        (
            ["sources", "atach", "truce.yaml", "a", "b"],
            "no command 'atach'. Did you mean 'attach'?",
        ),
        (["explain", "s3", "truce.yaml"], "The case comes first: detente explain truce.yaml s3"),
        (["figure", "graph", "elmira"], "The case comes first: detente figure elmira graph"),
        (["explain", "truce.yaml", "3"], "there is no state 3: they are s1 to s6"),
        (
            ["evolve", "truce.yaml", "--from", "s1", "--to", "s9"],
            "--to: there is no state s9: they",
        ),
        (
            ["settle", "truce.yaml", "--by", "north", "south"],
            "'south' is one too many here: a list",
        ),
        (["analyze", "truce.yaml", "--limit", "ten"], "'ten' is not a valid whole number"),
        (["report", "truce.yaml", "--seconds", "few"], "'few' is not a valid number"),
        (
            ["analyze", "truce.yaml", "--concept", "gmr,seq"],
            "at a time: --concept gmr --concept seq",
        ),
        (["--limit", "2", "analyze", "truce.yaml"], "options of a command come after it"),
    ],
)
def test_a_slip_is_named_and_prints_nothing_else(
    run: Run, arguments: list[str], message: str
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert message in " ".join(err.split())
    assert "--where: " not in err


def test_states_are_named_as_tables_show_them(run: Run) -> None:
    for words in ("s2", "YNN", "Y NN", "north.offer and not accept and not refuse"):
        _, out, _ = run("explain", "truce.yaml", words)
        assert out.startswith("s2 (YNN) under seq"), words
    _, out, _ = run("states", "truce.yaml", "--where", "s2")
    assert "1 of 6 states" in out
    _, out, _ = run(
        "evolve", "truce.yaml", "--from", "s1", "--to", "Y YN", "--kind-of-moves", "moves"
    )
    assert "Out of reach from no state." in out


def test_a_command_looks_at_one_reading(run: Run) -> None:
    found = {
        reading: json.loads(run("analyze", "truce.yaml", "--json", "--reading", reading)[1])
        for reading in ("base", "doubters")
    }
    assert found["doubters"]["title"] == "Two neighbours (The doubters')"
    assert found["base"]["ranks"]["south"] == found["doubters"]["ranks"]["south"]
    assert found["base"]["ranks"]["north"] == [0, 1, 2, 3, 0, 1]
    assert found["doubters"]["ranks"]["north"] == [1, 1, 0, 0, 1, 1]
    for command in (
        ["states", "truce.yaml"],
        ["explain", "truce.yaml", "s1"],
        ["settle", "truce.yaml", "--by", "north,south", "--from", "s1"],
        ["leverage", "truce.yaml", "--from", "s1"],
        ["coalitions", "truce.yaml"],
        ["evolve", "truce.yaml", "--from", "s1"],
        ["inverse", "truce.yaml", "s1"],
        ["export", "truce.yaml", "--format", "csv"],
        ["figure", "truce.yaml", "ranks"],
    ):
        as_written, doubted = (run(*command, "--reading", r)[1] for r in ("base", "doubters"))
        assert as_written != doubted, command


def test_parties_without_preferences_are_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "silent.yaml").write_text(
        "{detente: 1, title: A, decision_makers: {a: {options: {x: Do it}}}}"
    )
    _, out, _ = run("analyze", "silent.yaml")
    assert "1 decision maker, 2 feasible states." in out
    assert "No preferences are stated for a: all states count as equally good there." in out


def test_a_drafted_case_takes_the_title_and_says_what_remains(run: Run, tmp_path: Path) -> None:
    (tmp_path / "towns.txt").write_text(ARTICLE)
    code, out, _ = run("new", "harbour", "--from", "towns.txt", "--title", "Mine")
    assert code == 0
    assert "Next: review it and state who wants what" in out
    text = (tmp_path / "harbour/case.yaml").read_text()
    assert 'title: "Mine"' in text
    assert '    title: "Two towns and a harbour"' in text
    assert "#       prioritise:" in text
    assert run("validate", "harbour")[0] == 0


def test_a_citation_that_leads_nowhere_names_its_line_and_element(run: Run, tmp_path: Path) -> None:
    (tmp_path / "towns.txt").write_text(ARTICLE)
    run("new", "harbour", "--from", "towns.txt")
    file = tmp_path / "harbour/case.yaml"
    file.write_text(re.sub(r"(?<=article )p\d+\.s\d+", "p01.s9", file.read_text()))
    code, out, _ = run("validate", "harbour")
    assert code == 0
    line = 1 + file.read_text().splitlines().index("    cite: article p01.s9")
    assert f"warning: harbour/case.yaml:{line}:11: lumera: article p01.s9: " in out
    file.write_text(file.read_text().replace("article p01.s9", "[article p01, article p01.s9]"))
    out = run("validate", "harbour")[1]
    assert f"warning: harbour/case.yaml:{line}:25: lumera: article p01.s9: " in out


def test_help_is_given_whatever_else_is_wrong(run: Run) -> None:
    code, out, _ = run("analyze", "truce.yaml", "elmira", "--help")
    assert code == 0
    assert out.startswith("Usage: detente analyze [OPTIONS] CASE")


@pytest.mark.parametrize("columns", ["0", "20", "60", "nonsense"])
def test_a_narrow_terminal_cuts_nothing_off(
    run: Run, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    _, out, _ = run("analyze", "us-russia-2025", "--limit", "2")
    assert "gmr smr seq sseq" in out
    assert "tracks_diverge" in out
    assert out.count("●    ●   ●   ●   ●\n") == 2
    assert not any(line.endswith(" ") for line in out.splitlines())


def test_data_is_utf8_whatever_the_terminal_writes() -> None:
    for command in (["check", "us-russia-2025", "--json"], ["export", "elmira", "--format", "dot"]):
        plain = outside(*command)
        latin = outside(*command, PYTHONIOENCODING="latin-1")
        assert plain.returncode == 0
        assert latin.stdout == plain.stdout
        assert plain.stdout.decode()


def test_what_the_terminal_cannot_write_is_shown_by_its_number() -> None:
    done = outside("analyze", "chicken", PYTHONIOENCODING="latin-1")
    assert done.returncode == 0
    assert rb"\u25cf stable for every DM" in done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is of Linux")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_told_of(unbuffered: str) -> None:
    command = [sys.executable, "-m", "detente", "states", "elmira"]
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            command,
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.decode() == "the output cannot be written: no space left on device\n"


def test_help_keeps_its_lists(run: Run) -> None:
    for command in ("figure", "sources"):
        _, out, _ = run(command, "--help")
        assert "\\b" not in out
    assert "\n  detente sources CASE --about ELEMENT     passages" in out


def test_a_cluster_that_cannot_be_is_refused_at_once(run: Run) -> None:
    pytest.importorskip("distributed")
    pytest.importorskip("pyarrow")
    plan = ("sweep", "us-russia-2025", "--out", "swept", "--draws", "10", "--cluster", "nowhere")
    code, _, err = run(*plan)
    assert code == 2
    assert "there is no Dask scheduler at nowhere: missing port number" in err
