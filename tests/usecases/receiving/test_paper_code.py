"""A code from paper: whose it is, whether that is what stands, and every way in which it is nobody's."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kjxd_desktop.bootstrap.office import Office, open_office
from kjxd_desktop.domain.returns.check_code import FIRST, check_code
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.receiving.paper_code import Answer, CodeMatch
from kjxd_desktop.wording.receiving.paper_codes import match_sentence
from tests.golden.answers import GOLDEN
from tests.helpers.changed_workbooks import put
from tests.helpers.offices import KEY, FixedClock, answer_all, city_office, county_office, fill_clean


class Desk:
    """A county and its city."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.county = stack.enter_context(county_office(folder))
        self.city = stack.enter_context(city_office(folder))
        fill_clean(self.county)

    def sends(self, name: str) -> str:
        """The code of the next round."""
        answer_all(self.county)
        return self.county.actions.send.submit(KEY, self.folder / name).check_code

    def next_round(self, name: str) -> str:
        self.county.actions.send.withdraw(KEY, "改数")
        self.county.actions.fill.edit(KEY, "I13", TextEdit("13"))
        return self.sends(name)

    def takes(self, name: str) -> None:
        receive = self.city.actions.receive
        preview = receive.preview(self.folder / name)
        receive.apply(preview, receive.accept_all(preview))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with ExitStack() as stack:
        yield Desk(tmp_path, stack)


def match(office: Office, code: str) -> CodeMatch:
    return office.actions.paper_codes.match(code)


def about(found: CodeMatch) -> tuple[str, int | None, bool | None, int | None]:
    whose = found.found
    if whose is None:
        return (found.answer, None, None, None)
    return (found.answer, whose.round, whose.newest, whose.corrected)


def test_both_offices_know_every_round(desk: Desk) -> None:
    codes = [desk.sends("1.xlsx")]
    desk.takes("1.xlsx")
    for office in (desk.county, desk.city):
        assert about(match(office, codes[0])) == (Answer.MATCHES, 1, True, 0)
    codes.append(desk.next_round("2.xlsx"))
    assert about(match(desk.county, codes[0])) == (Answer.MATCHES, 1, False, 0)
    assert about(match(desk.county, codes[1])) == (Answer.MATCHES, 2, True, 0)
    # The city has not got it yet: the paper came first.
    assert about(match(desk.city, codes[1])) == (Answer.DIFFERS, None, None, None)
    desk.takes("2.xlsx")
    assert [about(match(desk.city, code))[1:3] for code in codes] == [(1, False), (2, True)]
    assert "现在用的是后来的那一份" in match_sentence(match(desk.city, codes[0]))


def test_what_was_withdrawn_no_longer_stands_at_home(desk: Desk) -> None:
    code = desk.sends("1.xlsx")
    desk.county.actions.send.withdraw(KEY, "改数")
    assert about(match(desk.county, code)) == (Answer.MATCHES, 1, False, 0)


def test_a_city_that_corrects_is_told(desk: Desk) -> None:
    code = desk.sends("1.xlsx")
    desk.takes("1.xlsx")
    desk.city.actions.fill.edit(KEY, "I13", TextEdit("15"))
    desk.city.actions.fill.edit(KEY, "I14", TextEdit("9"))
    assert about(match(desk.city, code)) == (Answer.MATCHES, 1, True, 2)
    assert "又改过 2 处" in match_sentence(match(desk.city, code))


def test_a_file_that_was_changed_after_it_was_sent(desk: Desk) -> None:
    code = desk.sends("1.xlsx")
    book = load_workbook(desk.folder / "1.xlsx")
    put("I13", 15)(book)
    book.save(desk.folder / "1.xlsx")
    desk.takes("1.xlsx")
    assert about(match(desk.city, code))[0] == Answer.CHANGED
    assert "收到的文件在导出后改过" in match_sentence(match(desk.city, code))
    # What it says now has a code of its own, which no paper has.
    with desk.city.store.reading() as uow:
        (told,) = uow.exchange.told(KEY.plan_id)
    assert told.came is not None and told.came.content != told.submission
    assert about(match(desk.city, check_code(told.came.content)))[0] == Answer.MATCHES


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_a_slip_is_told_and_never_taken(desk: Desk, count: int) -> None:
    code = desk.sends("1.xlsx").replace("-", "")
    slips = "".join(
        chr(65 + (ord(sign) - 64) % 26) if sign.isalpha() else "3" if sign != "3" else "4" for sign in code
    )
    found = match(desk.county, slips[:count] + code[count:])
    assert found.answer is Answer.DIFFERS
    if count <= 3:
        assert found.slips == tuple(range(1, count + 1)) and found.found is not None
        assert f"只差第 {'、'.join('123'[:count])} 个字符" in match_sentence(found)
    else:
        assert found.found is None and "没有一份报表是这个校验码" in match_sentence(found)


@pytest.mark.parametrize(
    ("text", "answer", "words"),
    [
        ("", Answer.INCOMPLETE, "现在是 0 个"),
        ("K7QD-2M4X-5FAA-A", Answer.INCOMPLETE, "现在是 13 个"),
        ("K7QD-2M4X-5FA0", Answer.FOREIGN, "校验码里没有“0”"),
        ("https://example.org", Answer.FOREIGN, "校验码里没有“:”、“/”、“.”"),
        ("AAAA-BBBB-CCCC-DDDD-EEEE-FFFF", Answer.DIFFERS, "没有一份报表是这个校验码"),
        ("AAAA-BBBB-CCCC", Answer.DIFFERS, "12 个字符是旧版校验码，这里没有一份报表是它"),
    ],
)
def test_what_is_nobodys(desk: Desk, text: str, answer: Answer, words: str) -> None:
    found = match(desk.county, text)
    assert found.answer is answer and words in match_sentence(found)


def test_half_a_code_of_today_is_no_code_of_the_first_format(desk: Desk) -> None:
    code = desk.sends("1.xlsx")
    desk.takes("1.xlsx")
    for office in (desk.county, desk.city):
        assert match(office, code[:14]).answer is Answer.DIFFERS


def test_paper_of_an_older_program_fits_what_a_newer_one_sent(desk: Desk) -> None:
    """Printed and signed before the upgrade, sent after it: the same content, told as old."""
    desk.sends("1.xlsx")
    desk.takes("1.xlsx")
    with desk.city.store.reading() as uow:
        (told,) = uow.exchange.told(KEY.plan_id)
    assert told.came is not None
    found = match(desk.city, check_code(told.came.first, FIRST))
    assert about(found) == (Answer.MATCHES, 1, True, 0) and found.old
    assert "防不住有意造假" in match_sentence(found)


def test_what_an_older_release_took_in_and_sent(tmp_path: Path) -> None:
    """Golden workspaces: every code they show is known, and told as old."""
    for name in ("county", "city"):
        path = tmp_path / f"{name}.kjxd"
        path.write_bytes(gzip.decompress((GOLDEN / "workspaces" / f"{name}.kjxd.gz").read_bytes()))
        with open_office(path, FixedClock()) as office:
            with office.store.reading() as uow:
                codes = {
                    head.check_code: head.key for head in uow.returns.heads("baiyin-2022") if head.check_code
                }
            assert codes and all(len(code) == 14 for code in codes)
            for code, key in codes.items():
                found = match(office, code)
                assert found.answer is Answer.MATCHES and found.old and found.found is not None
                assert found.found.key == key
                assert match_sentence(found).endswith("。")
