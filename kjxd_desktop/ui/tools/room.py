"""How large a dialog may open."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def resize_within(dialog: QWidget, width: int, height: int) -> None:
    """Give a dialog its size, no larger than the window it opens over: on a small screen its buttons stay in view."""
    over = dialog.parentWidget()
    if over is not None:
        width, height = min(width, over.window().width()), min(height, over.window().height())
    dialog.resize(width, height)
