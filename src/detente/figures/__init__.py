"""Figures ready to publish, as SVG: graphs, rank tables, evolutions, tornado charts, lattices."""

from detente.figures.colours import Stroke, dm_stroke
from detente.figures.drawing import KINDS, Drawing, draw
from detente.figures.evolution import evolution_chart
from detente.figures.graph import state_graph
from detente.figures.lattice import settlement_lattice
from detente.figures.layout import (
    MAX_PLACED,
    Layout,
    choose_states,
    lay_out_states,
)
from detente.figures.moves import best_between, moves_between, moves_from
from detente.figures.ranks import rank_table
from detente.figures.subjects import Pictured
from detente.figures.svg import Figure
from detente.figures.tornado import Bar, tornado, tornado_of

__all__ = [
    "KINDS",
    "MAX_PLACED",
    "Bar",
    "Drawing",
    "Figure",
    "Layout",
    "Pictured",
    "Stroke",
    "best_between",
    "choose_states",
    "dm_stroke",
    "draw",
    "evolution_chart",
    "lay_out_states",
    "moves_between",
    "moves_from",
    "rank_table",
    "settlement_lattice",
    "state_graph",
    "tornado",
    "tornado_of",
]
