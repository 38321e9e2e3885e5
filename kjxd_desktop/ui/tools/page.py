"""What every page of the window gets, and what the window asks of every page."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.ui.tools.changes import ChangeBus
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.notices import Notices
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.ui.tools.tasks import TaskRunner
from kjxd_desktop.usecases.actions import Actions
from kjxd_desktop.usecases.ports import Clock


@dataclass(frozen=True, slots=True)
class PageTools:
    """The same for all pages of a window, and for the dialogs they open.

    Attributes:
        actions: What a person can do in the open workspace.
        tasks: Long work off the window's thread.
        notices: The one way to speak to the person.
        changes: Hears of every write, and tells all who listen.
    """

    actions: Actions
    tasks: TaskRunner
    notices: Notices
    theme: Theme
    icons: Icons
    changes: ChangeBus
    clock: Clock


class Page(QWidget):
    """One page. It is made when it is first opened, lives as long as the window, and may be hidden meanwhile.

    A page overrides what it can do; what the window asks of one that cannot has a harmless answer here.
    """

    def __init__(self, tools: PageTools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._actions = tools.actions
        self._notices = tools.notices
        self._theme = tools.theme
        self._icons = tools.icons
        self._changes = tools.changes

    @abstractmethod
    def refresh(self) -> None:
        """Read anew what the desk has chosen, and show it; asked each time the page is opened."""
        raise NotImplementedError

    def commit_pending(self) -> bool:
        """Keep what is being typed; False, and the window stays, when it cannot be kept as it is.

        Here nothing can be typed.
        """
        return True

    def go_to(self, code: str) -> None:
        """Put the cursor on an indicator, task, goal or unit of the chosen plan, asked for from elsewhere.

        Here there is nothing to go to.
        """

    def show_cell(self, key: ReturnKey, code: str) -> None:
        """Show one cell or task of a return, whether or not that return is chosen.

        Here it is shown as far as :meth:`go_to` can.
        """
        self.go_to(code)
