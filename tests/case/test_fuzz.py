"""Damaged case files are refused with a place, or mean exactly what they say."""

from __future__ import annotations

import copy
import json
import random
import re
import signal
from collections import Counter
from contextlib import contextmanager, suppress
from functools import cache
from itertools import permutations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import detente
from case_texts import ALL
from detente import CaseError
from detente.case import check_results, perspectives
from detente.case.tree import read_tree
from detente.conditions import names_used
from detente.conflict import GraphForm
from detente.explain import leavings, reason_for
from detente.stability import analyze_pairwise
from plain.conditions import dense, holds, score, states_of
from plain.random_conflicts import seeded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from detente import Case, Conflict
    from detente.case import Model, Perspectives

GROUPS, DAMAGES = 20, 500
"""Mutations in all: 20 groups of 500 damaged texts and 500 damaged structures."""

PATIENCE = 60
"""Seconds after which a single text counts as a hang."""

PIECES = (
    *("yes", "no", "on", "~", "null", "Y", "N", "-", "YN", "NNNNN", "0", "-1", "1e999", ".inf"),
    *("99999999999999999999", "0.1", ".nan", "true", "_", "__class__", "a.b.c", "us", "s1"),
    *("&a ", "*a", "<<: ", "!!str ", "!!python/object:os.system ", "? ", "%YAML 1.2\n"),
    *("{", "}", "[", "]", ": ", "- ", "\n", "\t", "'", '"', "|", "> ", "#", ",", "---\n", "...\n"),
    *("not ", "and ", "or ", "(", ")", "if ", "then ", "atleast(2, ", "only(", "==", ">=", "="),
    *("rank: ", "prioritise: ", "weigh: ", "levels: ", "coalesce: ", "status_quo: ", "moves: "),
    *("perspectives: ", "unseen: ", "as: ", "unavailable: "),
    *("\x00", "\ufeff", "\ud800", "\x7f", "\u2028", "\x85", "\r", "é", "ǅ", "١", "²", "ª", "😀"),
)
WORD = re.compile(r"[\w.]+")


# -- damage --------------------------------------------------------------------------------------


def damaged_text(rng: random.Random, text: str) -> str:
    """Change a text in one to six places, as slips of the hand and hostile writers do."""
    for _ in range(rng.choice([1, 1, 1, 2, 3, 6])):
        text = _hit(rng, text)
    return text


