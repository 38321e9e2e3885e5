"""Texts to be typed: of every plane, and with what spreadsheets, XML and systems make something else of."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

# What begins a formula, a command or a quoted text; escapes of the format and what only looks like one; white space
# and line ends of every kind; what nobody sees; halves of characters and what is none; what looks like a number, a
# date, an error, a label of the form or markup.
TRAPS = (
    *"=+-@'\"\t\\/&<>",
    *(
        "_x000D_",
        "_x000d_",
        "_x005F_",
        "_x005F_x000D_",
        "_x000D_x000D_",
        "_x0041_",
        "_xD83D_",
        "_x00_",
        "_x",
        "x005F_",
    ),
    *(
        "\r",
        "\n",
        "\r\n",
        "\n\n",
        "\v",
        "\f",
        "\x85",
        "\u2028",
        "\u2029",
        " ",
        "  ",
        "\u00a0",
        "\u3000",
        "\u2003",
    ),
    *(
        "\ufeff",
        "\u200b",
        "\u200c",
        "\u200d",
        "\u2060",
        "\u00ad",
        "\u202e",
        "\u202d",
        "\u2066",
        "\u2069",
        "\u200f",
    ),
    *(
        "\x00",
        "\x07",
        "\x1b",
        "\x1f",
        "\x7f",
        "\x80",
        "\x9f",
        "\ufffc",
        "\ufffd",
        "\ufffe",
        "\uffff",
        "\ufdd0",
    ),
    *(
        "\ud800",
        "\udfff",
        "\udcff",
        "\U0001fffe",
        "\U0010ffff",
        "\U000e0041",
        "\U000e0100",
        "\ufe0f",
        "\ue000",
    ),
    *(
        "007",
        "1.50",
        "1e5",
        "1E400",
        "2024-09-30",
        "9/30",
        "12:30",
        "50%",
        "TRUE",
        "#N/A",
        "#REF!",
        "=1+1",
        "{=A1}",
    ),
    *(
        "填表人：王芳",
        "单位负责人",
        "报告期：2023年一季度",
        "填报单位：靖远县",
        "校验码：",
        "说明：",
        "备注",
        "是",
        "不适用",
    ),
    *(
        "<b>粗</b>",
        "&amp;",
        "]]>",
        "<![CDATA[",
        "&#10;",
        "_佐证.zip",
        "CON",
        "..",
        "C:\\a\\b",
        "é",
        "e\u0301",
        "㐀",
        "𠮷",
    ),
    *("👨‍👩‍👧", "🇨🇳", "葛\U000e0100", "\u0e01\u0e33", "\u202eexe.gpj", "a" * 60, "字" * 200),
)
_ANY = st.text(st.characters(exclude_categories=()), max_size=12)
_TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=40)
_CHINESE = st.text(st.sampled_from("完成新增企业合同本季核减，。：；（）①②12.5% \n"), min_size=1, max_size=30)
_PIECES = st.lists(st.one_of(st.sampled_from(TRAPS), _ANY, _CHINESE), min_size=1, max_size=8).map("".join)
_LONG = st.tuples(_PIECES.filter(bool), st.integers(50, 2500)).map(
    lambda drawn: (drawn[0] * drawn[1])[: drawn[1]]
)
TEXTS = st.one_of(_PIECES, _PIECES, _PIECES, _TEXT, st.sampled_from(TRAPS), _LONG)


def draw(number: int, count: int) -> list[str]:
    """So many texts; the same seed draws the same ones."""
    found: list[str] = []
    while len(found) < count:
        found += _drawn(number, count - len(found))
        number += 1_000_003
    return found[:count]


def _drawn(number: int, count: int) -> list[str]:
    found: list[str] = []

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(TEXTS)
    def collect(text: str) -> None:
        found.append(text)

    collect()
    return found
