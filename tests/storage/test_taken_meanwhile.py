"""A place that somebody else takes, or a disk that fills, while a workspace is being made for it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from kjxd_desktop.bootstrap.office import new_office
from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.scratch import Scratch
from kjxd_desktop.storage.history import verify
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.ports import Role
from tests.helpers.offices import COUNTY, KEY, PLAN, FixedClock, county_office


def taken(place: Path) -> Callable[[Scratch, Path], None]:
    def take(_made: Scratch, target: Path) -> None:
        raise FileExistsError(errno.EEXIST, "taken", str(target))

    return take


def full(place: Path) -> Callable[[Scratch, Path], None]:
    def take(_made: Scratch, target: Path) -> None:
        raise OSError(errno.ENOSPC, "full", str(target))

    return take


CASES = pytest.mark.parametrize(("happens", "code"), [(taken, "exists"), (full, "disk_full")])


@CASES
def test_a_new_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, happens: Callable[[Path], object], code: str
) -> None:
    place = tmp_path / "n.kjxd"
    monkeypatch.setattr(Scratch, "take_free_name", happens(place))
    with pytest.raises(WorkspaceFault) as caught, new_office(place, Role.COUNTY, COUNTY, PLAN, FixedClock()):
        pass
    assert caught.value.code == code and not place.exists()
    assert not [name for name in os.listdir(tmp_path) if name.startswith(".kjxd-")]


@CASES
def test_a_workspace_that_goes_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, happens: Callable[[Path], object], code: str
) -> None:
    place = tmp_path / "n.kjxd"
    with county_office(tmp_path) as office:
        monkeypatch.setattr(Scratch, "take_free_name", happens(place))
        with pytest.raises(WorkspaceFault) as caught:
            office.actions.keep.save_elsewhere(place)
        assert caught.value.code == code and not place.exists()
        # It goes on where it was, and the place can be tried again.
        office.actions.fill.edit(KEY, "I13", TextEdit("12"))
        monkeypatch.undo()
        office.actions.keep.save_elsewhere(place)
        assert office.store.path == place


def test_a_workspace_that_is_only_looked_at_is_never_gone(tmp_path: Path) -> None:
    from kjxd_desktop.bootstrap.office import reading_office

    with county_office(tmp_path) as office:
        path = office.store.path
    with reading_office(path, FixedClock()) as office:
        path.rename(tmp_path / "away.kjxd")
        # Nothing is confirmed by who only looks, so nothing can be lost: neither raises.
        office.store.require_in_place()
        assert office.store.settle() is False, "nothing was brought into any file"
        assert not path.exists()


def test_a_connection_that_is_needed_once_more_leads_to_no_other_file(tmp_path: Path) -> None:
    with county_office(tmp_path) as office:
        office.store._engine.dispose()
        office.store.path.rename(tmp_path / "away.kjxd")
        with pytest.raises(WorkspaceFault) as caught:
            office.actions.fill.row(KEY, "I13")
        assert caught.value.code == "gone"


def test_a_schema_that_cannot_be_read_is_said_in_sqlites_words() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        assert "alembic_version" in verify._schema(connection)
    engine.dispose()
