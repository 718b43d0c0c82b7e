"""The commands as a user meets them: output, exit codes, and what mistakes lead to."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeAlias

    Run: TypeAlias = Callable[..., tuple[int, str, str]]


COMMANDS = ["new", "validate", "states", "analyze", "cases", "import", "export", "schema"]


def test_help_names_every_command(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(run: Run, command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0
    assert out.startswith(f"Usage: detente {command}")


def test_version(run: Run) -> None:
    code, out, _ = run("--version")
    assert code == 0
    assert out.startswith("detente 0.")


def test_the_package_runs_as_a_module() -> None:
    command = [sys.executable, "-m", "detente", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("detente 0.")


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys; sys.argv = ['detente', '--help']\n"
        "from detente.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'rich', 'lark', 'yaml', 'jsonschema_rs', 'difflib'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("[]\n")


def test_analyze_json_keeps_its_contract(run: Run) -> None:
    code, out, err = run("analyze", "chicken", "--json", "--concept", "nash", "--concept", "sim")
    assert (code, err) == (0, "")
    record = json.loads(out)
    assert record["format"] == "detente-analysis/1"
    assert record["decision_makers"] == ["a", "b"]
    assert record["options"] == ["a.swerve", "b.swerve"]
    assert [(s["id"], s["pattern"]) for s in record["states"]] == [
        ("s1", "NN"),
        ("s2", "YN"),
        ("s3", "NY"),
        ("s4", "YY"),
    ]
    assert record["states"][1]["values"] == {"a.swerve": "Y", "b.swerve": "N"}
    assert record["ranks"] == {"a": [0, 1, 3, 2], "b": [0, 3, 1, 2]}
    assert record["stable"]["nash"] == {"a": ["s2", "s3"], "b": ["s2", "s3"]}
    assert record["equilibria"] == {"nash": ["s2", "s3"], "sim": ["s2", "s3", "s4"]}
    assert record["outcomes"]["compromise"] == ["s4"]
    assert record["not_applicable"] == {}
    assert record["status_quo"] is None
    assert len(record["conflict"]) == 64


def test_coalesced_states_show_dashes_and_refuse_simultaneous_concepts(run: Run) -> None:
    code, out, _ = run("analyze", "elmira", "--json", "--concept", "sim", "--concept", "nash")
    record = json.loads(out)
    assert code == 0
    assert record["states"][8]["pattern"] == "-NNY-"
    assert record["states"][8]["values"]["lg.insist"] is None
    assert "simultaneous" in record["not_applicable"]["sim"]
    assert record["equilibria"] == {"nash": ["s5", "s8", "s9"]}


def test_where_keeps_only_the_states_asked_for(run: Run) -> None:
    _, out, _ = run("analyze", "elmira", "--json", "--where", "compromise")
    record = json.loads(out)
    assert [state["id"] for state in record["states"]] == ["s4", "s8"]
    assert record["equilibria"]["gmr"] == ["s4", "s8"]
    assert record["equilibria"]["nash"] == ["s8"]
    assert len(record["ranks"]["moe"]) == 2


def test_each_dm_by_its_own_concept(run: Run) -> None:
    _, out, _ = run("analyze", "chicken", "--json", "--judge", "a=gmr,b=nash")
    assert json.loads(out)["judged_equilibria"] == ["s2", "s3"]


@pytest.mark.parametrize("command", ["analyze", "states", "validate"])
def test_tables_fit_eighty_columns(run: Run, command: str) -> None:
    for case in ("us-russia-2025", "elmira", "chicken"):
        code, out, _ = run(command, case)
        assert code == 0
        assert max(map(len, out.splitlines())) <= 80
        assert "\x1b" not in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["analyze", "elmria"], "elmria: no such file, folder or case: did you mean elmira?"),
        (["analyze"], "Missing argument 'CASE'"),
        (["analize", "elmira"], "There is no command 'analize'. Did you mean 'analyze'?"),
        (["analyze", "elmira", "--concept", "nahs"], "'nahs' is not one of"),
        (["analyze", "elmira", "--judge", "moe"], "--judge: “moe” should be DM=CONCEPT"),
        (["analyze", "elmira", "--judge", "moe=nash"], "no concept is given for uniroyal, lg"),
        (["analyze", "elmira", "--judge", "mo=nash"], "there is no decision maker mo"),
        (["analyze", "elmira", "--judge", "moe=nahs"], "there is no concept 'nahs'"),
        (["states", "elmira", "--where", "moe.modfy"], "did you mean moe.modify?\nmoe.modfy\n^"),
        (["states", "elmira", "--where", "moe.modify and"], "the condition ends too early"),
        (["validate", "."], "the folder holds no case.yaml"),
    ],
)
def test_mistakes_end_with_a_message_and_status_2(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = run(*arguments)
    assert code == 2
    assert message in err


def test_all_problems_of_a_file_in_one_go(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(
        "detente: 1\ntitle: X\ndecision_makers:\n  a:\n    options: {x: Do}\n"
        "rules:\n  - never: y\n  - never: x and\noutcomes:\n  o: z or x\n"
    )
    code, out, err = run("analyze", str(tmp_path))
    assert (code, out) == (2, "")
    assert [line.removeprefix(str(file)) for line in err.splitlines()] == [
        ":7:12: there is no name y: choose from o, x",
        ":8:17: the condition ends too early: expected a name, “(” or “not”",
        ":10:6: there is no name z: choose from o, x",
    ]


def test_new_writes_a_case_that_runs_and_never_overwrites(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    code, out, _ = run("new", str(folder), "--title", 'A "quoted": title')
    assert code == 0
    assert "wrote" in out
    before = (folder / "case.yaml").read_bytes()
    code, out, _ = run("analyze", str(folder), "--json")
    assert code == 0
    assert json.loads(out)["title"] == 'A "quoted": title'
    assert json.loads(out)["equilibria"]["nash"] == ["s3", "s5"]
    code, _, err = run("new", str(folder))
    assert code == 2
    assert "exists: nothing was changed" in err
    assert (folder / "case.yaml").read_bytes() == before


def test_a_model_needs_an_article(run: Run, tmp_path: Path) -> None:
    code, _, err = run("new", str(tmp_path / "mine"), "--model", "openai:any")
    assert (code, err) == (2, "--model reads an article: name one with --from\n")
    assert not (tmp_path / "mine").exists()


def test_a_draft_takes_the_title_that_is_given(run: Run, tmp_path: Path) -> None:
    article = tmp_path / "talks.txt"
    article.write_text("Talks\n\nOrvania threatened to close the port.\n")
    for folder, given, title in (("a", [], "Talks"), ("b", ["--title", "Two ports"], "Two ports")):
        code, _, err = run("new", str(tmp_path / folder), "--from", str(article), *given)
        assert code == 0, err
        assert f'title: "{title}"' in (tmp_path / folder / "case.yaml").read_text().splitlines()


def test_schema_goes_to_a_file_whole(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "schema.json"
    code, out, _ = run("schema", "-o", str(target))
    assert (code, out) == (0, "")
    assert json.loads(target.read_text())["title"] == "A détente case"
    assert list(tmp_path.iterdir()) == [target]
    code, _, err = run("schema", "-o", str(tmp_path / "missing" / "schema.json"))
    assert code == 2
    assert "cannot be written" in err


def test_catalogue_lists_cases(run: Run) -> None:
    code, out, _ = run("cases", "--json")
    assert code == 0
    rows = {row["name"]: row for row in json.loads(out)["cases"]}
    assert rows["elmira"]["states"] == 9
    assert rows["us-russia-2025"]["states"] == 272
    _, table, _ = run("cases")
    assert "us-russia-2025" in table


def test_hostile_text_is_shown_inert(run: Run, tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(
        'detente: 1\ntitle: "a\\e[31mb\\u202Ec [bold]d[/bold]"\n'
        'decision_makers:\n  a:\n    options: {x: "[link=file:///]x\\e]0;t\\a"}\n'
        "    preferences: {prioritise: [x]}\n"
    )
    code, out, _ = run("analyze", str(tmp_path))
    assert code == 0
    assert "a�[31mb�c [bold]d[/bold]" in out
    assert "[link=file:///]x�]0;t�" in out
    assert not {"\x1b", "\x07", "\u202e"} & set(out)


@pytest.mark.parametrize("reader", ["true", "head -c 10"])
def test_a_closed_pipe_is_no_error(reader: str) -> None:
    script = f"{sys.executable} -c 'from detente.cli import main; main()' states us-russia-2025"
    done = subprocess.run(  # noqa: S602
        f"{script} --limit 0 --json | {reader}; exit ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "chicken", "-o", "r.html", "--seconds"),
        ("sweep", "chicken", "--out", "swept", "--time-limit"),
        ("figure", "chicken", "graph", "-o", "g.png", "--scale"),
    ],
)
@pytest.mark.parametrize("value", ["nan", "inf"])
def test_what_is_no_number_is_refused(run: Run, arguments: tuple[str, ...], value: str) -> None:
    code, out, err = run(*arguments, value)
    assert (code, out) == (2, "")
    assert "is not " in err
