"""States, their adjectives, capitals and seats of government; and no leaders.

Who stands for a state is read from the words of a text or confirmed by the analyst, never looked
up here. The table is ours, from common geographical knowledge and the codes of ISO 3166.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

__all__ = ["Entry", "gazetteer"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name stands for: the actor, how (``name``, ``adjective``, ``capital``), its code."""

    actor: str
    form: str
    code: str

    @property
    def is_state(self) -> bool:
        """Whether the actor is a state rather than an organisation."""
        return not self.code.startswith("-")


@cache
def gazetteer() -> dict[str, Entry]:
    """Load the table once.

    Returns
    -------
    dict of str to Entry
        From every name form to its entry.

    Examples
    --------
    >>> gazetteer()["Kiev"]
    Entry(actor='Ukraine', form='capital', code='UA')
    >>> gazetteer()["Dutch"].actor
    'Netherlands'
    """
    table: dict[str, Entry] = {}
    text = resources.files("detente.sources").joinpath("gazetteer.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        code, name, adjectives, capitals, others = line.split("|")
        forms = (("adjective", adjectives), ("capital", capitals), ("name", f"{name},{others}"))
        for form, names in forms:
            for alias in filter(None, names.split(",")):
                table[alias] = Entry(name, form, code)
    return table
