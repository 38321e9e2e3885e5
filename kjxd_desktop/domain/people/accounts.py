"""Who stands in history where nobody was named: the computer's account, and never as a person.

What an account is called says nothing of who sits there: anybody gives it any name, and on Linux a variable of
the environment is enough. So it carries a word that no person's name may hold.
"""

from __future__ import annotations

import unicodedata

from kjxd_desktop.domain.file_names import readable_name
from kjxd_desktop.domain.texts import kept_line

ACCOUNT = "系统用户"
NAMELESS = "未知"
# What the column of history takes.
MAX_WHO = 60
_CUT = "…"
# The same characters as other places write them.
_SAME = str.maketrans("統戶戸", "统户户")


def account_name(name: str) -> str:
    """An account as history tells it, such as ``系统用户 wangfang``: one line, at most ``MAX_WHO`` characters."""
    who = f"{ACCOUNT} {kept_line(readable_name(name.strip())) or NAMELESS}"
    return who if len(who) <= MAX_WHO else who[: MAX_WHO - len(_CUT)].rstrip() + _CUT


def reads_as_account(name: str) -> bool:
    """Whether a name could be taken for an account's: the word stands in it, however it is written."""
    plain = unicodedata.normalize("NFKC", name).translate(_SAME)
    return ACCOUNT in "".join(char for char in plain if char.isalnum())
