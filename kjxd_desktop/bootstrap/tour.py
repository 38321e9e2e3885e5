"""The main job done once on demonstration data, in the real window, by keys and mouse only.

A city sends out its template, a county opens it, fills the quarter, exports, and the city takes the
workbook in. Every page is saved as a picture, and the workbooks stay beside the pictures.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from kjxd_desktop import paths
from kjxd_desktop.bootstrap.office import new_office
from kjxd_desktop.bootstrap.window import Program, application
from kjxd_desktop.theme import DARK
from kjxd_desktop.ui.tools.style import Theme, apply_theme
from kjxd_desktop.ui.tour.city_steps import receive_return, send_template
from kjxd_desktop.ui.tour.county_steps import fill_quarter, look_around, open_template, send_return
from kjxd_desktop.ui.tour.hands import Hands, visible_table
from kjxd_desktop.ui.tour.plan_steps import look_at_plans, search
from kjxd_desktop.usecases.filling.demonstrate import DemoData, Demonstrate, read_demo
from kjxd_desktop.usecases.ports import Role

DEMO_FILE = "huining.toml"


@dataclass(frozen=True, slots=True)
class DemoClock:
    """A clock that stands at the demonstration's moment."""

    moment: datetime

    def now(self) -> datetime:
        """The moment."""
        return self.moment


def run_tour(out: Path) -> int:
    """Do the main job and save pictures and workbooks in ``out``; 0 when every step was done."""
    out.mkdir(parents=True, exist_ok=True)
    demo = read_demo(paths.resources_dir() / "demo" / DEMO_FILE)
    app = application()
    with tempfile.TemporaryDirectory() as folder:
        tour = Tour(app, demo, out, Path(folder))
        tour.city_sends()
        tour.county_fills()
        tour.city_receives()
        tour.other_looks()
    print(f"图片和工作簿在：{out}", file=sys.stderr)
    return 0


class Tour:
    """The steps in their order; each opens a program, works in it, and closes it."""

    def __init__(self, app: QApplication, demo: DemoData, out: Path, folder: Path) -> None:
        self._app = app
        self._demo = demo
        self._out = out
        self._clock = DemoClock(demo.today)
        self._city = folder / "city.kjxd"
        self._county = folder / "county.kjxd"
        self._template = out / "会宁县_报表模板.xlsx"
        self._return = out / "会宁县_上报.xlsx"
        self._pictures = 0

    def city_sends(self) -> None:
        """The demonstration city, with its targets and published figures, sends out the template."""
        with new_office(
            self._city, Role.CITY, "620400", self._demo.plan, self._clock, who="演示", demo=True
        ) as office:
            actions = office.actions
            Demonstrate(office.store, actions.fill, actions.backfill, actions.targets).city(self._demo)
        self._in_program(self._city, "汇总员", self._send_template)

    def _send_template(self, program: Program, hands: Hands, window: QMainWindow) -> None:
        look_at_plans(hands, window, self._picture)
        search(hands, window, "jsht", self._picture)
        send_template(hands, window, self._template, self._picture)

    def county_fills(self) -> None:
        """A county clerk opens the template and does the quarter."""
        self._in_program(self._county, self._demo.signature.filled_by, self._fill)

    def _fill(self, program: Program, hands: Hands, window: QMainWindow) -> None:
        self._picture(window, "第一次使用")
        open_template(hands, window, self._template)
        hands.wait_until(lambda: program.window is not window, "the window of the new workspace")
        assert program.office is not None and program.window is not None, "opened by the template"
        actions = program.office.actions
        # The past quarters are the demonstration's, the present one is typed below.
        Demonstrate(program.office.store, actions.fill, actions.backfill, actions.targets).county(self._demo)
        main = program.window
        look_around(hands, main, self._picture)
        fill_quarter(hands, main, self._demo, self._picture)
        send_return(hands, main, self._return, self._picture)

    def city_receives(self) -> None:
        """The city clerk takes the workbook in."""
        self._in_program(self._city, "汇总员", self._receive)

    def _receive(self, program: Program, hands: Hands, window: QMainWindow) -> None:
        receive_return(hands, window, self._return, self._picture)

    def other_looks(self) -> None:
        """The grid in the dark, on a small and on a large screen."""
        for theme, size, title in (
            (Theme(DARK), (1366, 696), "指标填报_深色"),
            (Theme(), (1280, 648), "指标填报_1280"),
            (Theme(), (1920, 1008), "指标填报_1920"),
        ):
            self._in_program(self._county, "王芳", _Look(size, title, self._picture), theme)
        self._in_program(
            self._county, "王芳", _Look((1920, 1008), "监测分析_1920", self._picture, Qt.Key.Key_4)
        )

    def _in_program(
        self,
        path: Path,
        who: str,
        work: Callable[[Program, Hands, QMainWindow], None],
        theme: Theme | None = None,
    ) -> None:
        program = Program(path, self._clock, theme, who=who, demo=True)
        apply_theme(self._app, program.theme)
        # An error inside a slot must end the tour, not pass unseen.
        failed: list[BaseException] = []
        sys.excepthook = lambda kind, error, trace: failed.append(error)
        program.start()
        assert program.window is not None, "shown by start"
        try:
            work(program, Hands(), program.window)
        finally:
            program.close()
            sys.excepthook = sys.__excepthook__
        if failed:
            raise failed[0]

    def _picture(self, window: QWidget, title: str) -> None:
        self._pictures += 1
        Hands().picture(window, self._out / f"{self._pictures:02d}_{title}.png")


@dataclass(frozen=True, slots=True)
class _Look:
    """Resize the window, open a page, take its picture."""

    size: tuple[int, int]
    title: str
    picture: Callable[[QWidget, str], None]
    page: Qt.Key = Qt.Key.Key_2
    row: str = ""

    def __call__(self, program: Program, hands: Hands, window: QMainWindow) -> None:
        window.resize(*self.size)
        hands.shortcut(window, self.page, Qt.KeyboardModifier.AltModifier)
        if self.row:
            hands.choose_row(visible_table(window), 1, self.row)
        self.picture(window, self.title)
