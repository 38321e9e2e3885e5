"""What the tour says: where its pictures are, and what it waited for in vain."""

from __future__ import annotations

from collections.abc import Sequence

AT_REST = "窗口做完手上的事"
WINDOW_IN_FRONT = "窗口到最前面"
KEYBOARD = "光标落到能输入的地方"
NEXT_WINDOW = "新数据文件的窗口"
LAST_PICTURE = "停在这里"


def finished(out: str) -> str:
    """Where everything is after a tour that was walked to its end."""
    return f"图片和工作簿在：{out}"


def lost(what: str, hint: str, out: str) -> str:
    """Why the tour stopped, that nothing of the office was touched, and where to look.

    Args:
        what: What was waited for.
        hint: What the window says of it; empty for nothing.
        out: The folder of pictures.
    """
    said = f"（窗口上写着：{hint}）" if hint else ""
    return (
        f"演示没有走完：一直没有等到{what}{said}。演示用的是另外的数据，您的数据没有动。"
        f"走过的每一页和停下时的样子在：{out}"
    )


def button_ready(text: str) -> str:
    """A button that can be pressed."""
    return f"“{text}”可以点"


def place_ready(name: str) -> str:
    """A field or list that can be clicked."""
    return f"“{name}”可以点" if name else "要点的地方可以点"


def dialog_open(title: str) -> str:
    """A dialog on the screen."""
    return f"“{title}”对话框打开"


def dialog_closed(title: str) -> str:
    """A dialog that is gone."""
    return f"“{title}”对话框关上"


def field_holds(text: str) -> str:
    """A field that holds what was typed."""
    return f"输入栏里写好“{text}”"


def page_shown(title: str) -> str:
    """A page of the window."""
    return f"“{title}”这一页"


def list_shown() -> str:
    """The list of the page."""
    return "页上的列表"


def row_shown(text: str) -> str:
    """A row of a list."""
    return f"列表里的“{text}”"


def file_whole(name: str) -> str:
    """A file that is there in full."""
    return f"文件“{name}”写完整"


def unexpected_dialog(title: str, text: str) -> str:
    """A question that nobody on the tour knows how to answer."""
    shown = "：".join(part for part in (title, text) if part)
    return f"原来的对话框继续：中间跳出了“{shown}”"


def told(texts: Sequence[str]) -> str:
    """The notices that are shown, in one line."""
    return " ".join(texts)
