"""Files that came in are kept by unit, period and digest, with what their senders tell of their histories."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.usecases.exchanged import ChainHead, ImportRecord, Snapshot, Told
from tests.helpers.neighbouring_keys import HERE, NEIGHBOURS, entry, progress
from tests.helpers.offices import TODAY, city_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with city_office(tmp_path) as opened:
        yield opened


def told(record: ImportRecord) -> Told:
    """What an import keeps of its sender's word."""
    return Told(record.at, record.key, record.file_name, record.submission, record.heads, record.came)


def digest_of(number: int) -> str:
    return hashlib.sha256(bytes([number])).hexdigest()


def imported(key: ReturnKey, number: int) -> ImportRecord:
    return ImportRecord(
        0,
        TODAY + timedelta(minutes=number),
        key,
        f"第{number}份.xlsx",
        digest_of(number),
        f"{number + 100:064}",
        f"[{number}]",
        Snapshot({"C1": entry(number)}, {"T1": progress(number)}),
        bytes([number]),
        (ChainHead(number, f"{number:02}" * 32),),
    )


def test_files_that_came_in_are_found_by_unit_period_and_digest(office: Office) -> None:
    records = {}
    with office.store.writing("test", None) as uow:
        for number, key in enumerate((HERE, *NEIGHBOURS.values(), HERE), start=1):
            records[number] = replace(
                imported(key, number), id=uow.exchange.add_import(imported(key, number))
            )
    with office.store.reading() as uow:
        assert [record.id for record in records.values()] == [1, 2, 3, 4, 5, 6]
        assert uow.exchange.last_import(HERE) == records[6]
        for number, key in enumerate(NEIGHBOURS.values(), start=2):
            assert uow.exchange.last_import(key) == records[number]
        assert uow.exchange.last_import(replace(HERE, unit_code="620400")) is None
        assert uow.exchange.find_import(digest_of(1)) == records[1]
        assert uow.exchange.find_import("f" * 64) is None
        assert uow.exchange.imports("plan-a", HERE.period) == (records[1], records[3], records[6])
        assert uow.exchange.imports("plan-b", HERE.period) == (records[2],)
        assert uow.exchange.told("plan-a", "620422") == tuple(
            told(records[number]) for number in (1, 4, 5, 6)
        )
        assert [item.file_name for item in uow.exchange.told("plan-a")] == [
            record.file_name for record in records.values() if record.key.plan_id == "plan-a"
        ]
    assert office.store.verify().ok


def test_the_same_file_taken_in_again_is_known_by_the_last_time(office: Office) -> None:
    with office.store.writing("test", None) as uow:
        uow.exchange.add_import(imported(HERE, 7))
        again = uow.exchange.add_import(imported(HERE, 7))
    with office.store.reading() as uow:
        found = uow.exchange.find_import(digest_of(7))
        assert found is not None and found.id == again == 2


def test_a_sender_who_says_nothing_of_his_history(office: Office) -> None:
    with office.store.writing("test", None) as uow:
        uow.exchange.add_import(replace(imported(HERE, 1), heads=()))
        uow.exchange.add_import(imported(HERE, 2))
    with office.store.reading() as uow:
        assert [item.heads for item in uow.exchange.told("plan-a", "620422")] == [(), imported(HERE, 2).heads]
        assert [record.heads for record in uow.exchange.imports("plan-a", HERE.period)] == [
            (),
            imported(HERE, 2).heads,
        ]
