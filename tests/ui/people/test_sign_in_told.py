"""What the dialog for signing in says when a try goes wrong, and what stays of it when the window closes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.office import Office, open_office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.people.operators import OperatorRole
from kjxd_desktop.storage.people.passwords import Argon2Passwords
from kjxd_desktop.ui.people.sign_in_dialog import SignInDialog
from kjxd_desktop.ui.tools.style import Theme
from kjxd_desktop.usecases.people.operators import Operators
from tests.helpers.clocks import Watch
from tests.helpers.offices import county_office

PASSWORD = "huining620"


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def path(tmp_path: Path, watch: Watch) -> Path:
    with county_office(tmp_path) as office:
        people_of(office, watch).add("张建平", OperatorRole.ADMIN, PASSWORD)
        return office.store.path


@pytest.fixture
def office(path: Path, watch: Watch) -> Iterator[Office]:
    with open_office(path, watch) as opened:
        yield opened


def people_of(office: Office, watch: Watch) -> Operators:
    return Operators(office.store, Argon2Passwords(1, 8), watch)


def tried(qtbot: QtBot, people: Operators, password: str) -> SignInDialog:
    """A dialog in which a password was typed."""
    dialog = SignInDialog(people, Theme())
    qtbot.addWidget(dialog)
    dialog.password.setText(password)
    dialog.enter.click()
    return dialog


def test_a_new_window_goes_on_with_the_pauses(qtbot: QtBot, path: Path, watch: Watch) -> None:
    for pause in (1, 2, 4):
        with open_office(path, watch) as office:
            dialog = tried(qtbot, people_of(office, watch), "wrong one")
            told = dialog.told.text()
            assert "密码不对" in told and f"请等 {pause} 秒" in told
        with open_office(path, watch) as office:
            dialog = tried(qtbot, people_of(office, watch), PASSWORD)
            told = dialog.told.text()
            assert f"还要等 {pause} 秒" in told and office.store.rights().me is None
        watch.moment += timedelta(seconds=pause)
    with open_office(path, watch) as office:
        tried(qtbot, people_of(office, watch), PASSWORD)
        me = office.store.rights().me
        assert me is not None and me.name == "张建平"


def test_a_file_that_cannot_be_read_is_said_where_the_password_is_typed(
    qtbot: QtBot, office: Office, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pulled() -> None:
        raise WorkspaceFault("gone", path="county.kjxd")

    people = people_of(office, watch)
    with monkeypatch.context() as patch:
        patch.setattr(office.store, "reading", pulled)
        dialog = tried(qtbot, people, PASSWORD)
        assert "county.kjxd" in dialog.told.text() and office.store.rights().me is None
        # The next key replaces what was typed; Enter tries it again.
        assert dialog.password.selectedText() == PASSWORD
    dialog.enter.click()
    me = office.store.rights().me
    assert me is not None and me.name == "张建平"
