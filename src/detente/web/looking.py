"""From a text to what is shown of it: faults, outline, results."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from detente.case import Act, Case, Edit, Model, act, as_ranked, edit_text, hollow_claims, loads
from detente.case.clauses import query as read_query
from detente.case.tree import Tree, read_tree
from detente.conflict import places
from detente.errors import CaseError, DetenteError, Problem, SizeError
from detente.stability import CONCEPTS, Analysis, analyze
from detente.web.contract import (
    Concept,
    Fault,
    OpenQuestion,
    Query,
    QueryRequest,
    Results,
    TextRequest,
)
from detente.web.editor import ActRequest, Look, LookRequest
from detente.web.outline import outline
from detente.web.supposing import Answers, as_read, given_answers, open_question
from detente.web.tabs import tab

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

__all__ = [
    "MAX_STATES",
    "Answers",
    "Looked",
    "as_read",
    "given_answers",
    "look",
    "look_at",
    "looked",
    "query",
]

MAX_STATES = 65_536
"""Most states that are shown in a browser; the command line takes more."""

_MAX_COMBINATIONS = 1 << 22
_SHOWN = ("nash", "gmr", "smr", "seq", "sseq")


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found at a text: its model if it is sound, or what is wrong; the case as loaded."""

    model: Model | None
    problems: tuple[Problem, ...]
    open: tuple[OpenQuestion, ...] = ()
    case: Case | None = None


def looked(request: TextRequest, file: str) -> Looked:
    """Look at the text of a request, in the reading and with the answers that it names."""
    return look_at(request.text, file, request.reading, given_answers(request))


@lru_cache(maxsize=8)
def look_at(text: str, file: str, reading: str = "", answers: Answers = ()) -> Looked:
    """Load a text and build its model; the last few are kept.

    Parameters
    ----------
    text : str
    file : str
        The file's name, for the problems.
    reading : str
        Id of a named reading, to look at the case as that has it; empty for the case as written.
        One that the text does not have (any more) counts as none.
    answers : tuple of (str, int)
        Answers to questions that the reading leaves open, by position; likewise.

    Returns
    -------
    Looked
    """
    loaded = None
    try:
        loaded = loads(text, file)
        case = as_read(loaded, reading, dict(answers))
        combinations = int(np.prod([len(o.levels) for o in case.options], dtype=object))
        if combinations > _MAX_COMBINATIONS:
            raise SizeError(
                f"{combinations} combinations of options are too many for the workbench: "
                "analyse the case on the command line"
            )
        model = case.model()
        if model.conflict.n_states > MAX_STATES:
            raise SizeError(
                f"{model.conflict.n_states} states are too many for the workbench: "
                "analyse the case on the command line"
            )
    except CaseError as error:
        return Looked(None, error.problems, case=loaded)
    except DetenteError as error:
        return Looked(None, (Problem(file, 0, 0, str(error)),), case=loaded)
    notice = as_ranked(case)
    warnings = (*([notice] if notice else []), *model.warnings, *hollow_claims(model))
    opened = tuple(map(open_question, as_read(loaded, reading).uncertainties))
    return Looked(model, warnings, opened, loaded)


@lru_cache(maxsize=8)
def _results(
    text: str, file: str, reading: str, answers: Answers, opponents: str
) -> Results | None:
    model = look_at(text, file, reading, answers).model
    if model is None:
        return None
    result = analyze(model.conflict, _SHOWN, opponents=cast("Any", opponents))
    return _shown(model, result)


def look(request: LookRequest, file: str) -> Look:
    """Make the edits, check the text, and analyse it if it is sound.

    Parameters
    ----------
    request : LookRequest
    file : str
        The file's name, for the problems.

    Returns
    -------
    Look

    Raises
    ------
    EditError
        If an edit or act cannot be made.
    """
    text = request.text
    for edit in request.edits:
        text = edit_text(text, Edit(edit.kind, tuple(edit.path), edit.value, edit.to))
    if request.acts:
        text = act(text, map(_act, request.acts), request.reading)
    answers = given_answers(request)
    found = look_at(text, file, request.reading, answers)
    tree = read_tree(text, file)
    severity = "error" if found.model is None else "warning"
    return Look(
        text=text,
        faults=[_fault(problem, severity, tree) for problem in found.problems],
        outline=outline(tree),
        tab=tab(tree, request.reading, found.case),
        results=_results(text, file, request.reading, answers, request.opponents),
        open=list(found.open),
    )


def _act(asked: ActRequest) -> Act:
    return Act(asked.kind, asked.dm, asked.at, asked.to, tuple(asked.path), asked.value)


def query(request: QueryRequest, file: str) -> Query:
    """Find the states of a text that fulfil a condition.

    Parameters
    ----------
    request : QueryRequest
    file : str

    Returns
    -------
    Query
    """
    model = looked(request, file).model
    if model is None:
        return Query(states=[], faults=[])
    condition, faults = read_query(request.condition, model.case.options, model.case.vocabulary)
    if condition is None:
        return Query(
            states=[],
            faults=[
                Fault(severity="error", line=f.line, column=f.column, message=f.message, path=[])
                for f in faults
            ],
        )
    return Query(states=_indices(model.holds(condition)), faults=[])


def _fault(problem: Problem, severity: Any, tree: Tree) -> Fault:  # noqa: ANN401
    return Fault(
        severity=severity,
        line=problem.line,
        column=problem.column,
        message=problem.message,
        path=_path_at(tree, problem.line, problem.column),
    )


def _path_at(tree: Tree, line: int, column: int) -> list[str | int]:
    """Find the innermost value that starts at or before a place."""
    best: tuple[tuple[int, int, int], tuple[str | int, ...]] = ((0, 0, 0), ())
    for path, place in tree.places.items():
        known = path[:-1] if path and path[-1] == "key:" else path
        key = (place.line, place.column, len(known))
        if key[:2] <= (line, column) and key > best[0]:
            best = (key, known)
    return list(best[1])


def _indices(truth: NDArray[np.bool_]) -> list[int]:
    found: list[int] = np.flatnonzero(truth).tolist()
    return found


def _grouped(owners: Sequence[int], patterns: Iterable[str]) -> list[str]:
    """Set a space between the options of one DM and those of the next."""
    cuts = [i for i in range(1, len(owners)) if owners[i] != owners[i - 1]]
    edges = list(zip([0, *cuts], [*cuts, len(owners)], strict=True))
    return [" ".join(pattern[a:b] for a, b in edges) for pattern in patterns]


def _shown(model: Model, result: Analysis) -> Results:
    conflict = model.conflict
    states = range(conflict.n_states)
    return Results(
        conflict=conflict.hash,
        n_states=conflict.n_states,
        n_combinations=model.n_combinations,
        decision_makers=list(conflict.decision_makers),
        options=[option.name for option in conflict.options],
        ids=[conflict.state_id(state) for state in states],
        patterns=_grouped([o.dm for o in conflict.options], map(conflict.pattern, states)),
        names=list(model.case.states.values()),
        outcomes={name: _indices(truth) for name, truth in model.outcomes.items()},
        status_quo=conflict.status_quo,
        places=places(conflict.ranks).tolist(),
        concepts=[_concept(key, result) for key in result.concepts],
        not_applicable=dict(result.not_applicable),
    )


def _concept(key: str, result: Analysis) -> Concept:
    table = result.stable(key)
    digits = np.where(table, b"1", b"0").astype("S1")
    return Concept(
        key=key,
        title=CONCEPTS[key].title,
        equilibria=result.equilibria(key).tolist(),
        stable=[row.tobytes().decode() for row in digits],
    )
