"""Submissions beside the history they came from, in sentences."""

from __future__ import annotations

from typing import Protocol

# What comparing a submitted workbook found (``usecases.receiving.sent_files.SentFile.outcome``).
_SENTENCES = {
    "fits": "{name}：导出时的修改记录和现在的一致。表里的数不在这里核对，请用纸面上的校验码核对。",
    "rewritten": "{name}：导出时的修改记录（第 {lines} 条）和现在的对不上，修改记录像是改写过，或者恢复过备份。",
    "seal_broken": "{name}：封签缺了或对不上，导出后改动过，不能拿来核对。请用当时上报的那一份。",
    "not_sent": "{name}：现在的数据文件里没有上报过这一份的记录，可能恢复过更早的备份，也可能有人删过记录。",
    "says_nothing": "{name}：是旧版程序导出的，没有带修改记录的位置，不能核对。",
    "elsewhere": "{name}：不是从这个数据文件导出的，不能核对。请选用这个数据文件导出的上报工作簿。",
}


class Sent(Protocol):
    """A submitted workbook beside the history it came from (``usecases.receiving.sent_files.SentFile``)."""

    @property
    def file_name(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def lines(self) -> tuple[int, ...]: ...


def sent_file_sentence(file: Sent) -> str:
    """What comparing a submitted workbook found."""
    lines = "、".join(str(line) for line in file.lines)
    return _SENTENCES[file.outcome].format(name=file.file_name, lines=lines)


def head_sentence(unit: str, period: str) -> str:
    """A kept submission does not fit the history that is here."""
    return f"上报记录 {unit} {period}：上报时记下的修改记录，和现在的对不上，修改记录像是整个改写过。"
