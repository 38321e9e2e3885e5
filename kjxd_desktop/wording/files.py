"""Sentences for file faults: what happened, whether the data is safe, what to do now."""

from __future__ import annotations

from collections.abc import Mapping

from kjxd_desktop.domain.file_fault import FaultCode

_SENTENCES = {
    FaultCode.NOT_FOUND: "没有找到“{name}”，没有读入任何数据。请检查文件是否还在、U 盘是否插好。",
    FaultCode.IS_FOLDER: "“{name}”是文件夹，不是表格文件，数据没有动。请点进文件夹，选里面的表格。",
    FaultCode.NOT_A_FILE: (
        "“{name}”不是普通文件（是设备、管道一类），没有读入任何数据。请选放在磁盘或 U 盘上的文件。"
    ),
    FaultCode.CHANGING: "“{name}”正在被别的程序写入，没有读入任何数据。请等它写完、关掉以后再试。",
    FaultCode.NO_PERMISSION: "没有权限打开“{name}”，没有读入任何数据。请把它复制到自己的文件夹后再试。",
    FaultCode.EMPTY: "“{name}”是空文件，没有读入任何数据。请让对方重新发一份。",
    FaultCode.TOO_BIG: "“{name}”{what}，没有读入任何数据。请只留要报的表，另存一份后再试。",
    FaultCode.PASSWORD: "“{name}”设了密码，没有读入任何数据。请用 WPS 打开，去掉密码保存后再试。",
    FaultCode.BROKEN: "“{name}”打不开，文件可能没有传完整，没有读入任何数据。请让对方重新发一份。",
    FaultCode.PICTURE: "“{name}”是图片，不是表格，没有读入任何数据。请让对方发 Excel 或 WPS 表格。",
    FaultCode.NOT_TABLE: "“{name}”是{kind}，不是表格，没有读入任何数据。请选 Excel 或 WPS 表格。",
    FaultCode.HTML_AS_XLS: (
        "“{name}”是网页，里面没有读到表格，没有读入任何数据。请用 WPS 打开，另存为 .xlsx 后再试。"
    ),
    FaultCode.TIMEOUT: (
        "“{name}”读了太久，已经停下，没有读入任何数据。请用 WPS 打开，另存为新的 .xlsx 后再试。"
    ),
    FaultCode.READER_FAILED: (
        "“{name}”没能读完，没有读入任何数据，已存的数据都在。"
        "请再试一次；还是不行，请用 WPS 另存为新的 .xlsx。"
    ),
    FaultCode.DISK_FULL: "磁盘满了，“{name}”没有写成，已存的数据都在。请清出一些空间后再试一次。",
    FaultCode.FOLDER_MISSING: "要放“{name}”的文件夹不存在，文件没有写，已存的数据都在。请换一个位置。",
    FaultCode.FOLDER_READ_ONLY: (
        "这个文件夹不能写，“{name}”没有写成，已存的数据都在。请换一个文件夹，例如桌面。"
    ),
    FaultCode.FILE_IN_USE: (
        "“{name}”正在别的程序里打开，或设成了只读，原文件没有动。请先在 WPS 里关掉它，或换一个文件名。"
    ),
    FaultCode.WRITTEN_DIFFERENTLY: (
        "“{name}”写完后核对不一致，没有留下，已存的数据都在。请换一个磁盘或 U 盘再试。"
    ),
    FaultCode.BACKUP_DAMAGED: "备份“{name}”已经损坏，没有用它恢复，现在的数据没有动。请换一份备份。",
    FaultCode.TARGET_EXISTS: "“{name}”已经有了，没有盖掉它，什么都没有写。请换一个文件名。",
    FaultCode.TARGET_IS_WORKSPACE: "“{name}”是本程序的数据文件或备份，不能盖掉它，什么都没有写。请换一个文件名。",
    FaultCode.TARGET_IS_INPUT: "“{name}”就是这条命令要读的文件，没有盖掉它，什么都没有写。请换一个文件名。",
    FaultCode.TARGET_IS_FOLDER: "“{name}”是文件夹，不能写成文件，什么都没有写。请在后面加上文件名，或换一个名字。",
    FaultCode.TARGET_NOT_EMPTY: "“{name}”已经有了，不是空文件夹，没有动它，什么都没有写。请换一个名字。",
    FaultCode.TARGET_NOT_A_FILE: (
        "“{name}”不是普通文件（是设备、管道或失效的链接），不能写，什么都没有动。请换一个文件名。"
    ),
    FaultCode.TARGET_NOT_TOURS: "文件夹里的“{name}”不是演示做的，或者后来改过，没有盖掉它，没有往下走。请换一个文件夹，例如一个新的空文件夹。",
    FaultCode.TARGET_NOT_WORKSPACE: "“{name}”不是本程序的数据文件，没有用备份换掉它，什么都没有动。请写要恢复的数据文件，以 .kjxd 结尾。",
    FaultCode.INPUT_IS_WORKSPACE: "“{name}”就是现在开着的数据文件，没有读它，什么都没有动。请另选一个文件。",
    FaultCode.BACKUP_IS_WORKSPACE: "“{name}”就是现在用的数据文件，不用恢复，什么都没有动。请选一份备份。",
    FaultCode.BACKUP_ALTERED: "备份“{name}”的结构被别的程序改过，没有用它恢复，现在的数据没有动。请换一份备份。",
    FaultCode.NOT_BACKUP: "“{name}”不是本程序的数据文件或备份，没有用它恢复，现在的数据没有动。请另选一个文件。",
    FaultCode.WRITE_FAILED: (
        "“{name}”没有写成，已存的数据都在。请检查磁盘或 U 盘是否插好、文件名是否太长，再试一次。"
    ),
}

_KINDS = {
    "pdf": " PDF 文件",
    "word": "文字文档",
    "slides": "演示文稿",
    "archive": "压缩包",
    "ofd": " OFD 版式文件",
    "xml": " XML 文件",
    "text": "纯文字文件",
    "other": "别的文件",
}

_TOO_BIG = {
    "file": "超过 {limit} MB",
    "unpacked": "展开后超过 {limit} MB",
    "parts": "里面的内容太多，超过 {limit} 个部分",
    "sheets": "超过 {limit} 张工作表",
    "cells": "内容太多，超过 {limit} 格",
    "merged": "合并的单元格太多，超过 {limit} 格",
    "memory": "太大，放不进内存",
}


def file_fault_sentence(code: str, params: Mapping[str, str]) -> str:
    """The sentence for a file fault.

    Args:
        code: A ``FaultCode``.
        params: Those of the fault; ``name`` is the file's name.
    """
    texts = {"name": "", **params}
    texts["kind"] = _KINDS.get(params.get("kind", ""), _KINDS["other"])
    texts["what"] = _TOO_BIG.get(params.get("what", ""), "太大").format_map({"limit": "", **params})
    return _SENTENCES[FaultCode(code)].format_map(texts)
