"""Joins an open workspace to the window; the first start when there is none."""

from __future__ import annotations

import logging
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from kjxd_desktop import paths
from kjxd_desktop.bootstrap.actions import vault_of
from kjxd_desktop.bootstrap.collector import go_on
from kjxd_desktop.bootstrap.fonts import watch_fonts
from kjxd_desktop.bootstrap.late import BuiltInPlans, plan_of_workbook
from kjxd_desktop.bootstrap.logs import start_log
from kjxd_desktop.bootstrap.office import Office, new_office, new_office_from, open_office, reading_office
from kjxd_desktop.bootstrap.pages import main_window
from kjxd_desktop.bootstrap.person import SystemClock
from kjxd_desktop.bootstrap.screen import NO_SCREEN, has_screen, telling_failure
from kjxd_desktop.bootstrap.stopping import Stopper
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.ui.parts.toast import ToastMaker
from kjxd_desktop.ui.shell.main_window import APP_TITLE, MINIMUM, MainWindow
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.notices import Notices
from kjxd_desktop.ui.tools.style import Theme, apply_theme
from kjxd_desktop.usecases.ports import Clock, Role
from kjxd_desktop.wording import screen
from kjxd_desktop.wording.faults import SAVED_ELSEWHERE, fault_sentence

if TYPE_CHECKING:
    from kjxd_desktop.usecases.keeping.vault import BackupInfo, Restored
    from kjxd_desktop.usecases.planning.book import PlanBook, PlanBookReading

log = logging.getLogger(__name__)

WORKSPACE_PROBLEM = 4
# How long a key waits while another program holds the file: what cannot be written stays typed and is tried again.
BUSY_MS = 50
FIRST_SIZE = (1366, 696)


