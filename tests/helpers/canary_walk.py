"""Opens every page and every dialog of the program on marked workspaces, and looks at all they show."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QTableView, QWidget

import kjxd_desktop
from kjxd_desktop import paths
from kjxd_desktop.bootstrap.window import Program
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.plan_text.edits import FIELDS
from kjxd_desktop.ui.analysis.achieved_dialog import AchievedDialog
from kjxd_desktop.ui.entry.backfill_dialog import BackfillDialog
from kjxd_desktop.ui.entry.rekey_dialog import RekeyDialog
from kjxd_desktop.ui.entry.targets_dialog import TargetsDialog
from kjxd_desktop.ui.entry.year_dialog import YearDialog
from kjxd_desktop.ui.help.help_dialog import HelpDialog
from kjxd_desktop.ui.home.first_run_page import FirstRunPage
from kjxd_desktop.ui.keeping.archive_dialog import ArchiveDialog
from kjxd_desktop.ui.keeping.backup_restore_dialog import BackupRestoreDialog
from kjxd_desktop.ui.keeping.keep_dialog import KeepDialog
from kjxd_desktop.ui.parts.file_choice import NewFileDialog, ReplaceDialog
from kjxd_desktop.ui.parts.reason_dialog import ReasonDialog
from kjxd_desktop.ui.parts.restore_dialog import RestoreDialog
from kjxd_desktop.ui.parts.sure_dialog import SureDialog
from kjxd_desktop.ui.people.operators_dialog import OperatorsDialog, set_password_dialog
from kjxd_desktop.ui.people.recovery_dialog import RecoveryDialog
from kjxd_desktop.ui.people.sign_in_dialog import SignInDialog
from kjxd_desktop.ui.plans.entry_dialog import PlanEntryDialog
from kjxd_desktop.ui.plans.faults_dialog import PlanFaultsDialog, PlanNotesDialog
from kjxd_desktop.ui.plans.plans_page import LISTS, PlansPage
from kjxd_desktop.ui.plans.save_dialog import PlanSaveDialog
from kjxd_desktop.ui.plans.share_dialog import ShareDialog
from kjxd_desktop.ui.plans.source_dialog import SourceDialog
from kjxd_desktop.ui.receiving.import_dialog import ImportDialog
from kjxd_desktop.ui.returns.paper_code_dialog import PaperCodeDialog
from kjxd_desktop.ui.returns.sign_off_dialog import SignOffDialog
from kjxd_desktop.ui.search.search_dialog import SearchDialog
from kjxd_desktop.ui.shell.bug_dialog import BugDialog
from kjxd_desktop.ui.shell.fault_window import WAYS, FaultWindow
from kjxd_desktop.ui.shell.main_window import MainWindow
from kjxd_desktop.ui.shell.unsaved_dialog import UnsavedDialog
from kjxd_desktop.ui.tools.changes import ChangeBus
from kjxd_desktop.ui.tools.page import PageTools
from kjxd_desktop.ui.tools.plain_windows import PlainFileDialog
from kjxd_desktop.ui.tools.tasks import TaskRunner
from kjxd_desktop.usecases.actions import Actions
from kjxd_desktop.usecases.filling.shown import EntryRow
from kjxd_desktop.usecases.keeping.shown import Side
from kjxd_desktop.usecases.keeping.vault import Difference
from kjxd_desktop.usecases.planning.book import CellFault
from kjxd_desktop.usecases.ports import LineFilter
from kjxd_desktop.usecases.receiving.shown import Decision, RowStatus
from kjxd_desktop.wording.faults import fault_sentence
from tests.helpers.canary import HEAD, KEY, MARK, MarkedPlace, marked
from tests.helpers.looking import Eye, settle
from tests.helpers.offices import FixedClock, sign_in

_PAGES = ("home", "entry", "tasks", "analysis", "returns", "plans", "history")
_BASES = ("QDialog", "QMainWindow")


def walk(place: MarkedPlace) -> Eye:
    """Look at everything: the county before and after it sends, the city before and after it takes in."""
    eye = Eye()
    first_start(place, eye)
    for sent in (False, True):
        with opened(place.county) as (program, window):
            assert program.office is not None
            sign_in(program.office, HEAD)
            pages(window, eye)
            county_dialogs(place, program, window, eye)
        if not sent:
            place.send()
    with opened(place.city) as (program, window):
        pages(window, eye)
        city_dialogs(place, program, window, eye)
        pages(window, eye)
    return eye


def every_window_class() -> set[str]:
    """Names of all dialogs and windows of the program that are opened as they are."""
    bases: dict[str, set[str]] = {}
    for path in Path(kjxd_desktop.__path__[0], "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = {base.id for base in node.bases if isinstance(base, ast.Name)}
    found = set(_BASES)
    while more := {name for name, known in bases.items() if known & found} - found:
        found |= more
    return found - set(_BASES)


@contextmanager
def opened(workspace: Path) -> Iterator[tuple[Program, MainWindow]]:
    """The program on a workspace, its window shown."""
    program = Program(workspace, FixedClock())
    program.start()
    settle()
    _close_dialogs()
    assert isinstance(program.window, MainWindow)
    try:
        yield program, program.window
    finally:
        program.notices.clear()
        _close_dialogs()
        program.close()
        program.window.deleteLater()
        settle()


def first_start(place: MarkedPlace, eye: Eye) -> None:
    """The first page of all, with the plan of somebody's workbook, and a workspace that does not open."""
    program = Program(place.folder / f"neu{MARK}.kjxd", FixedClock())
    page = FirstRunPage(
        [place.plan],
        lambda parent: None,
        lambda path: None,
        lambda role, unit, book: None,
        lambda parent: None,
        f"/home/{MARK}",
        program.notices,
        program.theme,
        program.icons,
        lambda parent: False,
    )
    program.notices.show_over(page)
    _notices(program)
    _look_and_close(page, eye)
    for code in ("in_use", "damaged"):
        fault = WorkspaceFault(code, path=f"/home/{MARK}.kjxd")
        for offer in (None, (f"恢复{MARK}", f"从{MARK}")):
            _look_and_close(FaultWindow(fault_sentence(fault), program.theme, offer, tuple(WAYS)), eye)
    page.deleteLater()
    settle()
    program.close()


