"""Readings: every way to settle what is uncertain, enumerated or drawn, as rankings of states."""

from detente.readings.distinct import distinct_rows
from detente.readings.profiles import Frame, Profiles, Readings
from detente.readings.spaces import UNIT, Factor, Space
from detente.readings.spreading import spread

__all__ = ["UNIT", "Factor", "Frame", "Profiles", "Readings", "Space", "distinct_rows", "spread"]
