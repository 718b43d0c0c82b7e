"""Figures ready to publish, as SVG: positions of states, graphs, tables, charts."""

from detente.figures.layout import (
    MAX_PLACED,
    Layout,
    choose_states,
    lay_out_states,
    moves_between,
)

__all__ = ["MAX_PLACED", "Layout", "choose_states", "lay_out_states", "moves_between"]
