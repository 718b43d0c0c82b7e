"""What would have to change for an outcome to hold that does not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.case import Change, Changes, Prioritise, Statement, fewest_changes
from detente.errors import SizeError
from detente.explain import listing
from detente.inverse import Edit, Edits, fewest_edits, offers
from detente.report.blocks import (
    Block,
    Bullets,
    Code,
    Paragraph,
    Section,
    Subsection,
    Words,
    joined,
)
from detente.report.citing import cited
from detente.report.findings import MAIN, Findings, affords
from detente.report.verdicts import concept_words

__all__ = ["changing"]

_MOST_OUTCOMES = 6
_MOST_TRIED = 8
_MOST_WAYS = 5
_MOST_EDITS = 2

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Lists:
    """Preference statements that may change: what they say, and where each is true."""

    statements: dict[int, tuple[Statement, ...]]
    truths: dict[int, list[Mask]]


def changing(findings: Findings) -> Section | None:
    """Write the section on changes; None where every named outcome holds, or none is named."""
    stable = findings.equilibria()
    unmet = [
        (key, truth)
        for key, truth in findings.model.outcomes.items()
        if truth.any() and not truth[stable].any()
    ]
    if not unmet or findings.large:
        return None
    lists = _lists(findings)
    shown = unmet[:_MOST_OUTCOMES]
    estimate = _estimate(findings, lists) * len(shown)
    what = "The fewest changes for an outcome to hold"
    if not affords(findings.options, findings.left_out, estimate, what, "inverse"):
        return None
    said = (
        f"Outcomes that no equilibrium under {concept_words(MAIN)} meets, and the fewest changes "
        "after which one would: of what a party wants, or of what the rules and options allow. The "
        "changes are exact consequences of the model, not advice."
    )
    blocks: list[Block] = [Paragraph((said,))]
    blocks += [_outcome(findings, lists, key, truth) for key, truth in shown]
    if len(unmet) > len(shown):
        more = len(unmet) - len(shown)
        blocks.append(Paragraph((f"{more} more outcomes are left to “detente inverse”.",)))
    return Section("changing", "What would change an outcome", tuple(blocks))


def _lists(findings: Findings) -> _Lists:
    statements = {
        dm: found.preferences.statements
        for dm, found in enumerate(findings.case.decision_makers)
        if isinstance(found.preferences, Prioritise)
    }
    truths = {
        dm: [findings.model.holds(one.clause.expression) for one in given]
        for dm, given in statements.items()
    }
    return _Lists(statements, truths)


def _estimate(findings: Findings, lists: _Lists) -> float:
    """Estimate the seconds that one outcome takes, from the sizes alone."""
    n_states = findings.model.conflict.n_states
    single = sum(len(given) * (len(given) + 1) for given in lists.truths.values())
    # Measured: some 130 µs for each pair of edits tried on a small model, more on larger ones, and
    # the improvements that must be deterred grow with the square of the states.
    tried = single * single / 2
    edits = tried * 1.3e-4 * (1 + n_states / 1000) + 2e-8 * n_states**2 * _MOST_TRIED
    ways = len(findings.case.options) + len(findings.case.rules)
    return edits + ways * ways / 2 * (1e-3 + 4e-7 * n_states)


def _outcome(findings: Findings, lists: _Lists, key: str, truth: Mask) -> Subsection:
    state, edits = _nearest(findings, lists, truth)
    n_states = int(truth.sum())
    chosen = "" if n_states == 1 else f", one of its {n_states:,} states,"
    items: list[Words] = [_offers(findings, state)]
    items.append(_edits(findings, lists, edits))
    if not findings.case.states:
        items.append(_changes(findings, state))
    lead = f"For {findings.words.state(state)}{chosen} to hold:"
    return Subsection((f"“{key.replace('_', ' ')}”",), (Paragraph((lead,)), Bullets(tuple(items))))


def _nearest(findings: Findings, lists: _Lists, truth: Mask) -> tuple[int, Edits | None]:
    """Choose the state of an outcome that the fewest edits make an equilibrium.

    Those that the fewest DMs would leave are tried, with one edit first, then with two.
    """
    states = np.flatnonzero(truth)
    leaving = (~findings.analysis.stable(MAIN)[:, states]).sum(axis=0)
    tried = [int(state) for state in states[np.argsort(leaving, kind="stable")][:_MOST_TRIED]]
    if not lists.truths:
        return tried[0], None
    for most in range(1, _MOST_EDITS + 1):
        for state in tried if most == 1 else tried[:1]:
            found = _fewest(findings, lists, state, most)
            if found is not None and found.number is not None:
                return state, found
    return tried[0], None


def _fewest(findings: Findings, lists: _Lists, state: int, most: int) -> Edits | None:
    conflict = findings.model.conflict
    try:
        return fewest_edits(conflict, lists.truths, state, MAIN, max_edits=most)
    except SizeError:
        return None


def _offers(findings: Findings, state: int) -> Words:
    found = offers(findings.model.conflict, state, MAIN)
    parts = [
        f"{findings.words.dm(offer.dm)} would have to like it no less than "
        f"{findings.words.state(offer.matched[0])}"
        for offer in found.offers
    ]
    if not parts:
        return ("It holds already.",)
    ending = "" if found.enough else "; even that would not be enough"
    return (f"{listing(parts)}{ending}.",)


def _edits(findings: Findings, lists: _Lists, found: Edits | None) -> Words:
    if not lists.truths:
        return ("No party states its preferences one by one, so no single statement can be named.",)
    if found is None:
        return (f"No {_MOST_EDITS} changes of what the parties want are enough.",)
    if found.number == 1:
        ways = _single(findings, lists, [edit for (edit,) in found.ways])
        lead = "One change of what the parties want: "
    else:
        ways = [
            joined([_edit(findings, lists, edit, _done([edit])) for edit in way], " and ")
            for way in found.ways
        ]
        lead = f"{found.number} changes of what the parties want: "
    more = len(ways) - _MOST_WAYS
    rest = "" if more <= 0 else f"; or in {more} other {'way' if more == 1 else 'ways'}"
    return (lead, *joined(ways[:_MOST_WAYS], "; or "), f"{rest}.")


def _single(findings: Findings, lists: _Lists, edits: list[Edit]) -> list[Words]:
    """Tell single edits, all of one statement together."""
    grouped: dict[tuple[int, int], list[Edit]] = {}
    for edit in edits:
        grouped.setdefault((edit.dm, edit.statement), []).append(edit)
    return [_edit(findings, lists, group[0], _done(group)) for group in grouped.values()]


def _done(edits: list[Edit]) -> str:
    """Say what becomes of a statement: dropped, reversed or moved, in any of these ways."""
    verbs = {"drop": "drops", "reverse": "reverses"}
    done = [verbs[edit.change] for edit in edits if edit.change in verbs]
    places = [str((edit.place or 0) + 1) for edit in edits if edit.change == "move"]
    if places:
        done.append(f"moves to place {listing(places, 'or')}")
    return listing(done, "or")


def _edit(findings: Findings, lists: _Lists, edit: Edit, done: str) -> Words:
    statement = lists.statements[edit.dm][edit.statement]
    support = cited(statement.evidence)
    said: Words = (f"{findings.words.dm(edit.dm)} {done} the wish ", Code(statement.clause.text))
    return (*said, " (", *support, ")") if support else said


def _changes(findings: Findings, state: int) -> Words:
    try:
        found: Changes = fewest_changes(findings.model, state, MAIN)
    except SizeError:
        return ("Changes of rules and options are too many to be tried.",)
    if found.number is None:
        return ("No two changes of the rules, or of what the options allow, are enough.",)
    many = "One change" if found.number == 1 else f"{found.number} changes"
    ways = [
        listing([_change(findings, change) for change in way]) for way in found.ways[:_MOST_WAYS]
    ]
    more = len(found.ways) - len(ways)
    rest = "" if more <= 0 else f"; or in {more} other {'way' if more == 1 else 'ways'}"
    return (f"{many} of rules or options: {'; or '.join(ways)}{rest}.",)


def _change(findings: Findings, change: Change) -> str:
    case = findings.case
    if change.kind == "drop rule":
        rule = case.rules[change.index]
        texts = ", ".join(clause.text for clause in rule.clauses)
        return f"the rule “{rule.kind} {texts}” falls"
    option = case.options[change.index]
    holder = case.decision_makers[option.dm]
    text = holder.options[option.name.partition(".")[2]].text or option.name
    if change.kind == "allow return":
        return f"{holder.name or holder.id} can go back on “{text}”"
    return f"{holder.name or holder.id} is bound on “{text}”"
