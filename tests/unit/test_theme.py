"""Every coloured text can be read on its ground (WCAG contrast), in light and dark."""

from __future__ import annotations

import pytest

from kjxd_desktop.theme import DARK, LIGHT, Palette

PAIRS = (
    ("text", "surface", 12),
    ("text2", "surface", 7),
    ("muted", "surface", 5),
    ("muted", "nav", 4.5),
    ("accent", "surface", 6),
    ("accent", "tint", 5),
    ("on_accent", "accent_fill", 5),
    ("good", "good_bg", 5),
    ("warn", "warn_bg", 5),
    ("bad", "bad_bg", 5),
    ("control", "surface", 3),
    ("warn_mark", "surface", 3),
    ("edit_border", "surface", 3.5),
    ("ink", "surface", 12),
    ("expect", "surface", 3.5),
)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_contrast(palette: Palette, front: str, ground: str, least: float) -> None:
    assert contrast(getattr(palette, front), getattr(palette, ground)) >= least
