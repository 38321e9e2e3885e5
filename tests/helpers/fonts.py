"""Proof that Chinese text is drawn as Chinese, not as empty boxes."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase, QTextLayout

MISSING_GLYPH = 0


def can_draw(text: str) -> bool:
    """Whether the default font, or those Qt falls back on, has a glyph for every Chinese character.

    Needs a running ``QGuiApplication``.
    """
    # Asked first, because without any font at all a text layout crashes.
    if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        return False
    layout = QTextLayout(text, QFont())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    glyphs = [glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes()]
    return bool(glyphs) and MISSING_GLYPH not in glyphs


def require_chinese() -> None:
    """Refuse to test a window whose text nobody could read.

    Raises:
        RuntimeError: no font on this computer has 科.
    """
    if not can_draw("科"):
        raise RuntimeError(
            "No font on this computer can draw 科, so windows and pictures would show empty boxes. "
            "Install a Chinese font, on Debian: apt-get install fonts-noto-cjk"
        )
