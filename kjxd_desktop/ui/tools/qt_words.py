"""Lets Qt say its own words in Chinese: a catalogue in Qt's format (.qm), made of the house's words.

Qt asks its catalogue from threads of its own too, so that it may not be one that has to ask Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from struct import pack

from PySide6.QtCore import QCoreApplication, QTranslator

from kjxd_desktop.wording.qt_words import QT_WORDS

_PLACE = "kjxdQtWords"
_MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_HASHES, _MESSAGES = 0x42, 0x69
_END, _TRANSLATION, _SOURCE = 1, 3, 6


class QtWords(QTranslator):
    """The catalogue, which holds the bytes that Qt reads."""

    def __init__(self, words: Mapping[str, str], parent: QCoreApplication) -> None:
        super().__init__(parent)
        self._catalogue = catalogue(words)
        read = self.load(self._catalogue)
        assert read, "it was just made"


def speak_chinese(app: QCoreApplication) -> None:
    """Let an application say Qt's words in Chinese from now on; once is enough."""
    if app.property(_PLACE) is None:
        app.setProperty(_PLACE, True)
        app.installTranslator(QtWords(QT_WORDS, app))


def catalogue(words: Mapping[str, str]) -> bytes:
    """A catalogue that answers for a word wherever Qt uses it."""
    messages, places = bytearray(), []
    for source, word in words.items():
        told, asked = word.encode("utf-16-be"), source.encode()
        places.append((_hash(asked), len(messages)))
        messages += pack(">BI", _TRANSLATION, len(told)) + told
        messages += pack(">BI", _SOURCE, len(asked)) + asked + pack(">B", _END)
    hashes = b"".join(pack(">II", *place) for place in sorted(places))
    sections = ((_HASHES, hashes), (_MESSAGES, bytes(messages)))
    return _MAGIC + b"".join(pack(">BI", tag, len(data)) + data for tag, data in sections)


def _hash(text: bytes) -> int:
    """The hash of System V's object files, by which Qt finds a word."""
    found = 0
    for byte in text:
        found = (found << 4) + byte
        high = found & 0xF0000000
        found = (found ^ high >> 24) & ~high & 0xFFFFFFFF
    return found or 1
