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
from kjxd_desktop.usecases.filling.demonstrate import read_demo

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one tour."""
    folder = tmp_path_factory.mktemp("tour")
    done = subprocess.run(
        [sys.executable, "-m", "kjxd_desktop", "tour", "--out", str(folder)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


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
    for path in out.glob("*.png"):
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
