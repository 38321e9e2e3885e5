"""Another algorithm from some day on: what was made before is still read by its own."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain import digests
from kjxd_desktop.domain.digests import algorithm_of, digest_of
from kjxd_desktop.storage.sqlite.carve import carved_lines
from kjxd_desktop.usecases.filling.edits import RemarkEdit, TextEdit
from kjxd_desktop.usecases.ports import Role
from tests.helpers.offices import KEY, city_office, county_office, fill_clean
from tests.helpers.return_contents import return_content
from tests.helpers.return_files import receiving_desk, return_file, signed

pytestmark = pytest.mark.skipif(
    "sm3" not in hashlib.algorithms_available, reason="this Python's OpenSSL was built without SM3"
)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """From here on an office wants SM3, when ``setattr`` says so."""
    return monkeypatch


def change_over(later: pytest.MonkeyPatch) -> None:
    later.setattr(digests, "CURRENT", "sm3")


def algorithms(office: Office) -> list[str]:
    """Of the links, oldest first, repetitions aside."""
    with office.store.reading() as uow:
        head = uow.history.head().line
        links = [uow.history.link_at(number) or "" for number in range(1, head + 1)]
    return list(dict.fromkeys(map(algorithm_of, links)))


def test_both_stand_in_one_history_which_verifies(tmp_path: Path, later: pytest.MonkeyPatch) -> None:
    with county_office(tmp_path) as office:
        fill_clean(office)
        office.actions.report.attach(KEY, "A2-7", written(tmp_path / "照片.jpg", b"photo"))
        change_over(later)
        # The same photo is known by the digest it has; the reasons given before still hold.
        office.actions.report.attach(KEY, "A2-7", tmp_path / "照片.jpg")
        office.actions.report.attach(KEY, "A2-7", written(tmp_path / "表.xls", b"table"))
        assert office.actions.check.check(KEY).clean
        office.actions.fill.edit(KEY, "I13", RemarkEdit("note", "核过"))
        assert algorithms(office) == ["sha256", "sm3"]
        assert office.store.verify().ok
        files = office.actions.report.row(KEY, "A2-7").progress.evidence
        assert [algorithm_of(item.digest) for item in files] == ["sha256", "sm3"]
        path, lines = office.store.path, office.store.verify().lines
    assert len(carved_lines(path, 4096)) == lines


def test_files_cross_between_offices_of_both_kinds(tmp_path: Path, later: pytest.MonkeyPatch) -> None:
    file = tmp_path / "上报.xlsx"
    with county_office(tmp_path) as county:
        fill_clean(county)
        county.actions.send.submit(KEY, file)
        code = county.actions.fill.sheet(KEY).head.check_code
    with city_office(tmp_path) as city:
        receive = city.actions.receive
        change_over(later)
        preview = receive.preview(file)
        # The digests of plan and content are compared by the sender's algorithm.
        assert not [code for code, _ in preview.notices if code in ("changed_after_export", "plan_differs")]
        receive.apply(preview, receive.accept_all(preview))
        assert city.actions.fill.sheet(KEY).head.check_code == code
        assert city.store.verify().ok
        assert any(code == "received_before" for code, _ in receive.preview(file).notices)


def test_a_file_taken_in_before_is_known_again(tmp_path: Path, later: pytest.MonkeyPatch) -> None:
    with receiving_desk(tmp_path / "city", Role.CITY) as desk:
        first = return_file(signed(return_content()))
        desk.take(first)
        change_over(later)
        again = replace(first, digest=digest_of(first.original))
        assert again.digest != first.digest
        assert any(code == "received_before" for code, _ in desk.preview(again).notices)


def test_a_new_return_carries_the_new_name_to_an_office_that_knows_it(
    tmp_path: Path, later: pytest.MonkeyPatch
) -> None:
    change_over(later)
    file = tmp_path / "上报.xlsx"
    with county_office(tmp_path) as county:
        fill_clean(county)
        county.actions.fill.edit(KEY, "I12", TextEdit("1.50"))
        county.actions.send.submit(KEY, file)
        code = county.actions.fill.sheet(KEY).head.check_code
    with city_office(tmp_path) as city:
        receive = city.actions.receive
        preview = receive.preview(file)
        receive.apply(preview, receive.accept_all(preview))
        assert city.actions.fill.sheet(KEY).head.check_code == code
        assert city.store.verify().ok


def written(path: Path, content: bytes) -> Path:
    """A file with some content."""
    path.write_bytes(content)
    return path
