"""Every manipulation of the handbook's table is tried; who is said to notice it notices it, in the words it says."""

from __future__ import annotations

import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office, new_office, open_office
from kjxd_desktop.domain.people.operators import OperatorRole
from kjxd_desktop.domain.problems import ProblemError
from kjxd_desktop.domain.returns.check_code import FIRST
from kjxd_desktop.domain.returns.progress import Evidence, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import ReturnState
from kjxd_desktop.usecases.exchanged import ChainHead
from kjxd_desktop.usecases.filling.edits import TextEdit
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.receiving.receive import OpenedPreview
from kjxd_desktop.usecases.sending.content import return_content
from kjxd_desktop.usecases.sending.exchange import ReturnContent
from kjxd_desktop.wording.keeping.verify import discrepancy_sentence
from kjxd_desktop.wording.receiving.imports import notice_sentence
from kjxd_desktop.wording.receiving.paper_codes import match_sentence
from kjxd_desktop.wording.receiving.sent_files import sent_file_sentence
from kjxd_desktop.workbooks.layout import IDENTITY_MARK
from tests.helpers.chains import edit, relink
from tests.helpers.manipulations import (
    drop_records,
    opened,
    rewrite_all,
    sealed_anew,
    set_figure,
    set_record,
    with_sources,
    written,
)
from tests.helpers.offices import (
    CITY,
    COUNTY,
    KEY,
    PLAN,
    TODAY,
    FixedClock,
    answer_all,
    fill_clean,
    put_operators,
)

HANDBOOK = Path(__file__).parents[2] / "resources" / "handbook" / "proof.md"
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (\w+) \| (\w+) \| (.+?) \|$", re.MULTILINE)
TABLE = {int(number): rest for number, *rest in ROW.findall(HANDBOOK.read_text("utf-8"))}
OTHER = "ab" * 32
FORGE = "UPDATE history SET who = '别人' WHERE id = 5"


@dataclass
class Desks:
    """A county that sent its first round, with evidence; a city that has not taken it in yet."""

    folder: Path
    paper: str

    @property
    def county(self) -> Path:
        return self.folder / "county.kjxd"

    @property
    def city(self) -> Path:
        return self.folder / "city.kjxd"

    @property
    def file(self) -> Path:
        return self.folder / "第1次.xlsx"

    def at(self, path: Path, days: int = 0) -> AbstractContextManager[Office]:
        """A workspace opened some days later."""
        return open_office(path, FixedClock(TODAY + timedelta(days=days)))

    def content(self) -> ReturnContent:
        """What the county would send now, as its maker has it in his hands."""
        with self.at(self.county) as office:
            answer = office.actions.check.check(KEY)
            with office.store.reading() as uow:
                sent = uow.exchange.last_submission(KEY)
                return return_content(uow, KEY, answer, TODAY, sent=sent)

    def next_round(self, name: str, value: str = "13", days: int = 5) -> Path:
        """The county takes its return back, changes a figure and sends it again."""
        with self.at(self.county, days) as office:
            if office.actions.fill.sheet(KEY).head.state is not ReturnState.DRAFT:
                office.actions.send.withdraw(KEY, "再核一次")
            office.actions.fill.edit(KEY, "I13", TextEdit(value))
            answer_all(office)
            return office.actions.send.submit(KEY, self.folder / name).path

    def taken(self, path: Path | None = None, *, days: int = 1) -> None:
        """The city takes a file in, which nothing speaks against."""
        with self.at(self.city, days) as office:
            receive = office.actions.receive
            preview = receive.preview(path or self.file)
            receive.apply(preview, receive.accept_all(preview))

    def told(self, path: Path | None = None) -> str:
        """What the city is told of a file; one whose sender must be asked is not written before."""
        with self.at(self.city, 9) as office:
            receive = office.actions.receive
            preview = receive.preview(path or self.file)
            if preview.must_ask:
                with office.store.reading() as uow:
                    before = uow.history.head()
                with pytest.raises(ProblemError):
                    receive.apply(preview, receive.accept_all(preview))
                with office.store.reading() as uow:
                    assert uow.history.head() == before
            return "".join(notice_sentence(*item) for item in preview.notices)

    def answered(self) -> str:
        """What the city is told of the code on the paper."""
        with self.at(self.city, 9) as office:
            return match_sentence(office.actions.paper_codes.match(self.paper))

    def verified(self, path: Path) -> str:
        """What an office is told of its own data file."""
        with self.at(path, 9) as office:
            found = office.store.verify()
            assert not found.ok
            return "".join(discrepancy_sentence(item) for item in found.discrepancies)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Desks:
    folder = tmp_path_factory.mktemp("desks")
    desks = Desks(folder, "")
    with new_office(desks.county, Role.COUNTY, COUNTY, PLAN, FixedClock()) as office:
        fill_clean(office)
        with office.store.writing("test", None) as uow:
            files = (Evidence("现场照片.jpg", 3, uow.returns.add_evidence(b"jpg")),)
            progress = Progress(TaskStatus.IN_PROGRESS, 40, "已开工", evidence=files)
            uow.returns.put_progress(KEY, "A2-7", progress)
        desks.paper = office.actions.send.submit(KEY, desks.file).check_code
    with new_office(desks.city, Role.CITY, CITY, PLAN, FixedClock()):
        return desks


