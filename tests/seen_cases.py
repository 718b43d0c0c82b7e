"""Random cases whose DMs see different conflicts, and what each sees, worked out by hand."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from detente.case import loads
from doubtful_cases import condition
from plain.conditions import dense, holds, score, states_of
from plain.model import graph, option_form
from plain.perspectives import PlainView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from detente.case import Case
    from detente.conditions import Expression
    from plain.model import Direction, PlainConflict

Wants = dict[str, Any]
"""By DM: a list of statements as (id, condition, whether it may hold), or weights by option."""

OTHER = "other"
"""The reading that every case has beside the case as written."""


@dataclass
class Seen:
    """What somebody takes for true: what each DM wants, which options are not there."""

    wants: Wants
    gone: list[str] = field(default_factory=list)

    def copy(self) -> Seen:
        wants = {dm: list(own) if isinstance(own, list) else own for dm, own in self.wants.items()}
        return Seen(wants, list(self.gone))

    def make(self, change: Mapping[str, Any]) -> None:
        """Make one change, read straight from the reference of case files."""
        if "unavailable" in change:
            self.gone.append(change["unavailable"])
        elif "preferences" in change:
            given = change["preferences"]
            texts = given.get("prioritise")
            self.wants[change["for"]] = (
                given["weigh"] if texts is None else [("", text, False) for text in texts]
            )
        for dm, own in self.wants.items():
            if isinstance(own, list):
                self._change(dm, own, change)

    def _change(self, dm: str, own: list[Any], change: Mapping[str, Any]) -> None:
        ids = [item[0] for item in own]
        if change.get("drop") in ids:
            del own[ids.index(change["drop"])]
        elif change.get("replace") in ids:
            own[ids.index(change["replace"])] = (change["replace"], change["prefer"], False)
        elif change.get("move") in ids:
            own.insert(0, own.pop(ids.index(change["move"])))
        elif "insert" in change and change["for"] == dm:
            anchor = change.get("before")
            at = ids.index(anchor) if anchor in ids else len(own)
            own.insert(at, (change["id"], change["insert"], False))

    def settle(self, answers: Mapping[str, str]) -> None:
        """Strike what is answered to be absent, where it is still open."""
        for own in self.wants.values():
            if isinstance(own, list):
                own[:] = [
                    item for item in own if not (item[2] and answers.get(item[0]) == "absent")
                ]

    def open_ids(self) -> list[str]:
        lists = (own for own in self.wants.values() if isinstance(own, list))
        return [item[0] for own in lists for item in own if item[2]]


@dataclass
class Drawn:
    """A case, and how to work out what its DMs see."""

    owned: dict[str, list[str]]
    one_way: dict[str, Direction]
    rules: list[Any]
    written: Seen
    other: list[Any]
    perspectives: dict[str, Any]

    @property
    def options(self) -> list[str]:
        return [f"{dm}.{name}" for dm, names in self.owned.items() for name in names]

    def text(self) -> str:
        return self._text(self.written, self.rules, readings=True)

    def reading(self, name: str) -> Seen:
        made = self.written.copy()
        for change in self.other if name == OTHER else ():
            made.make(change)
        return made

    def view(self, dm: str, actual: Seen) -> Seen:
        """Work out what a DM sees."""
        given = self.perspectives.get(dm)
        if given is None:
            return actual
        made = self.reading(given["as"]) if "as" in given else actual.copy()
        made.wants[dm] = actual.copy().wants[dm]
        for change in given.get("changes", ()):
            made.make(change)
        made.settle(given.get("settle", {}))
        return made

    def expected(self, name: str = "") -> tuple[PlainConflict, list[PlainView]]:
        """Give the actual conflict and each DM's game, by plain means."""
        actual = self.reading(name)
        game, codes = self._game(actual, [])
        views = []
        for dm in self.owned:
            unseen = self.perspectives.get(dm, {}).get("unseen", [])
            own, seen = self._game(self.view(dm, actual), unseen)
            where = {code: state for state, code in enumerate(seen)}
            views.append(
                PlainView(own, {s: where[code] for s, code in enumerate(codes) if code in where})
            )
        return game, views

    def _game(self, seen: Seen, unseen: Sequence[str]) -> tuple[PlainConflict, list[int]]:
        rules = [*self.rules, *({"never": option} for option in seen.gone)]
        hidden = {f"hidden{i}": text for i, text in enumerate(unseen)}
        case = loads(self._text(seen, rules, outcomes=hidden))
        found = [
            levels
            for levels in states_of(case)
            if not any(
                holds(outcome.clause.expression, levels, case.vocabulary)
                for outcome in case.outcomes.values()
            )
        ]
        ranks = [
            dense(score(dm.preferences, partial(_true, case, levels), levels) for levels in found)
            for dm in case.decision_makers
        ]
        codes = [sum(level << k for k, level in enumerate(levels)) for levels in found]
        ways = {k: self.one_way[o] for k, o in enumerate(self.options) if o in self.one_way}
        counts = [len(names) for names in self.owned.values()]
        return option_form(counts, codes, ranks, ways), codes

    def _text(
        self,
        seen: Seen,
        rules: Sequence[Any],
        outcomes: Mapping[str, str] | None = None,
        *,
        readings: bool = False,
    ) -> str:
        value: dict[str, Any] = {
            "detente": 1,
            "title": "Drawn",
            "decision_makers": {
                dm: {
                    "options": {name: self._option(f"{dm}.{name}") for name in names},
                    **_preferences(seen.wants[dm]),
                }
                for dm, names in self.owned.items()
            },
            "rules": list(rules),
            "outcomes": dict(outcomes or {}),
        }
        if readings:
            value["readings"] = {"plain": {}, OTHER: {"changes": self.other}}
            if self.perspectives:
                value["perspectives"] = self.perspectives
        return json.dumps(value)

    def _option(self, name: str) -> dict[str, str]:
        return (
            {"text": "Do it", "change": f"only {self.one_way.get(name, '')}"}
            if (name in self.one_way)
            else {"text": "Do it"}
        )


