"""The reference of case files says what the schema says."""

from __future__ import annotations

from case_keys import PAGE, page


def test_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python tests/case_keys.py"
