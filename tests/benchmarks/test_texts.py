"""A short run of the texts; ``python -m tests.benchmarks.texts`` carries 2,000 through LibreOffice."""

from __future__ import annotations

from pathlib import Path

import pytest

from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Signature
from kjxd_desktop.sheets import cells
from kjxd_desktop.usecases.filling.edits import RemarkEdit
from tests.benchmarks.texts import __main__ as benchmark
from tests.benchmarks.texts.carry import carry, held_in
from tests.benchmarks.texts.draw import TRAPS, draw
from tests.helpers.offices import KEY, city_office, county_office, fill_clean


def test_what_is_kept_arrives_as_it_is(tmp_path: Path) -> None:
    found = carry(draw(7, 90), tmp_path, benchmark.unchanged, most_books=1)
    assert (found.breaches, found.books) == ([], 1)
    assert found.kept > 60
    assert {code for _, code in found.refused} <= {"explanation_empty"}


def test_every_trap_in_every_kind_of_place(tmp_path: Path) -> None:
    """Alone and in the middle of a text."""
    texts = [*TRAPS, *(f"甲{trap}乙" for trap in TRAPS)]
    found = carry(texts, tmp_path, benchmark.unchanged, most_books=2)
    assert found.breaches == []
    assert found.altered > 30


def test_the_harness_sees_a_text_that_is_lost_on_the_way(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Escapes that are not made: the reader undoes what nobody did."""
    monkeypatch.setattr(cells, "escaped", lambda text: text)
    monkeypatch.setattr(benchmark, "draw", lambda seed, count: ["_x000D_ 之后", "_x0041_"])
    assert benchmark.main(["--texts", "2", "--books", "1", "--plain"]) == 1
    said = capsys.readouterr().out
    assert "is told to have been changed after the export" in said and "arrived" in said


def test_words_of_the_form_are_texts_like_others(tmp_path: Path) -> None:
    """Three headings beside each other, labels with a value behind them: what people write is no table."""
    with county_office(tmp_path) as county:
        fill_clean(county)
        headings = Progress(TaskStatus.IN_PROGRESS, 40, "进展情况", "存在问题", "下一步")
        for code in ("A1-1", "A2-7"):
            county.actions.report.put(KEY, code, headings)
        for code, text in (
            ("I13", "填表人：李四"),
            ("I14", "报告期：2023年一季度"),
            ("I15", "填报单位：靖远县"),
        ):
            county.actions.fill.edit(KEY, code, RemarkEdit("note", text))
        signed = Signature("单位负责人", "统计负责人：无", "填表人：王芳", "电话", "2024-10-08")
        county.actions.fill.set_signature(KEY, signed)
        county.actions.send.submit(KEY, tmp_path / "sent.xlsx")
        held = held_in(county, KEY)
    with city_office(tmp_path) as city:
        preview = city.actions.receive.preview(tmp_path / "sent.xlsx")
        assert [code for code, _ in preview.notices] == []
        city.actions.receive.apply(preview, city.actions.receive.accept_all(preview))
        assert held_in(city, KEY) == held
