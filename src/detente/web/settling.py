"""Who can settle with whom, and whom a settlement depends on."""

from __future__ import annotations

import numpy as np

from detente.case.clauses import query
from detente.coalitions import GRADES, Party, leverage
from detente.errors import DetenteError
from detente.web.findings import Settlement, SettlementRequest, Standing, Treaty
from detente.web.looking import looked

__all__ = ["settlement"]

_EXAMPLES = 12


def settlement(request: SettlementRequest, file: str) -> Settlement:
    """Find the settlements of every coalition, and what each DM counts for.

    Parameters
    ----------
    request : SettlementRequest
    file : str
        The file's name, for problems.

    Returns
    -------
    Settlement
    """
    model = looked(request, file).model
    if model is None:
        return Settlement(trouble="the text has faults: mend them first")
    where = None
    if request.where.strip():
        condition, faults = query(request.where, model.case.options, model.case.vocabulary)
        if condition is None:
            return Settlement(trouble="; ".join(str(fault) for fault in faults))
        where = model.holds(condition)
    try:
        found = leverage(model.conflict, grade=request.grade, where=where)
    except DetenteError as error:
        return Settlement(trouble=str(error))
    treaties = []
    for one in found.settlements:
        counts: dict[str, int] = {grade: int(one.of(grade).sum()) for grade in GRADES}
        if counts["agreed"]:
            states = np.flatnonzero(one.of(one.best or "agreed"))[:_EXAMPLES]
            treaties.append(
                Treaty(coalition=list(one.coalition), counts=counts, examples=states.tolist())
            )
    return Settlement(
        treaties=treaties,
        minimal=[list(coalition) for coalition in found.minimal],
        standings=list(map(_standing, found.parties)),
    )


def _standing(party: Party) -> Standing:
    spoils, accepts = party.spoils, party.accepts
    return Standing(
        dm=party.dm,
        needed=party.needed,
        without=party.without is not None,
        spoils="no" if spoils is None else "alone" if spoils.alone else "with others",
        accepts="no" if accepts is None else "unwillingly" if accepts.worse else "yes",
        shapley_shubik=str(party.shapley_shubik),
        banzhaf=str(party.banzhaf),
    )
