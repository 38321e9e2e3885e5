"""On paper and in history every rule is named in Chinese; a code stands only for a rule not known here."""

from __future__ import annotations

import pytest

from kjxd_desktop.wording.checking.findings import _SENTENCES, short_word
from kjxd_desktop.wording.sending.form import rule_word


@pytest.mark.parametrize("rule", _SENTENCES)
def test_every_rule_has_its_word(rule: str) -> None:
    assert rule_word(rule) == short_word(rule) == _SENTENCES[rule][0]
    assert rule_word(rule) != rule and any("一" <= letter <= "龥" for letter in rule_word(rule))


def test_a_rule_of_a_plan_and_an_unknown_one_keep_their_code() -> None:
    assert [rule_word(rule) for rule in ("R01", "of_a_newer_program")] == ["R01", "of_a_newer_program"]