def pages(window: MainWindow, eye: Eye) -> None:
    """Every page, every tab of it, each row chosen once."""
    for name in _PAGES:
        page = window.open_page(name)
        eye.look(window)
        if isinstance(page, PlansPage):
            for tab in ("overview", *LISTS, "split"):
                page.open_tab(tab)
                eye.look(page)
        choose_rows(page, eye)


def choose_rows(page: QWidget, eye: Eye) -> None:
    """Choose the first rows of each table one by one: panels beside it show them."""
    for table in page.findChildren(QTableView):
        for row in range(min(table.model().rowCount(), _ROWS)):
            for column in range(table.model().columnCount()):
                index = table.model().index(row, column)
                if not table.isColumnHidden(column) and index.flags() & Qt.ItemFlag.ItemIsSelectable:
                    table.setCurrentIndex(index)
                    break
            settle()
            eye.look(page)


def county_dialogs(place: MarkedPlace, program: Program, window: MainWindow, eye: Eye) -> None:
    """The dialogs of a county's pages, and those that open from anywhere."""
    with tools_of(program) as tools:
        actions, desk = tools.actions, tools.actions.desk.desk()
        _notices(program)
        eye.look(window)
        program.notices.clear()
        for made in (
            BackfillDialog(tools, desk, window),
            TargetsDialog(tools, desk, window),
            RekeyDialog(tools, KEY, window),
            SignOffDialog(tools, KEY, window),
            PaperCodeDialog(actions.paper_codes.match, tools.theme, window),
            AchievedDialog(MARK, MARK, MARK, MARK, lambda text, file: None, tools.theme, window),
            SearchDialog((desk.plan,), tools.theme, window),
            SourceDialog(desk.plan.document, MARK, desk.plan.title, tools.theme, window),
            SourceDialog(desk.plan.document, "没有这一段", MARK, tools.theme, window),
            HelpDialog(paths.resources_dir() / "manual", tools.theme, window),
            BugDialog(RuntimeError(MARK), tools.theme, window),
            UnsavedDialog(f"指标{MARK}", f"磁盘{MARK}", tools.theme, window),
            SureDialog(MARK, lambda: None, tools.theme, window),
            ReasonDialog(f"撤回{MARK}？", MARK, MARK, MARK, lambda reason: None, tools.theme, window),
            YearDialog(_marked_row(actions), 2022, KEY.period, lambda year: MARK, tools.theme, window),
            OperatorsDialog(actions.operators, tools.theme, window),
            SignInDialog(actions.operators, tools.theme, window),
            set_password_dialog(actions.operators, actions.operators.named(HEAD), tools.theme, window),
            RecoveryDialog(MARK, tools.theme, window),
            PlainFileDialog(window, MARK, str(place.folder)),
            NewFileDialog(window, MARK, str(place.folder)),
            ReplaceDialog(f"{MARK}.xlsx", window),
        ):
            if isinstance(made, PaperCodeDialog):
                made.field.setText(MARK)
                eye.look(made)
                made.field.setText(actions.fill.sheet(KEY).head.check_code)
            if isinstance(made, SearchDialog):
                made.field.setText("高新")
            if isinstance(made, PlainFileDialog):
                made.setOption(PlainFileDialog.Option.DontUseNativeDialog)
            _look_and_close(made, eye)
        for line in actions.look_back.page(LineFilter()).lines:
            if line.code == "I01" and line.kind == "entry":
                with suppress(ProblemError):
                    choice = actions.look_back.choice(line.line)
                    _look_and_close(RestoreDialog(choice, Side.OLD, tools.theme, window), eye)
        actions.keep.backup()
        _look_and_close(KeepDialog(tools, lambda parent, name: None, window), eye)
        _look_and_close(ArchiveDialog(tools, window), eye)
        preview = actions.keep.preview(actions.keep.backups()[0].path)
        preview = replace(preview, differences=(_difference(place),), count=1, lines_lost=1)
        names = actions.keep.names(preview.differences)
        _look_and_close(BackupRestoreDialog(preview, names, tools.theme, window), eye)


