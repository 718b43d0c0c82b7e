"""One state in words: what is done in it, who would leave it, and why."""

from __future__ import annotations

from detente.case import Model, Prioritise
from detente.conflict import OptionForm
from detente.errors import DetenteError
from detente.explain import Naming, certify, listing, naming, tell
from detente.web.findings import Done, StateDetails, StateRequest, Verdict
from detente.web.looking import looked

__all__ = ["case_naming", "state_details"]


def state_details(request: StateRequest, file: str) -> StateDetails:
    """Describe a state and certify its stability for each DM.

    Parameters
    ----------
    request : StateRequest
    file : str
        The file's name, for problems.

    Returns
    -------
    StateDetails

    Raises
    ------
    DetenteError
        If the text is not sound or has no such state.
    """
    model = looked(request, file).model
    if model is None:
        raise DetenteError("the text has faults: mend them first")
    conflict = model.conflict
    if not 0 <= request.state < conflict.n_states:
        raise DetenteError(f"there is no state {request.state}: there are {conflict.n_states}")
    words = case_naming(model)
    verdicts = []
    for dm in range(conflict.n_dms):
        certificate = certify(conflict, dm, request.state, request.concept)
        verdicts.append(
            Verdict(
                dm=dm,
                stable=certificate.stable,
                sentences=list(tell(certificate, words)),
                to=certificate.improvement,
            )
        )
    return StateDetails(
        outcomes=[name for name, truth in model.outcomes.items() if truth[request.state]],
        done=_done(model, request.state),
        verdicts=verdicts,
    )


def _done(model: Model, state: int) -> list[Done]:
    """Say what is taken at a state: the option's text, with its level if it has several."""
    lines = []
    levels = model.conflict.levels
    for index, option in enumerate(model.conflict.options):
        level = int(levels[state, index])
        if level < 0 or (option.yes_no and level == 0):
            continue
        party = model.case.decision_makers[option.dm]
        words = party.options[option.name.partition(".")[2]].text
        if not option.yes_no:
            words = f"{words}: {option.levels[level]}"
        lines.append(Done(dm=option.dm, option=option.name, text=f"{party.name}: {words}"))
    return lines


def case_naming(model: Model) -> Naming:
    """Speak of a conflict in its case's words, citing the statement that decides a preference.

    Parameters
    ----------
    model : Model

    Returns
    -------
    Naming
    """
    conflict, case = model.conflict, model.case
    plain = naming(conflict)

    def state(index: int) -> str:
        outcomes = [name for name, truth in model.outcomes.items() if truth[index]]
        if case.states:
            outcomes.insert(0, list(case.states.values())[index])
        return (
            f"{conflict.state_id(index)} ({', '.join(outcomes)})"
            if outcomes
            else plain.state(index)
        )

    def move(dm: int, source: int, target: int) -> str:
        if not isinstance(conflict.form, OptionForm):
            return plain.move(dm, source, target)
        before, after = conflict.form.levels[source], conflict.form.levels[target]
        changes = []
        for index, option in enumerate(conflict.options):
            if option.dm != dm or before[index] == after[index]:
                continue
            short = option.name.partition(".")[2]
            if option.yes_no:
                changes.append(f"{'takes' if after[index] else 'drops'} “{short}”")
            else:
                changes.append(f"sets “{short}” to {option.levels[after[index]]}")
        return listing(changes)

    def citation(dm: int, better: int, worse: int) -> str:
        preferences = case.decision_makers[dm].preferences
        if not isinstance(preferences, Prioritise):
            return ""
        for statement in preferences.statements:
            truth = model.holds(statement.clause.expression)
            if truth[better] != truth[worse]:
                cites = ", ".join(map(str, statement.evidence.cite))
                return f" [{statement.clause.text}{'; ' if cites else ''}{cites}]"
        return ""

    return Naming(lambda dm: case.decision_makers[dm].name, state, move, citation)
