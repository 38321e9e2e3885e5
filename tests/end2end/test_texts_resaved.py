"""Texts there and back through LibreOffice, a slice of ``python -m tests.benchmarks.texts``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.texts.__main__ import saved_again
from tests.benchmarks.texts.carry import carry
from tests.benchmarks.texts.draw import TRAPS, draw

pytestmark = pytest.mark.e2e


def test_texts_that_libreoffice_saved_again_arrive_as_they_are(tmp_path: Path) -> None:
    found = carry([*TRAPS, *draw(20261201, 60)], tmp_path, saved_again, most_books=2)
    assert (found.breaches, found.books) == ([], 2)
    assert found.kept > 100
