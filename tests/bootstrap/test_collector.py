"""Looking for garbage is put off while the window starts, and comes back."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from kjxd_desktop.bootstrap.collector import go_on, put_off


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


def test_put_off_and_on_again() -> None:
    put_off()
    assert not gc.isenabled()
    kept = [{} for _ in range(1000)]
    go_on()
    assert gc.isenabled()
    # What the start made is not looked at again.
    assert gc.get_freeze_count() >= len(kept)


def test_nothing_is_frozen_where_nothing_was_put_off() -> None:
    before = gc.get_freeze_count()
    go_on()
    assert (gc.isenabled(), gc.get_freeze_count()) == (True, before)
