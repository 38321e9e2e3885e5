"""Floor of the memory: a bare Qt window with a table."""

from __future__ import annotations

import psutil
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableWidget, QTableWidgetItem

app = QApplication([])
table = QTableWidget(20, 12)
for row in range(20):
    for column in range(12):
        table.setItem(row, column, QTableWidgetItem(f"指标 {row}-{column}"))
table.resize(1366, 696)
table.show()
QTest.qWaitForWindowExposed(table)
print(psutil.Process().memory_info().rss / 1024 / 1024)
