"""What an older release kept still goes out, keeps its code, and arrives without being told to have been changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office, new_office
from kjxd_desktop.domain.returns.check_code import FIRST
from kjxd_desktop.domain.returns.progress import Evidence, Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Signature
from kjxd_desktop.plans.book_reader import read_plan_book
from kjxd_desktop.sheets.parse import parse_book
from kjxd_desktop.usecases.ports import Role
from kjxd_desktop.usecases.receiving.shown import ImportPreview
from kjxd_desktop.usecases.sending.content import return_content
from tests.benchmarks.texts.carry import held_in
from tests.golden.answers import GOLDEN
from tests.helpers.offices import COUNTY, KEY, PLAN, FixedClock, city_office, county_office, fill_clean

NOTE = "_x000D_ 与 _x005F_，\u202e右起 12\u200b 家"
DONE = " 前后有空 \n\n第二行 \x7f"
NAMES = (" 合同\\附件 .pdf", "b.pdf", "B.PDF", "CON.pdf", "x:y?.pdf")
# The code that the release before gave to this very content: it covers what was kept, not what would be kept now.
CODE = "7FMU-EPXB-GUFL"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Office]:
    """A county whose texts were kept before there was a gate."""
    with county_office(tmp_path) as office:
        _keep(office)
        yield office


def _keep(office: Office) -> None:
    fill_clean(office)
    with office.store.writing("test", None) as uow:
        files = []
        for name in NAMES:
            content = name.encode()
            files.append(Evidence(name, len(content), uow.returns.add_evidence(content)))
        entry = uow.returns.entries(KEY)["I13"]
        uow.returns.put_entry(KEY, "I13", replace(entry, note=NOTE))
        progress = Progress(TaskStatus.IN_PROGRESS, 40, done=DONE, evidence=tuple(files))
        uow.returns.put_progress(KEY, "A2-7", progress)
        blank = Progress(TaskStatus.IN_PROGRESS, 5, done="  \n ", next_step="\u3000")
        uow.returns.put_progress(KEY, "A1-1", blank)
        head = uow.returns.find(KEY)
        assert head is not None
        uow.returns.put(replace(head, signature=Signature(head=" 张建平\u200b ", filled_by="填表人：王芳")))


@pytest.fixture
def taken(county: Office, tmp_path: Path) -> Iterator[tuple[ImportPreview, Office]]:
    county.actions.send.submit(KEY, tmp_path / "sent.xlsx")
    with city_office(tmp_path) as city:
        preview = city.actions.receive.preview(tmp_path / "sent.xlsx")
        city.actions.receive.apply(preview, city.actions.receive.accept_all(preview))
        yield preview, city


def test_it_is_not_told_to_have_been_changed(taken: tuple[ImportPreview, Office]) -> None:
    preview, _ = taken
    assert [code for code, _ in preview.notices] == []
    assert not {row.reason for row in preview.rows} & {"changed_after_export"}


def test_it_arrives_as_it_is_kept_from_now_on(taken: tuple[ImportPreview, Office]) -> None:
    preview, city = taken
    held = held_in(city, KEY)
    assert held["entry", "I13", "note"] == "_x000D_ 与 _x005F_，右起 12 家"
    assert held["progress", "A1-1", "done"] == held["progress", "A1-1", "next_step"] == ""
    assert held["progress", "A2-7", "done"] == "前后有空 \n\n第二行"
    assert (held["signature", "", "head"], held["signature", "", "filled_by"]) == ("张建平", "填表人：王芳")
    with city.store.reading() as uow:
        files = uow.returns.progress(KEY)["A2-7"].evidence
        assert [uow.returns.evidence(item.digest) for item in files] == [name.encode() for name in NAMES]
    assert [item.name for item in files] == ["合同_附件 .pdf", "b.pdf", "B(2).PDF", "_CON.pdf", "x_y_.pdf"]
    # What is not taken as it stands is said.
    reasons = {(row.code, row.field): row.reason for row in preview.rows}
    assert reasons["I13", "note"] == "characters_left_out"
    assert reasons["A2-7", "evidence"] == "names_made_safe"


def test_the_code_of_what_was_kept_stays(tmp_path: Path) -> None:
    """Under the plan as that release had it: a code covers the plan's digest too."""
    file = GOLDEN / "plans" / f"{PLAN}.xlsx"
    book = read_plan_book(parse_book(file.read_bytes(), file.name)).book
    assert book is not None
    with new_office(tmp_path / "then.kjxd", Role.COUNTY, COUNTY, book.plan, FixedClock()) as office:
        _keep(office)
        answer = office.actions.check.check(KEY)
        with office.store.reading() as uow:
            content = return_content(uow, KEY, answer, FixedClock().now(), format_no=FIRST)
        assert (content.identity.format, content.identity.check_code, content.identity.seal) == (1, CODE, "")
        assert len(office.actions.send.content(KEY).identity.check_code) == 29


def test_the_same_again_is_nothing_new(
    taken: tuple[ImportPreview, Office], county: Office, tmp_path: Path
) -> None:
    _, city = taken
    preview = city.actions.receive.preview(tmp_path / "sent.xlsx")
    assert {row.status.value for row in preview.rows} == {"same"}
