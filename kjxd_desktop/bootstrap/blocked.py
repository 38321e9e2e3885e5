"""A workspace that does not open: what is shown instead of its window, and where each way leads."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.file_fault import FileFault
from kjxd_desktop.ui.tools.notices import sentence_of
from kjxd_desktop.wording import screen
from kjxd_desktop.wording.faults import fault_sentence

if TYPE_CHECKING:
    from kjxd_desktop.ui.tools.notices import Notices
    from kjxd_desktop.ui.tools.style import Theme
    from kjxd_desktop.usecases.keeping.vault import BackupInfo

log = logging.getLogger(__name__)

# What a backup can stand in for; such a file may also be put aside.
_RECOVERABLE = ("damaged", "not_a_workspace", "altered")
# What can be looked at although it cannot be written.
_READABLE = ("in_use", "lock_foreign", "read_only")


class Opener(Protocol):
    """What the program can do about a workspace that does not open; each raises a fault when it cannot."""

    theme: Theme
    notices: Notices

    def start(self) -> None: ...
    def look(self) -> None: ...
    def recover(self) -> None: ...
    def best_backup(self) -> BackupInfo | None: ...
    def begin_anew(self) -> Path: ...
    def open_other(self, path: Path) -> None: ...


class Blocked(QObject):
    """The window with the fault, and the ways out: a backup, looking only, another file, a new beginning."""

    def __init__(self, program: Opener, fault: WorkspaceFault) -> None:
        super().__init__()
        from kjxd_desktop.ui.shell.fault_window import ASIDE, OTHER, READ, RETRY, FaultWindow
        from kjxd_desktop.wording.keeping.backups import recover_offer

        # Whether the workspace was opened after all.
        self.opened = False
        self._program = program
        best = program.best_backup() if fault.code in _RECOVERABLE else None
        ways = [OTHER, RETRY]
        ways += [READ] if fault.code in _READABLE else []
        ways += [ASIDE] if fault.code in _RECOVERABLE else []
        if best is None:
            self.window = FaultWindow(fault_sentence(fault), program.theme, ways=ways)
        else:
            said, verb, what = recover_offer(fault.params.get("path", ""), best.at)
            self.window = FaultWindow(said, program.theme, (verb, what), ways)
        self._ways: dict[str, Callable[[], object]] = {
            READ: program.look,
            RETRY: program.start,
            ASIDE: self._begin_anew,
            OTHER: self._open_other,
        }
        self.window.recover_wanted.connect(partial(self._try, program.recover))
        self.window.way_chosen.connect(self._on_way)

    def say_no_font(self) -> None:
        """Say in Latin letters why nothing here can be read; the sentence itself is in the terminal."""
        print(screen.NO_CHINESE_FONT, file=sys.stderr)
        self.window.say(screen.NO_CHINESE_FONT_LATIN)

    def _on_way(self, way: str) -> None:
        self._try(self._ways[way])

    def _begin_anew(self) -> None:
        from kjxd_desktop.wording.faults import PUT_ASIDE

        aside = self._program.begin_anew()
        self._program.notices.attention(PUT_ASIDE.format(path=aside))

    def _open_other(self) -> bool:
        from kjxd_desktop.ui.parts.file_choice import choose_workspace

        file: Path | None = choose_workspace(self.window, "打开别的数据文件")
        if file is None:
            return False
        self._program.open_other(file)
        return True

    def _try(self, way: Callable[[], object]) -> None:
        try:
            done = way()
        except (WorkspaceFault, FileFault) as error:
            log.warning("not opened: %s", error)
            self.window.say(sentence_of(error) or "")
            return
        if done is not False:
            self.opened = True
            self.window.close()
