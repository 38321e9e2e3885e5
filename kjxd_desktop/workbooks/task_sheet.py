"""The 任务 sheet: the reported tasks with their progress."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kjxd_desktop.domain.plan.plan import Task
from kjxd_desktop.domain.returns.progress import NO_PROGRESS, PROGRESS_TEXTS, Progress
from kjxd_desktop.sheets.cells import fitting
from kjxd_desktop.sheets.styles import FormStyle
from kjxd_desktop.usecases.sending.exchange import ReturnContent
from kjxd_desktop.wording.sending import form
from kjxd_desktop.wording.terms import PROGRESS_FIELD
from kjxd_desktop.workbooks.form_head import FootCell, fillable, write_foot, write_head, write_notes
from kjxd_desktop.workbooks.layout import TASK_COLUMNS, progress_cells
from kjxd_desktop.workbooks.pen import Pen

_WRITTEN = tuple(field.name for field in PROGRESS_TEXTS)


class TaskSheet:
    """Writes the 任务 sheet of one workbook.

    Attributes:
        open_rows: After :meth:`write`, the rows that may be filled in; empty in a return that was sent.
    """

    def __init__(self, sheet: Worksheet, content: ReturnContent) -> None:
        self._pen = Pen(sheet)
        self._content = content
        self._at = {column.key: number for number, column in enumerate(TASK_COLUMNS, start=1)}
        self._width = {column.key: column.width for column in TASK_COLUMNS}
        self._too_long: list[tuple[Task, str, str]] = []
        self.open_rows: list[int] = []

    def letter(self, key: str) -> str:
        """The letter of a column."""
        letter: str = get_column_letter(self._at[key])
        return letter

    def write(self) -> str:
        """Write everything; returns the rows that every printed page repeats."""
        pen, plan, last = self._pen, self._content.plan, len(TASK_COLUMNS)
        pen.widths(TASK_COLUMNS)
        block = (self._at["next_step"], self._at["evidence"])
        title = form.task_form_title(plan)
        header = write_head(pen, self._content, title, form.TASK_FORM_NO, block, TASK_COLUMNS)
        for number, column in enumerate(TASK_COLUMNS, start=1):
            pen.text(header, number, column.header, FormStyle.HEADER)
        pen.height(header, 36)
        row = header + 1
        for group, tasks in groupby(self._content.duty.tasks, key=lambda task: task.group):
            if group:
                pen.across(row, 1, last, group, FormStyle.GROUP)
                pen.height(row, 20)
                row += 1
            for task in tasks:
                self._write_task(row, task)
                row += 1
        row = write_foot(pen, self._content, row, self._foot(), self._at["text"], signed_here=False)
        row = write_notes(pen, form.task_notes(), row, last, sum(self._width.values()))
        self._write_long_texts(row)
        return f"{header}:{header}"

    def _foot(self) -> dict[str, FootCell]:
        at, last = self._at, len(TASK_COLUMNS)
        lead, previous, percent = at["lead"], at["previous"], at["percent"]
        done, problems = (at["done"], at["done"]), (at["problems"], at["problems"])
        return {
            "head": FootCell(0, (lead, lead), (previous, previous)),
            "statistician": FootCell(0, (at["status"], percent), done),
            "filled_by": FootCell(0, problems, (at["next_step"], last)),
            "phone": FootCell(1, (lead, lead), (previous, at["status"])),
            "check_code": FootCell(1, (percent, percent), done),
            "date": FootCell(1, problems, (at["next_step"], last)),
        }

    def _write_task(self, row: int, task: Task) -> None:
        pen, content, at = self._pen, self._content, self._at
        progress = content.progress.get(task.code, NO_PROGRESS)
        shown = {
            "no": task.no,
            "text": task.text if task.title in task.text else f"{task.title}\n{task.text}",
            "lead": "、".join(task.in_charge),
            "code": task.code,
            "evidence": fitting("\n".join(item.name for item in progress.evidence)),
        }
        for key, text in shown.items():
            pen.text(row, at[key], text)
        earlier = content.previous_progress.get(task.code, NO_PROGRESS)
        self._write_percent(row, "previous", earlier.percent, FormStyle.NUMBER)
        self._write_progress(row, task, progress)
        texts = [(text, self._width[key]) for key, text in shown.items()]
        written = {name: text for name, text in progress_cells(progress).items() if name in _WRITTEN}
        texts += [(text, self._width[name]) for name, text in written.items()]
        if not pen.fit(row, texts, least=34):
            self._too_long += [(task, name, text) for name, text in written.items() if text]
            for name in _WRITTEN:
                pen.start_at_top(row, at[name])
        if fillable(content):
            self.open_rows.append(row)

    def _write_progress(self, row: int, task: Task, progress: Progress) -> None:
        is_open = fillable(self._content)
        style = FormStyle.EDITABLE if is_open else FormStyle.CELL
        number_style = FormStyle.EDITABLE_NUMBER if is_open else FormStyle.NUMBER
        texts = progress_cells(progress)
        self._pen.text(row, self._at["status"], texts["status"], style)
        self._write_percent(row, "percent", progress.percent, number_style)
        for name in _WRITTEN:
            self._pen.text(row, self._at[name], texts[name], style)

    def _write_percent(self, row: int, key: str, percent: int | None, style: FormStyle) -> None:
        if percent is None:
            self._pen.text(row, self._at[key], "", style)
        else:
            self._pen.number(row, self._at[key], Decimal(percent), style)

    def _write_long_texts(self, row: int) -> None:
        """Texts that no row is high enough for, once more over the whole width, so that paper has them."""
        if not self._too_long:
            return
        pen, last = self._pen, len(TASK_COLUMNS)
        pen.across(row, 1, last, form.LONG_TEXTS, FormStyle.GROUP)
        for task, name, text in self._too_long:
            row += 1
            whole = f"{task.no} {PROGRESS_FIELD[name]}：{text}"
            pen.across(row, 1, last, whole, FormStyle.CELL)
            pen.fit(row, ((whole, sum(self._width.values())),))
