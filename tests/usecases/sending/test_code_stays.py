"""The check code is one from the first draft to the city: paper printed at any time fits the file."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kjxd_desktop.domain.returns.returns import ReturnState, Signature
from kjxd_desktop.usecases.filling.edits import TextEdit
from tests.helpers.offices import KEY, city_office, county_office, fill_clean


def test_the_code_is_the_same_before_signing_after_it_and_sent(tmp_path: Path) -> None:
    codes = []
    with county_office(tmp_path) as county, city_office(tmp_path) as city:
        do, states = county.actions, []

        def look() -> None:
            states.append(do.fill.sheet(KEY).head.state)
            codes.append(do.send.content(KEY).identity.check_code)

        fill_clean(county)
        look()
        do.fill.set_signature(KEY, Signature("张建平", "李秀梅", "王芳", "0943", "2024-10-08"))
        look()
        do.check.mark_checked(KEY)
        look()
        do.sign_off.sign_off(KEY, Signature("张建平", "", "王芳", "", "2024-10-09"))
        look()
        codes.append(do.send.submit(KEY, tmp_path / "1.xlsx").check_code)
        codes.append(do.fill.sheet(KEY).head.check_code)
        codes.append(do.again.save(KEY, tmp_path / "again.xlsx").check_code)
        receive = city.actions.receive
        preview = receive.preview(tmp_path / "1.xlsx")
        assert preview.notices == ()
        receive.apply(preview, receive.accept_all(preview))
        codes.append(city.actions.fill.sheet(KEY).head.check_code)
        assert states == [ReturnState.DRAFT, ReturnState.DRAFT, ReturnState.CHECKED, ReturnState.SIGNED]
        assert len(set(codes)) == 1 and len(codes) == 8, codes
        do.send.withdraw(KEY, "再核")
        assert do.send.content(KEY).identity.check_code not in codes, "another round is another paper"


def test_the_same_content_has_the_same_code_in_every_zone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = set()
    for number, zone in enumerate(("Asia/Shanghai", "UTC", "America/New_York")):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        try:
            with county_office(tmp_path, f"{number}.kjxd") as county:
                fill_clean(county)
                codes.add(county.actions.send.content(KEY).identity.check_code)
        finally:
            monkeypatch.undo()
            time.tzset()
    assert len(codes) == 1


def test_every_figure_moves_it(tmp_path: Path) -> None:
    with county_office(tmp_path) as county:
        fill_clean(county)
        before = county.actions.send.content(KEY).identity.check_code
        county.actions.fill.edit(KEY, "I13", TextEdit("15"))
        assert county.actions.send.content(KEY).identity.check_code != before
        assert len(before.split("-")) == 6
