"""Random cases whose preferences are given pair by pair, for the program and the plain checker."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plain.model import option_form, taken
from plain.pairs import Said, by_rank, by_statements, compared
from plain.relations import PairwiseConflict

if TYPE_CHECKING:
    from random import Random

    from plain.model import Direction, PlainConflict
    from plain.pairs import Table
    from plain.relations import Relation

__all__ = ["NUMBERS", "PairCase", "random_case"]

NUMBERS = {">>": 2, ">": 1, "~": 0, "<": -1, "<<": -2, "U": 9}


@dataclass(frozen=True, slots=True)
class PairCase:
    """A case as text, its moves, and how each DM compares the states; None if it contradicts."""

    text: str
    conflict: PlainConflict
    tables: tuple[Table | None, ...]

    @property
    def plain(self) -> PairwiseConflict:
        tables = tuple(table for table in self.tables if table is not None)
        assert len(tables) == len(self.tables)
        return PairwiseConflict(self.conflict.n_states, self.conflict.moves, tables)


class _Drawn:
    """The options and states of a case being drawn, and conditions over them."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        n_options = rng.randint(1, 4)
        owners = sorted(rng.randrange(rng.randint(1, 4)) for _ in range(n_options))
        n_dms = max(owners[-1] + 1, rng.randint(1, 4))
        self.owned = [owners.count(dm) for dm in range(n_dms)]
        self.names = [f"d{dm}.o{index}" for index, dm in enumerate(owners)]
        self.owners = owners
        codes = list(range(2**n_options))
        self.removed = []
        if rng.random() < 0.5:
            fixed = {o: rng.randrange(2) for o in range(n_options) if rng.random() < 0.6}
            kept = [c for c in codes if any(taken(c, o) != bool(bit) for o, bit in fixed.items())]
            if kept:
                self.removed.append(self.together(fixed))
                codes = kept
        self.codes = codes

    def together(self, wanted: dict[int, int]) -> str:
        """Say that options are taken or not."""
        said = (
            name if wanted[o] else f"not {name}" for o, name in enumerate(self.names) if o in wanted
        )
        return " and ".join(said) or "true"

    def only(self, state: int) -> str:
        """Say that a state holds, and no other."""
        return self.together({o: taken(self.codes[state], o) for o in range(len(self.names))})

    def pattern(self, state: int) -> str:
        return "".join("NY"[taken(self.codes[state], o)] for o in range(len(self.names)))

    def condition(self) -> tuple[str, set[int], set[int]]:
        """Draw a condition: its text, the states that fulfil it, and the options it names."""
        rng, states = self.rng, range(len(self.codes))
        options = rng.sample(range(len(self.names)), rng.randint(1, min(2, len(self.names))))
        wanted = [rng.random() < 0.6 for _ in options]
        word = rng.choice(["and", "or"])
        texts = [
            self.names[o] if yes else f"not {self.names[o]}"
            for o, yes in zip(options, wanted, strict=True)
        ]
        judge = all if word == "and" else any
        true = {
            s
            for s in states
            if judge(taken(self.codes[s], o) == yes for o, yes in zip(options, wanted, strict=True))
        }
        return f" {word} ".join(f"({text})" for text in texts), true, set(options)

    def alike(self, aside: set[int]) -> frozenset[tuple[int, int]]:
        rest = [o for o in range(len(self.names)) if o not in aside]
        states = range(len(self.codes))
        return frozenset(
            (s, t)
            for s in states
            for t in states
            if all(taken(self.codes[s], o) == taken(self.codes[t], o) for o in rest)
        )


