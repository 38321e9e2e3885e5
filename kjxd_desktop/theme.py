"""Colours, sizes and fonts of the product as plain records, for window, charts, reports and sheets.

Every coloured text stands on its background with a contrast of at least 4.5 (``tests/test_theme.py``).
"""

from __future__ import annotations

from typing import NamedTuple

FONT_CHAIN = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "sans-serif",
)


class HeatStep(NamedTuple):
    """A step of the heat map: ground of the cell, and its words and shape."""

    ground: str
    text: str


class Palette(NamedTuple):
    """Colours of one appearance as ``#RRGGBB``.

    Attributes:
        app: Window background. surface: Cards and tables. subtle: Headers and groups. nav: Navigation.
        text, text2, muted: Body; labels and calculated values; hints.
        border: Dividers. control: Borders of buttons and inputs.
        accent: Links and the line of actual values. accent_fill: Primary buttons, white text on it.
        tint: Selected row. edit_fill, edit_border: Cells that can be filled. locked: Cells that cannot.
        good, good_bg: Reached, passed. warn, warn_bg, warn_mark: Attention (text, ground, shapes).
        bad, bad_bg: Keeps a return from being sent; nothing else is ever red.
        ink: The binding path. expect: The expected path. track, track_between: Ground of target bars.
        series: Second of at most three compared units.
        heat_ahead, heat_between, heat_near, heat_behind: Steps of the heat map: 达到预期, 达到约束, within
            10 % below the binding path, further below. What was not reported is hatched.
    """

    dark: bool
    app: str
    surface: str
    subtle: str
    nav: str
    text: str
    text2: str
    muted: str
    border: str
    control: str
    accent: str
    accent_fill: str
    tint: str
    edit_fill: str
    edit_border: str
    locked: str
    good: str
    good_bg: str
    warn: str
    warn_bg: str
    warn_mark: str
    bad: str
    bad_bg: str
    ink: str
    expect: str
    track: str
    track_between: str
    series: str
    heat_ahead: HeatStep
    heat_between: HeatStep
    heat_near: HeatStep
    heat_behind: HeatStep
    on_accent: str = "#FFFFFF"


LIGHT = Palette(
    dark=False,
    app="#F2F4F7",
    surface="#FFFFFF",
    subtle="#F6F8FA",
    nav="#E9EDF2",
    text="#1B2530",
    text2="#465463",
    muted="#5F6C7B",
    border="#D5DBE2",
    control="#7F8C9B",
    accent="#1A5CA8",
    accent_fill="#1A5CA8",
    tint="#E6EFF9",
    edit_fill="#EDF4FC",
    edit_border="#5F86B6",
    locked="#ECEFF3",
    good="#0B7060",
    good_bg="#E0F2EE",
    warn="#8F5200",
    warn_bg="#FFF3DC",
    warn_mark="#C77700",
    bad="#BC2219",
    bad_bg="#FDE9E7",
    ink="#2B3743",
    expect="#14947C",
    track="#DFE4EA",
    track_between="#C3CCD6",
    series="#B0552F",
    heat_ahead=HeatStep("#0B7060", "#FFFFFF"),
    heat_between=HeatStep("#CFE9E2", "#1B2530"),
    heat_near=HeatStep("#FBE3B5", "#1B2530"),
    heat_behind=HeatStep("#E8963A", "#1B2530"),
)

DARK = Palette(
    dark=True,
    app="#12171C",
    surface="#1B2127",
    subtle="#20272E",
    nav="#161B20",
    text="#E8ECF0",
    text2="#BAC4CE",
    muted="#95A2AF",
    border="#343E48",
    control="#73808D",
    accent="#6FAEF2",
    accent_fill="#2B6CB8",
    tint="#1E3247",
    edit_fill="#1A2B3D",
    edit_border="#5B86B5",
    locked="#262D35",
    good="#55C4AE",
    good_bg="#14352F",
    warn="#EBB04A",
    warn_bg="#382B12",
    warn_mark="#EBB04A",
    bad="#FF8A80",
    bad_bg="#43201F",
    ink="#E8ECF0",
    expect="#3FAE95",
    track="#343E48",
    track_between="#4A5561",
    series="#E8946A",
    heat_ahead=HeatStep("#55C4AE", "#0B0F13"),
    heat_between=HeatStep("#1D4A42", "#E8ECF0"),
    heat_near=HeatStep("#4A3913", "#E8ECF0"),
    heat_behind=HeatStep("#C9822E", "#0B0F13"),
)


class Sizes(NamedTuple):
    """Lengths in logical pixels."""

    row: int = 28
    row_import: int = 30
    row_large: int = 34
    group: int = 24
    header: int = 36
    button: int = 32
    chip: int = 20
    page_margin: int = 12
    gap: int = 8
    radius_cell: int = 3
    radius: int = 4
    hint: int = 12
    grid: int = 13
    body: int = 14


SIZES = Sizes()
