"""The yearly archive in words: names of its places, what a figure's time is, what is said once it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.quantity import plain_text
from kjxd_desktop.domain.file_names import readable_name
from kjxd_desktop.domain.plan.indicator import Baseline, Kind, Target
from kjxd_desktop.wording.dates import form_period, period_title
from kjxd_desktop.wording.terms import OPERATOR, TARGET_KIND

TITLE = "年度归档"
WHAT = (
    "把一年的报表原件、指标数据、任务进展、说明、修改记录和佐证材料存成一个压缩包，用 Excel、WPS 和记事本就能看。"
    "原始资料至少保存 2 年，汇总资料至少保存 10 年。数据文件不会改动。"
)
CONFIRM = "选位置并归档…"
ALL_PLANS = "全部方案"
NO_YEARS = "还没有报表，没有可以归档的年份。"
README = "说明.txt"
TABLES_FOLDER, PLANS_FOLDER, RETURNS_FOLDER, EVIDENCE_FOLDER = "数据", "方案", "报表原件", "佐证材料"
MARKS_FOLDER = "定性目标"
SUMS: Mapping[str, str] = {"sha256": "SHA256SUMS.txt", "sm3": "SM3SUMS.txt"}
NOT_UPDATED = "未更新"
NOT_HERE = "没有放进来"
CUT = "……（太长，全文见同名的 .json 文件）"
FILE_SORT: Mapping[str, str] = {
    "sent": "上报的工作簿",
    "sent_evidence": "上报时的佐证压缩包",
    "received": "收到的工作簿",
    "evidence": "任务的佐证材料",
    "mark": "定性目标的佐证材料",
}
ABSENCE: Mapping[str, str] = {
    "not_stored": "未保存原件：旧版程序报的，当时没有留底",
    "not_here": "未保存原件：报表里写了名字，文件没有一起来，或者后来丢了",
    "lost": "未保存原件：报的时候留了底，后来数据文件坏过，没能找回",
    "damaged": "未保存原件：存着的内容已经损坏，和当时的指纹不一样",
}


def filed_name(sort: str, name: str, round_no: int | None, no: str) -> str:
    """``第1次上报_会宁县….xlsx``, ``收到第1次_会宁县….xlsx``, ``2-7_照片.jpg``."""
    which = "" if round_no is None else f"第{round_no}次"
    if sort == "received":
        return f"收到{which}_{name}"
    return f"{which}上报_{name}" if sort in ("sent", "sent_evidence") else f"{no}_{name}"


def archive_name(unit: str, plan: str, year: int) -> str:
    """The name that is offered: ``会宁县_强科技行动_2024年归档.zip``; without a plan where there are several."""
    return "_".join(part for part in (unit, plan, f"{year}年归档.zip") if part)


def year_text(year: int, returns: int) -> str:
    """``2024年（报表 8 份）``."""
    return f"{year}年（报表 {returns} 份）"


def plan_name(title: str, revision: int) -> str:
    """Name of a plan's file, without an ending."""
    return f"{title}_第{revision}版"


def time_text(kind: Kind, period: Period, data_year: int | None, *, filled: bool) -> str:
    """What time a figure speaks of; of an annual one nobody knows before it is there."""
    if kind is Kind.ANNUAL:
        return f"{data_year or period.year}年全年" if filled else ""
    if kind is Kind.YTD:
        return f"{form_period(period)}累计"
    end = f"{period.year}年{period.months}月末"
    return end if kind is Kind.STOCK else f"方案开始到{end}累计"


def targets_text(targets: Iterable[Target]) -> str:
    """``2025年约束值 ≥ 12；2025年预期值 ≥ 17（市本级）``."""
    return "；".join(_target(item) for item in targets)


def _target(target: Target) -> str:
    number = (
        "" if target.value is None else f"{OPERATOR.get(target.op, target.op)} {plain_text(target.value)}"
    )
    wanted = " ".join(part for part in (number, target.text or "") if part)
    about = "，".join(part for part in (target.certainty, target.scope) if part)
    return f"{target.year}年{TARGET_KIND[target.kind]} {wanted}{f'（{about}）' if about else ''}"


def baseline_text(baseline: Baseline | None) -> str:
    """``2021年为 85``; empty for none."""
    if baseline is None:
        return ""
    note = f"（{baseline.note}）" if baseline.note else ""
    return f"{baseline.year}年为 {plain_text(baseline.value)}{note}"


class Absent(Protocol):
    """A file that could not be put in (``usecases.keeping.archive_shown.FiledFile``)."""

    @property
    def sort(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def round(self) -> int | None: ...
    @property
    def absent(self) -> str | None: ...


def absent_line(file: Absent, unit: str, period: Period) -> str:
    """``会宁县 2024年三季度 第1次 上报的工作簿“会宁县….xlsx”：未保存原件：…``."""
    which = "" if file.round is None else f"第{file.round}次 "
    place = f"{unit} {period_title(period)} {which}{FILE_SORT[file.sort]}"
    return f"{place}“{readable_name(file.name)}”：{ABSENCE[file.absent or 'not_stored']}。"


def archived_sentence(
    name: str, returns: int, figures: int, files: int, missing: int, *, verified: bool = True
) -> str:
    """What is said once it is written."""
    said = (
        f"已归档到“{name}”：报表 {returns} 份，指标数据 {figures} 行，文件 {files} 个。写完核对过，没有问题。"
    )
    if missing:
        said += f"有 {missing} 个原件没有存在这里，放不进去，名字列在里面的“{README}”里。"
    if not verified:
        said += UNFIT
    return said


UNFIT = f"注意：数据文件和修改记录有对不上的地方，归档照现有的数做了，是哪里写在里面的“{README}”里。"
BEGUN = "正在核对数据文件……"
GOING = "正在归档……已做完 {done} 步，共 {total} 步。"
STOPPED = "归档已停下，没有留下文件，数据没有动。"
