"""Check the built site: every page is there, and nothing on it is fetched from elsewhere."""

from __future__ import annotations

import re
import sys
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"
FETCHED = re.compile(
    r"""<(?:script|img|iframe|source|link(?=[^>]*rel=["']?(?:stylesheet|preload|icon)))"""
    r"""[^>]*\b(?:src|href)=["']?((?:https?:)?//[^"'\s>]+)"""
)
IMPORTED = re.compile(r"""(?:@import|url\()\s*(?:url\()?["']?((?:https?:)?//[^"')\s]+)""")


def problems(site: Path) -> list[str]:
    """List what is wrong with the site, a line each."""
    found = [
        f"{page.relative_to(DOCS)}: not built"
        for page in sorted(DOCS.rglob("*.md"))
        if not (site / page.relative_to(DOCS).with_suffix(".html")).exists()
    ]
    for pattern, ending in ((FETCHED, "html"), (IMPORTED, "css")):
        for file in sorted(site.rglob(f"*.{ending}")):
            for address in pattern.findall(file.read_text(encoding="utf-8")):
                found.append(f"{file.relative_to(site)}: fetches {address}")  # noqa: PERF401
    return found


def main(site: Path) -> None:
    """Print the problems and end with status 1 if there are any."""
    found = problems(site)
    pages = len(list(site.rglob("*.html")))
    print("\n".join(found) or f"Site: {pages} pages, nothing fetched from elsewhere.")  # noqa: T201
    sys.exit(1 if found or not pages else 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
