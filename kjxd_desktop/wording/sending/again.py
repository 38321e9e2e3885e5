"""A sent return that was saved once more, in words."""

from __future__ import annotations

ANEW = (
    "这份是旧版程序上报的，当时的文件没有留底：这次按上报时锁住的数重新生成，数和校验码与上报的一样，"
    "文件本身不是原来那一个。"
)


def saved_again(name: str, evidence: str, check_code: str, *, anew: bool) -> str:
    """What lies there now, and how near it is to what was sent.

    Args:
        evidence: Name of the zip beside it; empty for none.
    """
    beside = f"，佐证材料在 {evidence}" if evidence else ""
    how = ANEW if anew else "和上报时的文件完全一样。"
    return f"已再存一份 {name}{beside}。校验码 {check_code}。{how}"
