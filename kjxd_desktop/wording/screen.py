"""Why no window can be opened, and what cannot be read in one: what happened, the data, what to do."""

from __future__ import annotations

_SAFE = "没有改动任何数据。"
_COMMANDS = "也可以不开窗口，用命令操作，请看 kjxd-desktop --help。"

NO_SCREEN = f"没有图形界面，打不开窗口，{_SAFE}可以用命令操作，请看 kjxd-desktop --help。"
LIBRARIES_MISSING = (
    f"窗口所需的系统库不全，打不开窗口，{_SAFE}请管理员安装 libxcb-cursor0 等系统库"
    f"（sh packaging/run.sh 会列出并安装），再重新打开。{_COMMANDS}"
)
# Said in the terminal, which has fonts of its own.
NO_CHINESE_FONT = (
    "电脑上没有中文字体，窗口里的汉字显示不出来，数据没有问题。"
    "请管理员安装中文字体，例如 apt-get install fonts-noto-cjk，再重新打开。"
)
# Said in the window, where Chinese could not be read.
NO_CHINESE_FONT_LATIN = (
    "No Chinese font is installed: Chinese text cannot be shown in this window. Your data is safe. "
    "Please ask the administrator to run  apt-get install fonts-noto-cjk  and start the program again."
)


def screen_unreachable(named: str) -> str:
    """A display is named, and nobody answers there.

    Args:
        named: The variables that name it, as ``DISPLAY=:99``.
    """
    return (
        f"图形界面连不上（{named}），打不开窗口，{_SAFE}"
        f"请回到电脑的桌面上再打开；远程登录的，请先打开图形转发。{_COMMANDS}"
    )


def platform_unknown(name: str) -> str:
    """``QT_QPA_PLATFORM`` asks for what this computer has not."""
    return (
        f"环境变量 QT_QPA_PLATFORM 写的“{name}”在这台电脑上用不了，打不开窗口，{_SAFE}"
        f"请去掉这个变量（unset QT_QPA_PLATFORM）再打开。{_COMMANDS}"
    )
