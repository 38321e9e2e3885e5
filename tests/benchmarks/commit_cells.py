"""A cell's commit from the Enter key to the repainted grid and panel, against a raw commit and repaint."""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableWidget

from kjxd_desktop.bootstrap.window import Program, application, apply_theme
from kjxd_desktop.ui.shell.main_window import MainWindow
from tests.benchmarks.demo_workspace import demo
from tests.helpers.offices import FixedClock

ROUNDS = 14

app = application()
program = Program(Path(sys.argv[1]), FixedClock(demo().today))
apply_theme(app, program.theme)
program.start()
window = program.window
assert isinstance(window, MainWindow)
QTest.qWaitForWindowExposed(window)
window.open_page("entry")
QTest.qWait(200)

times = []
for number in range(ROUNDS * 14):
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, str(number % 9 + 1))
    focus = QApplication.focusWidget()
    assert focus is not None
    begun = time.perf_counter()
    QTest.keyClick(focus, Qt.Key.Key_Return)
    # What became dirty is painted here: the rows, the panel, the top bar.
    app.processEvents()
    times.append((time.perf_counter() - begun) * 1000)
    QTest.qWait(1)
program.close()

raw = []
with tempfile.TemporaryDirectory() as folder:
    connection = sqlite3.connect(Path(folder) / "raw.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE t (a TEXT, b TEXT)")
    table = QTableWidget(20, 12)
    table.resize(1366, 696)
    table.show()
    QTest.qWaitForWindowExposed(table)
    for number in range(ROUNDS * 14):
        begun = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO t VALUES (?, ?)", (str(number), "x" * 100))
        connection.execute("COMMIT")
        table.viewport().update()
        app.processEvents()
        raw.append((time.perf_counter() - begun) * 1000)
        QTest.qWait(1)
    connection.close()

print(statistics.quantiles(times[14:], n=20)[-1])
print(statistics.median(times[14:]))
print(statistics.median(raw[14:]))
