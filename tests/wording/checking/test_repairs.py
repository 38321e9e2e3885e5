"""What is said of a repair."""

from __future__ import annotations

import pytest

from kjxd_desktop.wording.checking.repairs import repair_button, repair_sentence


@pytest.mark.parametrize(
    ("field", "value", "settles", "where", "sentence", "button"),
    [
        ("value", "7.36", 3, "", "若改成 7.36，这 3 处都对得上", "改成 7.36"),
        ("value", "7.36", 1, "", "若改成 7.36，这一处就对得上", "改成 7.36"),
        ("numerator", "61", 2, "", "若把分子改成 61，这 2 处都对得上", "分子改成 61"),
        (
            "denominator",
            "61",
            2,
            "第 4 项",
            "若把第 4 项的分母改成 61，这 2 处都对得上",
            "第 4 项的分母改成 61",
        ),
        ("value", "61", 2, "第 4 项", "若把第 4 项改成 61，这 2 处都对得上", "第 4 项改成 61"),
        (
            "parts",
            "12/40",
            2,
            "",
            "若把分子、分母对调，分子 12，分母 40，这 2 处都对得上",
            "分子、分母对调",
        ),
    ],
)
def test_sentence_and_button(
    field: str, value: str, settles: int, where: str, sentence: str, button: str
) -> None:
    assert repair_sentence(field, value, settles, where) == sentence
    assert repair_button(field, value, where) == button
