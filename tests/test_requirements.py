"""Requirements: locked with hashes and no addresses, and each with its reason in the docs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "requirements").glob("*.txt"))
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PIN = re.compile(r"[a-z0-9][a-z0-9.-]*==[^ ;]+( ; [^\\]+)?( --hash=sha256:[0-9a-f]{64})+")


def pins(file: str) -> list[str]:
    text = (ROOT / "requirements" / file).read_text(encoding="utf-8")
    return [" ".join(entry.split()) for entry in re.sub(r"\\\n", "", text).splitlines()]


def versions(file: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pin in pins(file):
        name, version = pin.split(" ")[0].split("==")
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


def group(name: str) -> Iterator[str]:
    for entry in PROJECT["dependency-groups"][name]:
        if isinstance(entry, dict):
            yield from group(entry["include-group"])
        else:
            yield entry


def asked(file: str) -> list[str]:
    run: list[str] = PROJECT["project"]["dependencies"]
    build = [*group("build"), *PROJECT["build-system"]["requires"]]
    extras = PROJECT["project"].get("optional-dependencies", {}).values()
    own = f"{PROJECT['project']['name']}["  # an extra may name another: detente[read]
    dev = [*run, *build, *group("dev"), *(entry for extra in extras for entry in extra)]
    lists = {"run.txt": run, "build.txt": build, "dev.txt": dev}
    return [entry for entry in lists[file] if not entry.startswith(own)]


def test_the_files_are_the_three_that_are_installed() -> None:
    assert [file.name for file in FILES] == ["build.txt", "dev.txt", "run.txt"]


@pytest.mark.parametrize("file", [file.name for file in FILES])
def test_each_pin_is_exact_and_hashed(file: str) -> None:
    assert len(pins(file)) > 1
    assert [pin for pin in pins(file) if not PIN.fullmatch(pin)] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_addresses(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert re.findall(r"\S*(?:://| @ |--(?!hash=)[a-z-]+)\S*", text) == []


@pytest.mark.parametrize("file", [file.name for file in FILES])
def test_what_pyproject_asks_for_is_pinned(file: str) -> None:
    pinned = versions(file)
    missing = []
    for text in asked(file):
        requirement = Requirement(text)
        found = pinned.get(canonicalize_name(requirement.name), [])
        if not found or not all(requirement.specifier.contains(one) for one in found):
            missing.append(text)
    assert missing == [], "run `make lock`"


@pytest.mark.parametrize("file", ["run.txt", "build.txt"])
def test_dev_holds_the_same_versions(file: str) -> None:
    dev = versions("dev.txt")
    assert {name: dev.get(name) for name in versions(file)} == versions(file)


def told(title: str) -> list[list[str]]:
    """Give the rows of a table in the page of dependencies, by its title."""
    page = (ROOT / "docs" / "discussion" / "dependencies.md").read_text(encoding="utf-8")
    rows = page.partition(f"## {title}\n")[2].partition("\n## ")[0].split("|---|\n")[1]
    lines = rows.partition("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def bare(entries: Iterable[str]) -> list[str]:
    """Strip the versions off; extras of a package stay."""
    return sorted(re.split(r"[<>=]", entry)[0] for entry in entries)


def test_each_dependency_has_a_reason() -> None:
    assert [row[0] for row in told("To run")] == bare(PROJECT["project"]["dependencies"])
    dev = [name for row in told("To develop") for name in row[0].split(", ")]
    assert sorted(dev) == bare(group("dev"))


def test_each_extra_has_a_reason() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    assert [[row[0], row[1].split(", ")] for row in told("Extras")] == [
        [f"`{extra}`", bare(extras[extra])] for extra in sorted(extras)
    ]
