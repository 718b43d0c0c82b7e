"""The locked requirements: every pin hashed, no addresses, and all that pyproject.toml asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterator

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