def city_dialogs(place: MarkedPlace, program: Program, window: MainWindow, eye: Eye) -> None:
    """The dialogs of a city's pages; the county's return is taken in and accepted."""
    with tools_of(program) as tools:
        actions, plan = tools.actions, place.plan
        for table in FIELDS:
            entries = getattr(plan, table, ())
            if table != "targets" and entries:
                dialog = PlanEntryDialog(plan, table, entries[0].code, tools.theme, actions.try_rule, window)
                _look_and_close(dialog, eye)
        _look_and_close(PlanFaultsDialog(f"方案{MARK}.xlsx", (_MISTAKE,), tools.theme, window), eye)
        _look_and_close(PlanNotesDialog(f"方案{MARK}.xlsx", (_MISTAKE,), tools.theme, window), eye)
        changed = marked(replace(plan, title=f"{plan.title}二"))
        for considered in (changed, replace(changed, id="other"), replace(changed, region="")):
            consider = partial(actions.plans.consider, considered)
            _look_and_close(PlanSaveDialog(consider, Period(2024, 1), tools.theme, window, (MARK,)), eye)
        actions.plans.adopt(replace(plan, id="other", title=f"另一个{plan.title}"))
        _look_and_close(ShareDialog(tools, plan.id, window), eye)
        preview = actions.receive.preview(place.sent)
        _look_and_close(ImportDialog(tools, preview, window), eye)
        wanted = {row.index: (Decision.KEEP, "") for row in preview.rows if row.status is RowStatus.PROBLEM}
        actions.receive.apply(preview, {**actions.receive.accept_all(preview), **wanted})
        actions.accept.accept(KEY)


_ROWS = 4
_MISTAKE = CellFault(f"指标{MARK}", f"F1{MARK}", "unknown_unit", {"text": MARK, "column": MARK})


def _difference(place: MarkedPlace) -> Difference:
    return Difference("entry", place.plan.id, KEY.unit_code, KEY.period.key, "I01", None, f'"{MARK}"')


@contextmanager
def tools_of(program: Program) -> Iterator[PageTools]:
    """What the program's dialogs are made with."""
    assert program.office is not None
    tools = PageTools(
        program.office.actions,
        TaskRunner(),
        program.notices,
        program.theme,
        program.icons,
        ChangeBus(),
        FixedClock(),
    )
    yield tools
    settle()
    tools.tasks.close()


def _notices(program: Program) -> None:
    for say in (program.notices.success, program.notices.attention, program.notices.failure):
        say(f"说{MARK}")


def _marked_row(actions: Actions) -> EntryRow:
    """A line of the grid whose indicator has the mark in its name."""
    row = actions.fill.sheet(KEY).rows[0]
    return replace(row, indicator=replace(row.indicator, name=MARK))


def _look_and_close(window: QWidget, eye: Eye) -> None:
    eye.look(window)
    choose_rows(window, eye)
    window.close()
    settle()


def _close_dialogs() -> None:
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog):
            window.close()
    settle()