@pytest.fixture
def desks(first: Desks, tmp_path: Path) -> Iterator[Desks]:
    shutil.copytree(first.folder, tmp_path / "desks")
    yield replace(first, folder=tmp_path / "desks")


Trial = Callable[[Desks], str]
TRIALS: dict[int, Trial] = {}


def trial(number: int) -> Callable[[Trial], Trial]:
    """Names the row of the table that a function tries."""

    def named(function: Trial) -> Trial:
        assert number not in TRIALS
        TRIALS[number] = function
        return function

    return named


def test_every_row_is_tried() -> None:
    assert set(TRIALS) == set(TABLE) and len(TABLE) >= 20


@pytest.mark.parametrize("number", sorted(TABLE))
def test_it_is_noticed(desks: Desks, number: int) -> None:
    words = TABLE[number][3]
    assert words in TRIALS[number](desks)


@pytest.mark.parametrize("by", ["city", "paper"])
def test_an_honest_return_is_not_suspected(desks: Desks, by: str) -> None:
    """The same steps without a manipulation: nothing to ask, every paper fits its round."""
    if by == "city":
        assert desks.told() == ""
        desks.taken()
        assert desks.told(desks.next_round("第2次.xlsx")) == ""
        return
    desks.taken()
    assert "现在用的就是这一份" in desks.answered()
    desks.taken(desks.next_round("第2次.xlsx"), days=6)
    assert "第 1 次上报" in desks.answered() and "不是最近的一份" in desks.answered()


# 1–5: figures


@trial(1)
def _figure(desks: Desks) -> str:
    set_figure(desks.file, "I13", "15")
    return desks.told()


@trial(2)
def _figure_and_exact_text(desks: Desks) -> str:
    set_figure(desks.file, "I13", "15", exact=True)
    return desks.told()


@trial(3)
def _figure_and_paper(desks: Desks) -> str:
    set_figure(desks.file, "I13", "15", exact=True)
    desks.taken()
    return desks.answered()


def _other_figure(desks: Desks) -> ReturnContent:
    content = desks.content()
    entry = content.entries["I13"]
    return replace(content, entries={**content.entries, "I13": replace(entry, value=entry.value + 3)})  # type: ignore[operator]


@trial(4)
def _figure_and_digest(desks: Desks) -> str:
    content = _other_figure(desks)
    seal = content.identity.seal
    made = with_sources(content)
    written(replace(made, identity=replace(made.identity, seal=seal)), desks.file)
    return desks.told()


@trial(5)
def _figure_with_everything(desks: Desks) -> str:
    written(with_sources(_other_figure(desks)), desks.file)
    assert desks.told() == "", "nothing but the paper speaks against it"
    desks.taken()
    return desks.answered()


@trial(6)
def _figure_at_home(desks: Desks) -> str:
    edit(desks.county, "UPDATE entries SET value = '15' WHERE indicator = 'I13'")
    return desks.verified(desks.county)


# 7–13: heads and seal


@trial(7)
def _heads_dropped(desks: Desks) -> str:
    drop_records(desks.file, "head")
    return desks.told()


@trial(8)
def _head_garbled(desks: Desks) -> str:
    set_record(desks.file, "head", 3, "?")
    return desks.told()


@trial(9)
def _heads_swapped(desks: Desks) -> str:
    set_record(desks.file, "head", 3, OTHER)
    return desks.told()


@trial(10)
def _heads_dropped_with_sources(desks: Desks) -> str:
    desks.taken()
    desks.next_round("第2次.xlsx")
    return desks.told(written(with_sources(desks.content(), heads=()), desks.folder / "第2次.xlsx"))


@trial(11)
def _heads_of_another(desks: Desks) -> str:
    desks.taken()
    desks.next_round("第2次.xlsx")
    other = (ChainHead(3, OTHER), ChainHead(9, OTHER))
    return desks.told(written(with_sources(desks.content(), heads=other), desks.folder / "第2次.xlsx"))


@trial(12)
def _seal_removed(desks: Desks) -> str:
    drop_records(desks.file, "seal")
    return desks.told()


