"""From a GMCR+ file to the text of a case file that an analyst would like to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.case import loads
from detente.case.tree import MAX_BYTES as MAX_CASE_BYTES
from detente.conflict import Option, all_codes, lay_out
from detente.errors import CaseError, Problem
from detente.interop.gmcr import GmcrConflict, GmcrParty, Pattern, Statement
from detente.interop.gmcr_reading import parse_gmcr
from detente.interop.writing import Flow, clean_name, dump_sections, make_ids

__all__ = ["Imported", "import_gmcr"]

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Imported:
    """An imported conflict.

    Parameters
    ----------
    text : str
        Text of a case file.
    warnings : tuple of Problem
        What the file holds beyond it, and what was made up.
    """

    text: str
    warnings: tuple[Problem, ...]


def import_gmcr(text: str, file: str) -> Imported:
    """Turn the text of a GMCR+ file into the text of a case file.

    Parameters
    ----------
    text : str
        JSON of a ``.gmcr`` file.
    file : str
        Its name: the title of the case, and the place in problems.

    Returns
    -------
    Imported
        Ids are made from the names, which stay as names and texts; infeasible patterns become the
        rules that an analyst would write; rankings list patterns.

    Raises
    ------
    CaseError
        If the file is broken: no JSON, an option of nobody, a state not ranked, nothing feasible.
    SizeError
        If it has more combinations of options than can be listed.

    Notes
    -----
    Rankings number the feasible states from 1 in ascending code, the first option lowest, after
    the options are put in the order of the parties, as GMCR+ does when it loads a file. The several
    patterns of a compound statement are joined by “or”.

    Examples
    --------
    >>> imported = import_gmcr('''{"options": [{"name": "Lift ban"}], "decisionMakers": [
    ...     {"name": "The Province", "options": [0], "preferences": [[[0, "Y"]]]}]}''', "ban.gmcr")
    >>> from detente.case import loads
    >>> loads(imported.text).options[0].name
    'the_province.lift_ban'
    """
    conflict = parse_gmcr(text, file)
    imported = _Writer(conflict, file).write()
    try:
        loads(imported.text)
    except CaseError as error:
        message = f"the conflict does not fit into a case file: {error.problems[0].message}"
        raise CaseError([Problem(file, 1, 1, message)]) from None
    if len(imported.text.encode()) > MAX_CASE_BYTES:
        message = f"the case file would be larger than {MAX_CASE_BYTES / 1e6:g} MB"
        raise CaseError([Problem(file, 1, 1, message)])
    return imported


class _Writer:
    def __init__(self, conflict: GmcrConflict, file: str) -> None:
        self.conflict = conflict
        self.file = file
        self.messages: list[str] = []
        self.names = {
            i: clean_name(o.name, f"Option {i + 1}") for i, o in enumerate(conflict.options)
        }
        self.dms = make_ids(
            (clean_name(p.name, f"Party {i + 1}") for i, p in enumerate(conflict.parties)), "dm"
        )
        self.options: dict[int, str] = {}
        for dm, party in zip(self.dms, conflict.parties, strict=True):
            short = make_ids((self.names[i] for i in party.options), "option")
            self.options |= {i: f"{dm}.{s}" for i, s in zip(party.options, short, strict=True)}
        self.codes = _feasible(conflict, list(self.options))
        if len(self.codes) == 0:
            self.refuse("infeasibles: they leave no feasible state")

    def refuse(self, message: str) -> None:
        raise CaseError([Problem(self.file, 1, 1, message)])

    def write(self) -> Imported:
        conflict = self.conflict
        parties = {
            dm: self.party(i, party)
            for i, (dm, party) in enumerate(zip(self.dms, conflict.parties, strict=True))
        }
        unseen = {dm: self.unseen(i) for i, dm in enumerate(self.dms)}
        if conflict.coalitions:
            self.messages.append("coalitions are left out: every party is analysed on its own")
        self.messages.extend(
            f"{clean_name(key, 'a key without a name')} is left out: its meaning is not known"
            for key in conflict.unknown[:_SHOWN]
        )
        name = PurePath(self.file).name
        version = clean_name(f" of version {conflict.version}" if conflict.version else "", "")
        head: dict[str, Any] = {
            "detente": 1,
            "title": clean_name(PurePath(self.file).stem, "Imported conflict"),
            "notes": f"Imported from a file of GMCR+ {version or 'without a version'}. "
            "Such a file names no sources and no status quo."
            + "".join(f" On import: {message}." for message in self.messages),
        }
        source = {"title": f"GMCR+ file {clean_name(name, 'without a name')}", "kind": "data"}
        sections: list[dict[str, Any]] = [
            head,
            {"sources": {"gmcr": source}},
            {"decision_makers": parties},
        ]
        if conflict.infeasible:
            sections.append({"rules": [self.rule(rule) for rule in _rules(conflict.infeasible)]})
        views = {dm: {"unseen": own, "cite": "gmcr"} for dm, own in unseen.items() if own}
        if views:
            sections.append({"perspectives": views})
        text = dump_sections(sections)
        warnings = tuple(Problem(self.file, 1, 1, message) for message in self.messages)
        return Imported(text, warnings)

    def party(self, index: int, party: GmcrParty) -> dict[str, Any]:
        written: dict[str, Any] = {
            "name": clean_name(party.name, f"Party {index + 1}"),
            "cite": "gmcr",
        }
        if party.options:
            written["options"] = {
                self.options[i].partition(".")[2]: self.option(i) for i in party.options
            }
        rank = self.ranking(index, party)
        if rank is not None:
            written["preferences"] = {"rank": rank}
        elif party.statements:
            statements = [self.statement(s) for s in party.statements]
            written["preferences"] = {"prioritise": statements}
        else:
            written["preferences"] = {"rank": Flow([Flow(["true"])])}
            self.messages.append(
                f"decisionMakers[{index}] has no preferences: {self.dms[index]} is taken to be "
                "indifferent between all states"
            )
        return written

    def unseen(self, index: int) -> list[str]:
        """Say which feasible states a party does not perceive."""
        path = f"decisionMakers[{index}].misperceptions"
        patterns = tuple(dict.fromkeys(self.conflict.parties[index].misperceived))
        if not patterns:
            return []
        order = list(self.options)
        fitting = [p for p in patterns if len(_without(self.codes, [p], order)) < len(self.codes)]
        if len(fitting) < len(patterns):
            number = len(patterns) - len(fitting)
            self.messages.append(f"{number} of {path} are left out: they fit no feasible state")
        if len(_without(self.codes, fitting, order)) == 0:
            self.messages.append(f"{path} are left out: they leave {self.dms[index]} no state")
            return []
        if fitting:
            self.messages.append(
                f"{path} are what {self.dms[index]} does not perceive: “detente perspectives” "
                "takes them into account, the other analyses leave them aside"
            )
        return [self.literals(pattern) for pattern in fitting]

    def option(self, index: int) -> Any:  # noqa: ANN401
        change = self.conflict.options[index].change
        text = self.names[index]
        return text if change == "both" else {"text": text, "change": change}

    def ranking(self, index: int, party: GmcrParty) -> Flow | None:
        path = f"decisionMakers[{index}]"
        if not self.conflict.by_ranking:
            if party.ranking is not None and party.statements:
                self.messages.append(f"the ranking of {path} is left out: the statements count")
            return None
        if party.ranking is None:
            self.messages.append(f"{path} has no ranking: its statements count")
            return None
        n_states = len(self.codes)
        seen: set[int] = set()
        for number in (number for group in party.ranking for number in group):
            if number > n_states:
                self.refuse(f"{path}: the ranking names state {number} of {n_states}")
            if number in seen:
                self.refuse(f"{path}: the ranking names state {number} twice")
            seen.add(number)
        missing = sorted(set(range(1, n_states + 1)) - seen)
        if missing:
            shown = ", ".join(map(str, missing[:5])) + (" and more" if len(missing) > 5 else "")
            self.refuse(f"{path}: the ranking leaves out {shown} of {n_states} feasible states")
        if party.statements:
            self.messages.append(f"the statements of {path} are left out: the ranking counts")
        return Flow(
            self.pattern(group[0]) if len(group) == 1 else Flow(map(self.pattern, group))
            for group in party.ranking
        )

    def pattern(self, number: int) -> str:
        code = int(self.codes[number - 1])
        return "".join("Y" if code >> bit & 1 else "N" for bit in range(len(self.options)))

    def literals(self, pattern: Pattern) -> str:
        parts = (f"{'' if taken else 'not '}{self.options[i]}" for i, taken in pattern)
        return " and ".join(parts)

    def statement(self, statement: Statement) -> str:
        if len(statement) == 2 and all(len(pattern) == 2 for pattern in statement):
            one, other = (dict(pattern) for pattern in statement)
            if one.keys() == other.keys() and all(one[i] != other[i] for i in one):
                (a, a_taken), (b, b_taken) = one.items()
                word = "iff" if a_taken == b_taken else "xor"
                return f"{self.options[a]} {word} {self.options[b]}"
        if len(statement) == 2 and all(len(pattern) == 1 for pattern in statement):
            ((a, a_taken),), ((b, b_taken),) = sorted(statement, key=lambda pattern: pattern[0][1])
            if (a_taken, b_taken) == (False, True) and a != b:
                return f"if {self.options[a]} then {self.options[b]}"
        parts = [self.literals(pattern) for pattern in statement]
        if len(parts) == 1:
            return parts[0]
        return " or ".join(f"({part})" if " and " in part else part for part in parts)

    def rule(self, rule: tuple[str, Any]) -> dict[str, Any]:
        kind, body = rule
        if kind in ("exclusive", "at_least_one"):
            return {kind: Flow(self.options[i] for i in body)}
        if kind == "requires":
            option, needed = body
            either = " or ".join(self.options[i] for i in needed)
            return {kind: Flow([self.options[option], either])}
        return {"never": self.literals(body)}


def _feasible(conflict: GmcrConflict, order: list[int]) -> NDArray[np.int64]:
    """List the codes of the feasible states, ascending, the first option in `order` lowest."""
    codes = all_codes(lay_out([Option(0, f"o{i}") for i in order], 1))
    return _without(codes, conflict.infeasible, order)


def _without(
    codes: NDArray[np.int64], patterns: Iterable[Pattern], order: list[int]
) -> NDArray[np.int64]:
    """Leave out the states that fit one of some patterns."""
    bit = {option: 1 << position for position, option in enumerate(order)}
    for pattern in patterns:
        mask = sum(bit[i] for i, _ in pattern)
        value = sum(bit[i] for i, taken in pattern if taken)
        codes = codes[codes & mask != value]
    return codes


def _rules(infeasible: Iterable[Pattern]) -> list[tuple[str, Any]]:
    """Say infeasible patterns as an analyst would: exclusive, at least one, requires, never."""
    patterns = list(dict.fromkeys(tuple(sorted(pattern)) for pattern in infeasible))
    pairs = [
        tuple(i for i, _ in p) for p in patterns if len(p) == 2 and all(taken for _, taken in p)
    ]
    rules: list[tuple[str, Any]] = []
    covered: set[tuple[int, ...]] = set()
    for pattern in patterns:
        options = [i for i, _ in pattern]
        taken = [i for i, is_taken in pattern if is_taken]
        left = [i for i, is_taken in pattern if not is_taken]
        if tuple(options) in pairs and not left:
            if tuple(options) in covered:
                continue
            clique = options
            for i in sorted({i for pair in pairs for i in pair}):
                if all(tuple(sorted((i, j))) in pairs for j in clique):
                    clique = [*clique, i]
            clique = sorted(clique)
            covered |= {(i, j) for i in clique for j in clique if i < j}
            rules.append(("exclusive", clique))
        elif not taken and len(left) > 1:
            rules.append(("at_least_one", left))
        elif len(taken) == 1 and left:
            rules.append(("requires", (taken[0], left)))
        else:
            rules.append(("never", pattern))
    return rules
