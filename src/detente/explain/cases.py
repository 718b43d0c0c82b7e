"""How to speak of a case: by the names and texts that its file gives, with its citations."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.case import Model, Prioritise
from detente.explain.words import Naming, changes, listing

__all__ = ["naming_of"]


def naming_of(model: Model) -> Naming:
    """Speak of a case by its parties' names, its options' texts and its outcomes.

    Parameters
    ----------
    model : Model
        A case's model.

    Returns
    -------
    Naming

    Examples
    --------
    >>> from detente.case import load
    >>> words = naming_of(load("chicken").model())
    >>> words.state(3), words.move(0, 0, 1)
    ('s4 (YY, compromise)', 'takes “Swerve”')
    """
    conflict, case = model.conflict, model.case
    levels = conflict.levels
    names = list(case.states.values())
    texts = []
    for option in case.options:
        text = case.decision_makers[option.dm].options[option.name.partition(".")[2]].text
        texts.append(f"“{text}”" if text else option.name)

    def state(index: int) -> str:
        outcomes = [key for key, truth in model.outcomes.items() if truth[index]]
        if conflict.status_quo == index:
            outcomes.append("the status quo")
        named = names[index] if names else conflict.pattern(index)
        shown = ", ".join([part for part in (named, listing(outcomes)) if part])
        return f"{conflict.state_id(index)} ({shown})" if shown else conflict.state_id(index)

    def move(dm: int, source: int, target: int) -> str:
        before, after = levels[source].tolist(), levels[target].tolist()
        return changes(conflict, dm, (before, after), texts) or f"moves to {state(target)}"

    return Naming(lambda dm: case.decision_makers[dm].name, state, move, _Citing(model))


class _Citing:
    """Finds the preference statement that makes a DM prefer one state, and what supports it."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._truths: dict[int, list[NDArray[np.bool_]]] = {}

    def __call__(self, dm: int, better: int, worse: int) -> str:
        preferences = self.model.case.decision_makers[dm].preferences
        if not isinstance(preferences, Prioritise):
            return ""
        if dm not in self._truths:
            self._truths[dm] = [
                self.model.holds(statement.clause.expression)
                for statement in preferences.statements
            ]
        for statement, truth in zip(preferences.statements, self._truths[dm], strict=True):
            if truth[better] == truth[worse]:
                continue
            evidence = statement.evidence
            support = [
                *map(str, evidence.cite),
                *([evidence.standing] if evidence.standing else []),
            ]
            cited = f": {', '.join(support)}" if support else ""
            return f" [wants “{statement.clause.text}”{cited}]"
        return ""
