"""The official form on the screen: read-only, as it will be printed, to be scrolled by keys or mouse."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QWidget

from kjxd_desktop.charts.qr_code import qr_png
from kjxd_desktop.domain.plan.rules import Grade
from kjxd_desktop.ui.tools.plain_windows import ClosedBrowser
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.sending.form_shown import FormRow, FormShown
from kjxd_desktop.wording.checking.findings import open_parts
from kjxd_desktop.wording.sending import form
from kjxd_desktop.wording.terms import SIGNATURE

_LETTERS = 12
# The one picture of the form, with its code: Qt remembers pictures by their names. What was typed is escaped,
# and cannot name one.
_CODE_PICTURE = "kjxd:check-code/"
# Width of a module of the QR code, on the screen and in the picture, which is drawn finer for fine screens.
_MODULE, _FINER = 3, 4
# The name needs most room, the remark some; the others are as wide as their words.
_WIDTHS = {1: "26%", -1: "12%"}


class FormView(ClosedBrowser):
    """Shows a :class:`FormShown`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture, self._picture_name = QImage(), ""
        self.setAccessibleName("报表，按打印的样子")
        self.setTabChangesFocus(True)
        self.setFont(theme.font(_LETTERS))
        # Paper, not a field to be filled in.
        ground = f"background: {theme.palette.surface}; border: 1px solid {theme.palette.border};"
        self.setStyleSheet(f"QTextBrowser {{ {ground} }}")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(14)

    def show_form(self, shown: FormShown) -> None:
        """Show another form; the place where somebody reads stays."""
        bar = self.verticalScrollBar()
        place = bar.value()
        self._picture = QImage.fromData(qr_png(shown.check_code, _MODULE * _FINER))
        self._picture_name = f"{_CODE_PICTURE}{shown.check_code}"
        self.setHtml("".join(self._parts(shown)))
        bar.setValue(place)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """The form's own picture, and nothing else."""
        picture = kind == QTextDocument.ResourceType.ImageResource.value
        if picture and QUrl(name).toString() == self._picture_name:
            return self._picture
        return super().loadResource(kind, name)

    def _parts(self, shown: FormShown) -> Iterator[str]:
        p = self._theme.palette
        size, title = self._theme.pixels(_LETTERS), self._theme.pixels(18)
        yield (
            f"<style>body {{ color: {p.text}; }} td, th {{ padding: 3px 5px; font-size: {size}px; }}"
            f" .ruled td, .ruled th {{ border: 1px solid {p.control}; }}"
            f" .ruled {{ border-collapse: collapse; }} th {{ background: {p.subtle}; font-weight: bold; }}"
            f" p {{ margin: 2px 0; font-size: {size}px; }}"
            # What was typed keeps its line ends and its spaces, the wide ones too.
            " td, th, p { white-space: pre-wrap; }</style>"
        )
        yield f'<p align="center" style="font-size:{title}px; font-weight:bold">{escape(shown.title)}</p>'
        yield from self._head(shown)
        yield from self._table(shown)
        yield from self._foot(shown)
        for number, note in enumerate(shown.notes):
            yield f"<p>{form.FORM_NOTES if number == 0 else ''}{escape(note)}</p>"
        yield f"<p>&nbsp;</p><p><b>{escape(form.NOTES_TITLE)}</b></p>"
        for name, text in shown.explanations:
            yield f"<p>{escape(name)}：{escape(text)}</p>"
        if not shown.explanations:
            yield f"<p>{escape(form.NO_NOTES)}</p>"

    def _head(self, shown: FormShown) -> Iterator[str]:
        marks = "".join(
            f'<tr><td style="padding:1px 4px">{escape(label)}</td>'
            f'<td style="padding:1px 4px">{escape(text)}</td></tr>'
            for label, text in shown.marks
        )
        office = f"{form.UNIT}{escape(shown.office)}"
        period = f"{form.PERIOD}{escape(shown.period)}"
        size = self._picture.width() // _FINER
        # Black on white in the dark too: that is what scanners read.
        code = f'<img src="{escape(self._picture_name)}" width="{size}" height="{size}">'
        yield (
            f'<table width="100%"><tr><td width="36%" valign="bottom">{code}<br>{office}</td>'
            f'<td width="30%" valign="bottom">{period}</td>'
            f'<td align="right"><table>{marks}</table></td></tr></table>'
        )

    def _table(self, shown: FormShown) -> Iterator[str]:
        last = len(shown.columns) - 1
        yield f"{_RULED}<tr>"
        for place, column in enumerate(shown.columns):
            width = _WIDTHS.get(place) or (_WIDTHS[-1] if place == last else "")
            yield f'<th align="center"{f" width={width}" if width else ""}>{escape(column.title)}</th>'
        yield "</tr>"
        for row in shown.rows:
            yield self._row(shown, row)
        yield "</table>"

    def _row(self, shown: FormShown, row: FormRow) -> str:
        p = self._theme.palette
        if row.heading:
            style = f"background:{p.subtle}; border:1px solid {p.control}"
            told = f"<b>{escape(row.cells[0])}</b>"
            return f'<tr><td colspan="{len(shown.columns)}" style="{style}">{told}</td></tr>'
        cells = []
        for column, text in zip(shown.columns, row.cells, strict=True):
            side = "right" if column.number else "left"
            told = f"<b>{escape(text)}</b>" if column.key == "value" else escape(text)
            cells.append(f'<td align="{side}">{told}</td>')
        return f"<tr>{''.join(cells)}</tr>"

    def _foot(self, shown: FormShown) -> Iterator[str]:
        pairs = [(word, getattr(shown.signature, name)) for name, word in SIGNATURE.items()]
        cells = "".join(f"<td>{word}：{escape(text) or '&nbsp;' * 6}</td>" for word, text in pairs)
        seal = f"{form.SEAL}{escape(shown.office)}"
        yield f'{_RULED}<tr><td colspan="3" height="34">{seal}</td>'
        yield f'<td colspan="2">{form.CHECK_CODE}<b>{escape(shown.check_code)}</b></td></tr>'
        yield f"<tr>{cells}</tr></table><p>&nbsp;</p>"


# A second table touches the first: one line between them.
_RULED = '<table class="ruled" width="100%" cellspacing="0">'


def standing_text(shown: FormShown) -> str:
    """How much is filled in, and what is still open."""
    check = shown.check
    left = open_parts(len(check.missing), check.count(Grade.LOGIC), check.to_explain)
    return f"{shown.counts}。还有 {left}。" if left else f"{shown.counts}。审核没有问题。"