def random_case(rng: Random) -> PairCase:
    """Draw a case: infeasible states, irreversible options, ties, DMs without options."""
    drawn = _Drawn(rng)
    one_way: dict[int, Direction] = {
        o: rng.choice(["on", "off"]) for o in range(len(drawn.names)) if rng.random() < 0.2
    }
    parties: dict[str, Any] = {}
    tables, ranks = [], []
    for dm, _ in enumerate(drawn.owned):
        options = {
            name.partition(".")[2]: {"text": name, "change": f"only {one_way[o]}"}
            if o in one_way
            else name
            for o, name in enumerate(drawn.names)
            if drawn.owners[o] == dm
        }
        preferences, table, rank = _preferences(drawn)
        parties[f"d{dm}"] = {"options": options} if options else {}
        if preferences:
            parties[f"d{dm}"]["preferences"] = preferences
        tables.append(table)
        ranks.append(rank)
    value = {"detente": 1, "title": "Drawn", "decision_makers": parties}
    if drawn.removed:
        value["rules"] = [{"never": text} for text in drawn.removed]
    conflict = option_form(drawn.owned, drawn.codes, ranks, one_way)
    return PairCase(json.dumps(value, indent=1), conflict, tuple(tables))


def _preferences(drawn: _Drawn) -> tuple[dict[str, Any], Table | None, list[int]]:
    rng, n_states = drawn.rng, len(drawn.codes)
    kind = rng.choice(["rank", "prioritise", "none", "none"])
    given: dict[str, Any] = {}
    base = None
    rank = [0] * n_states
    if kind == "rank":
        rank = [rng.randrange(n_states) for _ in range(n_states)]
        given["rank"] = [
            [drawn.pattern(s) for s in range(n_states) if rank[s] == level]
            for level in sorted(set(rank), reverse=True)
        ]
        base = by_rank(rank)
    elif kind == "prioritise":
        drawn_conditions = [drawn.condition() for _ in range(rng.randint(1, 3))]
        great = [rng.random() < 0.4 for _ in drawn_conditions]
        given["prioritise"] = [
            {"prefer": text, "greatly": "Y"} if greatly else text
            for (text, _, _), greatly in zip(drawn_conditions, great, strict=True)
        ]
        truths = [[s in true for s in range(n_states)] for _, true, _ in drawn_conditions]
        base = by_statements(truths, great, n_states)
        rank = [sum(base[s, t] in (">", ">>") for t in range(n_states)) for s in range(n_states)]
    said = [_said(drawn, base) for _ in range(rng.choice([0, 1, 1, 2, 2, 3]))]
    if said:
        given["pairs"] = [entry for entry, _ in said]
    otherwise = rng.choice(["unknown", "equal", None]) if kind == "none" else None
    if otherwise:
        given["otherwise"] = otherwise
    left: Relation = "U" if otherwise == "unknown" else "~"
    transitive = left == "U" and rng.random() < 0.5
    if transitive:
        given["transitive"] = "Y"
    statements = [one for _, one in said]
    return given, compared(base, statements, left, n_states, transitive=transitive), rank


def _said(
    drawn: _Drawn, base: dict[tuple[int, int], Relation] | None
) -> tuple[dict[str, Any], Said]:
    rng, states = drawn.rng, frozenset(range(len(drawn.codes)))
    better = sorted(pair for pair, relation in (base or {}).items() if relation in (">", ">>"))
    if better and rng.random() < 0.5:  # agree with the ranking
        s, t = rng.choice(better)
        entry: dict[str, Any] = {"prefer": drawn.only(s), "to": drawn.only(t), "greatly": "Y"}
        return entry, Said(">>", frozenset({s}), frozenset({t}))
    text, true, named = drawn.condition()
    relation: Any = rng.choice(["U", "U", "U", ">>"] if base else [">", ">>", "U"])
    first, second = ("unknown", "and") if relation == "U" else ("prefer", "to")
    entry = {first: text}
    other = states - true
    if rng.random() < 0.4:
        text, more, also = drawn.condition()
        if relation != "U":  # a state cannot be preferred to itself
            text, more = f"({text}) and not ({entry[first]})", more - true
        entry[second] = text
        other, named = frozenset(more), named | also
    if relation == ">>":
        entry["greatly"] = "Y"
    same = None
    if rng.random() < 0.4:
        entry["alike"] = "Y"
        same = drawn.alike(named)
    return entry, Said(relation, frozenset(true), other, same)
