"""From a file's values to a case: every name looked up, every fault noted at its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, cast

from detente.case.clauses import ClauseReader
from detente.case.doubt_reader import read_doubts
from detente.case.doubts import Interval
from detente.case.item_reader import read_interval, read_items, read_ranked
from detente.case.model import (
    Case,
    Citation,
    Clause,
    DecisionMaker,
    Evidence,
    OptionText,
    Outcome,
    Preferences,
    Prioritise,
    PublishedResult,
    Rank,
    Rule,
    Source,
    Weigh,
)
from detente.case.pair_reader import read_pairs
from detente.case.perspective_reader import read_perspectives
from detente.case.tree import Path, Tree
from detente.conditions import Vocabulary, definitions_used, did_you_mean, vocabulary
from detente.conditions.syntax import (
    Always,
    Binary,
    Call,
    Expression,
    Junction,
    Name,
    Negation,
    Number,
)
from detente.conflict import YES_NO, Option, lay_out
from detente.errors import CaseError, ConditionError, ConflictError, Problem
from detente.stability import CONCEPTS

__all__ = ["CaseReader"]

_RULES = ("never", "always", "exclusive", "at_least_one", "requires")
_ONE_WAY = {"only on": "on", "only up": "on", "only off": "off", "only down": "off"}


class CaseReader:
    """Turns values that fit the schema into a case, noting what the schema cannot see."""

    def __init__(self, tree: Tree, file: str) -> None:
        self.tree = tree
        self.file = file
        self.value = cast("dict[str, Any]", tree.value)
        self.options = self._options()
        self.clauses = ClauseReader(tree, file, self.options)
        self.problems: list[Problem] = self.clauses.problems
        self.problems.extend(self._layout_problems)

    def problem(self, path: Path, message: str, *, key: bool = False) -> None:
        """Note a fault of the value at a path, or of its key."""
        place = self.tree.place(path, key=key)
        self.problems.append(Problem(self.file, place.line, place.column, message))

    def read(self) -> Case:
        """Read the whole case; where `problems` were noted, parts of it are missing."""
        value = self.value
        self._check_form()
        names = {option.name: option.as_name(i) for i, option in enumerate(self.options)}
        states = value.get("states", {})
        bare = vocabulary(names, list(states))
        outcomes = self._outcomes(bare)
        # An outcome that cannot be read is a name all the same: it is noted once, where it stands.
        defined: dict[str, Expression] = dict.fromkeys(value.get("outcomes", {}), Always(True))
        defined |= {key: outcome.clause.expression for key, outcome in outcomes.items()}
        self.words = words = vocabulary(names, list(states), defined)
        self._check_outcomes(outcomes, words)
        case = Case(
            file=self.file,
            title=value["title"],
            question=value.get("question", ""),
            notes=value.get("notes", ""),
            sources={key: self._source(key, given) for key, given in self._sources.items()},
            decision_makers=tuple(
                self._decision_maker(key, given) for key, given in value["decision_makers"].items()
            ),
            options=self.options,
            states=states,
            rules=self._rules(),
            outcomes=outcomes,
            coalesce=self._clauses(("coalesce",), value.get("coalesce", []), words),
            status_quo=self._clause(("status_quo",), value.get("status_quo"), words),
            results=tuple(
                self._result(("results", i), given)
                for i, given in enumerate(value.get("results", []))
            ),
            vocabulary=words,
        )
        return read_perspectives(self, read_doubts(self, case))

    # Options and states

    def _options(self) -> tuple[Option, ...]:
        self._layout_problems: list[Problem] = []
        options = []
        for dm, (key, given) in enumerate(self.value["decision_makers"].items()):
            for name, option in given.get("options", {}).items():
                details = option if isinstance(option, dict) else {}
                options.append(
                    Option(
                        dm=dm,
                        name=f"{key}.{name}",
                        levels=tuple(details.get("levels", YES_NO)),
                        ordered=details.get("ordered") == "Y",
                        one_way=cast("Any", _ONE_WAY.get(details.get("change", "both"))),
                    )
                )
        try:
            return lay_out(options, len(self.value["decision_makers"]))
        except ConflictError as error:
            place = self.tree.place(("decision_makers",), key=True)
            self._layout_problems.append(Problem(self.file, place.line, place.column, str(error)))
            return ()

    def _check_form(self) -> None:
        if "states" in self.value:
            if self.options:
                message = "a case has either options or states and moves: remove one of them"
                self.problem(("states",), message, key=True)
            for key in ("rules", "coalesce"):
                if key in self.value:
                    message = f"{key} are for options: a graph lists just the states that exist"
                    self.problem((key,), message, key=True)
            return
        for dm, given in self.value["decision_makers"].items():
            if "moves" in given:
                message = "moves are for a conflict given as a graph: add “states”, or use options"
                self.problem(("decision_makers", dm, "moves"), message, key=True)
        if not self.options and not self._layout_problems:
            message = "nobody has an option: give at least one DM options, or the case states"
            self.problem(("decision_makers",), message, key=True)

    # Conditions

    def _clause(self, path: Path, text: str | None, words: Vocabulary) -> Clause | None:
        return None if text is None else self.clauses.read(path, text, words)

    def _clauses(self, path: Path, texts: list[str], words: Vocabulary) -> tuple[Clause, ...]:
        read = (self.clauses.read((*path, i), text, words) for i, text in enumerate(texts))
        return tuple(clause for clause in read if clause is not None)

    def _outcomes(self, words: Vocabulary) -> dict[str, Outcome]:
        outcomes = {}
        for key, given in self.value.get("outcomes", {}).items():
            path: Path = ("outcomes", key)
            details = given if isinstance(given, dict) else {"when": given}
            where = (*path, "when") if isinstance(given, dict) else path
            clause = self.clauses.read(where, details["when"], None)
            if key in words.states:
                message = f"{key} is already the id of a state: choose another name"
                self.problem(path, message, key=True)
            if clause is not None:
                evidence = self.evidence(path, details)
                outcomes[key] = Outcome(key, clause, details.get("text", ""), evidence)
        return outcomes

    def _check_outcomes(self, outcomes: Iterable[str], words: Vocabulary) -> None:
        circular = False
        for key in outcomes:
            details = self.value["outcomes"][key]
            where = ("outcomes", key, "when") if isinstance(details, dict) else ("outcomes", key)
            self.clauses.read(where, self._at(where), words)
            try:
                definitions_used(Name(key), words)
            except ConditionError as error:
                circular = True
                if error.message.startswith(f"{key} is"):  # else it rests on one that is circular
                    self.problem(("outcomes", key), error.message, key=True)
        if circular:
            raise CaseError(sorted(dict.fromkeys(self.problems), key=lambda p: (p.line, p.column)))

    def _at(self, path: Path) -> str:
        value: Any = self.value
        for step in path:
            value = value[step]
        return cast("str", value)

    # Evidence

    @property
    def _sources(self) -> dict[str, Any]:
        return cast("dict[str, Any]", self.value.get("sources", {}))

    def _source(self, key: str, given: dict[str, Any]) -> Source:
        fields = {name: str(text) for name, text in given.items() if name != "defects"}
        return Source(id=key, defects=tuple(given.get("defects", ())), **fields)

    def evidence(self, path: Path, given: Mapping[str, Any]) -> Evidence:
        """Read why the element at a path is in the case."""
        cite = given.get("cite", [])
        several = cite if isinstance(cite, list) else [cite]
        citations = []
        for index, citation in enumerate(several):
            where = (*path, "cite", index) if isinstance(cite, list) else (*path, "cite")
            citations.append(self._citation(where, citation))
        return Evidence(tuple(citations), given.get("because", ""), given.get("standing"))

    def _citation(self, path: Path, given: str | dict[str, str]) -> Citation:
        place = self.tree.place(path)
        if isinstance(given, dict):
            more = {name: given.get(name, "") for name in ("at", "quote", "after")}
            citation = Citation(given["source"], place=place, **more)
        else:
            source, _, locator = given.strip().partition(" ")
            citation = Citation(source, locator.strip(), place=place)
        if citation.source not in self._sources:
            hint = did_you_mean(citation.source, self._sources) or ": add it under “sources”"
            self.problem(path, f"there is no source {citation.source}{hint}")
        return citation

    # Decision makers

    def _decision_maker(self, key: str, given: dict[str, Any]) -> DecisionMaker:
        path: Path = ("decision_makers", key)
        options = {}
        for name, option in given.get("options", {}).items():
            details = option if isinstance(option, dict) else {"text": option}
            evidence = self.evidence((*path, "options", name), details)
            options[name] = OptionText(details["text"], evidence)
        return DecisionMaker(
            id=key,
            name=given.get("name", key),
            notes=given.get("notes", ""),
            options=options,
            moves=self._moves((*path, "moves"), given.get("moves", [])),
            preferences=self.preferences((*path, "preferences"), given.get("preferences")),
            pairs=read_pairs(self, (*path, "preferences"), given.get("preferences")),
            evidence=self.evidence(path, given),
            place=self.tree.place(path, key=True),
        )

    def _moves(self, path: Path, given: list[str]) -> tuple[tuple[int, int], ...]:
        states = list(self.value.get("states", {}))
        moves: list[tuple[int, int]] = []
        for index, text in enumerate(given):
            names = [name.strip() for name in re.split(r"->|,", text)]
            unknown = [name for name in names if name not in states]
            for name in unknown:
                hint = did_you_mean(name, states)
                self.problem((*path, index), f"there is no state {name}{hint}")
            if names[0] in names[1:]:
                self.problem((*path, index), f"a move leads from {names[0]} to itself")
            elif not unknown:
                moves.extend((states.index(names[0]), states.index(name)) for name in names[1:])
        return tuple(moves)

    def preferences(self, path: Path, given: dict[str, Any] | None) -> Preferences | None:
        """Read how a DM ranks the states."""
        kinds = [kind for kind in ("prioritise", "weigh", "rank") if kind in given] if given else []
        if given is None or not kinds:
            return None
        if len(kinds) > 1:
            message = f"a ranking is one of {', '.join(kinds)}: choose one"
            self.problem((*path, kinds[1]), message, key=True)
        if "prioritise" in given:
            return self._prioritise((*path, "prioritise"), given["prioritise"])
        if "weigh" in given:
            return self._weigh((*path, "weigh"), given["weigh"])
        groups = (
            read_ranked(self, (*path, "rank", index), group)
            for index, group in enumerate(given["rank"])
        )
        return Rank(tuple(groups))

    def _prioritise(self, path: Path, given: list[Any]) -> Prioritise:
        items = read_items(self, path, given)
        ids = [item.id for item in items if item.id]
        for name in sorted({name for name in ids if ids.count(name) > 1}):
            self.problem(path, f"two statements have the id {name}", key=True)
        return Prioritise(items)

    def _weigh(self, path: Path, given: dict[str, Any]) -> Weigh:
        weights = {}
        intervals: dict[tuple[int, int], Interval] = {}
        for name, weight in given.items():
            option = self.words.options.get(name)
            if option is None:
                hint = did_you_mean(name, self.words.options)
                self.problem((*path, name), f"there is no option {name}{hint}", key=True)
                continue
            if isinstance(weight, dict) and not option.yes_no:
                for level in (level for level in weight if level not in option.levels):
                    hint = did_you_mean(level, option.levels)
                    message = f"{name} has no level {level}{hint}"
                    self.problem((*path, name, level), message, key=True)
                given_row = [weight.get(level, 0) for level in option.levels]
                steps: list[Path] = [(*path, name, level) for level in option.levels]
            elif option.yes_no:
                given_row, steps = [0, weight], [(*path, name), (*path, name)]
            else:
                levels = ", ".join(option.levels)
                message = f"{name} has the levels {levels}: give a weight for each"
                self.problem((*path, name), message)
                continue
            row = []
            for level, value in enumerate(given_row):
                if isinstance(value, dict) and not isinstance(value.get("between"), list):
                    message = f"{name} is taken or not: give a number, or {{between: [low, high]}}"
                    self.problem((*path, name), message)
                elif isinstance(value, dict):
                    label = "" if option.yes_no else f"={option.levels[level]}"
                    interval = read_interval(self, steps[level], f"{name}{label}", value)
                    intervals[option.index, level] = interval
                    row.append(interval.value(interval.steps // 2))
                else:
                    row.append(Fraction(str(value)))
            if option.index in weights:
                self.problem((*path, name), f"{name} is weighed twice", key=True)
            weights[option.index] = tuple(row)
        return Weigh(weights, intervals)

    # Rules and results

    def _rules(self) -> tuple[Rule, ...]:
        rules = []
        for index, given in enumerate(self.value.get("rules", [])):
            path: Path = ("rules", index)
            kinds = [kind for kind in _RULES if kind in given]
            if len(kinds) != 1:
                message = f"a rule is one of {', '.join(_RULES)}"
                self.problem(path, f"{message}: {'choose one' if kinds else 'none is given'}")
                continue
            kind = kinds[0]
            body = given[kind]
            if isinstance(body, list):
                clauses = self._clauses((*path, kind), body, self.words)
                complete = len(clauses) == len(body)
            else:
                clause = self.clauses.read((*path, kind), body, self.words)
                clauses, complete = ((clause,), True) if clause else ((), False)
            if complete:
                allowed = _allowed(kind, [clause.expression for clause in clauses])
                evidence = self.evidence(path, given)
                reason = given.get("reason", "")
                place = self.tree.place(path)
                rules.append(Rule(kind, clauses, allowed, reason, place, evidence))
        return tuple(rules)

    def _result(self, path: Path, given: dict[str, Any]) -> PublishedResult:
        dms = list(self.value["decision_makers"])
        dm = given.get("dm", "")
        if dm and dm not in dms:
            self.problem((*path, "dm"), f"there is no decision maker {dm}{did_you_mean(dm, dms)}")
        if given["concept"] not in CONCEPTS:
            hint = did_you_mean(given["concept"], CONCEPTS)
            self.problem((*path, "concept"), f"there is no concept {given['concept']}{hint}")
        if "treatment" in given and "perspectives" not in self.value:
            message = "the case has no perspectives: add “perspectives”, or remove this key"
            self.problem((*path, "treatment"), message, key=True)
        return PublishedResult(
            concept=given["concept"],
            dm=dm,
            states=self._clauses((*path, "states"), given["states"], self.words),
            opponents=given.get("opponents", "legal"),
            place=self.tree.place(path),
            evidence=self.evidence(path, given),
            treatment=given.get("treatment", ""),
            extension=given.get("extension", ""),
            degree=given.get("degree", "general"),
        )


def _allowed(kind: str, clauses: list[Expression]) -> Expression:
    if kind == "never":
        return Negation(clauses[0])
    if kind == "always":
        return clauses[0]
    if kind == "exclusive":
        return Call("atmost", (Number(1), *clauses))
    if kind == "at_least_one":
        return Junction("or", tuple(clauses))
    return Binary("implies", clauses[0], clauses[1])
