"""The real program in a real window: a quarter typed by keyboard alone, exported, taken in by a city."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from kjxd_desktop.cli.__init__ import main
from tests.end2end.xscreen import x_screen
from tests.helpers.offices import FOURTEEN
from tests.helpers.waiting import PATIENCE_S, wait_until

PERIOD = ("--period", "2024Q3")


def run(*words: object) -> int:
    return main([str(word) for word in words])


@pytest.fixture
def offices(tmp_path: Path) -> tuple[Path, Path]:
    """A city, and a county made from its template."""
    city, county = tmp_path / "city.kjxd", tmp_path / "county.kjxd"
    template = tmp_path / "template.xlsx"
    assert run("new", city, "--role", "city", "--unit", "620400", "--plan", "baiyin-2022") == 0
    assert run("template", "--workspace", city, *PERIOD, "--unit", "620422", template) == 0
    assert run("new", county, "--from", template) == 0
    return city, county


def values(workspace: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, str | None]:
    """What a workspace holds, read beside the running program."""
    capsys.readouterr()
    assert run("show", "--workspace", workspace, *PERIOD, *words, "--json") == 0
    return {item["code"]: item["value"] for item in json.loads(capsys.readouterr().out)["entries"]}


def test_fourteen_values_each_with_enter_alone(
    offices: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Value and Enter, fourteen times, no other key; then the process is killed, and all is there."""
    _, county = offices
    with x_screen(tmp_path) as screen, screen.program("--workspace", str(county)) as program:
        screen.wait_for_window("科技行动监测填报")
        go_to_period(screen)
        screen.key("alt+2")
        for text in FOURTEEN.values():
            screen.type(text)
            screen.key("Return")
        wait_until(lambda: values(county, capsys)["I16"] == "0", "the last value")
        program.send_signal(signal.SIGKILL)
        program.wait(timeout=PATIENCE_S)
    kept = values(county, capsys)
    assert {code: kept[code] for code in FOURTEEN} == FOURTEEN


def test_the_quarter_from_first_key_to_the_city(
    offices: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Typed, checked, signed, exported by keyboard alone; a city takes the workbook in, value for value."""
    city, county = offices
    path = tmp_path / "return.xlsx"
    with x_screen(tmp_path) as screen, screen.program("--workspace", str(county)) as program:
        screen.wait_for_window("科技行动监测填报")
        go_to_period(screen)
        screen.key("alt+2")
        for text in FOURTEEN.values():
            screen.type(text)
            screen.key("Return")
        screen.key("F9")
        screen.key("alt+5")
        screen.key("space")
        screen.wait_for_window("签报")
        for name in ("Zhang", "Li", "Wang", "0943", ""):
            screen.type(name)
            screen.key("Return")
        screen.key("Return")
        screen.wait_for_window("科技行动监测填报")
        screen.key("space")
        screen.wait_for_window("导出上报")
        screen.key("ctrl+a")
        screen.type(str(path))
        screen.key("Return")
        wait_until(path.is_file, "the workbook")
        screen.wait_for_window("科技行动监测填报")
        screen.key("alt+F4")
        assert program.wait(timeout=PATIENCE_S) == 0
    assert run("import", "--workspace", city, path) == 0
    kept = values(city, capsys, "--unit", "620422")
    assert {code: kept[code] for code in FOURTEEN} == FOURTEEN


def go_to_period(screen) -> None:  # type: ignore[no-untyped-def]
    """From the quarter that is due today (the plan's last) back to 2024Q3."""
    screen.key(*["alt+Left"] * 5)
