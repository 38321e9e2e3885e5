"""Heads of history travel in submissions; a chain rewritten whole shows by them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.returns.check_code import check_code
from kjxd_desktop.usecases.exchanged import ChainHead
from kjxd_desktop.usecases.filling.edits import RemarkEdit, TextEdit
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.wording.receiving.imports import notice_sentence
from tests.helpers.chains import edit, relink
from tests.helpers.changed_workbooks import SENT, read_bytes, read_changed, saved
from tests.helpers.offices import KEY, again, answer_all, city_office, county_office, fill_clean
from tests.helpers.return_files import receiving_desk, return_file, signed

HEADS = (ChainHead(7, "ab" * 32), ChainHead(31, ""), ChainHead(40, "cd" * 32))


def with_heads(*heads: ChainHead) -> object:
    return replace(SENT, identity=replace(SENT.identity, heads=heads))


def record(workbook: Workbook, kind: str, number: int) -> int:
    """The row of a record of the identity sheet."""
    sheet = workbook["标识"]
    return [cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == kind][number]


def test_heads_come_back_as_they_went(tmp_path: Path) -> None:
    content = saved(with_heads(*HEADS))  # type: ignore[arg-type]
    file = read_changed(tmp_path, content)
    assert file.identity is not None and file.identity.heads == HEADS
    # They move no figure: the code is the one of the same content without them.
    assert file.identity.check_code == SENT.identity.check_code == check_code(file.identity.digest)


def test_a_workbook_of_an_earlier_release_says_nothing(tmp_path: Path) -> None:
    file = read_bytes(tmp_path, saved(SENT))
    assert file.identity is not None and file.identity.heads == ()


@pytest.mark.parametrize(
    ("column", "text"),
    [(2, "x"), (2, "0"), (2, "-3"), (2, "9" * 30), (2, None), (3, "zz"), (3, "=1+1"), (3, "A" * 5000)],
)
def test_heads_that_cannot_be_read_are_left_out(tmp_path: Path, column: int, text: str | None) -> None:
    def change(workbook: Workbook) -> None:
        workbook["标识"].cell(record(workbook, "head", 1), column).value = text

    file = read_changed(tmp_path, saved(with_heads(*HEADS)), change)  # type: ignore[arg-type]
    assert file.identity is not None and file.identity.heads == ()
    assert file.identity.digest == SENT.identity.digest


def test_the_city_keeps_them_and_sees_a_line_that_became_another(tmp_path: Path) -> None:
    def sent(round_no: int, earlier: tuple[str, ...], *heads: ChainHead) -> object:
        return signed(SENT, round=round_no, earlier=earlier, heads=heads)

    first = sent(1, (), HEADS[0])
    digest = first.identity.digest  # type: ignore[attr-defined]
    honest = sent(2, (digest,), HEADS[0], HEADS[2])
    forged = sent(2, (digest,), ChainHead(7, "ef" * 32), HEADS[2])
    with receiving_desk(tmp_path / "市", Role.CITY) as city:
        city.take(return_file(first))  # type: ignore[arg-type]
        with city.store.reading() as uow:
            assert [item.heads for item in uow.exchange.told(KEY.plan_id, KEY.unit_code)] == [(HEADS[0],)]
            record = uow.exchange.last_import(KEY)
        assert record is not None and record.heads == (HEADS[0],)
        codes = {code for code, _ in city.preview(return_file(honest)).notices}  # type: ignore[arg-type]
        assert "history_rewritten" not in codes
        notices = dict(city.preview(return_file(forged)).notices)  # type: ignore[arg-type]
        assert notices["history_rewritten"] == (("names", "7"), ("unit", "会宁县"))
        said = notice_sentence("history_rewritten", notices["history_rewritten"])
        assert "第 7 条" in said and "会宁县" in said and said.endswith("。")
        city.take(return_file(forged), asked=True)  # type: ignore[arg-type]
        assert city.store.verify().ok


# Real workspaces


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Office]:
    with county_office(tmp_path) as opened:
        fill_clean(opened)
        yield opened


def next_round(county: Office, folder: Path, name: str) -> Path:
    county.actions.send.withdraw(KEY, "再核一次")
    county.actions.fill.edit(KEY, "I13", RemarkEdit("note", name))
    answer_all(county)
    return county.actions.send.submit(KEY, folder / name).path


def rewrite(path: Path, statement: str) -> None:
    """Change history and link the whole chain anew, as somebody would who knows how."""
    edit(path, statement)
    relink(path)


FORGE = "UPDATE history SET who = '别人' WHERE id = 5"


def test_each_submission_tells_how_far_history_is(county: Office, tmp_path: Path) -> None:
    first = county.actions.send.submit(KEY, tmp_path / "1.xlsx").path
    second = next_round(county, tmp_path, "2.xlsx")
    files = county.actions.sent_files
    assert [files.compare(path).outcome for path in (first, second)] == ["fits", "fits"]
    with county.store.reading() as uow:
        heads = uow.exchange.sent_heads()
        assert [uow.history.link_at(head.line) for head in heads] == [head.link for head in heads]
    assert county.store.verify().ok


def test_a_history_rewritten_whole_is_seen_at_home_and_in_the_city(tmp_path: Path) -> None:
    with county_office(tmp_path) as county, city_office(tmp_path) as city:
        fill_clean(county)
        first = county.actions.send.submit(KEY, tmp_path / "1.xlsx").path
        take(city, first)
        path = county.store.path
        honest = tmp_path / "copy.kjxd"
    honest.write_bytes(path.read_bytes())
    rewrite(path, FORGE)
    with again(path) as county, again(city.store.path) as city:
        found = county.store.verify()
        # The chain fits in itself; what was sent does not fit it.
        assert found.audit_chain == "ok" and not found.ok
        assert [(item.what, item.reason) for item in found.discrepancies] == [
            ("submission", "history_rewritten")
        ]
        compared = county.actions.sent_files.compare(first)
        assert (compared.outcome, compared.ok, len(compared.lines)) == ("rewritten", False, 1)
        second = next_round(county, tmp_path, "2.xlsx")
        preview = city.actions.receive.preview(second)
        assert "history_rewritten" in {code for code, _ in preview.notices}
    with again(honest) as county, again(city.store.path) as city:
        third = next_round(county, tmp_path, "3.xlsx")
        preview = city.actions.receive.preview(third)
        assert "history_rewritten" not in {code for code, _ in preview.notices}


def take(city: Office, path: Path) -> None:
    preview = city.actions.receive.preview(path)
    city.actions.receive.apply(preview, city.actions.receive.accept_all(preview))


def test_lines_cut_off_are_missed(county: Office, tmp_path: Path) -> None:
    first = county.actions.send.submit(KEY, tmp_path / "1.xlsx").path
    with county.store.reading() as uow:
        (head,) = uow.exchange.sent_heads()
    county.close()
    rewrite(county.store.path, f"DELETE FROM history WHERE id >= {head.line}")
    with again(county.store.path) as opened:
        assert opened.actions.sent_files.compare(first).outcome == "rewritten"
        assert not opened.store.verify().ok


def test_workbooks_from_elsewhere_are_named(county: Office, tmp_path: Path) -> None:
    path = county.actions.send.submit(KEY, tmp_path / "1.xlsx").path
    with city_office(tmp_path) as city:
        assert city.actions.sent_files.compare(path).outcome == "elsewhere"


def test_work_on_another_period_meanwhile_moves_no_head(county: Office, tmp_path: Path) -> None:
    """While a slow stick is written, something else may go on in the workspace."""
    content = county.actions.send.content(KEY)
    other = replace(KEY, period=Period(2024, 4))
    county.actions.fill.edit(other, "I13", TextEdit("13"))
    with county.store.reading() as uow:
        assert uow.history.link_at(content.identity.heads[-1].line) == content.identity.heads[-1].link
        assert uow.history.head().line > content.identity.heads[-1].line
    assert county.actions.send.content(KEY).identity.digest == content.identity.digest
