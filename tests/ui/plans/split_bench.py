"""The panel of the decomposition alone on a real workspace, driven by real keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.plan.indicator import TargetKind
from kjxd_desktop.ui.plans.split_cells import SplitMode
from kjxd_desktop.ui.plans.split_panel import SplitPanel
from kjxd_desktop.ui.tools.style import Theme, apply_theme
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.planning.plans_shown import SplitCell
from tests.helpers.offices import COUNTY, PLAN
from tests.ui.fakes import focused, page_tools

Key, Modifier = Qt.Key, Qt.KeyboardModifier
SHIFT = Modifier.ShiftModifier
BAIYIN, PINGCHUAN, JINGYUAN, JINGTAI, PARK = "620402", "620403", "620421", "620423", "BYGX"
# Targets of 高新技术企业 for the five counties.
FIVE = {BAIYIN: "60", PINGCHUAN: "20", JINGYUAN: "12", COUNTY: "10", JINGTAI: "8"}


class Bench:
    """A panel alone on a workspace, with short ways to press keys and to look at what is stored."""

    def __init__(self, office: Office, qtbot: QtBot) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme = Theme()
        apply_theme(application, theme)
        self.office = office
        tools = page_tools(office.actions, theme)
        self.notices, self.changes = tools.notices, tools.changes
        self.published: list[Changes] = []
        self.changes.changed.connect(self.published.append)
        self.panel = SplitPanel(tools)
        self.panel.resize(994, 560)
        self.notices.show_over(self.panel)
        with qtbot.waitActive(self.panel):
            self.panel.show()
        self.panel.show_plan(PLAN)
        self.panel.table.setFocus()

    def at(self, code: str, unit: str) -> QModelIndex:
        index = self.panel.model.place_of(code, unit)
        assert index.isValid(), (code, unit)
        return index

    def go(self, code: str, unit: str) -> None:
        self.panel.table.setFocus()
        self.panel.table.put_cursor(self.at(code, unit))

    @property
    def here(self) -> tuple[str, str]:
        """Code and unit under the cursor."""
        index = self.panel.table.currentIndex()
        row, unit = self.panel.model.row(index.row()), self.panel.model.unit_at(index.column())
        assert row is not None and unit is not None
        return row.item.code, unit.code

    def press(self, key: Key, modifiers: Modifier = Modifier.NoModifier) -> None:
        QTest.keyClick(focused(), key, modifiers)

    def type(self, text: str, key: Key = Key.Key_Return) -> None:
        for character in text:
            QTest.keyClick(focused(), character)
        self.press(key)

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.press(Key.Key_V, Modifier.ControlModifier)

    def mode(self, mode: SplitMode) -> None:
        self.panel.modes.button(mode.value).click()
        self.panel.table.setFocus()

    def cells(
        self, code: str, year: int = 2025, kind: TargetKind = TargetKind.BINDING
    ) -> dict[str, SplitCell]:
        """What is stored for an indicator or task, by unit."""
        grid = self.office.actions.decompose.grid(PLAN, year, kind)
        row = next(row for row in (*grid.indicators, *grid.tasks) if row.item.code == code)
        return dict(row.cells)

    def target(self, code: str, unit: str, year: int = 2025) -> str | None:
        found = self.cells(code, year)[unit].target
        return None if found is None else str(found)

    def assigned(self, unit: str) -> dict[str, bool]:
        with self.office.store.reading() as uow:
            return dict(uow.splits.assigned(PLAN, unit))


@contextmanager
def bench(office: Office, qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(office, qtbot)
    yield made
    made.panel.table.cancel_edit()
    made.notices.clear()
    made.panel.close()
    made.panel.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
