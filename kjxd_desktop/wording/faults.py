"""Sentences for workspace faults: what happened, whether the data is safe, what to do now."""

from __future__ import annotations

from kjxd_desktop.domain.faults import WorkspaceFault
from kjxd_desktop.domain.file_names import readable_name

_SENTENCES = {
    "absent": "没有找到数据文件 {path}。没有改动任何数据。请检查路径，或新建一个。",
    "exists": "{path} 已经存在，没有覆盖，原来的数据没有动。请换一个文件名，或直接打开它。",
    "in_use": "数据文件 {path} 正在被另一个窗口使用，这里没有改动任何数据。请先关掉另一个窗口，再试一次。",
    "lock_foreign": "数据文件 {path} 没有打开：它旁边的“{found}”不是本程序放的。数据文件没有坏，也没有改动。请把“{found}”移到别处，再试一次。",
    "newer": "数据文件 {path} 是用更新版本的程序建的，这个版本打不开，数据没有动。请安装新版程序后再打开。",
    "older": "数据文件 {path} 是旧版本建的，要先升级才能看，数据没有动。请先用窗口打开它一次，程序会先备份再升级。",
    "not_a_workspace": "{path} 不是本程序的数据文件，没有改动它。请另选一个文件。",
    "altered": "数据文件 {path} 里有别的程序放进去的东西（{found}），程序没有打开它，也没有改动它。请不要删除原文件，用备份恢复。",
    "damaged": "数据文件 {path} 有损坏，已停止写入，原文件没有改动。请不要删除原文件，联系技术人员用备份恢复。",
    "disk_full": "磁盘满了，这一次没有存上；以前存好的数据都在。请清出一些空间后再试一次。",
    "read_only": "数据文件 {path} 只能读、不能写，这一次没有存上；以前存好的数据都在。请把文件或文件夹改成可以写，再试一次。",
    "viewing": "现在是只读打开，只能看、不能改，这一次没有存。要填报，请关掉程序，再正常打开这个数据文件。",
    "no_permission": "没有权限读写 {path}，数据没有动。请换一个自己的文件夹，或请管理员开放权限。",
    "folder_missing": "文件夹 {path} 不存在，什么都没有写。请先建好文件夹，或换一个位置。",
    "name_too_long": "文件名或路径太长，系统不接受：{path}。数据没有动。请把文件名改短一些，或换一个浅一些的文件夹，再试一次。",
    "name_reserved": "{path} 这个名字是程序放在数据文件旁边用的，不能用来存，什么都没有写。请换一个以 .kjxd 结尾的文件名。",
    "overwritten": "数据文件 {path} 被别的程序盖掉或截断了。从现在起填的存不上，屏幕上的数都在。请先别关窗口，把没存上的记下来，再到左边“数据文件”里用备份恢复。",
    "gone": "数据文件已经不在原来的位置：{path}（被移走、改名、删除，或者 U 盘拔掉了）。从现在起填的存不上，屏幕上的数都在。请把文件放回原处再试一次，或点“另存一份”换个地方存。",
    "busy": "数据文件正忙，这一次没有存上；以前存好的数据都在。请稍等几秒再试一次。",
    "migration_failed": "数据文件升级没有成功，已退回升级前的样子，备份在 {backup}。数据没有丢。请把这个情况告诉技术人员。",
    "backup_failed": "备份没有做成：写出来的备份核对不上，没有留下，现在的数据没有动。请用“核对”看数据文件 {path} 是否完好。",
    "no_backup": "没有找到 {path} 的完好备份，没有恢复，原文件没有改动。请不要删除原文件，找一找 U 盘和别的电脑上有没有备份，再联系技术人员。",
    "restore_failed": "恢复没有成功：恢复出来的数据核对不上，没有换上，数据文件 {path} 和备份都没有动。请换一份备份再试。",
    "io": "读写磁盘时出错，这一次没有存上；以前存好的数据都在。请检查磁盘或 U 盘是否插好，再试一次。",
}


PUT_ASIDE = "原来的文件没有删，改名留在这里：{path}。需要时可以请技术人员看看里面还有什么。"
SAVED_ELSEWHERE = "数据都在新的文件里了：{path}。以后请打开这个文件；原来的那个不要再用，免得两边不一样。"


def fault_sentence(fault: WorkspaceFault) -> str:
    """The sentence for a fault; every code of ``FAULT_CODES`` has one."""
    shown = {name: readable_name(text) for name, text in fault.params.items()}
    return _SENTENCES[fault.code].format_map({"path": "", "found": "", "backup": "", **shown})
