"""Opening a workspace: what is looked at before anything is written, and what is left when it cannot be made."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from kjxd_desktop import held_file
from kjxd_desktop.bootstrap.office import new_office_from
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.paths import migrations_dir
from kjxd_desktop.storage import opening
from kjxd_desktop.storage.opening import open_store_for_reading
from kjxd_desktop.storage.sqlite.migrate import downgrade
from kjxd_desktop.storage.sqlite.schema import KNOWN
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.receiving.receive import Receive
from tests.helpers.chains import break_table
from tests.helpers.offices import KEY, FixedClock, again, city_office, county_office


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    with county_office(tmp_path) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        return office.store.path


def refused(path: Path) -> str:
    with pytest.raises(WorkspaceFault) as caught, again(path):
        pass
    assert caught.value.params["path"] == str(path)
    return caught.value.code


def test_a_small_damaged_file_is_not_opened_for_writing(workspace: Path) -> None:
    break_table(workspace, "baselines")
    before = workspace.read_bytes()
    assert refused(workspace) == "damaged"
    assert workspace.read_bytes() == before


def test_a_large_one_is_verified_once_the_window_is_up(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading a large file whole would keep a clerk waiting at every start."""
    monkeypatch.setattr(opening, "QUICK_CHECKED", workspace.stat().st_size - 1)
    break_table(workspace, "baselines")
    with again(workspace) as office:
        assert str(office.actions.fill.row(KEY, "I13").entry.value) == "12"
        assert [item.what for item in office.store.verify().discrepancies] == ["baseline"]


def test_a_workspace_of_an_earlier_release_is_not_read_as_one_of_this(workspace: Path) -> None:
    downgrade(workspace, migrations_dir(), KNOWN[-2])
    with pytest.raises(WorkspaceFault) as caught:
        open_store_for_reading(workspace, FixedClock())
    assert caught.value.code == "older"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PermissionError(errno.EACCES, "denied"), "read_only"),
        (OSError(errno.ENOSPC, "no room"), "disk_full"),
        (OSError(errno.EIO, "the stick was pulled"), "io"),
    ],
)
def test_a_file_that_does_not_open_for_writing_says_why(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, code: str
) -> None:
    opened = os.open

    def failing(path: Any, flags: int, *others: Any, **more: Any) -> int:
        if path == workspace and flags & os.O_RDWR:
            raise error
        return opened(path, flags, *others, **more)

    monkeypatch.setattr(held_file.os, "open", failing)
    assert refused(workspace) == code
    monkeypatch.undo()
    # Nobody holds the file: it opens again once it can be written.
    with again(workspace) as office:
        assert str(office.actions.fill.row(KEY, "I13").entry.value) == "12"


def test_a_template_that_cannot_be_taken_in_leaves_no_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template, made = tmp_path / "模板.xlsx", tmp_path / "county.kjxd"
    with city_office(tmp_path) as city:
        city.actions.send.template(KEY, template)

    def full(*_arguments: object) -> None:
        raise WorkspaceFault("disk_full", path=str(made))

    monkeypatch.setattr(Receive, "apply", full)
    with pytest.raises(WorkspaceFault), new_office_from(made, template, FixedClock()):
        pass
    assert not [side for side in ("", "-wal", "-shm", ".lock") if made.with_name(made.name + side).exists()]
    monkeypatch.undo()
    with new_office_from(made, template, FixedClock()) as office:
        assert office.actions.desk.desk().unit.code == KEY.unit_code
