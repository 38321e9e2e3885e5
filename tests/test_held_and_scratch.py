"""Files held, claimed and in the making."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kjxd_desktop import scratch as room
from kjxd_desktop.held_file import HeldFile, is_held
from kjxd_desktop.scratch import UNKNOWN_KEPT, clear_scratch, scratch_in

CLAIMED = """
import sys
from pathlib import Path
from kjxd_desktop.held_file import HeldFile
print(HeldFile(Path(sys.argv[1])).claim())
"""


def claimed_elsewhere(path: Path) -> str:
    """What another program is answered that wants the file."""
    return subprocess.run(
        [sys.executable, "-c", CLAIMED, str(path)], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_a_claim_holds_against_other_programs_until_it_is_let_go_of(tmp_path: Path) -> None:
    path, other = tmp_path / "a", tmp_path / "b"
    path.write_bytes(b"x")
    os.link(path, other)
    held = HeldFile(path)
    assert held.claim() is True and is_held(other)
    # Handles of the same file that are closed meanwhile do not end it.
    path.read_bytes()
    assert claimed_elsewhere(other) == "False"
    held.close()
    held.close()
    assert claimed_elsewhere(other) == "True" and not is_held(path)
    assert held.in_place() is False


def test_a_claim_reads_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 10)
    held = HeldFile(path)
    held.claim()
    path.write_bytes(b"y")
    assert path.read_bytes() == b"y" and held.in_place() is True
    held.close()


def test_what_is_made_takes_its_name_or_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "done"
    with scratch_in(tmp_path) as made:
        made.path.write_bytes(b"new")
        made.take_free_name(target)
    assert target.read_bytes() == b"new" and os.listdir(tmp_path) == ["done"]
    with pytest.raises(FileExistsError), scratch_in(tmp_path) as made:
        made.take_free_name(target)
    with scratch_in(tmp_path) as made:
        made.path.write_bytes(b"newer")
        made.take_name(target)
    assert target.read_bytes() == b"newer" and os.listdir(tmp_path) == ["done"]


def test_a_stick_without_second_names_is_written_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_names: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    target = tmp_path / "done"
    with scratch_in(tmp_path) as made:
        made.take_free_name(target)
    with pytest.raises(FileExistsError), scratch_in(tmp_path) as made:
        made.take_free_name(target)
    assert os.listdir(tmp_path) == ["done"]


def test_what_a_killed_program_left_goes_and_what_is_being_made_stays(tmp_path: Path) -> None:
    dead = tmp_path / ".kjxd-0123456789abcdef.tmp"
    for side in ("", "-wal", "-journal"):
        dead.with_name(dead.name + side).write_bytes(b"half")
    lone = tmp_path / ".kjxd-fedcba9876543210.tmp-journal"
    lone.write_bytes(b"half")
    theirs = tmp_path / ".kjxd-mine.tmp"
    theirs.write_bytes(b"not ours")
    with scratch_in(tmp_path) as alive:
        clear_scratch(tmp_path)
        assert alive.path.exists()
    assert os.listdir(tmp_path) == [theirs.name]


def test_where_nothing_can_be_claimed_only_old_ones_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HeldFile, "claim", lambda held: None)
    old, new = (tmp_path / f".kjxd-{number * 16}.tmp" for number in "01")
    for half in (old, new):
        half.write_bytes(b"half")
    long_ago = room.time.time() - UNKNOWN_KEPT - 60
    os.utime(old, (long_ago, long_ago))
    clear_scratch(tmp_path)
    assert os.listdir(tmp_path) == [new.name]


def test_a_folder_that_is_not_there_has_nothing_to_clear(tmp_path: Path) -> None:
    clear_scratch(tmp_path / "gone")
    assert os.listdir(tmp_path) == []


def test_a_second_name_of_the_open_file_goes_without_being_opened(tmp_path: Path) -> None:
    """A kill between taking the name and letting the old one go; closing the file would end its locks."""
    whole, left = tmp_path / "w.kjxd", tmp_path / ".kjxd-0123456789abcdef.tmp"
    whole.write_bytes(b"whole")
    os.link(whole, left)
    held = HeldFile(whole)
    held.claim()
    clear_scratch(tmp_path)
    assert os.listdir(tmp_path) == [whole.name] and is_held(whole)
    assert claimed_elsewhere(whole) == "False"
    held.close()


def test_a_folder_is_made_beside_its_place_too(tmp_path: Path) -> None:
    target = tmp_path / "done"
    with scratch_in(tmp_path) as made:
        (made.folder() / "inner").mkdir()
        (made.folder_path / "inner" / "a").write_bytes(b"new")
        made.take_folder_name(target)
    assert (target / "inner" / "a").read_bytes() == b"new" and os.listdir(tmp_path) == ["done"]
    with pytest.raises(OSError), scratch_in(tmp_path) as made:
        (made.folder() / "b").write_bytes(b"newer")
        made.take_folder_name(target)
    assert os.listdir(tmp_path) == ["done"] and not (target / "b").exists()


def test_a_folder_that_a_killed_program_left_goes(tmp_path: Path) -> None:
    dead = tmp_path / ".kjxd-0123456789abcdef.tmp"
    dead.write_bytes(b"")
    for name in (f"{dead.name}-folder", ".kjxd-fedcba9876543210.tmp-folder"):
        (tmp_path / name / "inner").mkdir(parents=True)
        (tmp_path / name / "inner" / "half").write_bytes(b"half")
    with scratch_in(tmp_path) as alive:
        alive.folder()
        clear_scratch(tmp_path)
        assert alive.folder_path.is_dir() and not dead.exists()
    assert os.listdir(tmp_path) == []


def test_a_link_in_a_folder_s_place_leads_nowhere(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "a").write_bytes(b"mine")
    (tmp_path / ".kjxd-fedcba9876543210.tmp-folder").symlink_to(theirs, target_is_directory=True)
    clear_scratch(tmp_path)
    assert os.listdir(tmp_path) == ["theirs"] and os.listdir(theirs) == ["a"]