def _hit(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    lines = text.split("\n")
    line, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    kind = rng.choice([0, 1, 2, 3, 3, 3, 4, 5, 6, 7])
    if kind == 0:
        return text[:at] + text[at + rng.randrange(1, 30) :]
    if kind == 1:
        return text[:at] + rng.choice(PIECES) + text[at:]
    if kind == 2:
        wild = rng.choice([rng.randrange(128), rng.randrange(0x110000)])
        return text[:at] + chr(wild) + text[at:]
    if kind == 3:
        return _hit_word(rng, text)
    if kind == 4:
        del lines[line]
    elif kind == 5:
        lines.insert(other, lines[line])
    elif kind == 6:
        lines[line], lines[other] = lines[other], lines[line]
    else:
        lines[line] = " " * rng.randrange(9) + lines[line].lstrip()
    return "\n".join(lines)


def _hit_word(rng: random.Random, text: str) -> str:
    """Replace a word: by a word of the same kind, by any word of the text, or by a piece."""
    words = list(WORD.finditer(text))
    if not words:
        return text
    word = rng.choice(words)
    alike = [w[0] for w in words if _kind(w[0]) == _kind(word[0])]
    put = rng.choice([rng.choice(alike), rng.choice(words)[0], rng.choice(PIECES)])
    return text[: word.start()] + put + text[word.end() :]


@cache
def _kind(word: str) -> tuple[bool, bool]:
    return "." in word, set(word) <= set("YN")


def damaged_structure(rng: random.Random, value: Any) -> str:
    """Move, copy, remove and replace values of a case, and write it as YAML again."""
    value = copy.deepcopy(value)
    for _ in range(rng.choice([1, 1, 2, 3])):
        holders = list(_holders(value))
        if not holders:
            break
        holder = rng.choice(holders)
        key = rng.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        giver = rng.choice(holders)
        kind = rng.randrange(4)
        if kind == 0:
            del holder[key]
        elif kind == 1:
            holder[key] = rng.choice(PIECES)
        elif kind == 2:
            given = rng.choice(list(giver.values()) if isinstance(giver, dict) else giver)
            holder[key] = copy.deepcopy(given)
        elif isinstance(holder, dict):
            new = rng.choice([rng.choice(PIECES), *(k for k in giver if isinstance(k, str))])
            holder[new] = holder.pop(key)
        else:
            holder.insert(key, copy.deepcopy(rng.choice(holder)))
    return json.dumps(value, ensure_ascii=False)


def _holders(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        if value:
            yield value
        for part in value.values() if isinstance(value, dict) else value:
            yield from _holders(part)


# -- judgement -----------------------------------------------------------------------------------


@contextmanager
def patience(seconds: int) -> Iterator[None]:
    """Turn a hang into a failure, where the system can."""
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, signal.default_int_handler)
        signal.alarm(seconds)
    yield
    if hasattr(signal, "SIGALRM"):
        signal.alarm(0)


def judge(text: str) -> str:
    """Load, build and analyse a text; say how far it came, and fail where it should not have."""
    try:
        case = detente.loads(text)
    except CaseError as error:
        assert_placed(error, text)
        return "refused"
    try:
        model = case.model()
    except CaseError as error:
        assert_placed(error, text)
        return "not built"
    if model.n_combinations > 256:
        return "large"
    if case.states:
        assert_graph_makes_sense(case, model.conflict)
    else:
        assert_options_make_sense(case, model.conflict)
    if model.by_pairs:
        assert_pairs_make_sense(model)
    concepts = ["nash", "gmr", "smr", "seq", "sseq", "sim", "fraser_hipel"]
    result = detente.analyze(model.conflict, concepts)
    for key in result.concepts:
        assert result.stable(key).shape == (len(case.decision_makers), model.conflict.n_states)
    try:
        seen = perspectives(case)
    except CaseError as error:
        assert_placed(error, text)
        return "not seen"
    assert_views_make_sense(seen)
    check_results(model)
    return "analysed"


def assert_placed(error: CaseError, text: str) -> None:
    assert error.problems
    n_lines = len(re.split("\r\n|[\n\r\x85\u2028\u2029]", text))
    for problem in error.problems:
        assert 1 <= problem.line <= n_lines
        assert problem.column >= 1
        assert problem.message.strip()
    places = [(problem.line, problem.column) for problem in error.problems]
    assert places == sorted(places)


def assert_graph_makes_sense(case: Case, conflict: Conflict) -> None:
    assert conflict.n_states == len(case.states)
    for index, dm in enumerate(case.decision_makers):
        assert set(map(tuple, conflict.moves(index).pairs().tolist())) == set(dm.moves)
        expected = [
            score(dm.preferences, lambda e, s=s: holds(e, (), case.vocabulary, s), ())  # type: ignore[misc]
            for s in range(conflict.n_states)
        ]
        assert conflict.ranks[index].tolist() == dense(expected)
    assert_status_quo(
        case, conflict, lambda e, s: holds(e, (), case.vocabulary, s), range(conflict.n_states)
    )


def assert_options_make_sense(case: Case, conflict: Conflict) -> None:
    states = states_of(case)
    form = conflict.form
    if isinstance(form, GraphForm):
        assert form.origin is not None
        origin, member_of = form.origin, form.member_of
    else:
        origin, member_of = form, np.arange(len(states))
    assert origin.levels.tolist() == [list(levels) for levels in states]

    def true(part: Any, state: int) -> bool:
        return holds(part, states[state], case.vocabulary)

    for clause in case.coalesce:
        members = {int(member_of[s]) for s in range(len(states)) if true(clause.expression, s)}
        assert len(members) <= 1
    for index, dm in enumerate(case.decision_makers):
        expected = [
            score(dm.preferences, lambda e, s=s: true(e, s), levels)  # type: ignore[misc]
            for s, levels in enumerate(states)
        ]
        assert conflict.ranks[index][member_of].tolist() == dense(expected)
    members_of = [np.flatnonzero(member_of == state) for state in range(conflict.n_states)]
    assert_status_quo(
        case,
        conflict,
        lambda e, state: all(true(e, int(s)) for s in members_of[state]),
        range(conflict.n_states),
    )


def assert_pairs_make_sense(model: Model) -> None:
    """Compare each DM's states again, statement by statement; coalesced ones are left aside."""
    case, form, relations = model.case, model.conflict.form, model.relations()
    found = analyze_pairwise(form, relations)  # refuses what compares one way only
    assert not (found.stable("seq", "a") & ~found.stable("seq", "d")).any()
    if isinstance(form, GraphForm) and form.origin is not None:
        return
    words = case.vocabulary
    levels = [()] * form.n_states if case.states else states_of(case)
    for index, dm in enumerate(case.decision_makers):
        for said in dm.pairs.statements if dm.pairs else ():
            parts = [said.one.expression, *([said.other.expression] if said.other else [])]
            truths = [
                [holds(part, levels[s], words, s) for s in range(form.n_states)] for part in parts
            ]
            first, second = truths if said.other else (truths[0], [not t for t in truths[0]])
            named = frozenset().union(*(names_used(part, words) for part in parts))
            rest = [[x for o, x in enumerate(row) if o not in named] for row in levels]
            for s, t in permutations(range(form.n_states), 2):
                if first[s] and second[t] and not (said.alike and rest[s] != rest[t]):
                    wanted = {"unknown": (9,), "prefer": (2,) if said.greatly else (1, 2)}
                    assert int(relations[index, s, t]) in wanted[said.kind]


def assert_status_quo(case: Case, conflict: Conflict, true: Any, states: range) -> None:
    if case.status_quo is None:
        assert conflict.status_quo is None
    else:
        expression = case.status_quo.expression
        assert [state for state in states if true(expression, state)] == [conflict.status_quo]


def assert_views_make_sense(seen: Perspectives) -> None:
    """Every view is of states that are there, and the moves in it are moves of the view's case."""
    conflict = seen.model.conflict
    assert len(seen.sights) == len(seen.model.case.perspectives)
    for sight in seen.sights.values():
        view = sight.view
        known = np.flatnonzero(view.seen_as >= 0)
        assert view.conflict.n_states == len(sight.kept) >= 1
        assert sorted([*known, *sight.unknown]) == list(range(conflict.n_states))
        for state in known.tolist():
            mine = int(sight.kept[view.seen_as[state]])
            assert sight.actual[view.seen_as[state]] == state
            ours, theirs = conflict.levels[state], sight.model.conflict.levels[mine]
            # Of a coalesced state a view may hold some members only, on which more is certain.
            assert ((ours == theirs) | (ours == -1)).all()
            unseen = (c.expression for c in sight.perspective.unseen)
            assert not any(sight.model.holds(condition)[mine] for condition in unseen)
    found = seen.hypergame("seq")
    assert not (found.believed & ~found.stable).any()
    assert not (found.stable & ~found.known).any()
    for one in leavings(found):
        certificate, target = reason_for(seen, one, "seq")
        assert not certificate.stable
        assert target != one.state


# -- tests ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(ALL))
def test_undamaged_files_make_sense(name: str) -> None:
    assert judge(ALL[name]) in ("analysed", "large")


@pytest.mark.parametrize("group", range(GROUPS))
def test_damaged_texts(group: int) -> None:
    rng, names = seeded(group), sorted(ALL)
    for _ in range(DAMAGES):
        text = damaged_text(rng, ALL[rng.choice(names)])
        with patience(PATIENCE):
            judge(text)


@pytest.mark.parametrize("group", range(GROUPS))
def test_damaged_structures(group: int) -> None:
    rng = seeded(group)
    values = [read_tree(text, "case.yaml").value for _, text in sorted(ALL.items())]
    for _ in range(DAMAGES):
        text = damaged_structure(rng, rng.choice(values))
        with patience(PATIENCE):
            judge(text)


def test_damage_reaches_every_end() -> None:
    rng, names = seeded(0), sorted(ALL)
    values: list[Any] = [read_tree(ALL[name], "case.yaml").value for name in names]
    ends = Counter(judge(damaged_text(rng, ALL[rng.choice(names)])) for _ in range(500))
    ends += Counter(judge(damaged_structure(rng, rng.choice(values))) for _ in range(500))
    assert ends["refused"] > 100
    assert ends["not built"] > 5
    assert ends["analysed"] > 100
    # The rarest end is met once in a thousand damages or so, and sooner where it comes from.
    seeing = [value for value in values if "perspectives" in value]
    for _ in range(200):
        value = rng.choice(seeing)
        views = json.loads(damaged_structure(rng, value["perspectives"]))
        if judge(json.dumps({**value, "perspectives": views})) == "not seen":
            return
    pytest.fail("no damage made a view that does not fit the conflict")


def test_damaged_files(tmp_path: Path) -> None:
    """Bytes on disk take the same way, after they have been decoded."""
    file = tmp_path / "case.yaml"
    rng, names = seeded(1), sorted(ALL)
    for _ in range(500):
        raw = bytearray(ALL[rng.choice(names)].encode())
        for _ in range(rng.randint(1, 4)):
            raw[rng.randrange(len(raw))] = rng.randrange(256)
        file.write_bytes(raw)
        with suppress(CaseError):
            assert detente.load(file).file == str(file)
