"""The one way to speak to the person: short notices at the bottom right, never in the way."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.file_fault import FileFault
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.ui.parts.glyphs import Glyph, Tone
from kjxd_desktop.ui.tools.icons import Icons
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.ui.tools.toast import Toast
from kjxd_desktop.usecases.changes import Notes
from kjxd_desktop.wording.faults import fault_sentence
from kjxd_desktop.wording.files import file_fault_sentence
from kjxd_desktop.wording.filling.notes import note_sentence
from kjxd_desktop.wording.problems import problem_sentence

log = logging.getLogger(__name__)

EXPECTED = (ProblemError, FileFault, WorkspaceFault)
SUCCESS_MS = 5000
MOST = 4
# Pages end with buttons; notices keep above them.
FOOTER = 48
_MARGIN = 16
_GAP = 8


def sentence_of(error: Exception) -> str | None:
    """The sentence for an error a clerk can meet; None for a bug."""
    if isinstance(error, ProblemError):
        return problem_sentence(error.problem)
    if isinstance(error, FileFault):
        return file_fault_sentence(error.code, error.params)
    if isinstance(error, WorkspaceFault):
        return fault_sentence(error)
    return None


class Notices(QObject):
    """Shows notices over a window.

    Args:
        show_bug: What is done with an error that is no one's fault but ours.
    """

    def __init__(self, theme: Theme, icons: Icons, show_bug: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._show_bug = show_bug
        self._window: QWidget | None = None
        self._toasts: list[Toast] = []
        self._quiet = False

    def show_over(self, window: QWidget) -> None:
        """Choose the window notices are shown over; what was said over the one before is taken away."""
        if self._window is not None:
            self.clear()
            self._window.removeEventFilter(self)
            self._window.destroyed.disconnect(self._on_window_destroyed)
        self._window = window
        window.installEventFilter(self)
        window.destroyed.connect(self._on_window_destroyed)

    @property
    def texts(self) -> tuple[str, ...]:
        """What is shown now, oldest first."""
        return tuple(toast.text for toast in self._toasts)

    def success(self, text: str, action_text: str = "", action: Callable[[], None] | None = None) -> None:
        """Something went well; goes away by itself after five seconds, or when the next thing goes well."""
        for toast in [item for item in self._toasts if item.tone is Tone.GOOD]:
            toast.dismiss()
        self._add(text, Glyph.CHECK, Tone.GOOD, action_text, action, SUCCESS_MS)

    def attention(self, text: str, action_text: str = "", action: Callable[[], None] | None = None) -> None:
        """Something needs to be looked at; stays until closed."""
        self._add(text, Glyph.WARN, Tone.WARN, action_text, action, 0)

    def failure(self, text: str, action_text: str = "", action: Callable[[], None] | None = None) -> None:
        """Something was not done; stays until closed."""
        if not self._quiet:
            self._add(text, Glyph.BAD, Tone.BAD, action_text, action, 0)

    def notes(self, notes: Notes) -> None:
        """Say what a write wants the person to know."""
        for code, params in notes:
            self.attention(note_sentence(code, params))

    def error(self, error: Exception) -> None:
        """Say an error: its sentence, or for a bug the dialog with its details."""
        sentence = sentence_of(error)
        if sentence is None:
            self._show_bug(error)
        else:
            log.info("refused: %s", error)
            self.failure(sentence)

    def try_to(self, act: Callable[[], object]) -> bool:
        """Do something; what the data or the machine refuses becomes a notice. True when it was done."""
        try:
            act()
        except EXPECTED as error:
            self.error(error)
            return False
        return True

    @contextmanager
    def quiet_failures(self) -> Iterator[None]:
        """While something known to fail is tried again, nothing is said of its failing again."""
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False

    def take_away(self, text: str) -> None:
        """Take a notice away because what it says holds no longer."""
        for toast in [item for item in self._toasts if item.text == text]:
            toast.dismiss()

    def clear(self) -> None:
        """Take everything away."""
        for toast in list(self._toasts):
            toast.dismiss()

    def _add(
        self,
        text: str,
        glyph: Glyph,
        tone: Tone,
        action_text: str,
        action: Callable[[], None] | None,
        ms: int,
    ) -> None:
        if self._window is None:
            log.warning("nobody to tell: %s", text)
            return
        for toast in [item for item in self._toasts if item.text == text]:
            toast.dismiss()
        while len(self._toasts) >= MOST:
            self._toasts[0].dismiss()
        toast = Toast(text, glyph, tone, action_text, action, self._theme, self._icons, self._window)
        toast.dismissed.connect(self._on_dismissed)
        self._toasts.append(toast)
        toast.appear(ms)
        self._place()

    def _on_window_destroyed(self) -> None:
        """The notices were its children and are gone with it."""
        self._window = None
        self._toasts.clear()

    def _on_dismissed(self, toast: object) -> None:
        if isinstance(toast, Toast) and toast in self._toasts:
            self._toasts.remove(toast)
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the corner when the window changes its size."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        if self._window is None:
            return
        bottom = self._window.height() - _MARGIN - FOOTER
        for toast in reversed(self._toasts):
            toast.fit()
            bottom -= toast.height()
            toast.move(self._window.width() - toast.width() - _MARGIN, bottom)
            bottom -= _GAP
