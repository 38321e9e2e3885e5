"""The one way to speak to the person: short notices at the bottom right, never in the way."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.file_fault import FileFault
from kjxd_desktop.domain.problems import ProblemError
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


def refusal_of(act: Callable[[], object]) -> str | None:
    """Do something; the sentence that says why it was not done, or None."""
    try:
        act()
    except EXPECTED as error:
        return sentence_of(error)
    return None


class NoticeKind(StrEnum):
    """How a notice is meant."""

    SUCCESS = "success"
    ATTENTION = "attention"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence, and what can be done about it.

    Attributes:
        action_text: Word of the button; without it, or without ``action``, there is none.
    """

    kind: NoticeKind
    text: str
    action_text: str = ""
    action: Callable[[], None] | None = None


class NoticeCard(Protocol):
    """A notice as it stands over the window; made of a widget elsewhere, see :class:`MakeCard`."""

    notice: Notice

    def appear(self, ms: int) -> None:
        """Show it; ``ms`` 0 keeps it until it is closed."""

    def dismiss(self) -> None:
        """Take it away."""

    def fit(self) -> None:
        """As high as its sentence needs at its width."""

    def width(self) -> int:
        """In pixels."""

    def height(self) -> int:
        """In pixels."""

    def move(self, x: int, y: int, /) -> None:
        """Put its upper left corner there, in pixels of the window."""


class MakeCard(Protocol):
    """Makes a card over a window, not shown yet; it calls ``dismissed`` with itself when it goes."""

    def __call__(self, notice: Notice, window: QWidget, dismissed: Callable[[object], None]) -> NoticeCard:
        """See the class."""


class Notices(QObject):
    """Shows notices over a window.

    Args:
        make_card: How a notice looks.
        show_bug: What is done with an error that is no one's fault but ours.
    """

    def __init__(self, make_card: MakeCard, show_bug: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._make_card = make_card
        self._show_bug = show_bug
        self._window: QWidget | None = None
        self._cards: list[NoticeCard] = []
        self._quiet = False
        self._offers: dict[str, tuple[str, Callable[[], None]]] = {}

    def offer_with(self, text: str, action_text: str, action: Callable[[], None]) -> None:
        """Whenever this is said without a way on, this one stands with it."""
        self._offers[text] = action_text, action

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
        return tuple(card.notice.text for card in self._cards)

    def success(self, text: str, action_text: str = "", action: Callable[[], None] | None = None) -> None:
        """Something went well; goes away by itself after five seconds, or when the next thing goes well."""
        for card in [item for item in self._cards if item.notice.kind is NoticeKind.SUCCESS]:
            card.dismiss()
        self._add(Notice(NoticeKind.SUCCESS, text, action_text, action), SUCCESS_MS)

    def attention(self, text: str, action_text: str = "", action: Callable[[], None] | None = None) -> None:
        """Something needs to be looked at; stays until closed."""
        self._add(Notice(NoticeKind.ATTENTION, text, action_text, action), 0)

    def failure(self, text: str, action_text: str = "", action: Callable[[], None] | None = None) -> None:
        """Something was not done; stays until closed."""
        if not self._quiet:
            self._add(Notice(NoticeKind.FAILURE, text, action_text, action), 0)

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
        for card in [item for item in self._cards if item.notice.text == text]:
            card.dismiss()

    def clear(self) -> None:
        """Take everything away."""
        for card in list(self._cards):
            card.dismiss()

    def _add(self, notice: Notice, ms: int) -> None:
        if self._window is None:
            log.warning("nobody to tell: %s", notice.text)
            return
        self.take_away(notice.text)
        if notice.action is None and notice.text in self._offers:
            offered, act = self._offers[notice.text]
            notice = replace(notice, action_text=offered, action=act)
        while len(self._cards) >= MOST:
            self._cards[0].dismiss()
        card = self._make_card(notice, self._window, self._on_dismissed)
        self._cards.append(card)
        card.appear(ms)
        self._place()

    def _on_window_destroyed(self) -> None:
        """The notices were its children and are gone with it."""
        self._window = None
        self._cards.clear()

    def _on_dismissed(self, gone: object) -> None:
        self._cards = [card for card in self._cards if card is not gone]
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
        for card in reversed(self._cards):
            card.fit()
            bottom -= card.height()
            card.move(self._window.width() - card.width() - _MARGIN, bottom)
            bottom -= _GAP
