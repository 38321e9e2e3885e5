"""What a person does about a target in words: mark it as achieved, take that back, take the evidence out."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from kjxd_desktop.domain.file_names import safe_name
from kjxd_desktop.domain.pace.text_targets import text_target
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.ui.analysis.achieved_dialog import AchievedDialog
from kjxd_desktop.ui.parts.file_choice import ANY, choose_new_file
from kjxd_desktop.ui.parts.reason_dialog import ReasonDialog
from kjxd_desktop.ui.tools.notices import refusal_of
from kjxd_desktop.ui.tools.page import PageTools
from kjxd_desktop.usecases.changes import Changes
from kjxd_desktop.usecases.monitoring.shown import MonitorRow, MonitorShown
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.monitoring.achieved import since_sentence, take_back_sentence, wanted_sentence


class AchievedActs:
    """Acts on one indicator of one return.

    Args:
        page: Dialogs open over it.
    """

    def __init__(self, tools: PageTools, page: QWidget) -> None:
        self._tools, self._page = tools, page

    def mark(self, answer: MonitorShown, row: MonitorRow) -> None:
        """Ask what was achieved, and keep it."""
        target, mark = text_target(row.standing.yardstick), row.standing.achieved
        if target is None:
            return
        key = answer.key
        since = period_title(key.period if mark is None else mark.since)
        travels = key.unit_code != answer.plan.region
        AchievedDialog(
            f"{row.indicator.name}：{wanted_sentence(target)}",
            since_sentence(since, travels=travels),
            "" if mark is None else mark.text,
            "" if mark is None or mark.evidence is None else mark.evidence.name,
            partial(self._keep, key, row),
            self._tools.theme,
            self._page,
        ).open()

    def take_back(self, key: ReturnKey, row: MonitorRow) -> None:
        """Ask why, and take the mark back."""
        mark = row.standing.achieved
        if mark is None:
            return
        ReasonDialog(
            f"撤回“{row.indicator.name}”的“已实现”？",
            take_back_sentence(mark),
            "撤回原因",
            "撤回",
            partial(self._take_back, key, row),
            self._tools.theme,
            self._page,
        ).open()

    def take_out(self, row: MonitorRow) -> None:
        """Write a copy of the evidence where the person wants it."""
        mark, report = row.standing.achieved, self._tools.actions.report
        if mark is None or mark.evidence is None:
            return
        content = report.open_copy(mark.evidence.digest)
        if content is None:
            self._tools.notices.attention("这里只有这个文件的名字，没有文件本身。")
            return
        path = choose_new_file(self._page, "取出佐证材料", safe_name(mark.evidence.name), ANY)
        if path is not None and self._tools.notices.try_to(partial(report.save_copy, content, path)):
            self._tools.notices.success(f"已取出：{path.name}")

    def _keep(self, key: ReturnKey, row: MonitorRow, text: str, file: Path | None) -> str | None:
        act = partial(self._tools.actions.achieve.mark, key, row.indicator.code, text, file)
        return refusal_of(partial(self._done, act))

    def _take_back(self, key: ReturnKey, row: MonitorRow, why: str) -> str | None:
        act = partial(self._tools.actions.achieve.take_back, key, row.indicator.code, why)
        return refusal_of(partial(self._done, act))

    def _done(self, act: partial[Changes]) -> None:
        """Nothing is said of it: the line that shows it lies where a notice would."""
        changes = act()
        self._tools.changes.publish(changes)
        self._tools.notices.notes(changes.notes)
