"""The package as a whole: what it shows, what it loads, how its modules are kept."""

from __future__ import annotations

import importlib
import inspect
import json
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "detente"
FILES = sorted(PACKAGE.rglob("*.py"))
HEAVY = ["click", "jsonschema_rs", "lark", "numpy", "rich", "yaml"]
LONGEST = 400


def module_name(file: Path) -> str:
    parts = ["detente", *file.relative_to(PACKAGE).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = [module_name(file) for file in FILES]
PUBLIC = [
    name
    for name in MODULES
    if name != "detente" and not any(part.startswith("_") for part in name.split("."))
]


def run(code: str, *options: str) -> str:
    """Run code in a fresh interpreter: nothing that another test imported is there."""
    return subprocess.run(
        [sys.executable, *options, "-c", code], capture_output=True, text=True, check=True
    ).stdout


def test_all_is_what_is_visible() -> None:
    code = """
import __future__, json, types
import detente
hidden = (types.ModuleType, __future__._Feature)
visible = [n for n in dir(detente) if not n.startswith("_")]
visible = [n for n in visible if not isinstance(getattr(detente, n), hidden)]
print(json.dumps([list(getattr(detente, "__all__", [])), visible]))
"""
    listed, visible = json.loads(run(code))
    assert sorted(name for name in listed if not name.startswith("_")) == sorted(visible)
    assert len(set(listed)) == len(listed)


def test_what_all_lists_can_be_imported() -> None:
    run("from detente import *")


def test_import_loads_nothing_heavy() -> None:
    loaded = json.loads(run("import detente, json, sys; print(json.dumps(sorted(sys.modules)))"))
    assert "detente" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_every_module_imports_without_a_warning() -> None:
    imports = "\n".join(f"import {name}" for name in MODULES if not name.endswith("__main__"))
    assert run(imports, "-W", "error") == ""


@pytest.mark.parametrize("name", PUBLIC)
def test_public_things_are_listed_and_documented(name: str) -> None:
    module = importlib.import_module(name)
    assert inspect.getdoc(module), "the module has no docstring"
    undocumented = []
    for public in module.__all__:
        thing = getattr(module, public)
        if inspect.isclass(thing) or inspect.isroutine(thing):
            text = inspect.getdoc(thing) or ""
            if not text or text.startswith(f"{public}("):  # what a dataclass writes by itself
                undocumented.append(public)
    assert undocumented == []


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_module_is_kept_small(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("name", MODULES)
def test_module_says_what_it_holds(name: str) -> None:
    assert not {"utils", "util", "helpers", "misc", "common"} & set(name.split("."))
