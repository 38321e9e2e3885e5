"""核对校验码: the code on a paper, typed or scanned, against what was received and sent; paper after paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kjxd_desktop.theme import SIZES
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.glyphs import Glyph, GlyphMark, Tone, tone_colour, tone_ground
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.parts.question_dialog import QuestionDialog
from kjxd_desktop.ui.tools.notices import EXPECTED, sentence_of
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.receiving.paper_code import Answer, CodeMatch
from kjxd_desktop.wording.receiving.paper_codes import HINT, TITLE, match_sentence, verdict

WIDTH = 560
# A code with what somebody may type between its letters, and a paper's label before it.
MAX_TYPED = 80
_CODE_LETTERS, _WORD_LETTERS, _MARK = 18, 26, 40
# So high that most answers do not make the dialog jump.
_ANSWER_HEIGHT = 118
_SAME = (Glyph.CHECK, Tone.GOOD)
_SAME_BUT = (Glyph.WARN, Tone.WARN)
_OTHER = (Glyph.UNEQUAL, Tone.WARN)


class PaperCodeDialog(QuestionDialog):
    """One field and one answer. The next paper can be scanned at once; Esc closes.

    Args:
        match: Says what a code comes to.
    """

    def __init__(
        self, match: Callable[[str], CodeMatch], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(TITLE, HINT, parent, width=WIDTH)
        self._match, self._theme = match, theme
        self.field = QLineEdit()
        self.answer = QFrame()
        self.mark = GlyphMark(theme.palette, *_SAME, _MARK)
        self.word = label()
        self.sentence = label("", wrap=True)
        self._done = push_button("关闭 Esc", theme)
        self._build()
        self._done.clicked.connect(self.reject)
        self.field.textChanged.connect(self._on_text)
        self.field.returnPressed.connect(self._on_enter)
        self._show(None)
        self.field.setFocus()

    def _build(self) -> None:
        self.field.setMaxLength(MAX_TYPED)
        self.field.setAccessibleName("纸面上的校验码")
        self.field.setStyleSheet(f"font-size: {self._theme.pixels(_CODE_LETTERS)}px;")
        # Keys go in as they are: a Chinese input method would take a scanner's letters for pinyin.
        self.field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.body.addWidget(self.field)
        self.answer.setObjectName("answer")
        self.answer.setMinimumHeight(_ANSWER_HEIGHT)
        row = QHBoxLayout(self.answer)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(14)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.word)
        words.addWidget(self.sentence)
        words.addStretch(1)
        row.addLayout(words, 1)
        self.body.addWidget(self.answer)
        self._done.setAutoDefault(False)
        self.offer(self._done)

    def _on_text(self, text: str) -> None:
        """While somebody types: an answer as soon as the code is whole, and none that is of another."""
        match = self._asked(text) if text.strip() else None
        self._show(match if match is not None and _is_whole(match) else None)
        if match is not None and _is_answer(match) and _is_whole(match):
            self._wait_for_next()

    def _on_enter(self) -> None:
        """Whatever it comes to, why there is no answer as well."""
        text = self.field.text()
        if text.strip():
            self._show(self._asked(text))
            self._wait_for_next()

    def _asked(self, text: str) -> CodeMatch | None:
        try:
            match = self._match(text)
        except EXPECTED as error:
            self.close_unless(sentence_of(error))
            return None
        self.refusal.hide()
        return match

    def _wait_for_next(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def _show(self, match: CodeMatch | None) -> None:
        """Show an answer, or why there is none; nothing while the code is incomplete."""
        answered = match is not None and _is_answer(match)
        word = "" if match is None else verdict(match)
        self.mark.setVisible(answered)
        self.word.setVisible(answered)
        self.word.setText(word)
        self.sentence.setText("" if match is None else match_sentence(match))
        glyph, tone = _look(match) if match is not None and answered else (Glyph.RING, Tone.QUIET)
        self.mark.set_glyph(glyph, tone)
        palette = self._theme.palette
        colour, ground = tone_colour(tone, palette).name(), tone_ground(tone, palette).name()
        edge = colour if answered else palette.border
        self.answer.setStyleSheet(
            f"QFrame#answer {{ background: {ground}; border: 1px solid {edge};"
            f" border-radius: {SIZES.radius}px; }}"
        )
        letters = self._theme.pixels(_WORD_LETTERS)
        self.word.setStyleSheet(f"font-size: {letters}px; font-weight: bold; color: {colour};")
        self._fit()


def _is_answer(match: CodeMatch) -> bool:
    """Whether paper and file were compared."""
    return match.answer not in (Answer.INCOMPLETE, Answer.FOREIGN)


def _is_whole(match: CodeMatch) -> bool:
    """Whether no more is to be typed. Half a new code is as long as an old one: only a known one is that."""
    if match.answer is Answer.INCOMPLETE:
        return False
    return match.answer is not Answer.DIFFERS or not match.old


def _look(match: CodeMatch) -> tuple[Glyph, Tone]:
    if match.answer is not Answer.MATCHES:
        return _OTHER
    found = match.found
    stands = found is not None and found.newest and not found.corrected
    return _SAME if stands and not match.old else _SAME_BUT
