"""工作台: what is due, until when, what is missing, and one button to go on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kjxd_desktop.domain.checks.findings import Finding
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.ui.home.step_card import StepCard
from kjxd_desktop.ui.home.todo_list import RecentList, TodoLine, TodoList
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.cards import Card, scrolling
from kjxd_desktop.ui.parts.glyphs import Glyph, Tone
from kjxd_desktop.ui.parts.labels import ElidedLabel, label
from kjxd_desktop.ui.tools.page import Page, PageTools
from kjxd_desktop.usecases.changes import Changes, clock_notes
from kjxd_desktop.usecases.planning.shown import Desk
from kjxd_desktop.usecases.sending.shown import StatusShown
from kjxd_desktop.wording.checking.findings import finding_sentence
from kjxd_desktop.wording.dates import day_time, left_text, quarter_word, short_moment
from kjxd_desktop.wording.filling.notes import note_sentence
from kjxd_desktop.wording.keeping.changes import change_line
from kjxd_desktop.wording.people.greeting import greeting
from kjxd_desktop.wording.sending import desk as words
from kjxd_desktop.wording.sending.desk import Whose

if TYPE_CHECKING:
    from kjxd_desktop.ui.home.plan_progress import PlanProgress

MOST_FINDINGS = 3
MOST_RECENT = 5
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
        self._status: StatusShown | None = None
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
        left = QVBoxLayout()
        left.setSpacing(12)
        self._todo = TodoList(self._theme)
        self._todo_card = Card("要处理的事")
        self._todo_card.body.addWidget(self._todo)
        self._recent = RecentList()
        self._to_history = push_button("看修改记录", self._theme, kind="link")
        recent_card = Card("最近操作", self._to_history)
        recent_card.body.addWidget(self._recent)
        left.addWidget(self._todo_card, 3)
        left.addWidget(recent_card, 2)
        below.addLayout(left, 9)
        self._to_analysis = push_button("看监测分析", self._theme, kind="link")
        self._progress: PlanProgress | None = None
        self._progress_card = Card("方案进展", self._to_analysis)
        # Large letters on a small screen: it may be longer than its card.
        self._progress_room = scrolling()
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
            StepCard(3, "审核", "看问题", self._theme, self._icons),
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
        """Read everything anew."""
        desk = self._actions.desk.desk()
        key = ReturnKey(desk.plan.id, desk.unit.code, desk.period)
        status = self._actions.status.status(key)
        # A clock that lies behind what was written must not promise years.
        clock = self._clock.now()
        now = max(clock, (desk.clock_behind or clock).astimezone(clock.tzinfo)).replace(tzinfo=None)
        person = desk.me or status.head.signature.filled_by
        missing, verify = len(status.check.missing), status.check.to_explain
        whose = Whose.of(city=desk.city, own=desk.own)
        unit_first = words.unit_first(status.head.state) if whose is Whose.UNIT else ""
        self._greeting.setText(
            greeting(
                now,
                person,
                key.period,
                status.deadline,
                status.next,
                missing,
                verify,
                state=status.head.state,
                unit_first=unit_first,
            )
        )
        self._show_clock(desk)
        self._due_title.setText(f"{quarter_word(key.period)}报表截止")
        self._due_left.setText(left_text(status.deadline, now))
        self._due_at.setText(day_time(status.deadline))
        region = status.plan.unit(status.plan.region)
        self._due_to.setText(f"报送至 {region.office or region.name}" if region else "")
        self._show_steps(status, whose)
        lines = (*self._todo_lines(status, whose), *self._elsewhere_lines(desk, status))
        self._todo.show_lines(lines or (self._nothing_line(status, whose),))
        # What is only to be looked at follows when the window is there to be used.
        self._status = status
        if self._painted:
            self._follow.start()

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
        assert self._status is not None, "refresh begins it"
        if not self.isVisible():
            # Left meanwhile; it is refreshed when it is shown again.
            return
        self._show_recent(self._status)
        self._show_progress()

    def _show_progress(self) -> None:
        from kjxd_desktop.ui.home.plan_progress import PlanProgress

        if self._progress is None:
            self._progress = PlanProgress(self._theme)
            self._progress_room.setWidget(self._progress)
        self._progress.show_json(self._actions.monitor.monitor(self._actions.desk.key()))

    def _show_steps(self, status: StatusShown, whose: Whose) -> None:
        fill, tasks, check, send = self._steps
        state = status.head.state
        asked = whose.asked(state)
        left = status.indicators_due - status.indicators_filled
        fill.show_count(status.indicators_filled, status.indicators_due, "项")
        _say(fill, words.fill_words(left, asked=asked))
        waiting = status.tasks_due - status.tasks_updated
        tasks.show_count(status.tasks_updated, status.tasks_due, "项")
        _say(tasks, words.task_words(waiting, asked=asked))
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
        chosen = _CARD_OF_STEP.get(status.next) if asked else None
        for place, card in enumerate(self._steps):
            card.set_next(place == chosen)

    def _todo_lines(self, status: StatusShown, whose: Whose) -> tuple[TodoLine, ...]:
        if not whose.asked(status.head.state):
            return ()
        lines = [self._finding_line(item) for item in status.check.findings if item.blocks][:MOST_FINDINGS]
        names = [item.name for code in status.check.missing if (item := status.plan.indicator(code))]
        if names:
            lines.append(
                TodoLine(
                    Glyph.OPEN,
                    Tone.QUIET,
                    f"还有 {len(names)} 项指标待填",
                    "、".join(names),
                    "继续填",
                    partial(self.cell_wanted.emit, status.check.missing[0]),
                )
            )
        waiting = status.tasks_due - status.tasks_updated
        if waiting:
            hint = "没有变化的点“本季无变化”，没有关系的选“不涉及”"
            act = partial(self.page_wanted.emit, "tasks")
            lines.append(
                TodoLine(Glyph.OPEN, Tone.QUIET, f"还有 {waiting} 项任务没更新", hint, "去更新", act)
            )
        return tuple(lines)

    def _nothing_line(self, status: StatusShown, whose: Whose) -> TodoLine:
        act = partial(self.page_wanted.emit, "returns")
        hint = words.nothing_hint(whose, status.head.state)
        return TodoLine(Glyph.CHECK, Tone.GOOD, "没有要处理的事", hint, "去看看", act)

    def _elsewhere_lines(self, desk: Desk, status: StatusShown) -> list[TodoLine]:
        """The same period under the office's other plans; asked only where the office is at home."""
        key = status.head.key
        if len(desk.plans) < 2 or not desk.own:
            return []
        return [
            TodoLine(
                Glyph.OPEN,
                Tone.QUIET,
                f"另一个方案“{item.plan.short_title}”本期也要报",
                f"还有 {item.cells} 项指标待填，{item.tasks} 项任务没更新",
                "换到这个方案",
                partial(self.plan_wanted.emit, item.plan.id),
            )
            for item in self._actions.status.elsewhere(key)
        ]

    def _finding_line(self, finding: Finding) -> TodoLine:
        _, sentence, advice = finding_sentence(finding)
        logic = finding.grade is Grade.LOGIC
        act = partial(self.cell_wanted.emit, finding.code)
        link = "去改数" if logic else "写说明"
        glyph, tone = (Glyph.BAD, Tone.BAD) if logic else (Glyph.WARN, Tone.WARN)
        return TodoLine(glyph, tone, sentence, advice, link, act)

    def _show_recent(self, status: StatusShown) -> None:
        now = self._clock.now()
        self._recent.show_lines(
            tuple(
                (
                    short_moment(line.at, now),
                    change_line(line.what, line.code, line.new, status.plan),
                    line.who,
                )
                for line in self._actions.status.recent(MOST_RECENT)
            )
        )

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible():
            self.refresh()


def _say(card: StepCard, said: tuple[str, str]) -> None:
    detail, button = said
    card.detail.setText(detail)
    card.button.setText(button)
