"""What was passed over in a folder, in words."""

from __future__ import annotations

from collections.abc import Mapping

PASSED: Mapping[str, str] = {
    "system": "系统自己的文件，不用读",
    "lock": "表格正打开着留下的临时文件，不用读",
    "other_kind": "看名字不是表格，没有读；里面有报表的，请另存为 .xlsx",
    "no_table": "打开看过，不是表格",
    "evidence": "是佐证材料，旁边没有它的报表",
    "link": "是快捷链接，没有跟过去；要读，请把真正的文件放进来",
    "no_file": "不是文件，没有读",
    "too_deep": "在第三层文件夹以下，没有读；里面有报表的，请单独导入这个文件夹",
}


def passed_sentence(name: str, reason: str) -> str:
    """``说明.txt：跳过。看名字不是表格……``."""
    return f"{name}：跳过。{PASSED[reason]}。"


def nothing_in(folder: str) -> str:
    """A folder in which nothing could be read."""
    return (
        f"文件夹“{folder}”里没有可以导入的报表，没有写入任何数据。"
        "请看选的文件夹对不对；报表要是 Excel 或 WPS 表格，放在这个文件夹或里面三层以内。"
    )
