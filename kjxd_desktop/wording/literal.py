"""Texts that others wrote, for places that would read marks in them: they are shown as they were written.

A name or a note may hold ``<img src=…>``, ``&D`` or ``[*]``. Each place below has a language of its own and its
own way to say that a text is only a text.
"""

from __future__ import annotations

# A tip would break its lines at its own width only, and fold spaces.
_AS_WRITTEN = '<div style="white-space: pre-wrap;">{}</div>'
# What a window title says with it: there are changes that are not saved.
_CHANGED = "[*]"


def tip(text: str) -> str:
    """A text for a tip.

    Qt guesses whether a tip is HTML, and opens the files that HTML names. So every tip is HTML, in which the
    text has no marks; it wraps, and its own line ends stay. Nothing is the tip of nothing.
    """
    # Between tags these three are all; the standard library's ``html`` would cost the start 2 ms.
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _AS_WRITTEN.format(plain) if text else ""


def caption(text: str) -> str:
    """A text for a button, a menu, a tab or a group, where ``&`` makes a shortcut and a tab stands before keys."""
    return text.replace("&", "&&").replace("\t", " ")


def caption_text(text: str) -> str:
    """What a :func:`caption` shows."""
    return text.replace("&&", "&")


def window_title(text: str) -> str:
    """A text for the title of a window, where ``[*]`` says that something is not saved."""
    return text.replace(_CHANGED, _CHANGED * 2)
