"""Golden files of v0.2: codes of the content, seals, heads; every later program must find them as they were sent."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from kjxd_desktop.bootstrap.office import open_office
from kjxd_desktop.domain.returns.check_code import check_code
from kjxd_desktop.usecases.receiving.receive import OpenedPreview
from kjxd_desktop.usecases.sending.sealing import seal_fits
from tests.helpers.offices import KEY, FixedClock

GOLDEN = Path(__file__).parents[1] / "golden" / "v0.2"
ANSWERS: dict[str, dict[str, Any]] = json.loads((GOLDEN / "answers.json").read_text("utf-8"))
FIRST, SECOND = sorted(ANSWERS)


@pytest.fixture
def workspaces(tmp_path: Path) -> dict[str, Path]:
    """The county that sent both rounds, the city that took in the first."""
    found = {}
    for name in ("county", "city"):
        found[name] = tmp_path / f"{name}.kjxd"
        found[name].write_bytes(gzip.decompress((GOLDEN / "workspaces" / f"{name}.kjxd.gz").read_bytes()))
    return found


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_code_digest_and_seal_of_a_golden_return(workspaces: dict[str, Path], name: str) -> None:
    told = ANSWERS[name]
    with open_office(workspaces["city"], FixedClock()) as city:
        preview = city.actions.receive.preview(GOLDEN / "returns" / name)
        assert isinstance(preview, OpenedPreview) and preview.file is not None
        identity = preview.file.identity
        assert identity is not None and identity.format == 2 and len(identity.heads) >= told["round"]
        assert (identity.digest, identity.check_code, identity.round) == (
            told["digest"],
            told["check_code"],
            told["round"],
        )
        assert check_code(identity.digest) == told["check_code"]
        assert seal_fits(identity, preview.file.signature, preview.file.achieved)
        assert not preview.must_ask
        codes = {code for code, _ in preview.notices}
        assert not codes & {"changed_after_export", "signature_changed", "old_code", "evidence_missing"}


def test_the_second_round_goes_on_from_the_first(workspaces: dict[str, Path]) -> None:
    with open_office(workspaces["city"], FixedClock()) as city:
        receive, match = city.actions.receive, city.actions.paper_codes.match
        assert match(ANSWERS[FIRST]["check_code"]).answer == "matches"
        assert match(ANSWERS[SECOND]["check_code"]).answer == "differs"
        preview = receive.preview(GOLDEN / "returns" / SECOND)
        receive.apply(preview, receive.accept_all(preview))
        found = match(ANSWERS[SECOND]["check_code"]).found
        assert found is not None and found.newest and found.round == 2
        with city.store.reading() as uow:
            entries, head = uow.returns.entries(KEY), uow.returns.find(KEY)
        figures = {code: str(entry.value) for code, entry in entries.items() if entry.value is not None}
        assert figures == ANSWERS[SECOND]["figures"]
        assert head is not None and head.check_code == ANSWERS[SECOND]["check_code"]
        assert city.store.verify().ok


def test_the_county_saves_the_very_bytes_again(workspaces: dict[str, Path], tmp_path: Path) -> None:
    with open_office(workspaces["county"], FixedClock()) as county:
        saved = county.actions.again.save(KEY, tmp_path / "again.xlsx")
        assert (saved.check_code, saved.anew) == (ANSWERS[SECOND]["check_code"], False)
        for name in (FIRST, SECOND):
            assert county.actions.sent_files.compare(GOLDEN / "returns" / name).outcome == "fits"
        assert county.store.verify().ok
    assert saved.path.read_bytes() == (GOLDEN / "returns" / SECOND).read_bytes()
    assert saved.evidence is not None
    kept = GOLDEN / "returns" / SECOND.replace(".xlsx", "_佐证.zip")
    assert saved.evidence.read_bytes() == kept.read_bytes()
