"""README and docs: every example runs, every page is in the navigation, every key is known.

A page's examples run in order, in a folder of their own that holds a copy of the catalogue.

- ``python`` blocks run; where they have prompts, what they show must be what comes out.
- ``console`` blocks hold ``$ detente ...`` commands; output shown below a command must be what
  comes out, line by line (``...`` stands for any text), and a command must succeed unless
  ``$ echo $?`` and its status follow. A command that needs a shell is given one, and so a process
  of its own.
- Everything else says by its tag that it is not run.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from sybil.document import Document
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

from detente.case import load
from detente.cli import main
from detente.report import build
from detente.report.building import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sybil import Example

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
SHELVES = ["tutorial", "how-to", "theory", "reference", "discussion"]
ROOT_PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
PAGES = [*ROOT_PAGES, *sorted(DOCS.rglob("*.md"))]
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
RUN = {"python", "console"}
NOT_RUN = {"bibtex", "csv", "dot", "html", "json", "sh", "text", "toml", "xml", "yaml"}
FENCE = re.compile(r"^ *(?:```|~~~)(\S*).*?^ *(?:```|~~~)$", re.MULTILINE | re.DOTALL)
PROSE_LINK = re.compile(r"\]\(([^)\s]+)\)")
SHELL = re.compile(r"[<>|&;*$~]")
ENVIRONMENT = {"COLUMNS": "80", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
KEY = re.compile(r"\b(?:[A-Z][a-z]+)+(?:19|20)\d\d[a-z]?\b")


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def transcript(source: str) -> Iterator[tuple[str, str]]:
    """Split a console block into commands and the output shown below each."""
    for entry in re.split(r"^\$ ", source, flags=re.MULTILINE)[1:]:
        command, _, output = re.sub(r"\\\n\s*", "", entry).partition("\n")
        yield command.strip(), output


def called(command: str) -> tuple[int, str]:
    """Call a command in this process; give its status and all that it says."""
    heard = BytesIO()
    said = TextIOWrapper(heard, encoding="utf-8", write_through=True)
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), redirect_stderr(said):
        patch.setattr(sys, "argv", shlex.split(command))
        with pytest.raises(SystemExit) as stop:
            main()
    return int(stop.value.code or 0), heard.getvalue().decode()


def started(command: str) -> tuple[int, str]:
    """Have a shell start a command; give its status and all that it says."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(  # noqa: S602
        command,
        shell=True,
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def evaluate_console(example: Example) -> str | None:
    status, said = 0, ""
    commands = list(transcript(example.parsed))
    if not commands:
        return "a console block holds no command: start it with $"
    for command, expected in commands:
        if command == "echo $?":
            if expected.strip() != str(status):
                return f"the exit status was {status}, not {expected.strip()}"
            status = 0
            continue
        if status:
            break
        if not command.startswith("detente "):
            return f"`{command}` is not run: tag the block sh"
        status, said = (started if SHELL.search(command) else called)(command)
        if expected and not doctest.OutputChecker().check_output(expected, said, OPTIONS):
            return f"$ {command}\nExpected:\n{expected}\nGot:\n{said}"
        printed = {line.rstrip() for line in said.splitlines()} | {""}
        for line in expected.splitlines():
            if "..." not in line and line.rstrip() not in printed:
                return f"$ {command}\nprints no such line, blanks and all:\n{line}\n{said}"
    return f"$ {command}\nfailed with status {status}:\n{said}" if status else None


PARSERS = (
    PythonCodeBlockParser(doctest_optionflags=OPTIONS),
    CodeBlockParser("console", evaluate_console),
)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_examples_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if (ROOT / "cases").exists():
        shutil.copytree(ROOT / "cases", tmp_path / "cases")
    monkeypatch.chdir(tmp_path)
    for variable, value in ENVIRONMENT.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setenv("HOME", str(tmp_path))
    for example in Document.parse(str(page), *PARSERS):
        example.evaluate()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_block_says_what_it_is(page: Path) -> None:
    tags = FENCE.findall(page.read_text(encoding="utf-8"))
    assert set(tags) <= RUN | NOT_RUN


