"""First opening of two pages, and the memory once every page was opened."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import psutil
from PySide6.QtTest import QTest

from kjxd_desktop.bootstrap.window import Program, application, apply_theme
from kjxd_desktop.ui.shell.main_window import MainWindow
from tests.benchmarks.demo_workspace import demo
from tests.helpers.offices import FixedClock

app = application()
program = Program(Path(sys.argv[1]), FixedClock(demo().today))
apply_theme(app, program.theme)
program.start()
window = program.window
assert isinstance(window, MainWindow)
QTest.qWaitForWindowExposed(window)


def opening(name: str) -> float:
    """Milliseconds from asking for a page until it is painted."""
    begun = time.perf_counter()
    window.open_page(name)
    window.repaint()
    taken = (time.perf_counter() - begun) * 1000
    QTest.qWait(50)
    return taken


print(opening("entry"))
print(opening("analysis"))
print(opening("plans"))
for name in ("tasks", "returns", "home"):
    opening(name)
print(psutil.Process().memory_info().rss / 1024 / 1024)
program.close()
