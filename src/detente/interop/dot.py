"""The state graph for Graphviz."""

from __future__ import annotations

from detente.case import Model
from detente.interop.moves import listed_moves
from detente.stability import Analysis

__all__ = ["dot"]

# Told apart by most kinds of colour vision (Okabe and Ito).
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#999999")


def dot(model: Model, analysis: Analysis, concept: str) -> str:
    r"""Write the graph of states and moves in the DOT language.

    Parameters
    ----------
    model : Model
        The case's model.
    analysis : Analysis
        Its analysis, which holds `concept`.
    concept : str
        Equilibria under this concept have a double border.

    Returns
    -------
    str
        A directed graph: states with their patterns, the status quo in bold; for each DM, in its
        colour, its moves, improvements solid and others dotted.

    Raises
    ------
    ConflictError
        If `analysis` does not hold the concept.
    SizeError
        If there are too many moves to list.

    Examples
    --------
    >>> from detente.case import load
    >>> from detente.stability import analyze
    >>> model = load("chicken").model()
    >>> print(dot(model, analyze(model.conflict), "nash").splitlines()[5])
      "s1" [label="s1\nNN"];
    """
    conflict = model.conflict
    equilibria = set(analysis.equilibria(concept).tolist())
    lines = [
        "digraph {",
        f"  label={_quoted(model.case.title)};",
        "  labelloc=t;",
        '  node [shape=box, style=rounded, fontname="sans-serif"];',
        '  edge [fontname="sans-serif", fontsize=10];',
    ]
    for state in range(conflict.n_states):
        name = conflict.state_id(state)
        label = _quoted("\n".join(filter(None, (name, conflict.pattern(state)))))
        marks = ", peripheries=2" if state in equilibria else ""
        marks += ", penwidth=2" if state == conflict.status_quo else ""
        lines.append(f"  {_quoted(name)} [label={label}{marks}];")
    ids = conflict.decision_makers
    for dm, source, target, improves in listed_moves(conflict):
        ends = f"{_quoted(conflict.state_id(source))} -> {_quoted(conflict.state_id(target))}"
        colour = _COLOURS[dm % len(_COLOURS)]
        style = "solid" if improves else "dotted"
        look = f'color="{colour}", fontcolor="{colour}", style={style}'
        lines.append(f"  {ends} [label={_quoted(ids[dm])}, {look}];")
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text: str) -> str:
    """Quote a text; a backslash would start one of DOT's own escapes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + "".join(c if c.isprintable() else " " for c in escaped) + '"'
