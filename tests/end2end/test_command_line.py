"""The main job by commands alone, and every bad input of it: one sentence, the right status, nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.helpers.command_desk import PERIOD, Desk
from tests.helpers.offices import FOURTEEN
from tests.helpers.waiting import PATIENCE_S


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A city that has sent a template, and the county that has opened it."""
    made = Desk(tmp_path, capsys)
    made.ok("new", made.city, "--role", "city", "--unit", "620400", "--plan", "baiyin-2022")
    for code, text in (("I01", "53.6"), ("I02", "51.42")):
        made.ok("set", "--workspace", made.city, *PERIOD, "--unit", "620422", "--indicator", code, text)
    where = ("--workspace", made.city, "--unit", "620422", "--indicator", "I13")
    made.ok("target", *where, "--year", "2025", "--kind", "binding", "12")
    made.ok("target", *where, "--year", "2025", "--kind", "expected", "16")
    made.ok("baseline", *where, "--year", "2021", "7")
    made.ok("deadline", "--workspace", made.city, *PERIOD, "2024-10-15")
    template = tmp_path / "template.xlsx"
    made.ok("template", "--workspace", made.city, *PERIOD, "--unit", "620422", template)
    made.ok("new", made.county, "--from", template)
    return made


def fill(desk: Desk) -> None:
    for code, text in FOURTEEN.items():
        assert desk.set(code, text) == 0, desk.said


def submit(desk: Desk, name: str = "return.xlsx") -> Path:
    path = desk.folder / name
    for finding in check(desk)["findings"]:
        if finding["grade"] == "verify":
            desk.ok(
                "explain",
                "--workspace",
                desk.county,
                *PERIOD,
                "--indicator",
                finding["code"],
                "--rule",
                finding["rule"],
                "经核对无误。",
            )
    desk.ok("submit", "--workspace", desk.county, *PERIOD, path)
    return path


def check(desk: Desk) -> dict:  # type: ignore[type-arg]
    desk.run("check", "--workspace", desk.county, *PERIOD, "--json")
    return json.loads(desk.out)


def test_dispatch_brings_targets_deadline_and_values(desk: Desk) -> None:
    shown = desk.show(desk.county)
    values = {item["code"]: item["value"] for item in shown["entries"]}
    assert (values["I01"], values["I02"], values["I03"]) == ("53.6", "51.42", None)
    status = desk.answer("status", "--workspace", desk.county, *PERIOD)
    assert status["indicators"] == {"due": 14, "filled": 0}
    assert status["deadline"].startswith("2024-10-15T18:00")
    monitor = desk.answer("monitor", "--workspace", desk.county, *PERIOD)
    row = next(item for item in monitor["indicators"] if item["code"] == "I13")
    assert row["measured_against"] == "own"


def test_check_says_the_one_change_that_fits(desk: Desk) -> None:
    before = ("--period", "2024Q2")
    desk.ok("set", "--workspace", desk.county, *before, "--indicator", "I13", "12")
    assert desk.set("I13", "120") == 0
    found = [item for item in check(desk)["findings"] if item["code"] == "I13" and item["grade"] != "hint"]
    assert found and all(
        item["repair"] == {"code": "I13", "field": "value", "value": "12", "settles": len(found)}
        for item in found
    )
    desk.run("check", "--workspace", desk.county, *PERIOD)
    assert "若改成 12，" in desk.out
    assert desk.set("I13", "12") == 0
    assert not [item for item in check(desk)["findings"] if item["repair"] is not None]