def navigation(entry: Any) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    else:
        for inner in entry.values() if isinstance(entry, dict) else entry:
            yield from navigation(inner)


def test_every_page_is_in_the_navigation() -> None:
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    listed = list(navigation(config["nav"]))
    assert sorted(listed) == sorted(
        page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md")
    )
    assert [shelf for shelf in SHELVES if f"{shelf}/index.md" not in listed] == []


@pytest.mark.parametrize("shelf", SHELVES)
def test_the_first_page_of_a_shelf_names_the_others_in_order(shelf: str) -> None:
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    pages = [page for page in navigation(config["nav"]) if page.startswith(f"{shelf}/")]
    links = PROSE_LINK.findall((DOCS / shelf / "index.md").read_text(encoding="utf-8"))
    there = dict.fromkeys(f"{shelf}/{link}" for link in links)
    assert [page for page in there if page in pages] == pages[1:]


@pytest.mark.parametrize("page", ROOT_PAGES, ids=name)
def test_links_of_the_pages_outside_the_site(page: Path) -> None:
    prose = FENCE.sub("", page.read_text(encoding="utf-8"))
    targets = [link.partition("#")[0] for link in PROSE_LINK.findall(prose) if "://" not in link]
    assert [link for link in targets if link and not (page.parent / link).exists()] == []


def test_every_room_is_in_the_reference() -> None:
    package = ROOT / "src" / "detente"
    files = [*package.glob("*.py"), *package.glob("*/__init__.py")]
    rooms = {file.relative_to(package).parts[0].removesuffix(".py") for file in files}
    page = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    shown = re.findall(r"^::: detente\.(\w+)$", page, re.MULTILINE)
    assert sorted(shown) == sorted(room for room in rooms if not room.startswith("_"))


def test_docstrings_are_markdown() -> None:
    role = re.compile(r":[a-z]+:`[^`]+`")
    files = sorted((ROOT / "src").rglob("*.py"))
    found = {name(file): role.findall(file.read_text(encoding="utf-8")) for file in files}
    assert {file: roles for file, roles in found.items() if roles} == {}, "write `name` alone"


def test_every_form_of_json_is_in_the_reference() -> None:
    form = re.compile(r'"(detente-[a-z]+/[0-9]+)"')
    files = (ROOT / "src").rglob("*.py")
    made = {found for file in files for found in form.findall(file.read_text(encoding="utf-8"))}
    page = (DOCS / "reference" / "json.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^## `(\S+)`$", page, re.MULTILINE)) == sorted(made)


def test_the_parts_of_a_report_are_told_in_their_order() -> None:
    page = (DOCS / "how-to" / "make-a-report.md").read_text(encoding="utf-8")
    table = page.partition("| part | says |\n|---|---|\n")[2].partition("\n\n")[0]
    told = [row.split("|")[1].strip() for row in table.splitlines()]
    assert len(told) == len(SECTIONS)
    for case in ("gisborne", "kell-river"):
        titles = [section.title for section in build(load(case)).sections]
        assert titles == [title for title in told if title in titles]


def test_every_key_is_in_the_bibliography() -> None:
    page = (DOCS / "bibliography.md").read_text(encoding="utf-8")
    used, further = (
        re.findall(r"^### (\S+)$", part, re.MULTILINE)
        for part in page.split("\n## Further reading\n")
    )
    entries = used + further
    assert sorted(set(entries)) == sorted(entries)
    assert [entry for entry in entries if not KEY.fullmatch(entry)] == []
    pages = [page for page in PAGES if page.name != "bibliography.md"]
    files = [*pages, *(ROOT / "src").rglob("*.py"), *(ROOT / "cases").rglob("*.yaml")]
    cited = {key for file in files for key in KEY.findall(file.read_text(encoding="utf-8"))}
    assert sorted(cited) == sorted(used)
