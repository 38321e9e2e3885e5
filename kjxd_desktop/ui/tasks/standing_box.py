"""What stands of a task from an earlier return, and how to say something else."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kjxd_desktop.domain.returns.progress import Progress
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.wording.filling.carried import task_standing_sentence, task_stands_text


class StandingBox(QFrame):
    """Hidden where the quarter has a report of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "standing")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(10, 6, 10, 6)
        inside.setSpacing(2)
        self.title, self.sentence = label("", "", wrap=True), label("", "label", wrap=True)
        inside.addWidget(self.title)
        inside.addWidget(self.sentence)

    def show_progress(self, progress: Progress, *, editable: bool) -> None:
        """Show what stands; in a return that is only read, not how to change it."""
        self.setVisible(progress.carried)
        self.title.setText(task_stands_text(progress))
        self.sentence.setText(task_standing_sentence(progress))
        self.sentence.setVisible(editable)
