"""The tour does the main job in an off-screen window and leaves pictures and workbooks that hold."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtGui import QImage

from kjxd_desktop import paths
from kjxd_desktop.bootstrap.tour_files import TourFiles
from kjxd_desktop.usecases.filling.demonstrate import read_demo
from tests.helpers.waiting import LONG_S

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one tour, named as seen from the caller's folder; an earlier tour was there before."""
    folder = tmp_path_factory.mktemp("tour")
    for name in (
        "会宁县_报表模板.xlsx",
        "会宁县_上报.xlsx",
        "03_工作台.png",
        "07_停在这里.png",
        "01_照片.png",
    ):
        (folder / name).write_text("older")
        if name != "01_照片.png":
            TourFiles(folder).made(folder / name)
    done = tour("-m", "kjxd_desktop", "tour", "--out", folder.name, cwd=folder.parent)
    assert done.returncode == 0, done.stderr
    assert str(folder) in done.stderr
    return folder


def tour(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run Python off-screen."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=LONG_S,
        check=False,
    )


def test_what_an_earlier_tour_left_is_gone_and_nothing_else(out: Path) -> None:
    names = {path.name for path in out.glob("*.png")}
    assert not names & {"03_工作台.png", "07_停在这里.png"}
    assert (out / "01_照片.png").read_text() == "older"


def test_what_somebody_else_put_there_stays(tmp_path: Path) -> None:
    """Nothing of the tour is made then, and nothing of his is touched."""
    there = tmp_path / "会宁县_上报.xlsx"
    there.write_text("a return that counts")
    done = tour("-m", "kjxd_desktop", "tour", "--out", str(tmp_path), cwd=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (3, False)
    assert there.name in done.stderr and "换一个文件夹" in done.stderr
    assert there.read_text() == "a return that counts"
    assert not list(tmp_path.glob("*.png"))


# The first step on the way looks for what is not there.
_ASTRAY = """
import sys
from kjxd_desktop.bootstrap import tour
from kjxd_desktop.cli import main
from kjxd_desktop.ui.tour import waiting
def go_astray(hands, window, picture):
    waiting.PATIENCE_S = 0.2
    hands.click_button(window, "没有这个按钮")
tour.look_at_plans = go_astray
sys.exit(main(["tour", "--out", sys.argv[1]]))
"""


def test_a_tour_that_loses_its_way_says_where_and_shows_it(tmp_path: Path) -> None:
    done = tour("-c", _ASTRAY, str(tmp_path / "out"), cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "一直没有等到“没有这个按钮”可以点" in done.stderr and str(tmp_path / "out") in done.stderr
    picture = QImage(str(tmp_path / "out" / "01_停在这里.png"))
    assert picture.width() >= 1000, "the window where it stopped"


def test_a_tour_into_a_place_that_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = tour("-m", "kjxd_desktop", "tour", "--out", "file/out", cwd=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (3, False)
    assert "文件夹不存在" in done.stderr


def test_every_page_has_a_picture_with_something_on_it(out: Path) -> None:
    titles = {path.stem.split("_", 1)[1] for path in out.glob("*.png")}
    pages = {
        "第一次使用",
        "工作台",
        "指标填报",
        "补录",
        "任务进展",
        "监测分析",
        "签报",
        "报送管理_已导出",
        "市局_已接收",
        "市局_导入预览",
        "方案_概况",
        "方案_目标事项",
        "方案_分解",
        "搜索",
    }
    assert pages <= titles
    for path in set(out.glob("*.png")) - {out / "01_照片.png"}:
        image = QImage(str(path))
        assert image.width() >= 640 and image.height() >= 440, path.name
        colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
        assert len(colours) > 20, path.name


def test_the_workbook_holds_what_was_typed(out: Path) -> None:
    demo = read_demo(paths.resources_dir() / "demo" / "huining.toml")
    book = openpyxl.load_workbook(out / "会宁县_上报.xlsx", data_only=True)
    written: dict[str, set[str]] = {}
    for row in book["指标"].iter_rows():
        texts = {str(cell.value) for cell in row if cell.value is not None}
        for code in demo.typed:
            if code in texts:
                written[code] = texts
    for code, text in demo.typed.items():
        assert text in written[code], code
