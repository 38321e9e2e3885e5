"""The program with its plain-text helpers switched off: what they keep away is then let in."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtWidgets import QTextBrowser

from kjxd_desktop.ui.returns import form_view
from kjxd_desktop.ui.tools import plain, plain_windows
from kjxd_desktop.wording import literal

_HELPERS = ("tip", "caption", "window_title")


def switch_off(put: Callable[[object, str, object], None]) -> None:
    """Let texts through as they are.

    Args:
        put: Sets an attribute, such as ``monkeypatch.setattr``.
    """
    for name in _HELPERS:
        helper = getattr(literal, name)
        for module in list(sys.modules.values()):
            if module.__name__.startswith("kjxd_desktop") and vars(module).get(name) is helper:
                put(module, name, _as_it_is)
    put(form_view, "escape", _as_it_is)
    put(plain.PlainLabel, "setTextFormat", _nothing)
    put(plain_windows.ClosedBrowser, "loadResource", QTextBrowser.loadResource)


def _as_it_is(text: str) -> str:
    return text


def _nothing(*_arguments: object) -> None:
    return None
