"""One entry of a plan as a form: an indicator with its targets, a task, a goal, a unit, a check rule."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kjxd_desktop.domain.plan.plan import Plan
from kjxd_desktop.domain.plan.rules import CheckRule
from kjxd_desktop.plan_text.edits import (
    FIELDS,
    NO,
    YES,
    Field,
    Form,
    Texts,
    free_code,
    put_entry,
    target_texts,
    texts_of,
)
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.tools.plain import set_tip
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.checking.try_rule import Trial
from kjxd_desktop.wording.checking.rules import trial_sentences
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.literal import window_title
from kjxd_desktop.wording.planning.faults import plan_fault_sentence
from kjxd_desktop.wording.planning.words import field_word, table_word

SIZE = (680, 620)
SPARE_TARGETS = 2
_RULE_HELP = (
    "左边、右边可以写指标和分子、分母的代码，加减乘除和括号，还可以写 上期(I01)、上年同期(I01)、"
    "目标(I01, 约束值)。提示语里写 {左边}、{右边} 的地方，会换成左边、右边的数。"
)
# Tries a rule of a plan on the stored returns.
TryIt = Callable[[Plan, CheckRule], Trial]
_HINTS = {
    Form.NAMES: "几个名称用顿号隔开",
    Form.YEARS: "年份，几个用顿号隔开",
    Form.DECIMAL: "只写数字",
    Form.DECIMALS: "几个数用顿号隔开，例如 20、45、70",
    Form.WHOLE: "整数",
}


class PlanEntryDialog(QDialog):
    """Edits an entry of a plan that is being changed; nothing is written to the workspace.

    Args:
        code: The entry; empty adds one.
        try_rule: Tries a check rule before it is kept.
    """

    edited = Signal(object)

    def __init__(
        self,
        plan: Plan,
        table: str,
        code: str,
        theme: Theme,
        try_rule: TryIt,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._plan, self._table, self._code, self._theme = plan, table, code, theme
        self._try_rule = try_rule
        self.setWindowTitle(window_title(f"修改{table_word(table)}" if code else f"新增{table_word(table)}"))
        self.resize(*SIZE)
        self.fields: dict[str, QLineEdit | QComboBox | QPlainTextEdit] = {}
        self.targets: QTableWidget | None = None
        self._build()
        self._fill()

    def _build(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for field in FIELDS[self._table]:
            editor = self._editor(field)
            editor.setAccessibleName(field_word(self._table, field.name))
            self.fields[field.name] = editor
            form.addRow(label(field_word(self._table, field.name)), editor)
        inner = QWidget()
        column = QVBoxLayout(inner)
        if self._table == "indicators":
            column.addWidget(label("目标（一行一个，不要的整行清空）", "h2"))
            self.targets = self._target_table()
            column.addWidget(self.targets)
        if self._table == "rules":
            column.addWidget(label(_RULE_HELP, "hint", wrap=True))
        column.addLayout(form)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inner)
        self.tried = label("", "label", wrap=True)
        self.tried.hide()
        self.told = label("", "bad", wrap=True)
        self.told.hide()
        self.keep = push_button("确定", self._theme, kind="primary")
        self.keep.clicked.connect(self._on_keep)
        cancel = push_button("取消", self._theme)
        cancel.clicked.connect(self.close)
        end = QHBoxLayout()
        end.addWidget(label("改动先放在“修改方案”里，保存新版后才生效。", "hint"), 1)
        self.trial = push_button("用已填的数试算", self._theme)
        self.trial.setVisible(self._table == "rules")
        self.trial.clicked.connect(self._on_trial)
        end.addWidget(self.trial)
        end.addWidget(cancel)
        end.addWidget(self.keep)
        layout = QVBoxLayout(self)
        layout.addWidget(area, 1)
        layout.addWidget(self.tried)
        layout.addWidget(self.told)
        layout.addLayout(end)

    def _editor(self, field: Field) -> QLineEdit | QComboBox | QPlainTextEdit:
        if field.form is Form.LONG:
            long = QPlainTextEdit()
            long.setFixedHeight(88)
            long.setTabChangesFocus(True)
            return long
        if field.form in (Form.CHOICE, Form.FLAG):
            words = (field.words or {}).values() if field.form is Form.CHOICE else (YES, NO)
            box = QComboBox()
            box.addItems(list(words))
            return box
        line = QLineEdit()
        line.setPlaceholderText(_HINTS.get(field.form, ""))
        line.setReadOnly(field.fixed and bool(self._code))
        if line.isReadOnly():
            set_tip(line, "报表靠代码认它，不能改。")
        return line

    def _target_table(self) -> QTableWidget:
        fields = FIELDS["targets"]
        lines = target_texts(self._plan, self._code) if self._code else ()
        table = QTableWidget(len(lines) + SPARE_TARGETS, len(fields))
        table.setAccessibleName("目标")
        table.setHorizontalHeaderLabels([field_word("targets", field.name) for field in fields])
        table.verticalHeader().hide()
        table.setTabKeyNavigation(False)
        table.setFixedHeight(34 + 30 * min(6, table.rowCount()))
        for row in range(table.rowCount()):
            for column, field in enumerate(fields):
                text = lines[row][field.name] if row < len(lines) else ""
                table.setItem(row, column, QTableWidgetItem(text))
        table.horizontalHeader().setStretchLastSection(True)
        for column in range(len(fields)):
            table.setColumnWidth(column, 84)
        return table

    def _fill(self) -> None:
        texts = texts_of(self._plan, self._table, self._code)
        if not self._code:
            texts["code"] = free_code(self._plan, self._table)
        for name, editor in self.fields.items():
            if isinstance(editor, QComboBox):
                editor.setCurrentText(texts[name] or editor.itemText(0))
            elif isinstance(editor, QPlainTextEdit):
                editor.setPlainText(texts[name])
            else:
                editor.setText(texts[name])
        first = self.fields["code" if not self._code else FIELDS[self._table][1].name]
        first.setFocus()

    def texts(self) -> Texts:
        """What stands in the form."""
        return {name: _text(editor) for name, editor in self.fields.items()}

    def target_lines(self) -> list[Texts] | None:
        """What stands in the table of targets; None where there is none."""
        if self.targets is None:
            return None
        names = [field.name for field in FIELDS["targets"]]
        return [
            {name: self._cell(row, column) for column, name in enumerate(names)}
            for row in range(self.targets.rowCount())
        ]

    def _cell(self, row: int, column: int) -> str:
        item = self.targets.item(row, column) if self.targets is not None else None
        return item.text() if item is not None else ""

    def _on_keep(self) -> None:
        plan = self._edited()
        if plan is not None:
            self.edited.emit(plan)
            self.close()

    def _on_trial(self) -> None:
        """Say how often the rule would have found something, before it is kept."""
        plan = self._edited()
        self.tried.setVisible(plan is not None)
        if plan is None:
            return
        code = self.texts()["code"].strip()
        trial = self._try_rule(plan, next(rule for rule in plan.rules if rule.code == code))
        fired = [(item.unit.name, period_title(item.period), item.left, item.right) for item in trial.fired]
        self.tried.setText("\n".join(trial_sentences(trial.returns, trial.silent, fired)))

    def _edited(self) -> Plan | None:
        """The plan with what stands in the form; its mistakes are shown."""
        made = put_entry(self._plan, self._table, self._code, self.texts(), self.target_lines())
        self.told.setVisible(made.plan is None)
        self.told.setText("\n".join(plan_fault_sentence(fault) for fault in made.faults[:6]))
        return made.plan


def _text(editor: QLineEdit | QComboBox | QPlainTextEdit) -> str:
    if isinstance(editor, QComboBox):
        return editor.currentText()
    return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text()