class Program(QObject):
    """The running program: one workspace, one window.

    Args:
        path: The workspace; made by the first start when it does not exist.
        who: Written into history; the computer's user when empty.
        demo: A workspace that the first start makes is marked as demonstration.
        read_only: Only look, also while another window writes.
    """

    def __init__(
        self,
        path: Path,
        clock: Clock | None = None,
        theme: Theme | None = None,
        *,
        who: str = "",
        demo: bool = False,
        read_only: bool = False,
    ) -> None:
        super().__init__()
        self._path = path
        self._who = who
        self._demo = demo
        self._read_only = read_only
        self._clock = clock or SystemClock()
        self.theme = theme or Theme()
        # What the template a workspace was made of gives to know, until there is a window to say it over.
        self._template_told: list[tuple[str, tuple[tuple[str, str], ...]]] = []
        self.icons = Icons(paths.resources_dir() / "icons")
        self.notices = Notices(ToastMaker(self.theme, self.icons), self._show_bug)
        self._open = ExitStack()
        self.office: Office | None = None
        self.window: QMainWindow | None = None
        self._left: QMainWindow | None = None
        # Qt's own words show in menus and file dialogs only: no start waits for them.
        QTimer.singleShot(0, self._speak_chinese)

    def _speak_chinese(self) -> None:
        from kjxd_desktop.ui.tools.qt_words import speak_chinese

        app = QApplication.instance()
        assert app is not None, "there is a window"
        speak_chinese(app)

    def start(self) -> None:
        """Open the workspace and show its window, or the first start.

        Raises:
            WorkspaceFault: The workspace cannot be opened.
        """
        if self._read_only:
            self.look()
        elif self._path.exists():
            self._enter(
                self._open.enter_context(open_office(self._path, self._clock, self._who, busy_ms=BUSY_MS))
            )
        else:
            self._show_first_run()

    def look(self) -> None:
        """Open the workspace for reading only, also while another window writes it.

        Raises:
            WorkspaceFault: The workspace cannot be read.
        """
        self._enter(self._open.enter_context(reading_office(self._path, self._clock)))

    def _enter(self, office: Office) -> None:
        self.office = office
        before = self.window
        window = main_window(
            office, self.theme, self.icons, self.notices, self._clock, self.restore, self.reopen
        )
        window.open_first_page()
        self._show(window)
        if before is not None:
            before.close()
            # Its dialogs may still be closing: it goes when they are done.
            before.deleteLater()
            self._left = before

    def _show_first_run(self) -> None:
        from kjxd_desktop.ui.home.first_run_page import FirstRunPage
        from kjxd_desktop.ui.parts.file_choice import choose_workbook

        plans = BuiltInPlans()
        page = FirstRunPage(
            [plans.load(plan_id) for plan_id in plans.ids()],
            choose_workbook,
            self._make_from_template,
            self._make_by_hand,
            self._choose_plan_book,
            str(self._path.parent),
            self.notices,
            self.theme,
            self.icons,
            self._bring,
        )
        window = QMainWindow()
        window.setWindowTitle(APP_TITLE)
        window.setMinimumSize(*(round(length * self.theme.scale) for length in MINIMUM))
        window.setCentralWidget(page)
        page.finished.connect(self._on_first_run_finished)
        self._show(window)

    def _show(self, window: QMainWindow) -> None:
        self.window = window
        self.notices.show_over(window)
        window.resize(*FIRST_SIZE)
        watch_fonts(window, self._say_no_font)
        window.show()

    def _say_no_font(self) -> None:
        print(screen.NO_CHINESE_FONT, file=sys.stderr)
        self.notices.failure(screen.NO_CHINESE_FONT_LATIN)

    def _make_from_template(self, template: Path) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        made = new_office_from(
            self._path,
            template,
            self._clock,
            who=self._who,
            demo=self._demo,
            busy_ms=BUSY_MS,
            told=self._template_told.extend,
        )
        self.office = self._open.enter_context(made)

    def _choose_plan_book(self, parent: QWidget) -> PlanBook | None:
        """Ask for a plan workbook and read it; its mistakes are shown, nothing is made."""
        from kjxd_desktop.ui.parts.file_choice import choose_workbook
        from kjxd_desktop.ui.plans.faults_dialog import PlanFaultsDialog, PlanNotesDialog

        path = choose_workbook(parent, "打开方案工作簿")
        if path is None:
            return None
        found: list[PlanBookReading] = []
        if not self.notices.try_to(lambda: found.append(plan_of_workbook(path))):
            return None
        reading = found[0]
        if reading.book is None:
            PlanFaultsDialog(path.name, reading.faults, self.theme, parent).open()
        elif reading.notes:
            PlanNotesDialog(path.name, reading.notes, self.theme, parent).open()
        return reading.book

    def _make_by_hand(self, role: Role, unit: str, book: PlanBook) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        made = new_office(
            self._path,
            role,
            unit,
            book.plan,
            self._clock,
            splits=book.splits,
            sure=True,
            who=self._who,
            demo=self._demo,
            busy_ms=BUSY_MS,
        )
        self.office = self._open.enter_context(made)
        from kjxd_desktop.usecases.planning.set_up import first_questions
        from kjxd_desktop.wording.problems import questions_text

        # What a workbook brings where nothing stands yet is told, not asked: it can be put right in 分解.
        if asked := first_questions(book.plan, book.splits):
            self.notices.attention(questions_text(asked))

    def _on_first_run_finished(self) -> None:
        assert self.office is not None, "the page has made it"
        self._enter(self.office)
        if self._template_told:
            from kjxd_desktop.wording.receiving.imports import notice_sentence

            for code, params in self._template_told:
                self.notices.attention(notice_sentence(code, params))
            self._template_told.clear()

    def _bring(self, parent: QWidget) -> bool:
        """Take over a workspace from another computer; True when it is open."""
        from kjxd_desktop.ui.parts.file_choice import choose_workspace

        file = choose_workspace(parent, "从另一台电脑搬来的数据文件")
        return file is not None and self.notices.try_to(partial(self._take_over, file))

    def _take_over(self, file: Path) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        vault_of(self._path, self._clock, self._who).restore(file)
        self.office = self._open.enter_context(
            open_office(self._path, self._clock, self._who, busy_ms=BUSY_MS)
        )

    def restore(self, file: Path) -> None:
        """Put a backup in the workspace's place and show it; what cannot be is said."""
        window, office = self.window, self.office
        assert office is not None and isinstance(window, MainWindow), "asked by its window"
        keep = office.actions.keep
        if not self.notices.try_to(partial(keep.require_restorable, file)) or not window.stop_work():
            return
        told: list[Restored] = []
        done = self.notices.try_to(lambda: told.append(keep.restore(file)))
        # Restoring closes the workspace also where it fails half-way: either way it is opened anew.
        said = () if done else self.notices.texts
        self._open.close()
        self.start()
        for text in said:
            self.notices.failure(text)
        for restored in told:
            self._say_restored(restored)

    def reopen(self, path: Path) -> None:
        """Go on with a workspace that holds what this one held, at another place."""
        window = self.window
        assert isinstance(window, MainWindow), "asked by its window"
        if not window.stop_work():
            return
        self._path = path
        self._open.close()
        self.start()
        self.notices.attention(SAVED_ELSEWHERE.format(path=path))

    def open_other(self, path: Path) -> None:
        """Open another workspace instead.

        Raises:
            WorkspaceFault: It cannot be opened either.
        """
        before, self._path = self._path, path
        try:
            self.start()
        except WorkspaceFault:
            self._path = before
            raise

    def begin_anew(self) -> Path:
        """Leave the file that does not open aside, under another name, and show the first start.

        Returns:
            Where it is now.

        Raises:
            WorkspaceFault: It cannot be renamed.
        """
        aside = vault_of(self._path, self._clock, self._who).put_aside()
        self.start()
        return aside

    def best_backup(self) -> BackupInfo | None:
        """The backup that would help a workspace that cannot be opened."""
        return vault_of(self._path, self._clock, self._who).best()

    def recover(self) -> None:
        """Recover a damaged workspace from its newest sound backup and open it.

        Raises:
            WorkspaceFault: It could not be done.
        """
        restored = vault_of(self._path, self._clock, self._who).recover()
        self.start()
        self._say_restored(restored)

    def _say_restored(self, restored: Restored) -> None:
        from kjxd_desktop.wording.keeping.backups import lost_text, restored_sentence

        self.notices.attention(
            restored_sentence(restored.backup.at, restored.kept, restored.lines, restored.until)
        )
        if restored.lost and self.office is not None:
            names = self.office.actions.keep.names(restored.lost)
            self.notices.failure(lost_text(restored.lost, names))

    def _show_bug(self, error: BaseException) -> None:
        from kjxd_desktop.ui.shell.bug_dialog import BugDialog

        log.error("bug", exc_info=error)
        BugDialog(error, self.theme, self.window).show()

    def excepthook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """What no one caught: what a clerk can meet becomes a notice, the rest the bug dialog."""
        if isinstance(error, KeyboardInterrupt):
            QApplication.quit()
        elif isinstance(error, Exception):
            self.notices.error(error.with_traceback(trace))

    def close(self) -> None:
        """Close the window and the workspace."""
        if isinstance(self.window, MainWindow):
            self.window.close()
        self._open.close()


