"""Help texts: whole sentences on lines of their own, and the same commands and options as told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from detente.cli import cli

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "commands.md"


def commands(group: click.Group, words: str = "detente") -> Iterator[tuple[str, click.Command]]:
    """Walk through all commands, by the words that call them."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{words} {name}")
        else:
            yield f"{words} {name}", command


assert isinstance(cli, click.Group)
COMMANDS = dict(commands(cli))
GROUPS = {"detente": cli, "detente sources": cli.get_command(click.Context(cli), "sources")}


@pytest.mark.parametrize("words", [*GROUPS, *COMMANDS])
def test_help_is_whole(words: str) -> None:
    command = GROUPS.get(words) or COMMANDS[words]
    context = click.Context(command, info_name=words, terminal_width=80)
    lines = command.get_help(context).splitlines()
    assert [line for line in lines if "\\b" in line] == []
    assert [line for line in lines if line.startswith("  ") and line.endswith("...")] == []
    silent = [one.name for one in command.params if isinstance(one, click.Option) and not one.help]
    assert silent == []


def test_an_option_means_the_same_wherever_it_is_offered() -> None:
    meant: dict[str, set[str]] = {}
    for command in COMMANDS.values():
        for option in command.params:
            if isinstance(option, click.Option):
                meant.setdefault(option.opts[0], set()).add((option.help or "").split()[0])
    assert meant["--limit"] == {"Most"}
    assert meant["--by"] == {"Who"}
    assert meant["--enumerate"] == {"Enumerate"}


def test_columns_stay_columns() -> None:
    context = click.Context(COMMANDS["detente figure"], terminal_width=80)
    lines = COMMANDS["detente figure"].get_help(context).splitlines()
    assert "  tornado       what the verdict on a claim turns on" in lines


def test_the_reference_names_every_command_and_option_once() -> None:
    rows = re.findall(r"^\| `(detente [^`]*)` \|(.*)\|$", PAGE.read_text("utf-8"), re.MULTILINE)
    told = {}
    for call, cells in rows:
        words = re.match(r"[a-z ]+[a-z]", call)
        assert words is not None
        assert words[0] not in told
        told[words[0]] = set(re.findall(r"`(-[-a-z]+)[ `]", call + cells))
    offered = {
        words.replace(" show", ""): {
            name
            for option in command.params
            if isinstance(option, click.Option)
            for name in (option.secondary_opts or option.opts[:1])  # what changes the default
        }
        for words, command in COMMANDS.items()
    }
    assert told.keys() == offered.keys()
    assert told == offered
