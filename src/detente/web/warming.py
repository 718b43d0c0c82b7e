"""Do beforehand what the first who opens and edits a case would otherwise wait for."""

from __future__ import annotations

import gc

from detente.web.contract import EditRequest, TextRequest
from detente.web.editor import ActRequest, LookRequest
from detente.web.findings import GraphRequest
from detente.web.graph import graph
from detente.web.judging import as_written
from detente.web.looking import look

__all__ = ["warm"]

_CASE = """\
detente: 1
title: Small
decision_makers:
  a: {options: {x: Act}, preferences: {prioritise: [a.x, not b.x]}}
  b: {options: {x: Act}, preferences: {prioritise: [b.x, not a.x]}}
claims: {c: "equilibrium(a.x, seq)"}
status_quo: NN
"""
_PLACE = ("decision_makers", "a", "preferences", "prioritise", 0)


def warm() -> None:
    """Look at, edit and judge a case of a few lines, then set aside what stays for good.

    The first condition that is read builds the parser, and the first look imports modules. After
    that Python goes through all that was made since the start, to find what is garbage: usually
    amid the first edit, and from time to time later. What is there by now stays until the process
    ends, so it is taken out of that search. Only for a process that does nothing but serve.
    """
    edit = EditRequest(kind="put", path=[*_PLACE], value="not a.x")
    act = ActRequest(kind="move", dm="a", at=1, to=0, path=[])
    look(LookRequest(id="small", text=_CASE, edits=[edit], acts=[act]), "case.yaml")
    as_written(TextRequest(id="small", text=_CASE), "case.yaml")
    graph(GraphRequest(id="small", text=_CASE), "case.yaml")
    gc.collect()
    gc.freeze()
