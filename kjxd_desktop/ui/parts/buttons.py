"""Buttons of the product: one primary a page, links, and ones with an icon."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt

from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.plain import PlainButton
from kjxd_desktop.ui.tools.style import Theme


def push_button(
    text: str, theme: Theme, icons: Icons | None = None, icon: str = "", *, kind: str = ""
) -> PlainButton:
    """A button.

    Args:
        icon: Name of an icon at its left.
        kind: ``primary``, ``danger``, ``link`` or empty.
    """
    button = PlainButton(text)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setAutoDefault(False)
    if kind:
        button.setProperty("kind", kind)
    if icons is not None and icon:
        palette = theme.palette
        colours = {"primary": palette.on_accent, "link": palette.accent, "danger": palette.bad}
        button.setIcon(icons.icon(icon, colours.get(kind, palette.text2), disabled=palette.muted))
        button.setIconSize(QSize(16, 16))
    return button
