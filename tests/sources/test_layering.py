from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import detente.sources

ROOM = Path(detente.sources.__file__).parent


def test_the_room_imports_nothing_of_the_package_but_errors() -> None:
    for module in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                if name.startswith("detente"):
                    assert name.startswith(("detente.sources", "detente.errors")), (module, name)


def test_heavy_packages_are_imported_only_where_used() -> None:
    heavy = ["spacy", "trafilatura", "lxml", "pypdf", "numpy", "ruamel", "rich"]
    code = f"import sys, detente.sources; print([m for m in {heavy} if m in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_all_is_what_is_visible() -> None:
    public = {
        name
        for name, value in vars(detente.sources).items()
        if not name.startswith("_")
        and getattr(value, "__module__", "").startswith("detente.sources")
    }
    assert public == set(detente.sources.__all__)