def _true(case: Case, levels: Sequence[int], part: Expression) -> bool:
    return holds(part, levels, case.vocabulary)


def _preferences(own: Any) -> dict[str, Any]:
    if isinstance(own, dict):
        return {"preferences": {"weigh": own}}
    items = [
        {"prefer": text, **({"id": name} if name else {}), **({"maybe": "open"} if maybe else {})}
        for name, text, maybe in own
    ]
    return {"preferences": {"prioritise": items}} if items else {}


def seen_case(random: Random) -> Drawn:
    """Draw a case with options whose DMs see different conflicts."""
    n_dms = random.choice((1, 2, 2, 3))
    owned = {f"d{d}": [f"o{o}" for o in range(random.choice((0, 1, 1, 2)))] for d in range(n_dms)}
    owned["d0"] = owned["d0"] or ["o0"]
    options = [f"{dm}.{name}" for dm, names in owned.items() for name in names]
    ways: list[Direction] = ["on", "off"]
    one_way = {option: random.choice(ways) for option in options if random.random() < 0.2}
    wants: Wants = {
        dm: [
            (f"{dm}_{i}", condition(random, options), random.random() < 0.4)
            for i in range(random.choice((1, 2, 3)))
        ]
        for dm in owned
    }
    # The first state always stays, so that no view is empty.
    taken = f"atleast(2, {options[0]}, {options[0]}, {options[-1]})"
    rules = [{"never": taken}] if random.random() < 0.3 and len(options) > 1 else []
    drawn = Drawn(owned, one_way, rules, Seen(wants), [], {})
    drawn.other = _changes(random, drawn.written, options, "n", shape=False)
    for dm in owned:
        if random.random() < 0.7:
            drawn.perspectives[dm] = _perspective(random, drawn, dm)
    return drawn


def _perspective(random: Random, drawn: Drawn, dm: str) -> dict[str, Any]:
    given: dict[str, Any] = {"standing": "assumed"}
    if random.random() < 0.4:
        given["as"] = random.choice(("plain", OTHER))
    drawn.perspectives[dm] = given
    start = drawn.view(dm, drawn.written)
    changes = _changes(random, start, drawn.options, f"p{dm}", shape=True)
    if changes and random.random() < 0.7:
        given["changes"] = changes
    still = drawn.view(dm, drawn.written).open_ids()
    if still and random.random() < 0.5:
        given["settle"] = {random.choice(still): random.choice(("holds", "absent"))}
    gone = drawn.view(dm, drawn.written).gone
    left = [option for option in drawn.options if option not in gone]
    if left and random.random() < 0.4:
        first = random.choice(left)
        more = random.choice((first, f"{first} and not {random.choice(drawn.options)}"))
        hides = [option for option in (first, more) if _fits(drawn, dm, option)]
        if hides:
            given["unseen"] = hides[-1:]
    return given


