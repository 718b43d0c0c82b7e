"""The text of a case file, as an analyst would write it: ids from names, YAML in sections."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from detente.case import schema

__all__ = ["Flow", "clean_name", "dump_sections", "make_ids"]

_LONGEST_ID = 32
_LONGEST_NAME = 300
_DISGUISED = frozenset(("y", "n"))
_WIDTH = 100


class Flow(list[Any]):
    """A list to be written on one line, in brackets."""


def clean_name(name: str, otherwise: str) -> str:
    r"""Make a name fit to print: on one line, without control or direction characters.

    Parameters
    ----------
    name : str
        Any text.
    otherwise : str
        What to call it if nothing is left.

    Returns
    -------
    str
        At most 300 characters.

    Examples
    --------
    >>> clean_name("Lift\n the  ban\x1b", "Option 1"), clean_name(" ", "Option 1")
    ('Lift the ban', 'Option 1')
    """
    printable = "".join(c if c.isprintable() else " " for c in name)
    return " ".join(printable.split())[:_LONGEST_NAME] or otherwise


def make_ids(names: Iterable[str], otherwise: str) -> list[str]:
    """Make ids from names, each once.

    Parameters
    ----------
    names : iterable of str
    otherwise : str
        What an id starts with if its name starts with no letter.

    Returns
    -------
    list of str

    Examples
    --------
    >>> make_ids(["Lift ban", "lift ban", "2nd try", "Not", "Île"], "option")
    ['lift_ban', 'lift_ban_2', 'option_2nd_try', 'not_', 'ile']
    """
    allowed = re.compile(schema()["$defs"]["id"]["pattern"])
    ids: list[str] = []
    for number, name in enumerate(names, 1):
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
        if len(words) > _LONGEST_ID:
            words = words[:_LONGEST_ID].rpartition("_")[0] or words[:_LONGEST_ID]
        made = words if words[:1].isalpha() else f"{otherwise}_{words or number}"
        made += "" if allowed.match(made) else "_"
        unique, count = made, 1
        while unique in ids:
            count += 1
            unique = f"{made}_{count}"
        ids.append(unique)
    return ids


def dump_sections(sections: Iterable[Mapping[str, Any]]) -> str:
    """Write mappings one after the other as YAML, an empty line between them.

    Parameters
    ----------
    sections : iterable of mapping

    Returns
    -------
    str

    Examples
    --------
    >>> print(dump_sections([{"detente": 1}, {"rank": Flow(["YN", "Y"])}]), end="")
    detente: 1
    <BLANKLINE>
    rank: [YN, "Y"]
    """
    return "\n".join(
        yaml.dump(
            section, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH, indent=2
        )
        for section in sections
    )


class _Dumper(yaml.SafeDumper):
    """Writes what the reader of cases expects: lists indented, doubtful words in quotes."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        del indentless
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        del data
        return True


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = '"' if text.lower() in _DISGUISED else None
    if len(text) > _WIDTH and " " in text:
        style = ">"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _write_text)
_Dumper.add_representer(
    Flow, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, True)
)
