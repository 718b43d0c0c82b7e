"""Random cases with every kind of doubt, and what each reading of them plainly comes to.

A case is drawn twice at once: as the text that an analyst would write, and as plain Python
functions that say for a reading which states there are, how a DM scores them, and whether a claim
holds. The second uses nothing of the package.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import permutations, product
from typing import TYPE_CHECKING, Any

from plain.claims import (
    blocks_claim,
    equilibrium_claim,
    indispensable_claim,
    prefers_alike_claim,
    prefers_claim,
    reachable_claim,
    stable_claim,
)
from plain.conditions import dense
from plain.model import PlainConflict, option_form, taken
from plain.settlement import settlements

if TYPE_CHECKING:
    from random import Random

    from plain.coalition import Group

MOST = 1 << 12
"""Readings of a case at most."""

Answers = Mapping[str, int]
States = frozenset[int]
Score = Callable[[int], Any]
Holds = Callable[[PlainConflict, int], bool]
Ranked = tuple[tuple[int, ...], tuple[tuple[int, ...], ...], int]


@dataclass(frozen=True)
class Condition:
    """A condition as it is written, and as a function of a state's code."""

    text: str
    true: Callable[[int], bool]
    options: frozenset[int]

    def states(self, conflict: PlainConflict) -> States:
        assert conflict.codes is not None
        return frozenset(s for s, code in enumerate(conflict.codes) if self.true(code))


@dataclass(frozen=True)
class Slot:
    """One place in a list of statements; each answer gives those that stand there."""

    written: Any
    id: str
    answers: tuple[tuple[Condition, ...], ...]

    def of(self, answers: Answers) -> tuple[Condition, ...]:
        return self.answers[answers[self.id] if len(self.answers) > 1 else 0]


@dataclass(frozen=True)
class Change:
    """A change of one DM's list, or of options or status quo where `dm` is -1."""

    written: dict[str, Any]
    dm: int = -1
    edit: Callable[[list[Slot]], list[Slot]] = list
    gone: frozenset[int] = frozenset()
    start: int | None = None
    anew: Slot | None = None


