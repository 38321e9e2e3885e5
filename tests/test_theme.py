"""Every coloured text and shape keeps the contrast the design promises (WCAG 2.1), light and dark."""

from __future__ import annotations

import pytest

from kjxd_desktop.theme import DARK, LIGHT, HeatStep, Palette

# Front, ground, and the least contrast in light and in dark, to one decimal.
PAIRS = (
    ("text", "surface", 15.5, 13.7),
    ("text2", "surface", 7.8, 9.2),
    ("muted", "surface", 5.4, 6.2),
    ("muted", "nav", 4.6, 6.2),
    ("control", "surface", 3.4, 4.0),
    ("accent", "surface", 6.7, 7.0),
    ("on_accent", "accent_fill", 6.7, 5.3),
    ("edit_border", "surface", 3.8, 4.3),
    ("good", "surface", 6.0, 7.6),
    ("warn", "surface", 6.2, 8.4),
    ("warn_mark", "surface", 3.5, 8.4),
    ("bad", "surface", 6.2, 7.1),
    ("ink", "surface", 12.1, 13.7),
    ("expect", "surface", 3.8, 6.0),
    # Coloured text on the ground of its own kind.
    ("good", "good_bg", 5.1, 5.6),
    ("warn", "warn_bg", 5.1, 5.6),
    ("bad", "bad_bg", 5.1, 5.6),
    ("accent", "tint", 5.1, 5.6),
    ("accent", "edit_fill", 5.1, 5.6),
    ("text2", "locked", 5.1, 5.6),
    ("text", "tint", 7.0, 7.0),
)
HEAT = 5.9


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def heat_steps(palette: Palette) -> tuple[HeatStep, ...]:
    return (palette.heat_ahead, palette.heat_between, palette.heat_near, palette.heat_behind)


def test_the_formula_itself() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("front", "ground", "light", "dark"), PAIRS)
def test_contrast(front: str, ground: str, light: float, dark: float) -> None:
    for palette, least in ((LIGHT, light), (DARK, dark)):
        ratio = contrast(getattr(palette, front), getattr(palette, ground))
        assert round(ratio, 1) >= least, (palette.dark, ratio)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_words_on_the_heat_map(palette: Palette) -> None:
    for step in heat_steps(palette):
        assert round(contrast(step.text, step.ground), 1) >= HEAT, step


def test_heat_map_in_grey() -> None:
    """Without colour the steps next to each other still differ, by ground or by the shape each carries."""
    ahead, between, near, behind = map(luminance, (step.ground for step in heat_steps(LIGHT)))
    assert ahead < behind < min(between, near)
    assert between / ahead > 3
    assert near / behind > 1.5
