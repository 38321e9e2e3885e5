"""A short run of the texts; ``python -m tests.benchmarks.texts`` carries 2,000 through LibreOffice."""

from __future__ import annotations

from pathlib import Path

import pytest

from kjxd_desktop.sheets import cells
from tests.benchmarks.texts import __main__ as benchmark
from tests.benchmarks.texts.carry import carry
from tests.benchmarks.texts.draw import TRAPS, draw


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
