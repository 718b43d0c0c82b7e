"""The state graph as GraphML, for programs that analyse or draw graphs."""

from __future__ import annotations

from xml.etree import ElementTree

from detente.case import Model
from detente.interop.moves import listed_moves
from detente.stability import Analysis

__all__ = ["graphml"]

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"


def graphml(model: Model, analysis: Analysis) -> str:
    """Write the graph of states and moves as GraphML.

    Parameters
    ----------
    model : Model
        The case's model.
    analysis : Analysis
        Its analysis; equilibria are marked under each of its concepts.

    Returns
    -------
    str
        XML. A node holds its ``pattern``, whether it is the ``status_quo``, each DM's rank as
        ``rank.DM`` and ``equilibrium.CONCEPT``; an edge its ``dm`` and whether it is an
        ``improvement`` for it.

    Raises
    ------
    SizeError
        If there are too many moves to list.

    Examples
    --------
    >>> from detente.case import load
    >>> from detente.stability import analyze
    >>> model = load("chicken").model()
    >>> graphml(model, analyze(model.conflict)).count("<edge ")
    8
    """
    conflict = model.conflict
    root = ElementTree.Element("graphml", xmlns=_NAMESPACE)
    graph = ElementTree.Element("graph", id=conflict.hash[:12], edgedefault="directed")
    attributes = [("graph", "title", "string"), ("node", "pattern", "string")]
    attributes += [("node", "status_quo", "boolean")]
    attributes += [("node", f"rank.{dm}", "int") for dm in conflict.decision_makers]
    attributes += [("node", f"equilibrium.{concept}", "boolean") for concept in analysis.concepts]
    attributes += [("edge", "dm", "string"), ("edge", "improvement", "boolean")]
    for domain, name, kind in attributes:
        key = {"id": name, "for": domain, "attr.name": name, "attr.type": kind}
        ElementTree.SubElement(root, "key", key)
    root.append(graph)
    _data(graph, "title", model.case.title)
    equilibria = {
        concept: set(analysis.equilibria(concept).tolist()) for concept in analysis.concepts
    }
    for state in range(conflict.n_states):
        node = ElementTree.SubElement(graph, "node", id=conflict.state_id(state))
        _data(node, "pattern", conflict.pattern(state))
        _data(node, "status_quo", state == conflict.status_quo)
        for dm, name in enumerate(conflict.decision_makers):
            _data(node, f"rank.{name}", int(conflict.ranks[dm, state]))
        for concept, found in equilibria.items():
            _data(node, f"equilibrium.{concept}", state in found)
    for number, (dm, source, target, improves) in enumerate(listed_moves(conflict)):
        ends = {"source": conflict.state_id(source), "target": conflict.state_id(target)}
        edge = ElementTree.SubElement(graph, "edge", {"id": f"e{number}", **ends})
        _data(edge, "dm", conflict.decision_makers[dm])
        _data(edge, "improvement", improves)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _data(parent: ElementTree.Element, key: str, value: str | int | bool) -> None:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    # XML has no way to write most control characters.
    printable = "".join(c if c.isprintable() else " " for c in text)
    ElementTree.SubElement(parent, "data", key=key).text = printable