def test_the_main_job_value_for_value(desk: Desk) -> None:
    fill(desk)
    assert desk.set("I06", "--numerator", "61", "--denominator", "10000") == 0
    assert desk.set("I05", "0.83", "--estimate", "--note", "=1+1 先报预计") == 0
    assert desk.set("I11", "--status", "not_published") == 0
    assert desk.set("I16", "--status", "not_applicable") == 0
    evidence = desk.folder / "验收意见.pdf"
    evidence.write_bytes(b"%PDF-1.4 evidence")
    words = (
        "--text",
        "引进新品种 6 个；\n+建示范点 4 处。",
        "--problems",
        "经费到位率 60%。",
        "--next",
        "完成秋季测产。",
    )
    desk.ok(
        "progress",
        "--workspace",
        desk.county,
        *PERIOD,
        "--task",
        "2-7",
        "--status",
        "in_progress",
        "--percent",
        "71",
        *words,
        "--evidence",
        evidence,
    )
    desk.ok("progress", "--workspace", desk.county, *PERIOD, "--task", "A1-1", "--status", "not_involved")
    desk.ok("sign", "--workspace", desk.county, *PERIOD, "--head", "张建平", "--filled-by", "王芳")
    path = submit(desk)
    sent = desk.show(desk.county)
    assert sent["state"] == "submitted"
    assert next(item["value"] for item in sent["entries"] if item["code"] == "I12") == "1.50"
    answer = desk.answer("import", "--workspace", desk.city, path)
    assert [item["outcome"] for item in answer["files"]] == ["applied"]
    assert desk.show(desk.city, "--unit", "620422") == sent


def test_a_template_filled_elsewhere_comes_back_unsigned(desk: Desk) -> None:
    """A unit without the program types into the template itself."""
    import openpyxl

    template = desk.folder / "template.xlsx"
    book = openpyxl.load_workbook(template)
    typed = 0
    for sheet in book.worksheets:
        codes = {cell.value: cell.row for row in sheet.iter_rows() for cell in row if cell.value in FOURTEEN}
        header = next(
            (
                cell
                for row in sheet.iter_rows()
                for cell in row
                if isinstance(cell.value, str) and "本期累计" in cell.value
            ),
            None,
        )
        if header is None or len(codes) < len(FOURTEEN):
            continue
        for code, text in FOURTEEN.items():
            sheet.cell(codes[code], header.column).value = text
            typed += 1
    assert typed == len(FOURTEEN)
    filled = desk.folder / "filled.xlsx"
    book.save(filled)
    answer = desk.answer("import", "--workspace", desk.city, filled)
    assert answer["files"][0]["outcome"] == "applied", answer["files"][0]["reason"]
    shown = desk.show(desk.city, "--unit", "620422")
    kept = {item["code"]: item["value"] for item in shown["entries"]}
    assert {code: kept[code] for code in FOURTEEN} == FOURTEEN
    assert shown["state"] == "submitted"


def test_saved_again_by_another_program(desk: Desk) -> None:
    """LibreOffice writes the workbook anew; it imports to the same content."""
    fill(desk)
    path = submit(desk)
    again = desk.folder / "again"
    convert("xlsx", path, again)
    other = desk.folder / "other.kjxd"
    shutil.copy(desk.city, other)
    first = desk.answer("import", "--workspace", desk.city, path)["files"][0]
    second = desk.answer("import", "--workspace", other, again / path.name)["files"][0]
    assert (first["outcome"], second["outcome"]) == ("applied", "applied")
    assert desk.show(desk.city, "--unit", "620422") == desk.show(other, "--unit", "620422")


def test_a_file_that_was_taken_in_is_not_told_as_written_again(desk: Desk) -> None:
    fill(desk)
    path = submit(desk)
    desk.ok("import", "--workspace", desk.city, path)
    assert "已写入" in desk.said
    desk.ok("import", "--workspace", desk.city, path)
    assert "已写入" not in desk.said and "以前收过，没有再写" in desk.said


def test_printed_form(desk: Desk) -> None:
    """As PDF: every indicator, the sign-off line and the check code are on the pages, none is cut."""
    fill(desk)
    path = submit(desk)
    convert("pdf", path, desk.folder)
    text = subprocess.run(
        ["pdftotext", "-layout", str(path.with_suffix(".pdf")), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    folded = "".join(text.split())
    for words in (
        "技术合同成交额",
        "科创板、北交所上市企业",
        "单位负责人",
        "统计负责人",
        "填表人",
        "报出日期",
        "校验码",
    ):
        assert words in folded
    assert "###" not in folded
    code = desk.show(desk.county)["check_code"]
    assert code in text


def convert(kind: str, path: Path, folder: Path) -> None:
    """Let LibreOffice write a file as another kind."""
    folder.mkdir(exist_ok=True)
    profile = folder.parent / "office-profile"
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
            str(path),
        ],
        capture_output=True,
        check=True,
        timeout=PATIENCE_S,
    )


