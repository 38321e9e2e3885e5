"""数据文件: where the workspace is, whether it is sound, its backups, and going back to one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelection, Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kjxd_desktop.domain.keeping.verification import Verification
from kjxd_desktop.ui.keeping.backup_restore_dialog import BackupRestoreDialog
from kjxd_desktop.ui.keeping.backups_model import BackupsModel
from kjxd_desktop.ui.parts.buttons import push_button
from kjxd_desktop.ui.parts.labels import label
from kjxd_desktop.ui.parts.marked_table import MarkedTable
from kjxd_desktop.ui.parts.panel_parts import show_sentence
from kjxd_desktop.ui.tools.notices import sentence_of
from kjxd_desktop.ui.tools.page import PageTools
from kjxd_desktop.ui.tools.tasks import Lane, Task
from kjxd_desktop.usecases.keeping.vault import BackupInfo
from kjxd_desktop.wording.keeping.backups import last_backup_sentence, made_sentence, size_text
from kjxd_desktop.wording.keeping.verify import SOUND, discrepancy_sentence, verification_sentences

SIZE = (760, 520)
MOST_SAID = 4
WIDTHS = (190, 150, 110, 0)


class KeepDialog(QDialog):
    """Everything about the file itself; long work runs behind it.

    Args:
        choose_target: Asks where the copy for another computer goes.
    """

    restore_wanted = Signal(object)

    def __init__(
        self,
        tools: PageTools,
        choose_target: Callable[[QWidget, str], Path | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tools = tools
        self._keep, self._tasks = tools.actions.keep, tools.tasks
        self._notices = tools.notices
        theme = self._theme = tools.theme
        self._choose_target = choose_target
        self._busy = self._gone = False
        self.model = BackupsModel(self)
        self.table = MarkedTable(theme, WIDTHS, "备份", 30)
        self.told = label("", "hint", wrap=True)
        self.last = label("", "label", wrap=True)
        self.verify = push_button("核对", theme)
        self.make = push_button("立即备份", theme, kind="primary")
        self.export = push_button("另存一份到 U 盘…", theme)
        self.archive = push_button("年度归档…", theme)
        self.restore = push_button("恢复到这一份…", theme)
        self.close_button = push_button("关闭 Esc", theme)
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("数据文件")
        self.resize(*SIZE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        layout.addWidget(label("数据文件", "h2"))
        path = self._keep.path
        size = size_text(path.stat().st_size) if path.is_file() else ""
        place = label(f"{path}　{size}", "label", wrap=True)
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(place)
        layout.addWidget(self.last)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.make, self.export, self.verify, self.archive):
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addWidget(self.told)
        layout.addWidget(label("备份（程序自动做，旧的会慢慢减少）", "h2"))
        self.table.setModel(self.model)
        self.table.size_columns()
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        layout.addWidget(card, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.restore)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout.addLayout(foot)
        self.restore.setEnabled(False)
        self.make.setFocus()

    def _connect(self) -> None:
        self.verify.clicked.connect(self._on_verify)
        self.make.clicked.connect(self._on_make)
        self.export.clicked.connect(self._on_export)
        self.archive.clicked.connect(self._on_archive)
        self.restore.clicked.connect(self._on_restore)
        self.table.activated.connect(self._on_restore)
        self.close_button.clicked.connect(self.reject)
        selection = self.table.selectionModel()
        selection.selectionChanged.connect(self._on_selected)

    def refresh(self) -> None:
        """Read the list, then verify each backup behind it."""
        self._run(self._read, self._on_read, "database")

    def done(self, result: int) -> None:
        """What still runs has nobody to tell any more."""
        self._gone = True
        super().done(result)

    def _run(self, work: Callable[[Task], object], done: Callable[[object], None], lane: Lane) -> None:
        self._tasks.run(work, partial(self._deliver, done), self._on_failed, lane)

    def _deliver(self, done: Callable[[object], None], result: object) -> None:
        if not self._gone:
            done(result)

    def _read(self, _task: Task) -> object:
        return self._keep.backups()

    def _on_read(self, found: object) -> None:
        assert isinstance(found, tuple)
        self._show(found)
        self._run(partial(self._check, found), self._on_checked, "files")

    def _check(self, found: tuple[BackupInfo, ...], task: Task) -> object:
        checked = []
        for number, info in enumerate(found, start=1):
            task.report(number, len(found))
            checked.append(self._keep.checked(info.path))
        return tuple(checked)

    def _on_checked(self, found: object) -> None:
        assert isinstance(found, tuple)
        self._show(found)

    def _show(self, found: tuple[BackupInfo, ...]) -> None:
        row = self.table.currentIndex().row()
        self.model.show_rows(found)
        newest = next((info for info in found if info.sound is not False), None)
        self.last.setText(last_backup_sentence(None if newest is None else newest.at))
        if found:
            self.table.selectRow(max(0, min(row, len(found) - 1)))
        self._on_selected()

    def _on_selected(self, *_ignored: QItemSelection) -> None:
        row = self.table.currentIndex().row()
        usable = 0 <= row < self.model.rowCount() and self.model.backup(row).sound is not False
        self.restore.setEnabled(usable and not self._busy)

    def _start(self, work: Callable[[Task], object], done: Callable[[object], None], said: str) -> None:
        """One thing at a time."""
        self._set_busy(True)
        show_sentence(self.told, said, well=True)
        self._run(work, done, "database")

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        for button in (self.verify, self.make, self.export):
            button.setEnabled(not busy)
        self._on_selected()

    def _on_failed(self, error: Exception) -> None:
        if self._gone:
            # Cancelled with the window, or nobody looks any more: what matters is said again next time.
            return
        self._set_busy(False)
        sentence = sentence_of(error)
        if sentence is None:
            self._notices.error(error)
        else:
            show_sentence(self.told, sentence, well=False)

    def _on_verify(self) -> None:
        self._start(self._verify, self._on_verified, "正在核对…")

    def _verify(self, _task: Task) -> object:
        return self._keep.verify()

    def _on_verified(self, found: object) -> None:
        assert isinstance(found, Verification)
        self._set_busy(False)
        if found.ok:
            show_sentence(self.told, SOUND.format(lines=found.lines), well=True)
            return
        said = [
            *verification_sentences(found.integrity, found.audit_chain, found.schema),
            *(discrepancy_sentence(item) for item in found.discrepancies),
        ]
        further = f"……一共 {len(said)} 处。" if len(said) > MOST_SAID else ""
        way = "请在下面选一份完好的备份恢复；备份以后填的，程序会尽量找回来。"
        show_sentence(self.told, "".join((*said[:MOST_SAID], further, way)), well=False)

    def _on_make(self) -> None:
        self._start(self._make, self._on_made, "正在备份…")

    def _make(self, _task: Task) -> object:
        return self._keep.backup()

    def _on_export(self) -> None:
        target = self._choose_target(self, self._keep.path.name)
        if target is not None:
            self._start(partial(self._write, target), self._on_made, "正在另存…")

    def _write(self, target: Path, _task: Task) -> object:
        return self._keep.backup(target)

    def _on_archive(self) -> None:
        # Only who archives waits for what it needs.
        from kjxd_desktop.ui.keeping.archive_dialog import ArchiveDialog

        ArchiveDialog(self._tools, self).open()

    def _on_made(self, made: object) -> None:
        assert isinstance(made, BackupInfo)
        self._set_busy(False)
        show_sentence(self.told, made_sentence(made.path, made.bytes), well=True)
        self.refresh()

    def _on_restore(self, *_ignored: object) -> None:
        if self.restore.isEnabled():
            file = self.model.backup(self.table.currentIndex().row()).path
            self._start(partial(self._preview, file), self._on_previewed, "正在比较…")

    def _preview(self, file: Path, _task: Task) -> object:
        preview = self._keep.preview(file)
        return preview, self._keep.names(preview.differences)

    def _on_previewed(self, previewed: object) -> None:
        assert isinstance(previewed, tuple)
        preview, names = previewed
        self._set_busy(False)
        show_sentence(self.told, "", well=True)
        dialog = BackupRestoreDialog(preview, names, self._theme, self)
        # Queued: the question is closed before the dialog it stands over closes.
        dialog.confirmed.connect(self._on_confirmed, Qt.ConnectionType.QueuedConnection)
        dialog.open()

    def _on_confirmed(self, file: object) -> None:
        self.accept()
        self.restore_wanted.emit(file)
