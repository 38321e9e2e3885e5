"""What is said when the program is asked to stop: Ctrl+C in the terminal, or the system that ends it."""

from __future__ import annotations

COMMAND_STOPPED = (
    "已经停下。写到一半的都已撤回，已存的数据都在。命令可能还没有做完，可以再运行一次；"
    "做到了哪一步，请看 kjxd-desktop history。"
)
WINDOW_STAYS = (
    "窗口里还有没存上的内容，先不关。请到窗口里处理；再按一次 Ctrl+C 就不再等，能存的存上，然后关闭。"
)


def left_behind(left: str) -> str:
    """What a window that had to close could not save."""
    return f"窗口已经关闭，{left}没有存上。以前存好的数据都在，请重新打开后再填一次。"
