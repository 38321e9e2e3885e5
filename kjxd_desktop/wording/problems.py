"""Sentences for problems: what is wrong, and what to do now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kjxd_desktop.domain.problems import Problem
from kjxd_desktop.domain.returns.returns import ReturnState
from kjxd_desktop.wording.terms import ACT, ENTRY_FIELD, PROGRESS_FIELD, RETURN_STATE, SIGNATURE

_SENTENCES = {
    # Reading a value
    "not_a_number": "“{text}”不是数字，没有存。请只写数字，例如 12.5；这一格原来的数没有变。",
    "too_many_digits": "“{text}”位数太多，没有存。一个数最多 {limit} 位有效数字，请核对后重填。",
    "not_exact": "“{text}”不是准确的数，没有存。请填准确的数字；还是预计数的，填数字后标“预计数”。",
    "none_is_ambiguous": "“无”可能是 0，也可能是不适用，没有存。请填 0，或选“不适用”。",
    "unit_differs": "“{text}”的单位是{written}，这一项要填{unit}，没有存。请换算后再填。",
    "magnitude_unfit": "“{text}”里的“{written}”和这一项的单位（{unit}）对不上，没有存。请看看是不是填错了行；没有填错，就按{unit}只写数字。",
    "points_not_a_level": "“{text}”说的是升降了几个百分点，没有存。请填升降以后是多少{unit}，例如 2.15；这一格原来的数没有变。",
    # Calls and names
    "period_unreadable": "“{text}”不是报告期。请写成 2024Q3 或 2024年三季度这样。",
    "period_outside_plan": "{period} 不在方案的年份 {first}—{last} 里，没有存。请检查报告期。",
    "archive_outside_plan": "{year} 年不在方案的年份 {first}—{last} 里，没有归档。请检查年份。",
    "archive_year_empty": "{year} 年没有报表，没有归档，什么都没有写。请换一个年份。",
    "unknown_plan": "没有编号为“{plan}”的方案。{how}",
    "unknown_unit": "方案里没有代码或名称为“{unit}”的单位。请检查单位代码。",
    "unknown_indicator": "方案里没有代码为“{code}”的指标。{how}",
    "unknown_item": "方案里没有代码为“{code}”的指标或任务。{how}",
    "unknown_task": "方案里没有代码为“{code}”的任务。{how}",
    "unknown_rule": "指标“{code}”现在没有叫“{rule}”的问题，说明没有存。请先看审核结果里的规则代码。",
    "unknown_status": "“{text}”不是可用的状态。可用的有：{allowed}。",
    "nothing_to_set": "没有写要填什么。{how}没有改动任何数据。",
    "date_unreadable": "“{text}”不是日期，没有存。请写成 2024-10-15 或 2024-10-15T18:00。",
    "not_a_day": "报出日期“{text}”不是日历上的日期，没有用它，已填的数都在。请写成 2024-10-12，也可以空着。",
    "office_not_in_plan": "“{plan}”的单位表里没有本单位，没有改动数据。请在“方案与单位”里说明本单位是其中哪一个。",
    "unit_not_here": "这个数据文件属于{own}，不能填{unit}的数。请打开{unit}的数据文件。",
    "unit_does_not_report": "{unit}不填这张报表。请换一个单位。",
    "city_needs_city_unit": "市级汇总请选市级单位，“{unit}”不是市级单位。",
    "county_needs_own_unit": "县区填报请选本县区单位，“{unit}”是市级单位。",
    # People
    "sign_in_first": "这个数据文件分人操作，还不知道您是谁，没有存。{how}",
    "only_looking": "现在只能看，这一格没有存。要填，请点窗口右上角，选能填数的人的名字；只读打开的，请重新打开。",
    "not_your_role": "{act}由{names}来做，这一步没有做，已填的数都在。请换{names}登录，或请其来操作。",
    "unknown_operator": "这个数据文件里没有叫“{name}”的操作人员。请检查名字，没有改动任何数据。",
    "operator_left": "“{name}”已经离开，不能登录。要用这个名字，请管理人员先点“回来”。",
    "name_wrong": "名字要写 1 到 {limit} 个字，没有存。请写真实姓名，例如“王芳”。",
    "name_taken": "已经有叫“{name}”的操作人员，没有存。同名的请加上科室或编号区分。",
    "first_is_admin": "第一位操作人员要选“管理”，由他再添加别人，没有存。请把角色改成“管理”。",
    "last_admin": "“{name}”是唯一的管理人员，没有改动。请先让另一位担任“管理”。",
    "name_of_account": "“{word}”是修改记录里写电脑账号用的，人名里不能有，没有存。请写真实姓名，例如“王芳”。",
    "password_length": "密码要有 {shortest} 到 {longest} 个字，没有存。请重新写一个。",
    "passwords_differ": "两次写的密码不一样，没有存。请重新写两次。",
    "password_needed": "“{name}”设了密码。{how}没有改动任何数据。",
    "wrong_password": "密码不对，没有登录，也没有改动。请等 {seconds} 秒再试；忘了密码可以用恢复码。",
    "wait_before_trying": "刚才写错过，还要等 {seconds} 秒才能再试。没有改动任何数据。",
    "wrong_recovery": "恢复码不对，密码没有改。请对照打印的恢复码，等 {seconds} 秒再试。",
    "no_recovery": "这个数据文件还没有恢复码，密码没有改。请让管理人员在“操作人员”里重设密码。",
    "recovery_needed": "没有写恢复码，密码没有改。{how}",
    "workspace_needed": "没有写是哪个数据文件。{how}没有改动任何数据。",
    # Plans
    "plan_workbook_faulty": "方案工作簿“{name}”里还有不对的地方，没有读入。请先改好列出的地方。",
    "plan_faulty": "方案里还有 {count} 处不对，没有保存，原来的方案没有动。请先改好列出的地方。",
    "plan_unchanged": "“{plan}”和现有的一样，没有要保存的改动。",
    "adjustment_needed": "修改“{plan}”要写清这一次从哪一期起、改了什么、为什么改，没有保存。用工作簿的，请填“方案”表的修订三行，不要留着上一次的。",
    "since_before_last": "新版本从 {since} 起，早于上一版的 {last}，没有保存。请选 {last} 或以后的报告期。",
    "measured_otherwise": "“{names}”已经有数、目标或共用，新版“{plan}”改了它的计量单位、时间口径、计量类型或分子分母，没有读入。请在方案里删去原指标，用新的代码另加一项。",
    "workbook_older": "工作簿是“{plan}”第 {file} 版，现在已是第 {here} 版，没有读入。请导出现在的方案再改；确实要用它，请先把“方案版本”改成 {here}。",
    "only_city_sets": "“{plan}”是市里的方案，方案内容、任务分工和截止时间由市局定，这里没有改动。需要调整的，请告诉市局；市局改好后下发模板就会收到。",
    "other_plan_content": "这个文件的“{plan}”第 {file} 版，与这里的第 {file} 版内容不同：{names}。没有读入。请与市局核对方案，用同一个版本。",
    "plan_here_already": "数据文件里已经有方案“{plan}”，不用再加。",
    "cannot_share": "“{one}”和“{other}”不能共用一个数：{why}。没有改动。",
    "not_shared": "“{one}”和“{other}”现在没有共用一个数，不用取消，没有改动。",
    "shared_otherwise": "“{one}”或“{other}”已经和那个方案的另一项指标共用，没有改动。请先取消原来的共用。",
    # Filling
    "locked_indicator": "“{name}”由上级公布并下发，本单位不用填，没有存。",
    "not_assigned": "“{name}”没有分给本单位，不由本单位填，没有存。如果应该填，请联系市局重新下发模板。",
    "not_editable": "这份报表{state}，不能再改，没有存。要改请先到“报送管理”点“撤回…”。",
    "accepted_here": "{unit}的报表已接收，不能直接改，没有存。要更正，请到“报送管理”选这个单位，点“更正…”，写明原因。",
    "contradicts": "“{one}”和“{other}”写在一起是矛盾的，没有存，原来的没有变。请只写对的那一个，再填一次。",
    "options_contradict": "{one} 和 {other} 不能一起写，没有改动任何数据。请只写一个。",
    "year_not_annual": "“{name}”不是一年一个数的年度指标，不用写数据年份，没有存。请去掉数据年份再填。",
    "heads_not_asked": "没有写入任何数据：“{name}”的封签、上报时间或修改记录凭据对不上。请先向{unit}问清楚。{how}",
    "which_year": "“{name}”现在沿用{year}年的数 {value} {unit}。填的是{next}年的新数，还是改{year}年的数？{how}现有的数没有变。",
    "correction_of_year": "“{name}”现在沿用{year}年的数 {value} {unit}，不填也算已填。如果是{year}年的数有更正，{how}现有的数没有变。",
    "nothing_carried": "“{name}”没有等着更新的数，不用点“还没公布，继续沿用”，没有改动。",
    "reported_needs_value": "“{name}”还没有数，没有存。请写上数，0 也要写；没有数的，状态请写 not_applicable（不适用）或 not_published（未公布）。",
    "needs_value": "“{name}”还没有数，不能标成预计数。请先填数。",
    "no_components": "“{name}”没有分子、分母可填。请直接填数。",
    "year_outside": "数据年份“{text}”不对，没有存。请填 {first} 到 {last} 之间的年份。",
    "explanation_too_long": "说明最多 {limit} 个字，现在有 {length} 个，没有存。请删短一些。",
    "remark_too_long": "{field}最多 {limit} 个字，现在有 {length} 个，没有存。请删短一些。",
    "explanation_empty": "说明还没有写。请写一句原因，例如“上季度重复登记 2 份合同，本季核减”。",
    "backfill_submitted": "{period} 有正式报表，补录不会改它，这一格没有存。请到“指标填报”里换到那一期修改。",
    # Keying twice
    "rekey_not_asked": "方案没有要求复录“{name}”，没有存，原来的数没有变。",
    "rekey_nothing_yet": "“{name}”第一次的数还没有填，没有存。请先在“指标填报”里填好，再请另一个人复录。",
    "rekey_settle_first": "“{name}”两次填的不一样，还没有定，没有存。请先核对原始资料，选一个。",
    "rekey_done": "“{name}”已经复录过、核对好了，没有存。数改了以后才要再复录。",
    "rekey_needs_parts": "“{name}”要填分子和分母，没有存。请把两个数都再填一次。",
    "rekey_needs_value": "“{name}”只填数，不填分子分母，没有存。请直接填数。",
    "rekey_blank": "“{name}”还没有填数，没有存，原来的数没有变。请填上数。",
    "rekey_same_person": "“{name}”第一次是您填的，复录要换一个人，没有存。请{names}来复录。",
    "rekey_nobody_else": "“{name}”第一次是您填的，复录要换一个人，没有存。请管理员先加一位填表人，再请其来复录。",
    "rekey_no_difference": "“{name}”现在没有不一致要处理，没有改动。",
    # Tasks
    "percent_outside": "完成比例“{text}”不对，没有存。请填 0 到 100 的整数。",
    "text_too_long": "{field}最多 {limit} 个字，现在有 {length} 个，没有存。请删短一些。",
    "evidence_too_big": "“{name}”有 {size}，超过 20 MB，没有添加。请压缩后再加。",
    "evidence_unreadable": "“{name}”读不出来，没有添加。请检查文件是否还在、U 盘是否插好。",
    "evidence_is_folder": "“{name}”是文件夹，没有添加。请点进去，选里面的文件；文件多的请先压缩成一个。",
    "evidence_is_workspace": "“{name}”就是现在开着的数据文件，没有添加，什么都没有动。请选别的文件。",
    "evidence_not_a_file": "“{name}”不是普通文件（是设备、管道一类），没有添加。请选放在磁盘或 U 盘上的文件。",
    "evidence_changing": "“{name}”正在被别的程序写入，没有添加。请等它写完、关掉以后再加。",
    "evidence_empty": "“{name}”是空文件，没有添加。请检查选的文件对不对。",
    # Looking back
    "unknown_line": "修改记录里没有第 {line} 条。请看序号对不对，数据没有改动。",
    "line_not_restorable": "第 {line} 条记录不是填数，也不是任务进展，不能从这里恢复，数据没有改动。",
    "restore_gone": "这一项现在的方案里没有了，或者已不由这个单位填报，不能恢复，数据没有改动。",
    "restore_same": "“{name}”现在就是这个内容，不用恢复，数据没有改动。",
    # Targets
    "year_before_plan": "{year} 年不在方案的年份里，没有存。请填 {first} 到 {last} 之间的年份。",
    "no_text_target": "“{name}”现在没有要由人来认定的定性目标，没有存。目标是数的，填了数程序会自己比。",
    "achieved_empty": "还没有写实现的情况，没有存。请写一句，例如“首家高技术企业7月投产，实现增加值”。",
    "achieved_too_long": "实现的情况最多 {limit} 个字，现在有 {length} 个，没有存。请删短一些。",
    "not_achieved": "“{name}”这一期没有标过“已实现”，不用撤回，没有改动。",
    "figure_negative": "“{name}”不会是负数，{text} 没有存。请核对后重填。",
    "figures_of_count": "“{name}”按个数或位次算，要填整数，{text} 没有存。请核对后重填。",
    "rank_below_first": "“{name}”是位次，第 1 位最前，{text} 没有存。请填 1 或更大的整数。",
    "figure_above_100": "“{name}”是占比，最多 100%，{text} 没有存。请核对后重填。",
    "baseline_not_before": "“{name}”的基期年 {year} 不早于第一个目标的年份 {first}，没有存。基期是起点，请填 {first} 年以前的年份。",
    "target_not_split": "“{name}”由上级公布，没有分解到单位的目标，没有存。",
    # Asked: a person may keep it all the same
    "binding_beyond_expected": "“{name}”{owner} {year} 年的约束值 {binding} 比预期值 {expected} 还{way}。约束值是底线，预期值要求更高，请核对是不是填反了。",
    "part_above_whole": "“{name}”{owner}的{what} {text} 比全市的 {whole} 还大（单位：{unit}）。请核对数和计量单位。",
    "far_above_plan": "“{name}”{owner}的{what} {text} 超过全市 {whole} 的 {times} 倍（单位：{unit}）。请核对数和计量单位。",
    "far_below_plan": "“{name}”{owner}的{what} {text} 不到全市 {whole} 的 {times} 分之一（单位：{unit}）。请核对数和计量单位。",
    "percent_beyond_100": "“{name}”{owner}填的是 {text}%，超过 100%。请核对小数点和计量单位。",
    "year_of_period": "“{name}”的数据年份 {text} 就是报告期这一年。年度数要到下一年才公布，请核对是哪一年的数。",
    "year_before_baseline": "“{name}”的数据年份 {text} 比基期 {first} 年还早。请核对是哪一年的数。",
    # Sending
    "not_clean": "没有{step}：还有 {what}。处理完再{step}，已填的数都在。",
    "not_signed": "没有导出：{names}还没有签报，已填的数都在。请{names}选自己的名字，看过报表后点“签报…”。",
    "not_checked": "没有导出：这份报表还没有审核，已填的数都在。请{names}选自己的名字，按 F9 审核。",
    "changed_meanwhile": "导出的时候报表又有改动，没有导出，已填的数都在。请再导出一次。",
    "nothing_sent": "这份报表现在是“{state}”，没有已经上报的文件可以再存，没有写任何文件。要上报请先导出。",
    "again_differs": "“{name}”上报时的文件没有留底，按现在的程序重新生成的校验码对不上，没有写任何文件，已填的数都在。请撤回后重新导出上报。",
    "already_submitted": "这份报表{state}，不用再导出。要改请先到“报送管理”点“撤回…”。",
    "not_submitted": "这份报表还没有上报，不用撤回。",
    "accepted_already": "市局已经接收这份报表，不能撤回。要更正请联系市局。",
    "only_city_dispatches": "只有市级数据文件能下发报表模板。",
    "why_empty": "还没有写原因，没有改动。请写一句原因再试。",
    "reason_too_long": "原因最多 {limit} 个字，现在有 {length} 个，没有改动。请写短一些。",
    # Signing off
    "signer_missing": "没有签报：还没有写{names}。请补上再签报，已填的数都在。",
    "sign_too_late": "这份报表{state}，不用再签报。要改请先到“报送管理”点“撤回…”。",
    "not_signed_off": "这份报表现在是“{state}”，没有签报可以收回，没有改动。",
    # Accepting
    "only_city_accepts": "接收和更正由市局来做，这里没有改动。",
    "nothing_to_accept": "{unit}的报表现在是“{state}”，没有接收。导入它报来的报表以后再接收。",
    "accepted_before_now": "{unit}的报表已经接收过了，不用再接收。",
    "accept_faulty": "没有接收：{unit}的报表还有 {count} 处错误。请退回它改正，或改好这几格再接收。",
    "not_accepted": "{unit}的报表现在是“{state}”，还没有接收，不用更正，可以直接改。",
    "correction_needs_reason": "{unit}的报表接收过，改数要写原因，这一处没有存。改指标时请写上原因；任务进展请让对方改好重报。",
}

_ACT_WORDS = {act.value: word for act, word in ACT.items()}

# Why two indicators cannot be one figure.
NOT_SHARED = {
    "same_plan": "它们在同一个方案里",
    "unit": "计量单位不同",
    "kind": "一个是累计数，一个是期末数或年度数",
    "measure": "一个是总量或个数，一个是比率、位次或指数",
    "aggregation": "一个由市级填，一个由各单位填",
    "components": "分子、分母不同",
}


# The way on where a window asks; the command line has its own words, in ``wording.commands``.
IN_WINDOW: Mapping[str, str] = {
    "nothing_to_set": "请写数值，或选一种填报状态。",
    "sign_in_first": "请先点窗口右上角，选自己的名字。",
    "password_needed": "请写密码。",
    "recovery_needed": "请写恢复码。",
    "workspace_needed": "请先打开一个数据文件。",
    "heads_not_asked": "确认没有问题的，在导入预览里勾选“已向{unit}问清楚”，再写入。",
    "which_year": "请在这一格里单独再填一次，程序会问是哪一年的数。",
    "correction_of_year": "请在这一格里单独再填一次，程序会先问一句。",
}
# In which direction a binding target asks for more than the expected one.
WAY = {"up": "高", "down": "低"}
FIGURE = {"baseline": "基期值", "target": "目标值"}
NOT_KEPT = "没有存。"


def questions_text(problems: Iterable[Problem]) -> str:
    """What is asked, each thing once; the place that asks adds how to go on."""
    return "".join(dict.fromkeys(problem_sentence(item) for item in problems))


def problem_sentence(problem: Problem, ways: Mapping[str, str] = IN_WINDOW) -> str:
    """The sentence for a problem.

    Args:
        ways: How to go on, by code, in the words of the place that says it.

    Codes of file imports have their sentences in ``wording.receiving.imports``; this function asks there for
    codes it does not hold itself.
    """
    sentence = _SENTENCES.get(problem.code)
    if sentence is None:
        from kjxd_desktop.wording.receiving.imports import import_problem_sentence

        return import_problem_sentence(problem)
    params = {"field": problem.field, **problem.params}
    params["field"] = {**SIGNATURE, **PROGRESS_FIELD, **ENTRY_FIELD}.get(params["field"], params["field"])
    if problem.code == "not_your_role":
        params["act"] = _ACT_WORDS.get(params["act"], params["act"])
    if problem.code == "cannot_share":
        params["why"] = NOT_SHARED.get(params["why"], params["why"])
    if problem.code == "signer_missing":
        params["names"] = "、".join(SIGNATURE.get(name, name) for name in params["names"].split("、"))
    for name, words in (("way", WAY), ("what", FIGURE)):
        if name in params:
            params[name] = words.get(params[name], params[name])
    if "step" in params:
        params["step"] = {"check": "审核通过", "sign_off": "签报"}.get(params["step"], "导出")
    if "state" in params:
        params["state"] = RETURN_STATE[ReturnState(params["state"])]
    params["how"] = ways.get(problem.code, "").format_map(params)
    return sentence.format_map(params)


PROBLEM_CODES = frozenset(_SENTENCES)
