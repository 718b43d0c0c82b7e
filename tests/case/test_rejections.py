"""What is turned down is kept beside the case, for everybody, and can be taken back."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from detente.case import Rejection, reject, rejections
from detente.errors import DetenteError

if TYPE_CHECKING:
    from pathlib import Path

CLOSE = Rejection("report", "option", "close", "Orvania")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_text("title: A\n", encoding="utf-8")
    return path


def test_rejected_read_and_taken_back(case: Path) -> None:
    assert rejections(case) == ()
    party = Rejection("report", "decision_maker", "x\n“y”", "")
    assert reject(case, CLOSE) == (CLOSE,)
    assert reject(case, party) == (party, CLOSE)
    assert rejections(case) == (party, CLOSE)
    assert case.read_text(encoding="utf-8") == "title: A\n"
    kept = json.loads((case.parent / "case.rejected.json").read_text(encoding="utf-8"))
    assert kept["rejected"][1] == {
        "source": "report",
        "kind": "option",
        "name": "close",
        "actor": "Orvania",
    }
    assert reject(case, CLOSE, rejected=False) == (party,)
    assert reject(case, CLOSE, rejected=False) == (party,)
    assert rejections(case) == (party,)


def test_of_many_who_reject_at_once_none_is_lost(case: Path) -> None:
    many = [Rejection("report", "option", f"o{i}") for i in range(24)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda one: reject(case, one), many))
    assert rejections(case) == tuple(sorted(many))


@pytest.mark.parametrize(
    "contents",
    ["", "[]", "{}", '{"format": "detente-rejected/1"}', "[" * 100_000, '"x" 1',
     '{"format": "detente-rejected/1", "rejected": [1]}',
     '{"format": "detente-rejected/1", "rejected": [{"name": 1}]}'],
)  # fmt: skip
def test_what_is_no_such_list_is_refused_and_never_overwritten(case: Path, contents: str) -> None:
    path = case.parent / "case.rejected.json"
    path.write_text(contents, encoding="utf-8")
    with pytest.raises(DetenteError, match="no list of rejected suggestions"):
        reject(case, CLOSE)
    assert path.read_text(encoding="utf-8") == contents