@trial(13)
def _identity_removed(desks: Desks) -> str:
    desks.taken()
    second = desks.next_round("第2次.xlsx")
    with opened(second) as book:
        del book["标识"]
    return desks.told(second)


# 14–18: time, signature, format


@trial(14)
def _time_set_back(desks: Desks) -> str:
    set_record(desks.file, "created_at", 2, "2024-10-01T09:00:00+08:00")
    return desks.told()


@trial(15)
def _time_set_back_with_sources(desks: Desks) -> str:
    desks.taken()
    second = desks.next_round("第2次.xlsx")
    content = desks.content()
    back = TODAY - timedelta(days=7)
    return desks.told(written(with_sources(content, created_at=back), second))


@trial(16)
def _signature(desks: Desks) -> str:
    with opened(desks.file) as book:
        sheet = book["标识"]
        sheet.append(["signature", "head", "别人"])
    return desks.told()


@trial(17)
def _visible_signature(desks: Desks) -> str:
    with opened(desks.file) as book:
        sheet = book["指标"]
        label = next(
            cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("单位负责人")
        )
        place = next(cell for cell in sheet[label.row][label.column :] if type(cell).__name__ == "Cell")
        place.value = "别人"
    return desks.told()


@trial(18)
def _first_format(desks: Desks) -> str:
    desks.taken()
    second = desks.next_round("第2次.xlsx")
    return desks.told(written(with_sources(desks.content(), format=FIRST, seal=""), second))


# 19–25: history


@trial(19)
def _linked_anew(desks: Desks) -> str:
    edit(desks.county, FORGE)
    relink(desks.county)
    return desks.verified(desks.county)


@trial(20)
def _linked_anew_and_sent(desks: Desks) -> str:
    desks.taken()
    edit(desks.county, FORGE)
    relink(desks.county)
    return desks.told(desks.next_round("第2次.xlsx"))


@trial(21)
def _rewritten_whole(desks: Desks) -> str:
    desks.taken()
    rewrite_all(desks.county, FORGE)
    with desks.at(desks.county) as office:
        assert office.store.verify().ok, "the file fits in itself"
    return desks.told(desks.next_round("第2次.xlsx"))


@trial(22)
def _rewritten_whole_beside_what_was_sent(desks: Desks) -> str:
    rewrite_all(desks.county, FORGE)
    with desks.at(desks.county) as office:
        return sent_file_sentence(office.actions.sent_files.compare(desks.file))


@trial(23)
def _told_heads_removed(desks: Desks) -> str:
    edit(desks.county, "UPDATE submissions SET line = NULL, link = NULL")
    return desks.verified(desks.county)


@trial(24)
def _told_heads_removed_and_sent(desks: Desks) -> str:
    desks.taken()
    edit(desks.county, "UPDATE submissions SET line = NULL, link = NULL")
    return desks.told(desks.next_round("第2次.xlsx"))


@trial(25)
def _backup_restored(desks: Desks) -> str:
    older = desks.folder / "older.kjxd"
    shutil.copyfile(desks.county, older)
    desks.next_round("第2次.xlsx", "14", days=2)
    desks.taken(desks.folder / "第2次.xlsx", days=3)
    shutil.copyfile(older, desks.county)
    return desks.told(desks.next_round("第2次再报.xlsx", "19"))


@trial(26)
def _older_round(desks: Desks) -> str:
    desks.taken(desks.next_round("第2次.xlsx", days=2), days=3)
    return desks.told()


@trial(27)
def _same_file(desks: Desks) -> str:
    desks.taken()
    return desks.told()


# 28–33: people, evidence, the city


@trial(28)
def _operator_renamed(desks: Desks) -> str:
    with desks.at(desks.county) as office:
        put_operators(office, 王芳=OperatorRole.ADMIN)
    edit(desks.county, "UPDATE operators SET name = '张三' WHERE name = '王芳'")
    return desks.verified(desks.county)


@trial(29)
def _evidence_swapped(desks: Desks) -> str:
    archive = desks.folder / "第1次_佐证.zip"
    with zipfile.ZipFile(archive) as opened_zip:
        (name,) = opened_zip.namelist()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr(name, b"JPG")
    return desks.told()


@trial(30)
def _evidence_swapped_at_home(desks: Desks) -> str:
    with closing(sqlite3.connect(desks.county)) as connection, connection:
        swapped = "UPDATE evidence_files SET content = x'4a5047' WHERE content = x'6a7067'"
        assert connection.execute(swapped).rowcount == 1
    return desks.verified(desks.county)


@trial(31)
def _corrected_by_the_city(desks: Desks) -> str:
    desks.taken()
    with desks.at(desks.city, 2) as office:
        office.actions.fill.edit(KEY, "I13", TextEdit("15"))
    return desks.answered()


