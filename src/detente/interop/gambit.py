"""The normal-form game for Gambit, where the conflict is one."""

from __future__ import annotations

from itertools import product

from detente.case import Model
from detente.conflict import OptionForm
from detente.errors import DetenteError

__all__ = ["nfg"]


def nfg(model: Model) -> str:
    """Write a conflict as a game in strategic form, in Gambit's ``.nfg`` format.

    Parameters
    ----------
    model : Model
        All combinations of options must be feasible and all options reversible. Then each DM's
        strategies are the combinations of its own options, and the pure Nash equilibria of the game
        are the Nash equilibria of the conflict.

    Returns
    -------
    str
        The game. Payoffs are the ranks, which say no more than an order: mixed equilibria have no
        meaning.

    Raises
    ------
    DetenteError
        If the conflict is no such game; the message says why.

    Examples
    --------
    >>> from detente.case import load
    >>> print(nfg(load("chicken").model()), end="")
    NFG 1 R "Chicken" { "Driver A" "Driver B" }
    { { "N" "Y" }
      { "N" "Y" } }
    ""
    0 0
    1 3
    3 1
    2 2
    """
    case, conflict = model.case, model.conflict
    if not isinstance(conflict.form, OptionForm):
        what = "is given by its states and moves" if case.states else "has coalesced states"
        message = f"this conflict is no game in strategic form: it {what}"
        raise DetenteError(message)
    if conflict.n_states < model.n_combinations:
        n_infeasible = model.n_combinations - conflict.n_states
        message = (
            "this conflict is no game in strategic form: its rules make "
            f"{n_infeasible} of {model.n_combinations} combinations infeasible"
        )
        raise DetenteError(message)
    one_way = [option.name for option in conflict.options if option.one_way]
    if one_way:
        message = (
            "this conflict is no game in strategic form: "
            f"{', '.join(one_way)} cannot be changed both ways"
        )
        raise DetenteError(message)
    strategies = []
    for dm in range(conflict.n_dms):
        own = [option for option in conflict.options if option.dm == dm]
        # The first option changes fastest, as in the order of the states.
        symbols = [[o.symbol(level) for level in range(len(o.levels))] for o in reversed(own)]
        names = ["".join(reversed(combination)) for combination in product(*symbols)]
        strategies.append(names if own else ["-"])
    players = " ".join(_quoted(dm.name) for dm in case.decision_makers)
    sets = ["{ " + " ".join(map(_quoted, names)) + " }" for names in strategies]
    # Gambit lists the outcomes with the first player's strategy changing fastest: in state order.
    payoffs = [" ".join(map(str, column)) for column in conflict.ranks.T.tolist()]
    head = f"NFG 1 R {_quoted(case.title)} {{ {players} }}"
    return "\n".join([head, "{ " + "\n  ".join(sets) + " }", '""', *payoffs]) + "\n"


def _quoted(text: str) -> str:
    # The format escapes quotes only: a backslash at the end would swallow the closing one.
    escaped = text.replace("\\", "/").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else " " for c in escaped) + '"'
