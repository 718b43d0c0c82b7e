"""What axe finds wrong with a page, for the browser tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["faults"]


def faults(page: Page) -> list[str]:
    """List the faults with the first places of each."""
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']} ({fault['impact']}): {[node['html'][:120] for node in fault['nodes'][:3]]}"
        for fault in found
    ]
