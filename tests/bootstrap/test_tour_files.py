"""A tour replaces what a tour made, as it was made, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.tour_files import LIST, TourFiles
from kjxd_desktop.domain.file_fault import FileFault

NAME = "会宁县_上报.xlsx"


def make(folder: Path, name: str, text: str = "made") -> Path:
    files = TourFiles(folder)
    path = files.make_room(name)
    path.write_text(text)
    files.made(path)
    return path


def test_its_own_goes(tmp_path: Path) -> None:
    path = make(tmp_path, NAME)
    assert TourFiles(tmp_path).make_room(NAME) == path == TourFiles(tmp_path).place(NAME)
    assert not path.exists()
    # Killed before the file was whole: nobody else could have had the name.
    path.write_text("half")
    TourFiles(tmp_path).make_room(NAME)
    assert not path.exists()


def test_what_was_changed_since_or_comes_from_elsewhere_stays(tmp_path: Path) -> None:
    changed, link = make(tmp_path, "a.xlsx"), make(tmp_path, "b.xlsx")
    changed.write_text("changed in WPS")
    link.unlink()
    link.symlink_to(changed)
    other = tmp_path / "c.xlsx"
    other.write_text("of another office")
    folder = tmp_path / "d.xlsx"
    folder.mkdir()
    for path in (changed, link, other, folder):
        with pytest.raises(FileFault) as caught:
            TourFiles(tmp_path).make_room(path.name)
        assert (caught.value.code, caught.value.path_name) == ("target_not_tours", path.name)
        assert os.path.lexists(path)


def test_older_pictures_of_a_title_go_and_this_tour_s_stay(tmp_path: Path) -> None:
    old, foreign = make(tmp_path, "03_工作台.png"), tmp_path / "04_工作台.png"
    foreign.write_text("holiday")
    files = TourFiles(tmp_path)
    new = files.make_room("01_工作台.png")
    new.write_text("new")
    files.clear("[0-9][0-9]_工作台.png")
    assert (old.exists(), foreign.exists(), new.exists()) == (False, True, True)


def test_a_list_that_cannot_be_read_makes_nothing_the_tour_s(tmp_path: Path) -> None:
    path = make(tmp_path, NAME)
    (tmp_path / LIST).write_bytes(b"\xff\xfe")
    with pytest.raises(FileFault):
        TourFiles(tmp_path).make_room(NAME)
    assert path.exists()