@pytest.mark.parametrize(
    ("code", "words", "status"),
    [
        ("I13", ("abc",), 1),
        ("I13", ("1e400",), 1),
        ("I12", ("0." + "1" * 30,), 1),
        ("I13", ("约85",), 1),
        ("I13", ("85人",), 1),
        ("I01", ("60",), 1),
        ("I04", ("--numerator", "x", "--denominator", "2"), 1),
        ("I13", ("--numerator", "1", "--denominator", "2"), 1),
        ("I04", ("0.69", "--data-year", "1800"), 1),
        ("I13", ("12", "--note", "长" * 600), 1),
        ("I99", ("1",), 2),
        ("I13", (), 2),
        ("I13", ("12", "--status", "nonsense"), 2),
        ("I13", ("12", "--unit", "999999"), 2),
        ("I13", ("12", "--unit", "620421"), 1),
    ],
)
def test_bad_values(desk: Desk, code: str, words: tuple[str, ...], status: int) -> None:
    before = desk.show(desk.county)
    assert desk.set(code, *words) == status
    assert chinese_line(desk.said)
    assert desk.show(desk.county) == before


@pytest.mark.parametrize(
    ("code", "text", "status", "value", "told"),
    [
        ("I12", "7.36亿", "reported", "7.36", "7.36亿 已换算成 7.36 亿元"),
        ("I12", "7.36万", "reported", "0.000736", "7.36万 已换算成 0.000736 亿元"),
        ("I12", "5200万元", "reported", "0.52", "5200万元 已换算成 0.52 亿元"),
        ("I12", "预计7.36", "estimated", "7.36", "预计7.36 已记作预计数 7.36 亿元"),
        ("I12", "１，２００万", "reported", "0.12", "已换算成 0.12 亿元"),
    ],
)
def test_short_ways_to_write_a_figure_are_taken_and_told(
    desk: Desk, code: str, text: str, status: str, value: str, told: str
) -> None:
    assert desk.set(code, text) == 0
    assert told in desk.said
    (entry,) = [item for item in desk.show(desk.county)["entries"] if item["code"] == code]
    assert (entry["status"], entry["value"]) == (status, value)


@pytest.mark.parametrize(
    ("code", "text", "told"),
    [
        ("I04", "0.76个百分点", "升降了几个百分点"),
        ("I04", "提高0.76个百分点", "升降了几个百分点"),
        ("I13", "7.36亿", "单位（家）对不上"),
        ("I04", "1.2万", "单位（%）对不上"),
    ],
)
def test_what_is_no_figure_of_the_indicator_is_refused_by_name(
    desk: Desk, code: str, text: str, told: str
) -> None:
    before = desk.show(desk.county)
    assert desk.set(code, text) == 1
    assert told in desk.said and text in desk.said
    assert desk.show(desk.county) == before


@pytest.mark.parametrize("words", ["2024年前三季度", "2024年1-9月份", "2024年前9个月"])
def test_a_period_by_its_usual_words(desk: Desk, words: str) -> None:
    assert desk.run("set", "--workspace", desk.county, "--period", words, "--indicator", "I13", "12") == 0
    (entry,) = [item for item in desk.show(desk.county)["entries"] if item["code"] == "I13"]
    assert entry["value"] == "12"


@pytest.mark.parametrize(
    "period", ["2024Q5", "2024年下半年", "2024年前八个月", "三季度", "2031Q1", "", "2024-13-40"]
)
def test_wrong_period(desk: Desk, period: str) -> None:
    assert desk.run("show", "--workspace", desk.county, "--period", period) == 2
    assert chinese_line(desk.said)


def test_unknown_names(desk: Desk) -> None:
    assert desk.run("plans", "show", "nowhere-2030") == 2
    assert chinese_line(desk.said)
    new = desk.folder / "x.kjxd"
    assert desk.run("new", new, "--role", "county", "--unit", "620422", "--plan", "nowhere") == 2
    assert desk.run("new", new, "--role", "county", "--unit", "999", "--plan", "baiyin-2022") == 2
    assert desk.run("new", new) == 2
    assert not new.exists()
    assert desk.run("show", "--workspace", desk.folder / "none.kjxd", *PERIOD) == 4
    assert chinese_line(desk.said)
    assert desk.run("dance") == 2
    assert chinese_line(desk.said)


