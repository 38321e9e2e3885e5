"""Every command that writes a file, against files it must not touch: refused, and nothing is changed."""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.actions import vault_of
from kjxd_desktop.cli import main
from kjxd_desktop.cli.parser import build_parser
from kjxd_desktop.domain.keeping.backups import BackupReason
from tests.helpers.offices import COUNTY, KEY, PLAN, FixedClock, city_office, county_office, fill_clean

PERIOD = KEY.period.key
UNREADABLE, WORKSPACE = 3, 4


@dataclass(frozen=True)
class Desk:
    """A city and a county that has sent its return."""

    folder: Path
    city: Path
    county: Path
    sent: Path
    unsent: Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    with county_office(folder, "unsent.kjxd") as office:
        fill_clean(office)
    with county_office(folder) as office:
        fill_clean(office)
        office.actions.send.submit(KEY, folder / "sent.xlsx")
        county = office.store.path
    with city_office(folder) as office:
        city = office.store.path
    for source, name in ((county, "county.kjxd"), (city, "city.kjxd")):
        if source.name != name:
            source.rename(folder / name)
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Desk:
    folder = tmp_path / "办公室"
    shutil.copytree(made, folder)
    return Desk(
        folder, folder / "city.kjxd", folder / "county.kjxd", folder / "sent.xlsx", folder / "unsent.kjxd"
    )


# Each command as a clerk types it, with the file it shall write.
COMMANDS: dict[str, Callable[[Desk, Path], list[str]]] = {
    "template": lambda desk, file: [
        "template", str(file), "--workspace", str(desk.city), "--period", PERIOD, "--unit", COUNTY,
    ],
    "submit": lambda desk, file: ["submit", str(file), "--workspace", str(desk.unsent), "--period", PERIOD],
    "again": lambda desk, file: ["again", str(file), "--workspace", str(desk.county), "--period", PERIOD],
    "plans export": lambda desk, file: ["plans", "export", PLAN, str(file), "--workspace", str(desk.county)],
    "plans export built-in": lambda desk, file: ["plans", "export", PLAN, str(file)],
    "plans blank": lambda desk, file: ["plans", "blank", str(file)],
    "monitor": lambda desk, file: [
        "monitor", "--workspace", str(desk.county), "--period", PERIOD, "--chart", "I13", str(file),
    ],
    "archive": lambda desk, file: ["archive", "2024", str(file), "--workspace", str(desk.county)],
}  # fmt: skip
# These never replace anything, whatever is asked.
NEVER: dict[str, Callable[[Desk, Path], list[str]]] = {
    "backup": lambda desk, file: ["backup", "--workspace", str(desk.county), str(file)],
    "archive as a folder": lambda desk, file: [*COMMANDS["archive"](desk, file), "--folder"],
    "new": lambda desk, file: ["new", str(file), "--role", "county", "--unit", COUNTY, "--plan", PLAN],
}


def own(desk: Desk, folder: Path) -> Path:
    return desk.county


def other_office(desk: Desk, folder: Path) -> Path:
    return desk.city


def third(desk: Desk, folder: Path) -> Path:
    return desk.unsent


def linked(desk: Desk, folder: Path) -> Path:
    link = folder / "报表.xlsx"
    link.symlink_to(desk.county)
    return link


def second_name(desk: Desk, folder: Path) -> Path:
    other = folder / "报表.xlsx"
    os.link(desk.city, other)
    return other


def backup(desk: Desk, folder: Path) -> Path:
    return vault_of(desk.county, FixedClock()).make(BackupReason.MANUAL).path


def lock_file(desk: Desk, folder: Path) -> Path:
    return desk.county.with_name("county.kjxd.lock")


DATA = (own, other_office, third, linked, second_name, backup, lock_file)


def content(folder: Path) -> dict[str, bytes]:
    """Every file but SQLite's own side files."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


@pytest.mark.parametrize("place", DATA)
@pytest.mark.parametrize("command", [*COMMANDS, *NEVER])
def test_no_command_writes_over_a_data_file(
    desk: Desk,
    tmp_path: Path,
    command: str,
    place: Callable[[Desk, Path], Path],
    capsys: pytest.CaptureFixture[str],
) -> None:
    target = place(desk, tmp_path)
    before = content(tmp_path)
    words = (COMMANDS | NEVER)[command](desk, target)
    for asked in (words, [*words, "--replace"]) if command in COMMANDS else (words,):
        assert main(asked) in (UNREADABLE, WORKSPACE)
        said = capsys.readouterr().err
        assert target.name in said and "没有" in said
        assert content(tmp_path) == before


@pytest.mark.parametrize("command", [*COMMANDS, *NEVER])
def test_another_file_is_replaced_only_when_asked(
    desk: Desk, tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "别人的.xlsx"
    target.write_bytes(b"of another office")
    before = content(tmp_path)
    words = (COMMANDS | NEVER)[command](desk, target)
    assert main(words) in (UNREADABLE, WORKSPACE)
    assert "别人的.xlsx" in capsys.readouterr().err
    assert content(tmp_path) == before
    if command in COMMANDS:
        assert main([*words, "--replace"]) == 0
        assert target.read_bytes().startswith((b"PK", b"\x89PNG"))


@pytest.mark.parametrize("command", ["submit", "again"])
def test_old_evidence_never_goes_with_a_new_return(desk: Desk, tmp_path: Path, command: str) -> None:
    target, stale = tmp_path / "报表.xlsx", tmp_path / "报表_佐证.zip"
    stale.write_bytes(b"of last quarter")
    assert main(COMMANDS[command](desk, target)) == UNREADABLE
    assert stale.read_bytes() == b"of last quarter" and not target.exists()


def test_a_workspace_is_not_restored_from_itself(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    before = content(desk.folder)
    assert main(["restore", str(desk.county), str(desk.county)]) == UNREADABLE
    assert "就是现在用的数据文件" in capsys.readouterr().err
    assert content(desk.folder) == before


def verbs(parser: argparse.ArgumentParser, path: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command of the command line."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield path.strip(), parser
    for action in below:
        for name, child in action.choices.items():
            yield from verbs(child, f"{path} {name}")


def test_every_command_that_names_a_file_to_write_is_tried() -> None:
    """By the word of its help: whoever adds one says what it writes."""
    writing = {
        name
        for name, parser in verbs(build_parser())
        if any("要写的" in (action.help or "") or "存成" in (action.help or "") for action in parser._actions)
    }
    assert writing <= {*COMMANDS, *NEVER} and {"template", "submit", "again", "monitor", "backup"} <= writing
    marked = {name for name, parser in verbs(build_parser()) if parser.get_default("targets") is not None}
    assert marked == {name for name in COMMANDS if name != "plans export built-in"}


@pytest.mark.parametrize("other_name", [False, True])
def test_what_a_command_reads_is_not_written_over(
    desk: Desk, other_name: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also when an existing file may be replaced: the plan would be gone with a failure half-way."""
    book = desk.folder / "方案.xlsx"
    assert main(["plans", "export", PLAN, str(book)]) == 0
    before, target = book.read_bytes(), book
    if other_name:
        target = desk.folder / "别名.xlsx"
        os.link(book, target)
    capsys.readouterr()
    assert main(["plans", "export", str(book), str(target), "--replace"]) == UNREADABLE
    assert "要读的文件" in capsys.readouterr().err
    assert book.read_bytes() == before
    assert main(["plans", "export", str(book), str(desk.folder / "另一个.xlsx"), "--replace"]) == 0