def application() -> QApplication:
    """The one application object, dressed later by :func:`apply_theme`."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        made = existing
    else:
        with telling_failure():
            # Given here: to set a style later hands it to Python, with hundreds of names nobody asks for.
            made = QApplication([*sys.argv[:1], "-style", "Fusion"])
    made.setApplicationName("kjxd-desktop")
    made.setApplicationDisplayName("")
    return made


def run_window(path: Path | None, *, read_only: bool = False) -> int:
    """Open the window on a workspace (the default one without a path) until it is closed."""
    if not has_screen():
        print(screen.NO_SCREEN, file=sys.stderr)
        return NO_SCREEN
    start_log()
    app = application()
    with Stopper():
        return _run(app, path, read_only=read_only)


def _run(app: QApplication, path: Path | None, *, read_only: bool) -> int:
    program = Program(path or paths.default_workspace(), read_only=read_only)
    apply_theme(app, program.theme)
    app.setWindowIcon(QIcon(str(paths.resources_dir() / "icons" / "app.svg")))
    sys.excepthook = program.excepthook
    try:
        program.start()
    except WorkspaceFault as fault:
        go_on()
        log.warning("not opened: %s", fault)
        print(fault_sentence(fault), file=sys.stderr)
        # Only here: a start that goes well has no use for it.
        from kjxd_desktop.bootstrap.blocked import Blocked

        blocked = Blocked(program, fault)
        watch_fonts(blocked.window, blocked.say_no_font)
        blocked.window.show()
        status = app.exec()
        program.close()
        return status if blocked.opened else WORKSPACE_PROBLEM
    go_on()
    status = app.exec()
    program.close()
    return status
