"""`detente report` and `detente figure` as a user meets them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeAlias

    Run: TypeAlias = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize("kind", ["graph", "ranks", "evolution", "settlements"])
def test_a_figure_goes_to_the_terminal_or_a_file(run: Run, tmp_path: Path, kind: str) -> None:
    code, out, err = run("figure", "elmira", kind)
    assert (code, err) == (0, "")
    assert ET.fromstring(out).tag.endswith("svg")  # noqa: S314 - our own
    target = tmp_path / "figure.svg"
    code, printed, err = run("figure", "elmira", kind, "-o", str(target))
    assert (code, printed, err) == (0, "", f"wrote {target}\n")
    assert target.read_text(encoding="utf-8").split("\n", 1)[1].rstrip("\n") == out.rstrip("\n")
    assert list(tmp_path.iterdir()) == [target]


def test_a_figure_as_png(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "figure.png"
    code, _, _ = run("figure", "chicken", "ranks", "-o", str(target), "--scale", "1")
    assert code == 0
    assert target.read_bytes()[:4] == b"\x89PNG"


def test_the_tornado_takes_a_claim_and_a_reading(run: Run) -> None:
    code, out, _ = run("figure", "us-russia-2025", "tornado", "--claim", "headline")
    assert code == 0
    assert "Russia and the United States can reconcile without Ukraine." in out
    code, _, err = run("figure", "us-russia-2025", "tornado", "--claim", "headlin")
    assert code == 2
    assert "did you mean headline?" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["figure", "elmira", "graph", "-o", "x.gif"], "the ending says what to write"),
        (["figure", "elmira", "grap"], "'grap' is not one of"),
        (["figure", "elmira", "tornado"], "makes no claims"),
        (["figure", "chicken", "evolution"], "no status quo"),
        (["figure", "elmira", "settlements", "--concept", "sseq"], "not by sseq"),
        (["report", "elmira", "-o", "report.docx"], "the ending says what to write"),
        (["report", "elmria"], "did you mean elmira?"),
        (["report", "elmira", "-o", "missing/report.html"], "cannot be written"),
        (["report", "elmira", "-o", "missing/report.md"], "cannot be made"),
    ],
)
def test_mistakes_end_with_a_message_and_status_2(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert list(tmp_path.iterdir()) == []


def test_a_report_as_html_is_one_file(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    options = ("--date", "May 2026", "--enumerate", "9")
    code, out, err = run("report", "elmira", "-o", str(target), *options)
    assert (code, out, err) == (0, "", f"wrote {target}\n")
    text = target.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "May 2026" in text
    assert "detente report elmira --enumerate 9 --date " in text
    assert list(tmp_path.iterdir()) == [target]


def test_a_report_as_markdown_has_its_figures_beside_it(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.md"
    code, _, _ = run("report", "chicken", "-o", str(target))
    assert code == 0
    folder = tmp_path / "out-figures"
    assert sorted(file.name for file in folder.iterdir()) == ["graph.svg", "ranks.svg"]
    assert "(out-figures/graph.svg)" in target.read_text(encoding="utf-8")
