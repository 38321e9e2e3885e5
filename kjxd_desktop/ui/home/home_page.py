"""工作台: what is due, until when, what is missing, and one button to go on."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.ui.home.step_card import StepCard
from kjxd_desktop.ui.home.todo_list import RecentList, TodoList
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.cards import Card, ScrollRoom
from kjxd_desktop.ui.parts.labels import ElidedLabel, label
from kjxd_desktop.ui.tools.page import Page, PageTools
from kjxd_desktop.usecases.changes import Changes, clock_notes
from kjxd_desktop.usecases.planning.shown import Desk
from kjxd_desktop.usecases.sending.standing_shown import StandingShown
from kjxd_desktop.wording.dates import day_time, left_text, quarter_word, short_moment
from kjxd_desktop.wording.filling.notes import note_sentence
from kjxd_desktop.wording.keeping.changes import change_line
from kjxd_desktop.wording.people.greeting import greeting
from kjxd_desktop.wording.sending import desk as words
from kjxd_desktop.wording.sending.desk import Whose

if TYPE_CHECKING:
    from kjxd_desktop.ui.home.plan_progress import PlanProgress
    from kjxd_desktop.usecases.sending.shown import StatusShown

MOST_RECENT = 5
# Title and two lines of what was done: lower than this it is not shown.
LEAST_RECENT = 96
# Which card is framed for each next step of ``StatusShown.next``.
_CARD_OF_STEP = {"fill": 0, "explain": 0, "answer": 0, "check": 2, "sign_off": 3, "submit": 3}


class HomePage(Page):
    """The first page. Emits where the person wants to go."""

    page_wanted = Signal(str)
    cell_wanted = Signal(str)
    plan_wanted = Signal(str)

    def __init__(self, tools: PageTools, parent: QWidget | None = None) -> None:
        super().__init__(tools, parent)
        self._clock = tools.clock
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._painted = False
        self._judged = False
        self._plan: Plan | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setObjectName("page")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label("工作台", "h1"))
        self._greeting = ElidedLabel()
        head.addWidget(self._greeting, 1)
        layout.addLayout(head)
        self.clock_told = label("", "warn", wrap=True)
        self.clock_told.hide()
        layout.addWidget(self.clock_told)
        layout.addLayout(self._build_steps())
        below = QHBoxLayout()
        below.setSpacing(12)
        self._left = QVBoxLayout()
        self._left.setSpacing(12)
        self._todo = TodoList(self._theme)
        self._todo_card = Card("要处理的事")
        self._todo_room = ScrollRoom()
        self._todo_room.setWidget(self._todo)
        self._todo_card.body.addWidget(self._todo_room)
        self._recent = RecentList()
        self._to_history = push_button("看修改记录", self._theme, kind="link")
        self._recent_card = Card("最近操作", self._to_history)
        recent_room = ScrollRoom()
        recent_room.setWidget(self._recent)
        self._recent_card.body.addWidget(recent_room)
        self._left.addWidget(self._todo_card, 3)
        self._left.addWidget(self._recent_card, 2)
        below.addLayout(self._left, 9)
        self._to_analysis = push_button("看监测分析", self._theme, kind="link")
        self._progress: PlanProgress | None = None
        self._progress_card = Card("方案进展", self._to_analysis)
        # Large letters on a small screen: it may be longer than its card.
        self._progress_room = ScrollRoom()
        self._progress_card.body.addWidget(self._progress_room)
        below.addWidget(self._progress_card, 5)
        layout.addLayout(below, 1)

    def _build_steps(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self._due_card = Card()
        self._due_title = label("", "label")
        self._due_left = label("", "h1")
        self._due_at = label("", "label")
        self._due_to = label("", "label")
        for widget in (self._due_title, self._due_left, self._due_at):
            self._due_card.body.addWidget(widget)
        self._due_card.body.addStretch(1)
        self._due_card.body.addWidget(self._due_to)
        self._steps = (
            StepCard(1, "填指标", "继续填指标", self._theme, self._icons),
            StepCard(2, "报任务", "去更新", self._theme, self._icons),
            StepCard(3, "审核", "去审核", self._theme, self._icons),
            StepCard(4, "导出上报", "去导出", self._theme, self._icons),
        )
        for card in (self._due_card, *self._steps):
            card.setMinimumHeight(168)
            row.addWidget(card, 1)
        return row

    def _connect(self) -> None:
        for card, page in zip(self._steps, ("entry", "tasks", "entry", "returns"), strict=True):
            card.button.clicked.connect(partial(self.page_wanted.emit, page))
        self._to_analysis.clicked.connect(partial(self.page_wanted.emit, "analysis"))
        self._to_history.clicked.connect(partial(self.page_wanted.emit, "history"))
        self._changes.changed.connect(self._on_changed)
        self._follow.timeout.connect(self._show_rest)

    def refresh(self) -> None:
        """Read everything anew; the first time, what a check says follows the first painting."""
        desk = self._actions.desk.desk()
        key = ReturnKey(desk.plan.id, desk.unit.code, desk.period)
        self._judged = self._painted
        if self._painted:
            self._show_judged(desk, key)
            self._follow.start()
        else:
            standing = self._actions.standing.standing(key)
            self._show_standing(desk, standing)
            self._steps[2].show_words("正在审核…")

    def _show_standing(self, desk: Desk, standing: StandingShown) -> None:
        """What is due, until when, and how much of it is there."""
        now = self._now(desk)
        self._plan = standing.plan
        self._greet(desk, standing, standing.step)
        self._show_clock(desk)
        self._due_title.setText(f"{quarter_word(standing.head.key.period)}报表截止")
        self._due_left.setText(left_text(standing.deadline, now))
        self._due_at.setText(day_time(standing.deadline))
        region = standing.plan.unit(standing.plan.region)
        self._due_to.setText(f"报送至 {region.office or region.name}" if region else "")
        whose, state, (cells, waiting) = _whose(desk), standing.head.state, standing.left
        asked = whose.asked(state)
        fill, tasks, _, send = self._steps
        fill.show_count(standing.indicators_filled, standing.indicators_due, "项")
        _say(fill, words.fill_words(cells, asked=asked))
        tasks.show_count(standing.tasks_updated, standing.tasks_due, "项")
        _say(tasks, words.task_words(waiting, asked=asked))
        send.show_words(words.send_words(whose, state, clean=False, tasks=waiting).figure)
        chosen = _CARD_OF_STEP.get(standing.step) if asked else None
        self._point_at(chosen)

    def _point_at(self, chosen: int | None) -> None:
        for place, card in enumerate(self._steps):
            card.set_next(place == chosen)

    def _show_judged(self, desk: Desk, key: ReturnKey) -> None:
        """What a check says of it, and what is to be done."""
        from kjxd_desktop.ui.home.to_do import Ways, to_do

        status, whose = self._actions.status.status(key), _whose(desk)
        self._show_standing(desk, status)
        self._greet(desk, status, status.next, status.check.to_explain)
        self._show_steps(status, whose)
        # Asked only where the office is at home.
        at_home = len(desk.plans) > 1 and desk.own
        others = self._actions.standing.elsewhere(key) if at_home else ()
        go = Ways(self.page_wanted.emit, self.cell_wanted.emit, self.plan_wanted.emit)
        self._todo.show_lines(to_do(status, whose, others, go))
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As ever; what is to be done is seen before what was done."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """In a low window what is to be done takes from what was done, which history has as well."""
        self._todo_room.updateGeometry()
        # The steps above have their height before the room below is theirs to share.
        self.layout().activate()
        high, wanted = self._left.geometry().height(), self._todo_card.sizeHint().height()
        left_over = high - self._left.spacing() - wanted
        self._recent_card.setVisible(left_over >= round(LEAST_RECENT * self._theme.scale))
        roomy = wanted <= high * 3 // 5 - self._left.spacing()
        for card, share in ((self._todo_card, 3 if roomy else 0), (self._recent_card, 2 if roomy else 1)):
            self._left.setStretchFactor(card, share)

    def _now(self, desk: Desk) -> datetime:
        """The clock's time; one that lies behind what was written must not promise years."""
        clock = self._clock.now()
        return max(clock, (desk.clock_behind or clock).astimezone(clock.tzinfo)).replace(tzinfo=None)

    def _greet(self, desk: Desk, standing: StandingShown, step: str, verify: int = 0) -> None:
        state = standing.head.state
        self._greeting.setText(
            greeting(
                self._now(desk),
                desk.me or standing.head.signature.filled_by,
                standing.head.key.period,
                standing.deadline,
                step,
                standing.left[0],
                verify,
                state=state,
                unit_first=words.unit_first(state) if _whose(desk) is Whose.UNIT else "",
            )
        )

    def _show_clock(self, desk: Desk) -> None:
        """Say for as long as it is so that the computer's clock lies behind what was written."""
        notes = clock_notes(self._clock.now(), desk.clock_behind)
        self.clock_told.setText("".join(note_sentence(code, params) for code, params in notes))
        self.clock_told.setVisible(bool(notes))

    def paintEvent(self, event: QPaintEvent) -> None:
        """As ever; the first time, what could wait for it is begun."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self._follow.start()

    def _show_rest(self) -> None:
        if not self.isVisible():
            # Left meanwhile; it is refreshed when it is shown again.
            return
        if not self._judged:
            self.refresh()
            return
        self._show_recent()
        self._show_progress()

    def _show_progress(self) -> None:
        from kjxd_desktop.ui.home.plan_progress import PlanProgress

        if self._progress is None:
            self._progress = PlanProgress(self._theme)
            self._progress_room.setWidget(self._progress)
        self._progress.show_json(self._actions.monitor.monitor(self._actions.desk.key()))
        self._progress_room.updateGeometry()

    def _show_steps(self, status: StatusShown, whose: Whose) -> None:
        _, _, check, send = self._steps
        state, (left, waiting) = status.head.state, status.left
        found = words.check_words(
            whose,
            state,
            filled=status.indicators_filled,
            left=left,
            errors=status.check.count(Grade.LOGIC),
            to_explain=status.check.to_explain,
        )
        sent = words.send_words(whose, state, clean=status.check.clean, tasks=waiting)
        for card, said in ((check, found), (send, sent)):
            card.show_words(said.figure, said.beside)
            _say(card, (said.detail, said.button))
        self._point_at(_CARD_OF_STEP.get(status.next) if whose.asked(state) else None)

    def _show_recent(self) -> None:
        plan, now = self._plan, self._clock.now()
        assert plan is not None, "refresh keeps it"
        self._recent.show_lines(
            tuple(
                (short_moment(line.at, now), change_line(line.what, line.code, line.new, plan), line.who)
                for line in self._actions.standing.recent(MOST_RECENT)
            )
        )

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible():
            self.refresh()


def _whose(desk: Desk) -> Whose:
    return Whose.of(city=desk.city, own=desk.own)


def _say(card: StepCard, said: tuple[str, str]) -> None:
    detail, button = said
    card.detail.setText(detail)
    card.button.setText(button)
