"""An account in history is never a person, whatever either of them is called."""

from __future__ import annotations

import pytest

from kjxd_desktop.domain.people.accounts import MAX_WHO, account_name, reads_as_account


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("wangfang", "系统用户 wangfang"),
        ("王芳", "系统用户 王芳"),
        ("", "系统用户 未知"),
        (" \t\n ", "系统用户 未知"),
        ("  王 芳 ", "系统用户 王 芳"),
        ("王\n芳\r\n审核", "系统用户 王�芳�审核"),
        ("a\x00b\x1b[2J\x7f", "系统用户 a�b�[2J�"),
        ("\u202e芳王", "系统用户 �芳王"),
        ("王\u200b芳\ufeff", "系统用户 王�芳�"),
        ("\udcc3\udce6", "系统用户 面"),
        ("\ud800", "系统用户 �"),
        ("系统用户 王芳", "系统用户 系统用户 王芳"),
        ("<b>王芳</b>", "系统用户 <b>王芳</b>"),
    ],
)
def test_an_account_is_one_line_that_says_it_is_one(name: str, who: str) -> None:
    assert account_name(name) == who
    assert reads_as_account(who)


@pytest.mark.parametrize("name", ["王" * 10_000, "a" * 10_000, "王 " * 10_000, "𠀀" * 10_000])
def test_a_long_one_is_cut_and_says_so(name: str) -> None:
    who = account_name(name)
    assert len(who) <= MAX_WHO and who.endswith("…") and who.startswith(f"系统用户 {name[0]}")


def test_what_just_fits_is_whole() -> None:
    assert account_name("a" * 55) == f"系统用户 {'a' * 55}"
    assert account_name("a" * 56) == f"系统用户 {'a' * 54}…"


@pytest.mark.parametrize(
    "name",
    [
        "系统用户",
        "系统用户 王芳",
        "系统用户王芳",
        "王芳（系统用户）",
        "系 统 用 户",
        "系统·用户",
        "系统-用户_王芳",
        "【系统】用户",
        "系统\u2f64户",
        "系統用戶 王芳",
        "系统用戸",
        "系\ufe00统用户",
        "系\u034f统用户",
        "系統\U000e0100用户",
    ],
)
def test_no_person_is_called_so(name: str) -> None:
    assert reads_as_account(name)


@pytest.mark.parametrize("name", ["王芳", "系统管理员", "用户一", "系统科王芳", "统用户", "Administrator"])
def test_others_may_be(name: str) -> None:
    assert not reads_as_account(name)