def test_files_that_do_not_belong_here(desk: Desk) -> None:
    fill(desk)
    path = submit(desk)
    cut, text, none = (desk.folder / name for name in ("cut.xlsx", "text.xlsx", "none.xlsx"))
    cut.write_bytes(path.read_bytes()[:5000])
    text.write_text("这不是工作簿", encoding="utf-8")
    before = desk.show(desk.city, "--unit", "620422")
    for file in (cut, text, none):
        assert desk.run("import", "--workspace", desk.city, file) == 3
        assert chinese_line(desk.said)
    other = desk.folder / "other.xlsx"
    desk.ok("template", "--workspace", desk.city, *PERIOD, "--unit", "620421", other)
    assert desk.run("import", "--workspace", desk.county, other) == 1
    assert "靖远县" in desk.said
    assert desk.run("import", "--workspace", desk.county, path) == 1
    assert chinese_line(desk.said)
    assert desk.show(desk.city, "--unit", "620422") == before


def test_a_folder_goes_file_by_file(desk: Desk) -> None:
    fill(desk)
    folder = desk.folder / "收到的报表"
    folder.mkdir()
    shutil.move(submit(desk), folder / "1.xlsx")
    (folder / "2.xlsx").write_text("坏文件", encoding="utf-8")
    (folder / "~$1.xlsx").write_bytes(b"lock of an office program")
    assert desk.run("import", "--workspace", desk.city, folder, "--json") == 3
    outcomes = {item["file"]: item["outcome"] for item in json.loads(desk.out)["files"]}
    assert outcomes == {"1.xlsx": "applied", "2.xlsx": "failed"}


def test_preview_writes_nothing(desk: Desk) -> None:
    fill(desk)
    path = submit(desk)
    before = desk.show(desk.city, "--unit", "620422")
    answer = desk.answer("import", "--workspace", desk.city, path, "--preview")["files"][0]
    assert answer["outcome"] == "previewed"
    assert answer["counts"]["new"] >= 14
    assert desk.show(desk.city, "--unit", "620422") == before


def test_submitting_needs_everything(desk: Desk) -> None:
    path = desk.folder / "early.xlsx"
    assert desk.run("submit", "--workspace", desk.county, *PERIOD, path) == 1
    assert "14 项没填" in desk.said
    assert not path.exists()
    fill(desk)
    assert desk.set("I13", "12.5") == 0
    assert desk.run("submit", "--workspace", desk.county, *PERIOD, path) == 1
    assert "1 处错误" in desk.said
    assert not path.exists()


def test_submitted_is_locked_until_withdrawn(desk: Desk) -> None:
    fill(desk)
    submit(desk)
    assert desk.set("I13", "13") == 1
    assert "已上报" in desk.said
    desk.ok("withdraw", "--workspace", desk.county, *PERIOD, "数字要改")
    assert desk.set("I13", "13") == 0
    first = desk.show(desk.county)
    assert (first["state"], first["round"]) == ("draft", 2)


def test_read_only_folder_for_the_export(desk: Desk) -> None:
    fill(desk)
    for finding in check(desk)["findings"]:
        if finding["grade"] == "verify":
            where = ("--workspace", desk.county, *PERIOD, "--indicator", finding["code"])
            desk.ok("explain", *where, "--rule", finding["rule"], "经核对无误。")
    missing = desk.folder / "没有这个文件夹" / "r.xlsx"
    assert desk.run("submit", "--workspace", desk.county, *PERIOD, missing) == 3
    assert chinese_line(desk.said)
    assert desk.show(desk.county)["state"] == "draft"
    # /proc takes no new files from anyone, root included: a real folder that cannot be written.
    if os.path.isdir("/proc/self"):
        assert desk.run("submit", "--workspace", desk.county, *PERIOD, "/proc/self/r.xlsx") == 3
        assert chinese_line(desk.said)
        assert desk.show(desk.county)["state"] == "draft"


def chinese_line(said: str) -> bool:
    """Whether the last line is one Chinese sentence for a clerk, and nothing of the program shows."""
    lines = [line for line in said.strip().splitlines() if not line.startswith(("usage:", " "))]
    return (
        len(lines) == 1
        and any("一" <= char <= "鿿" for char in lines[0])
        and lines[0].endswith(("。", "？", "help"))
        and "Traceback" not in said
    )
