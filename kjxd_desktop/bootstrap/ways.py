"""The ways between the pages, and the windows that open over them from anywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from kjxd_desktop import paths
from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.ui.shell.main_window import MainWindow
from kjxd_desktop.ui.tools.page import PageTools

if TYPE_CHECKING:
    from kjxd_desktop.usecases.search.search import SearchHit


@dataclass
class Ways:
    """Leads from one place of a window to another.

    Attributes:
        restore: Puts a backup in the workspace's place and opens it anew.
        reopen: Opens another workspace in this one's place.
        window: Set once it is made; nobody goes anywhere before.
    """

    tools: PageTools
    restore: Callable[[Path], None] | None = None
    reopen: Callable[[Path], None] | None = None
    window: MainWindow = field(init=False)

    # Between the pages

    def open_page(self, name: str) -> None:
        """Go to a page."""
        self.window.open_page(name)

    def open_cell(self, code: str) -> None:
        """Go to the cell of an indicator, or to a task."""
        plan = self.tools.actions.desk.desk().plan
        self.window.open_page("entry" if plan.indicator(code) else "tasks").go_to(code)

    def open_cell_of(self, key: ReturnKey, code: str) -> None:
        """Go to a cell or task of a return: plan, period and unit are chosen first."""
        if not self.window.choose_return(key):
            return
        plan = self.tools.actions.desk.desk().plan
        if plan.indicator(code) is None and plan.task(code) is None:
            from kjxd_desktop.wording.keeping.history import ITEM_GONE

            self.tools.notices.attention(ITEM_GONE)
            return
        self.open_cell(code)

    def open_plan(self, plan_id: str) -> None:
        """Go on with another plan of the workspace, on the page that is shown."""
        self.window.choose_plan(plan_id)

    def open_hit(self, hit: SearchHit) -> None:
        """Go where a found indicator, task, goal or unit is at home."""
        desk = self.tools.actions.desk.desk()
        if hit.plan_id != desk.plan.id:
            self.window.choose_plan(hit.plan_id)
            desk = self.tools.actions.desk.desk()
        reported = {task.code for task in desk.plan.reported_tasks}
        if hit.kind.value == "indicator" or hit.code in reported:
            self.open_cell(hit.code)
        else:
            self.window.open_page("plans").go_to(hit.code)

    def show_history(self, key: ReturnKey, code: str) -> None:
        """All changes of one cell or task."""
        self.window.open_page("history").show_cell(key, code)

    # Windows over them

    def show_shared(self, plan_id: str) -> None:
        """Say which indicators of two plans are one figure."""
        from kjxd_desktop.ui.plans.share_dialog import ShareDialog

        ShareDialog(self.tools, plan_id, self.window).show()

    def show_source(self, code: str) -> None:
        """Open the chosen plan's document at an item's passage."""
        self.show_source_in(self.tools.actions.desk.desk().plan, code)

    def show_source_in(self, plan: Plan, code: str) -> None:
        """Open a plan's document at the passage of an indicator, task or goal."""
        from kjxd_desktop.ui.plans.source_dialog import SourceDialog

        indicator, task = plan.indicator(code), plan.task(code)
        goal = next((item for item in plan.goals if item.code == code), None)
        if indicator is not None:
            title, quote = indicator.name, indicator.quote
        elif task is not None:
            title, quote = f"{task.no} {task.title}", task.text
        elif goal is not None:
            title, quote = goal.subject, goal.text
        else:
            return
        SourceDialog(plan.document, quote, title, self.tools.theme, self.window).show()

    def show_document(self) -> None:
        """Open the whole plan document, to be read and searched."""
        from kjxd_desktop.ui.plans.source_dialog import SourceDialog

        plan = self.tools.actions.desk.desk().plan
        SourceDialog(plan.document, "", plan.title, self.tools.theme, self.window).show()

    def show_search(self) -> None:
        """Search the plans of the workspace, the chosen one first."""
        from kjxd_desktop.ui.search.search_dialog import SearchDialog

        actions = self.tools.actions
        desk = actions.desk.desk()
        others = [item.id for item in desk.plans if item.id != desk.plan.id]
        plans = (desk.plan, *(actions.plans.plan(plan_id) for plan_id in others))
        dialog = SearchDialog(plans, self.tools.theme, self.window)
        dialog.hit_chosen.connect(self.open_hit)
        # Modal, so that Ctrl+K again does not open a second one.
        dialog.open()

    def show_data(self) -> None:
        """The workspace file and its backups."""
        from kjxd_desktop.ui.keeping.keep_dialog import KeepDialog

        dialog = KeepDialog(self.tools, self.ask_workspace, self.window)
        dialog.restore_wanted.connect(self.restore_backup)
        dialog.open()

    def ask_workspace(self, parent: QWidget, name: str) -> Path | None:
        """Ask where a copy of the workspace shall stand."""
        from kjxd_desktop.ui.parts.file_choice import WORKSPACES, choose_new_file

        return choose_new_file(parent, "另存一份数据文件", name, WORKSPACES)

    def saved_elsewhere(self, file: Path) -> None:
        """What waited goes into the new file, then the window is opened on it."""
        if self.window.keeper.try_again() and self.reopen is not None:
            # The window that asks is about to go: not while its notice still speaks.
            QTimer.singleShot(0, partial(self.reopen, file))

    def restore_backup(self, file: object) -> None:
        """Leave the workspace to the program, which puts the backup in its place."""
        if self.restore is not None and isinstance(file, Path):
            # The window that asks is about to go: not while its dialog still speaks.
            QTimer.singleShot(0, partial(self.restore, file))

    def help(self, parent: QWidget) -> QWidget:
        """The manual."""
        from kjxd_desktop.ui.help.help_dialog import HelpDialog

        return HelpDialog(paths.resources_dir() / "manual", self.tools.theme, parent)
