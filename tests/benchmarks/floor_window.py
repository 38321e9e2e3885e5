"""Floor of the start: a bare Qt window painted, and ``sqlalchemy.orm`` imported."""

from __future__ import annotations

import sys
import time

import sqlalchemy.orm  # noqa: F401 - measured on purpose
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

app = QApplication([])
window = QLabel("窗口")
window.resize(1366, 696)
window.show()
QTest.qWaitForWindowExposed(window)
window.repaint()
print((time.time() - float(sys.argv[-1])) * 1000)