def _fits(drawn: Drawn, dm: str, text: str) -> bool:
    """Whether a condition hides some states of a view, but not all."""
    game, _ = drawn._game(drawn.view(dm, drawn.written), [])
    try:
        left, _ = drawn._game(drawn.view(dm, drawn.written), [text])
    except AssertionError:
        return False
    return left.n_states < game.n_states


def _changes(
    random: Random, start: Seen, options: Sequence[str], prefix: str, *, shape: bool
) -> list[Any]:
    made: list[Any] = []
    here = start.copy()
    for number in range(random.choice((1, 1, 2, 3))):
        ids = [i[0] for own in here.wants.values() if isinstance(own, list) for i in own if i[0]]
        dm = random.choice(list(here.wants))
        own = here.wants[dm]
        kind = random.choice(("drop", "replace", "insert", "move", "preferences", "unavailable"))
        text = condition(random, list(options))
        change: dict[str, Any] = {}
        if kind in ("drop", "move") and ids:
            change = {kind: random.choice(ids)}
            change |= {"at": "first"} if kind == "move" else {}
        elif kind == "replace" and ids:
            change = {kind: random.choice(ids), "prefer": text}
        elif kind == "insert" and isinstance(own, list):
            named = [item[0] for item in own if item[0]]
            change = {"insert": text, "for": dm, "id": f"{prefix}_{number}"}
            change |= {"before": random.choice(named)} if named else {}
        elif kind == "preferences" and random.random() < 0.5:
            anew = {"weigh": {option: random.choice((-1, 1, 1.5)) for option in options}}
            change = {"preferences": anew, "for": dm}
        elif kind == "preferences":
            change = {"preferences": {"prioritise": [text]}, "for": dm}
        elif kind == "unavailable" and shape:
            change = {"unavailable": random.choice(options)}
        if change:
            made.append(change)
            here.make(change)
    return made or [{"insert": "not " + options[0], "for": "d0", "id": f"{prefix}_last"}]


# Graphs


@dataclass
class DrawnGraph:
    """A case given as a graph, with each DM's game."""

    text: str
    actual: PlainConflict
    views: list[PlainView]


def seen_graph(random: Random) -> DrawnGraph:
    """Draw a graph whose DMs see different conflicts."""
    n, n_dms = random.choice((1, 2, 4, 5)), random.choice((1, 2, 3))
    states = range(n)
    moves = [
        {(s, t) for s in states for t in states if s != t and random.random() < 0.4}
        for _ in range(n_dms)
    ]
    ranks = [[random.randrange(n) for _ in states] for _ in range(n_dms)]
    perspectives: dict[str, Any] = {}
    views = []
    for dm in range(n_dms):
        seen = [list(row) for row in ranks]
        kept = list(states)
        given: dict[str, Any] = {}
        if random.random() < 0.6:
            other = random.randrange(n_dms)
            seen[other] = [random.randrange(n) for _ in states]
            anew = {"preferences": _ranking(seen[other]), "for": f"d{other}"}
            given["changes"] = [anew]
        if random.random() < 0.5 and n > 1:
            kept = sorted(random.sample(kept, random.randrange(1, n)))
            given["unseen"] = [f"x{s}" for s in states if s not in kept]
        if given or random.random() < 0.5:
            perspectives[f"d{dm}"] = given
        place = {s: i for i, s in enumerate(kept)}
        game = graph(
            len(kept),
            [{(place[s], place[t]) for s, t in own if s in place and t in place} for own in moves],
            [[row[s] for s in kept] for row in seen],
        )
        views.append(PlainView(game, place))
    value: dict[str, Any] = {
        "detente": 1,
        "title": "Drawn",
        "states": {f"x{s}": f"State {s}" for s in states},
        "decision_makers": {
            f"d{dm}": {
                "moves": [f"x{s} -> x{t}" for s, t in sorted(moves[dm])],
                "preferences": _ranking(ranks[dm]),
            }
            for dm in range(n_dms)
        },
    }
    if perspectives:
        value["perspectives"] = perspectives
    return DrawnGraph(json.dumps(value), graph(n, moves, ranks), views)


def _ranking(row: Sequence[int]) -> dict[str, Any]:
    levels = sorted(set(row), reverse=True)
    return {"rank": [[f"x{s}" for s, rank in enumerate(row) if rank == level] for level in levels]}
