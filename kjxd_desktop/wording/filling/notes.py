"""What a person is told after a write went through."""

from __future__ import annotations

from datetime import datetime

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.figures.status import EntryStatus
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.terms import ENTRY_STATUS

_SENTENCES = {
    "converted": "{text} 已换算成 {value} {unit}，请核对。",
    "estimate_taken": "{text} 已记作预计数 {value} {unit}，请核对。",
    "shared_kept": "同一个数也写进了“{plan}”。",
    "shared_locked": "“{plan}”这一期的报表已经上报，里面的数没有动。要改请先在那个方案里撤回。",
    "shared_stands": "“{plan}”这一期现有的是{there}，和这里沿用的{here}不一样，那边没有动。请到那个方案里核对哪个对。",
    "later_reopened": "{period}的报表沿用了这个数，也跟着改了，现在是填报中。请到那一期再审核一次。",
    "sent_reopened": "市局下发的数变了，{period}的报表现在是填报中。您填的数都没有动。请看一眼，再审核一次。",
    "later_tasks_reopened": "{period}的报表沿用了这项任务的情况，也跟着改了，现在是填报中。请到那一期再审核一次。",
    "shared": "以后在一个方案里填，另一个方案里也有。已补上 {filled} 个空格；有 {differ} 个两边填的不一样，都没有动，请核对。",
    "names_missing": "报表上还没有写{names}，打印后签字以前请补上。",
    "accept_open": "已接收。这份报表还有 {what}，请和{unit}核实。",
    "no_backup_made": "这一次没有先做成备份（{why}），要做的事照常做了，数据都已存好。请到左边“数据文件”里点“立即备份”。",
    "clock_behind": "电脑的时间是 {now}，比修改记录里最新的一条（{newest}）早，多半是电脑的时间不对。已填的数都在。请看一下电脑的日期和时间，不对的改好再填；本来就对的，不用管。",
    "characters_left_out": "有 {count} 个看不见或不能保存的字符没有存（多半是从网页、别的软件粘贴来的），其余都已存好，请看一眼。",
    "evidence_received": "报表以前收过，没有重复写；这次补收了 {count} 个佐证文件。",
    "evidence_renamed": "文件名里有的字不是每台电脑都能存，已记作“{name}”；文件内容没有变。",
    "data_year_assumed": "{name}按 {year} 年的数记。如果不是，请改“数据年份”。",
}

_WHY_NO_BACKUP = {
    "disk_full": "磁盘满了",
    "no_permission": "备份文件夹不能写",
    "read_only": "备份文件夹不能写",
    "backup_failed": "备份核对不上",
    "damaged": "数据文件有损坏",
}


def note_sentence(code: str, params: tuple[tuple[str, str], ...]) -> str:
    """The sentence for a note of a write."""
    texts = dict(params)
    if code == "no_backup_made":
        texts["why"] = _WHY_NO_BACKUP.get(texts.get("why", ""), "读写磁盘出错")
    if code == "clock_behind":
        for name in ("now", "newest"):
            texts[name] = f"{datetime.fromisoformat(texts[name]):%Y-%m-%d %H:%M}"
    if "period" in texts:
        texts["period"] = period_title(Period.parse(texts["period"]))
    for name in ("here", "there"):
        if name in texts:
            texts[name] = _figure_text(texts[name])
    return _SENTENCES[code].format_map(texts)


def _figure_text(figure: str) -> str:
    """`` 2022 年的 0.69``, ``“不适用”``."""
    value, _, year = figure.partition("@")
    if value in set(EntryStatus):
        return f"“{ENTRY_STATUS[EntryStatus(value)]}”"
    return f" {year} 年的 {value}" if year else f" {value}"


NOTE_CODES = frozenset(_SENTENCES)