@dataclass
class OpenCase:
    """A case under construction.

    `weights` gives for each doubt the probabilities of its answers, and `base` is 0 but for
    weights of options, whose middle is the base.
    """

    random: Random
    owned: list[int]
    weights: dict[str, tuple[Fraction, ...]] = field(default_factory=dict)
    base: dict[str, int] = field(default_factory=dict)
    given: list[bool] = field(default_factory=list)
    lists: dict[int, list[Slot]] = field(default_factory=dict)
    scores: dict[int, Callable[[Answers], Score]] = field(default_factory=dict)
    preferences: list[Any] = field(default_factory=list)
    scarce: dict[str, int] = field(default_factory=dict)
    questions: dict[str, list[list[Change]]] = field(default_factory=dict)
    uncertain: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, tuple[str, Holds]] = field(default_factory=dict)

    # -- what is written --------------------------------------------------------------------

    @property
    def options(self) -> list[str]:
        return [f"d{dm}.o{o}" for dm, count in enumerate(self.owned) for o in range(count)]

    @property
    def size(self) -> int:
        size = 1
        for weights in self.weights.values():
            size *= len(weights)
        return size

    @property
    def text(self) -> str:
        value: dict[str, Any] = {
            "detente": 1,
            "title": "Drawn",
            "decision_makers": {
                f"d{dm}": {
                    "options": {f"o{o}": "Do it" for o in range(count)},
                    "preferences": self.preferences[dm],
                }
                for dm, count in enumerate(self.owned)
            },
            "status_quo": "N" * sum(self.owned),
            "claims": {key: text for key, (text, _) in self.claims.items()},
        }
        return json.dumps(value | ({"uncertain": self.uncertain} if self.uncertain else {}))

    # -- what it comes to -------------------------------------------------------------------

    def reading(self, answers: Answers) -> Ranked:
        """Give feasible states, ranks and status quo of a reading."""
        changes = [
            change
            for key, by_answer in self.questions.items()
            for change in by_answer[answers[key]]
        ]
        gone = {option for key, option in self.scarce.items() if answers[key] == 1}
        gone = gone.union(*(change.gone for change in changes))
        start = 0
        for change in changes:
            start = start if change.start is None else change.start
        codes = [
            code for code in range(1 << sum(self.owned)) if not any(taken(code, o) for o in gone)
        ]
        ranks = []
        for dm in range(len(self.owned)):
            score = self._score(dm, answers, [change for change in changes if change.dm == dm])
            ranks.append(tuple(dense(score(code) for code in codes)))
        return tuple(codes), tuple(ranks), codes.index(start)

    def truths(self, ranked: Ranked) -> list[bool]:
        """Judge the claims in a reading."""
        codes, ranks, start = ranked
        conflict = option_form(self.owned, codes, ranks)
        return [holds(conflict, start) for _, holds in self.claims.values()]

    def _score(self, dm: int, answers: Answers, changes: list[Change]) -> Score:
        slots, score = self.lists.get(dm), self.scores.get(dm)
        for change in changes:
            if change.anew is not None:
                slots = [change.anew]
            elif slots is not None:
                slots = change.edit(slots)
        if slots is None:
            assert score is not None
            return score(answers)
        chosen = [c for slot in slots for c in slot.of(answers)]
        return lambda code: tuple(one.true(code) for one in chosen)

    # -- drawing ----------------------------------------------------------------------------

    def room(self, n_answers: int) -> bool:
        return self.size * n_answers <= MOST

    def doubt(
        self, name: str, n_answers: int, *, probable: bool, parts: tuple[int, ...] = (0, 1, 2, 3)
    ) -> tuple[Fraction, ...] | None:
        """Note a doubt; give the probabilities of its answers if they are to be written."""
        equal = (Fraction(1, n_answers),) * n_answers
        self.weights[name], self.base[name] = equal, 0
        if not probable or self.random.random() < 0.5:
            return None
        drawn = [self.random.choice(parts) for _ in range(n_answers - 1)]
        drawn.insert(self.random.randrange(n_answers), 1)
        self.weights[name] = tuple(Fraction(part, sum(drawn)) for part in drawn)
        return self.weights[name]

    def condition(self) -> Condition:
        picked = [self.random.randrange(sum(self.owned)) for _ in range(2)]
        signs = [self.random.random() < 0.6 for _ in range(2)]
        words = [
            ("" if sign else "not ") + self.options[o]
            for o, sign in zip(picked, signs, strict=True)
        ]

        def literal(which: int, code: int) -> bool:
            return taken(code, picked[which]) == signs[which]

        both = frozenset(picked)
        return self.random.choice(
            (
                Condition(words[0], lambda code: literal(0, code), frozenset(picked[:1])),
                Condition(
                    " and ".join(words), lambda code: literal(0, code) and literal(1, code), both
                ),
                Condition(
                    " or ".join(words), lambda code: literal(0, code) or literal(1, code), both
                ),
                Condition(
                    f"if {words[0]} then {words[1]}",
                    lambda code: not literal(0, code) or literal(1, code),
                    both,
                ),
            )
        )


def open_case(random: Random) -> OpenCase:
    """Draw a case with doubts of every kind that fit, and claims about it."""
    case = OpenCase(random, random.choice(([2, 2], [1, 2], [1, 1, 1], [1, 1, 2])))
    kinds = [random.choice(("list", "list", "rank", "weigh")) for _ in case.owned]
    for dm, kind in enumerate(kinds):
        {"list": _list, "rank": _rank, "weigh": _weigh}[kind](case, dm)
    if case.room(2) and random.random() < 0.6:
        option = random.randrange(1, sum(case.owned))
        case.scarce["scarce"] = option
        shares = case.doubt("scarce", 2, probable=True, parts=(1, 2, 3))
        case.uncertain["scarce"] = {"option": case.options[option]}
        if shares:
            case.uncertain["scarce"]["probability"] = str(shares[0])
    for number in range(2):
        if case.room(3) and random.random() < 0.7:
            _question(case, f"q{number}")
    for number in range(4):
        case.claims[f"c{number}"] = _claim(case)
    return case


def _certain(case: OpenCase, name: str) -> Slot:
    one = case.condition()
    return Slot({"prefer": one.text, "id": name}, name, ((one,),))


