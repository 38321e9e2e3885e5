"""The main job done once on demonstration data, in the real window, by keys and mouse only.

A city sends out its template, a county opens it, fills the quarter, exports, and the city takes the
workbook in. Every page is saved as a picture, and the workbooks stay beside the pictures.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

from kjxd_desktop import paths
from kjxd_desktop.bootstrap.office import new_office
from kjxd_desktop.bootstrap.tour_files import TourFiles
from kjxd_desktop.bootstrap.window import Program, application
from kjxd_desktop.domain.file_fault import FaultCode, FileFault
from kjxd_desktop.theme import DARK
from kjxd_desktop.ui.tools.style import Theme, apply_theme
from kjxd_desktop.ui.tour.city_steps import receive_return, send_template
from kjxd_desktop.ui.tour.county_steps import fill_quarter, look_around, open_template, send_return
from kjxd_desktop.ui.tour.hands import Hands, save_picture
from kjxd_desktop.ui.tour.plan_steps import look_at_plans, search
from kjxd_desktop.usecases.filling.demonstrate import DemoData, Demonstrate, read_demo
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.wording import tour as words

DEMO_FILE = "huining.toml"
TEMPLATE = "会宁县_报表模板.xlsx"
RETURN = "会宁县_上报.xlsx"


@dataclass(frozen=True, slots=True)
class DemoClock:
    """A clock that stands at the demonstration's moment."""

    moment: datetime

    def now(self) -> datetime:
        """The moment."""
        return self.moment


def run_tour(out: Path) -> int:
    """Do the main job and save pictures and workbooks in ``out``.

    Args:
        out: Absolute: the file dialogs on the way start from folders of their own.

    Returns:
        0 when every step was done.

    Raises:
        LostWay: Something did not come; the last picture shows what was there instead.
        FileFault: Nothing can be written there.
    """
    files = _make_room(out)
    demo = read_demo(paths.resources_dir() / "demo" / DEMO_FILE)
    app = application()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        tour = Tour(app, demo, files, Path(folder))
        tour.city_sends()
        tour.county_fills()
        tour.city_receives()
        tour.other_looks()
    print(words.finished(str(out)), file=sys.stderr)
    return 0


def _make_room(out: Path) -> TourFiles:
    """Make the folder, and let go what an earlier tour left that would be in the way.

    Over its workbooks the program would ask whether to write; its last look is not this tour's.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        files = TourFiles(out)
        for name in (TEMPLATE, RETURN):
            files.make_room(name)
        files.clear(f"[0-9][0-9]_{words.LAST_PICTURE}.png")
    except PermissionError as error:
        raise FileFault(FaultCode.FOLDER_READ_ONLY, out.name, detail=str(error)) from error
    except OSError as error:
        raise FileFault(FaultCode.FOLDER_MISSING, out.name, detail=str(error)) from error
    return files


class Tour:
    """The steps in their order; each opens a program, works in it, and closes it."""

    def __init__(self, app: QApplication, demo: DemoData, files: TourFiles, folder: Path) -> None:
        self._app = app
        self._demo = demo
        self._files = files
        self._clock = DemoClock(demo.today)
        self._city = folder / "city.kjxd"
        self._county = folder / "county.kjxd"
        self._template = files.place(TEMPLATE)
        self._return = files.place(RETURN)
        self._pictures = 0
        self._hands = Hands(self._last_look)

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
        self._files.made(self._template)

    def county_fills(self) -> None:
        """A county clerk opens the template and does the quarter."""
        self._in_program(self._county, self._demo.signature.filled_by, self._fill)

    def _fill(self, program: Program, hands: Hands, window: QMainWindow) -> None:
        self._picture(window, "第一次使用")
        open_template(hands, window, self._template)
        hands.wait_until(lambda: program.window is not window, words.NEXT_WINDOW)
        assert program.office is not None and program.window is not None, "opened by the template"
        hands.bring_to_front(program.window)
        actions = program.office.actions
        # The past quarters are the demonstration's, the present one is typed below.
        Demonstrate(program.office.store, actions.fill, actions.backfill, actions.targets).county(self._demo)
        main = program.window
        look_around(hands, main, self._picture)
        fill_quarter(hands, main, self._demo, self._picture)
        send_return(hands, main, self._return, self._picture)
        self._files.made(self._return)

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
            self._county, "王芳", _Look((1920, 1008), "监测分析_1920", self._picture, (4, "analysis"))
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
        sys.excepthook = self._on_error
        try:
            program.start()
            assert program.window is not None, "shown by start"
            self._hands.bring_to_front(program.window)
            work(program, self._hands, program.window)
        finally:
            self._hands.leave_dialogs()
            program.close()
            sys.excepthook = sys.__excepthook__
        self._hands.raise_trouble()

    def _on_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if self._hands.trouble is None:
            self._hands.trouble = error.with_traceback(trace)

    def _picture(self, window: QWidget, title: str) -> None:
        path = self._next(title)
        self._hands.picture(window, path)
        self._files.made(path)

    def _last_look(self) -> None:
        """The windows as they stand where the way was lost."""
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and isinstance(window, QMainWindow | QDialog):
                path = self._next(words.LAST_PICTURE)
                save_picture(window, path)
                self._files.made(path)

    def _next(self, title: str) -> Path:
        """Where the next picture goes; the one of this title from an earlier tour makes room."""
        self._pictures += 1
        self._files.clear(f"[0-9][0-9]_{re.escape(title)}.png")
        return self._files.make_room(f"{self._pictures:02d}_{title}.png")


@dataclass(frozen=True, slots=True)
class _Look:
    """Resize the window, open a page, take its picture."""

    size: tuple[int, int]
    title: str
    picture: Callable[[QWidget, str], None]
    page: tuple[int, str] = (2, "entry")

    def __call__(self, program: Program, hands: Hands, window: QMainWindow) -> None:
        window.resize(*self.size)
        hands.open_page(window, *self.page)
        self.picture(window, self.title)
