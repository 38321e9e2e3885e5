"""A dialog opens no larger than the window below it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from kjxd_desktop.domain.returns.returns import Signature
from kjxd_desktop.paths import resources_dir
from kjxd_desktop.ui.help.help_dialog import HelpDialog
from kjxd_desktop.ui.receiving.import_dialog import ImportDialog
from kjxd_desktop.ui.tools.style import Theme
from tests.helpers.offices import KEY, city_office, county_office, fill_clean
from tests.ui.fakes import page_tools


@pytest.fixture
def small(qtbot: QtBot) -> QWidget:
    """A window as a screen of 1366 × 768 at 125 % leaves it."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1092, 542)
    return window


def test_help_fits_a_small_window(small: QWidget) -> None:
    assert _fits(HelpDialog(resources_dir() / "manual", Theme(), small), small)


def test_the_preview_of_an_import_fits_a_small_window(small: QWidget, tmp_path: Path) -> None:
    sent = tmp_path / "sent.xlsx"
    with county_office(tmp_path) as office:
        fill_clean(office)
        office.actions.check.mark_checked(KEY)
        office.actions.sign_off.sign_off(KEY, Signature(head="张建平", filled_by="王芳"))
        office.actions.send.submit(KEY, sent)
    with city_office(tmp_path) as office:
        preview = office.actions.receive.preview(sent)
        assert _fits(ImportDialog(page_tools(office.actions), preview, small), small)


def test_alone_it_has_its_own_size(qtbot: QtBot) -> None:
    dialog = HelpDialog(resources_dir() / "manual", Theme())
    qtbot.addWidget(dialog)
    assert (dialog.width(), dialog.height()) == (900, 600)


def _fits(dialog: QDialog, window: QWidget) -> bool:
    least = dialog.minimumSizeHint()
    lower = max(dialog.height(), least.height()) <= window.height()
    return lower and max(dialog.width(), least.width()) <= window.width()