def _list(case: OpenCase, dm: int) -> None:
    slots = [_certain(case, f"s{dm}")]
    for number in range(3):
        name = f"u{dm}_{number}"
        kind = case.random.choice(("maybe", "either", "any_order"))
        ones = [case.condition() for _ in range(case.random.choice((2, 3)))]
        orders = list(permutations(ones))
        if not case.room(len(orders)):
            continue
        if kind == "maybe":
            shares = case.doubt(name, 2, probable=True, parts=(1, 2, 3))
            maybe = str(shares[0]) if shares else "open"
            written: Any = {"prefer": ones[0].text, "id": name, "maybe": maybe}
            slots.append(Slot(written, name, ((ones[0],), ())))
        elif kind == "either":
            shares = case.doubt(name, len(ones), probable=True)
            entries: list[Any] = [one.text for one in ones]
            if shares:
                entries = [
                    {"prefer": one.text, "probability": str(p) if p.denominator > 1 else int(p)}
                    for one, p in zip(ones, shares, strict=True)
                ]
            written = {"either": entries, "id": name}
            slots.append(Slot(written, name, tuple((one,) for one in ones)))
        else:
            case.doubt(name, len(orders), probable=False)
            written = {"any_order": [one.text for one in ones], "id": name}
            slots.append(Slot(written, name, tuple(orders)))
    slots.append(_certain(case, f"t{dm}"))
    case.lists[dm] = slots
    case.preferences.append({"prioritise": [slot.written for slot in slots]})


def _rank(case: OpenCase, dm: int) -> None:
    first, second = case.random.sample(range(sum(case.owned)), 2)
    cells = list(product((True, False), (True, False)))
    case.random.shuffle(cells)

    def written(cell: tuple[bool, bool]) -> str:
        names = (case.options[first], case.options[second])
        return " and ".join(n if sign else f"not {n}" for n, sign in zip(names, cell, strict=True))

    ties = case.random.random() < 0.5
    n_open = 2 if ties else 3
    orders: list[list[list[int]]] = [[[i] for i in order] for order in permutations(range(n_open))]
    if ties:
        orders.insert(1, [[0, 1]])
    name = f"r{dm}"
    entry: dict[str, Any] = {"any_order": [written(cell) for cell in cells[:n_open]], "id": name}
    case.preferences.append({"rank": [entry, *map(written, cells[n_open:])]})
    if ties:
        entry["ties"] = "Y"
    case.doubt(name, len(orders), probable=False)

    def score(answers: Answers) -> Score:
        groups = [[cells[i] for i in group] for group in orders[answers[name]]]
        groups += [[cell] for cell in cells[n_open:]]
        place = {cell: -position for position, group in enumerate(groups) for cell in group}
        return lambda code: place[taken(code, first), taken(code, second)]

    case.scores[dm] = score


def _weigh(case: OpenCase, dm: int) -> None:
    written: dict[str, Any] = {}
    values: dict[int, Callable[[Answers], Fraction]] = {}
    for option, text in enumerate(case.options):
        low = case.random.randrange(-3, 3)
        steps = case.random.choice((2, 3, 5))
        if text not in case.weights and case.room(steps) and case.random.random() < 0.4:
            high = low + case.random.randrange(1, 4)
            written[text] = {"between": [low, high], "steps": steps}
            name = text
            case.doubt(name, steps, probable=False)
            case.base[name] = steps // 2
            grid = [low + Fraction(high - low) * i / (steps - 1) for i in range(steps)]
            values[option] = lambda answers, name=name, grid=grid: grid[answers[name]]  # type: ignore[misc]
        else:
            written[text] = low
            values[option] = lambda _, low=low: Fraction(low)  # type: ignore[misc]
    case.preferences.append({"weigh": written})

    def score(answers: Answers) -> Score:
        weights = {option: value(answers) for option, value in values.items()}
        return lambda code: sum(w for option, w in weights.items() if taken(code, option))

    case.scores[dm] = score


def _question(case: OpenCase, name: str) -> None:
    n_answers = case.random.choice((2, 3))
    by_answer = [[], *([_change(case) for _ in range(2)] for _ in range(n_answers - 1))]
    shares = case.doubt(name, n_answers, probable=True)
    case.questions[name] = by_answer
    written = {}
    for number, changes in enumerate(by_answer):
        answer: dict[str, Any] = {"changes": [change.written for change in changes]}
        if not changes:
            answer = {}
        if shares:
            share = shares[number]
            answer["probability"] = str(share) if share.denominator > 1 else int(share)
        written[f"a{number}"] = answer
    case.uncertain[name] = {"question": "Which?", "answers": written}


