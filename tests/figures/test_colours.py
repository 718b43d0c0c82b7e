"""Colours stay apart for every kind of colour vision, and stand out on paper."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from detente.figures import dm_stroke
from detente.figures.colours import GRADE_COLOURS, ink_on, shade

# Full loss of one kind of cones, after Machado, Oliveira and Fernandes (2009), in linear RGB.
VISIONS = {
    "normal": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = TO_XYZ.sum(axis=1)


def linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(colour: str, vision: np.ndarray) -> np.ndarray:
    xyz = TO_XYZ @ np.clip(vision @ linear(colour), 0, 1) / WHITE
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(one: str, other: str) -> float:
    low, high = sorted(float(TO_XYZ[1] @ linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("vision", VISIONS)
def test_the_colours_of_six_dms_can_be_told_apart(vision: str) -> None:
    seen = [lab(dm_stroke(dm).colour, VISIONS[vision]) for dm in range(6)]
    assert min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2)) > 18


def test_more_dms_differ_by_pattern() -> None:
    assert len({dm_stroke(dm) for dm in range(24)}) == 24


def test_lines_and_words_stand_out() -> None:
    for dm in range(6):
        assert contrast(dm_stroke(dm).colour, "#ffffff") > 3
    for colour in [*GRADE_COLOURS.values(), *(shade(step / 50) for step in range(51))]:
        assert contrast(colour, ink_on(colour)) > 4.5


def test_shades_darken_evenly() -> None:
    lightness = [lab(shade(step / 20), VISIONS["normal"])[0] for step in range(21)]
    assert (np.diff(lightness) < 0).all()
