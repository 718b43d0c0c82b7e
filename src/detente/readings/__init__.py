"""Readings: every way to settle what is uncertain, enumerated or drawn, as rankings of states."""

from detente.readings.profiles import Frame, Profiles, Readings
from detente.readings.spaces import UNIT, Factor, Space

__all__ = ["UNIT", "Factor", "Frame", "Profiles", "Readings", "Space"]