def _change(case: OpenCase) -> Change:
    # The first option is always there, so that the status quo can be moved to it.
    kinds = ["unavailable", "anew", "status_quo"]
    dm = case.random.randrange(len(case.owned))
    if dm in case.lists:
        kinds += ["drop", "replace", "insert", "move"] * 2
    kind, one = case.random.choice(kinds), case.condition()
    if kind == "unavailable":
        option = case.random.randrange(1, sum(case.owned))
        return Change({"unavailable": case.options[option]}, gone=frozenset([option]))
    if kind == "status_quo":
        return Change({"status_quo": f"only({case.options[0]})"}, start=1)
    if kind == "anew":
        written = {"preferences": {"prioritise": [one.text]}, "for": f"d{dm}"}
        return Change(written, dm, anew=Slot(one.text, "", ((one,),)))
    target = case.random.choice(case.lists[dm]).id
    if kind == "drop":
        return Change({"drop": target}, dm, lambda slots: [s for s in slots if s.id != target])
    if kind == "replace":
        new = Slot(one.text, target, ((one,),))
        return Change(
            {"replace": target, "prefer": one.text},
            dm,
            lambda slots: [new if s.id == target else s for s in slots],
        )
    if kind == "insert":
        new = Slot(one.text, "", ((one,),))
        return Change(
            {"insert": one.text, "for": f"d{dm}", "at": "first"}, dm, lambda slots: [new, *slots]
        )
    return Change(
        {"move": target, "at": "last"},
        dm,
        lambda slots: sorted(slots, key=lambda s: s.id == target),
    )


def _claim(case: OpenCase) -> tuple[str, Holds]:
    (first, one), (second, two) = _predicate(case), _predicate(case)
    return case.random.choice(
        (
            (first, one),
            (f"not {first}", lambda c, s: not one(c, s)),
            (f"{first} and not {second}", lambda c, s: one(c, s) and not two(c, s)),
            (f"{first} or {second}", lambda c, s: one(c, s) or two(c, s)),
        )
    )


def _predicate(case: OpenCase) -> tuple[str, Holds]:
    random, a, b = case.random, case.condition(), case.condition()
    dm = random.randrange(len(case.owned))
    mode, way = random.choice(("some", "every")), random.choice(("moves", "improvements"))
    concept: Any = random.choice(("nash", "gmr", "smr", "seq"))
    grade: Any = random.choice(("agreed", "self-enforcing", "spoiler-proof"))
    every, improving = mode == "every", way == "improvements"

    def settles(conflict: PlainConflict, start: int, group: Group) -> bool:
        found = settlements(conflict, group, start, "seq", grade)
        return bool(found & a.states(conflict))

    made: list[tuple[str, Holds]] = [
        (
            f"stable({a.text}, {concept}, {mode}, by=d{dm})",
            lambda c, _: stable_claim(c, a.states(c), concept, every=every, by=[dm]),
        ),
        (
            f"equilibrium({a.text}, {concept}, {mode})",
            lambda c, _: equilibrium_claim(c, a.states(c), concept, every=every),
        ),
        (
            f"reachable({a.text}, {way})",
            lambda c, s: reachable_claim(c, a.states(c), s, by=c.dms, improving=improving),
        ),
        (
            f"prefers(d{dm}, {a.text}, {b.text}, {mode})",
            lambda c, _: prefers_claim(c, dm, a.states(c), b.states(c), every=every),
        ),
        (
            f"prefers(d{dm}, {a.text}, {b.text}, alike)",
            lambda c, _: prefers_alike_claim(
                c, dm, a.states(c), b.states(c), a.options | b.options
            ),
        ),
        (
            f"blocks(d{dm}, {a.text}, {way})",
            lambda c, s: blocks_claim(c, dm, a.states(c), s, improving=improving),
        ),
        (
            f"settle({a.text}, by=d0 and d1, {grade.replace('-', '_')}, seq)",
            lambda c, s: settles(c, s, frozenset({0, 1})),
        ),
        (
            f"indispensable(d{dm}, {a.text}, {grade.replace('-', '_')}, seq)",
            lambda c, s: indispensable_claim(c, dm, lambda group: settles(c, s, group)),
        ),
    ]
    return random.choice(made)