@trial(32)
def _edited_in_the_city(desks: Desks) -> str:
    desks.taken()
    edit(desks.city, "UPDATE entries SET value = '15' WHERE indicator = 'I13'")
    return desks.verified(desks.city)


@trial(33)
def _original_edited_in_the_city(desks: Desks) -> str:
    desks.taken()
    edit(desks.city, "UPDATE imports SET original = x'00'")
    return desks.verified(desks.city)


# 34–43: several at once, and sheets that no program writes


BACK = TODAY - timedelta(days=7)


def _second(desks: Desks, **identity: object) -> str:
    """What the city is told of a second round whose identity sheet somebody made with the sources."""
    desks.taken()
    second = desks.next_round("第2次.xlsx")
    return desks.told(written(with_sources(desks.content(), **identity), second))


@trial(34)
def _heads_dropped_and_time_set_back(desks: Desks) -> str:
    return _second(desks, heads=(), created_at=BACK)


@trial(35)
def _another_data_file_and_time_set_back(desks: Desks) -> str:
    return _second(desks, workspace_id="other", created_at=BACK)


@trial(36)
def _heads_of_an_earlier_file(desks: Desks) -> str:
    desks.taken(desks.next_round("第2次.xlsx", days=2), days=3)
    return _second_of(desks, desks.content().identity.heads[:2])


def _second_of(desks: Desks, heads: tuple[ChainHead, ...]) -> str:
    third = desks.next_round("第3次.xlsx", "14", days=5)
    return desks.told(written(with_sources(desks.content(), heads=heads), third))


@trial(37)
def _first_format_and_time_set_back(desks: Desks) -> str:
    return _second(desks, format=FIRST, seal="", heads=(), created_at=BACK)


@trial(38)
def _digest_removed(desks: Desks) -> str:
    drop_records(desks.file, "digest")
    return desks.told()


@trial(39)
def _format_nobody_wrote(desks: Desks) -> str:
    set_record(desks.file, IDENTITY_MARK, 2, "0")
    return desks.told()


@trial(40)
def _second_identity_sheet(desks: Desks) -> str:
    desks.taken()
    second = desks.next_round("第2次.xlsx")
    with opened(second) as book:
        book.copy_worksheet(book["标识"])
    return desks.told(second)


@trial(41)
def _heads_in_another_order(desks: Desks) -> str:
    return _second(desks, heads=(*desks.content().identity.heads[::-1], ChainHead(1, OTHER)))


@trial(42)
def _head_told_twice(desks: Desks) -> str:
    end = desks.content().identity.heads[-1]
    return _second(desks, heads=(ChainHead(end.line, OTHER), end))


@trial(43)
def _heads_dropped_and_compared(desks: Desks) -> str:
    written(with_sources(desks.content(), heads=()), desks.file)
    with desks.at(desks.county) as office:
        found = office.actions.sent_files.compare(desks.file)
    assert not found.ok
    return sent_file_sentence(found)


def test_what_was_asked_about_counts_from_then_on(desks: Desks) -> None:
    """The sender was asked and the file taken in: it stands in history, and the next honest file is not suspected."""
    desks.taken()
    edit(desks.county, FORGE)
    relink(desks.county)
    second = desks.next_round("第2次.xlsx")
    with desks.at(desks.city, 6) as office:
        receive = office.actions.receive
        preview = receive.preview(second)
        receive.apply(preview, receive.accept_all(preview), heads_asked=True)
        with office.store.reading() as uow:
            asked = [item.came.asked for item in uow.exchange.told(PLAN, COUNTY) if item.came is not None]
        assert asked == [False, True] and office.store.verify().ok
    assert desks.told(desks.next_round("第3次.xlsx", "14", days=8)) == ""


def test_what_was_told_under_another_plan_counts(desks: Desks) -> None:
    """A county has one history for all its plans: what one file told of it, the next under any plan must fit."""
    desks.taken()
    edit(desks.city, "UPDATE imports SET plan_id = 'baiyin-2015'")
    assert desks.told(desks.next_round("第2次.xlsx")) == ""
    edit(desks.county, FORGE)
    relink(desks.county)
    assert "修改记录和以前报来的对不上" in desks.told(desks.next_round("第3次.xlsx", "14", days=6))


def test_a_seal_made_anew_for_a_changed_sheet_fits(desks: Desks) -> None:
    """What the README says of somebody with the sources: the seal alone does not stop him."""
    set_record(desks.file, "created_at", 2, (TODAY - timedelta(days=7)).isoformat())
    with desks.at(desks.city) as office:
        preview = office.actions.receive.preview(desks.file)
    assert preview.must_ask and isinstance(preview, OpenedPreview) and preview.file is not None
    sealed_anew(desks.file, preview.file)
    assert desks.told() == ""
