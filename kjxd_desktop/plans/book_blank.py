"""What the plan workbook says about itself: titles, explanations, one example row for each sheet."""

from __future__ import annotations

from collections.abc import Mapping

from kjxd_desktop.wording.planning.words import EXAMPLE, SHEET

# Years of the examples and of the blank workbook's columns for unit targets.
BLANK_YEARS = (2026, 2028, 2030)

GUIDE_TITLE = "方案工作簿"
GUIDE_LINES = (
    "用这个工作簿做本单位自己的方案。填好、保存，再到程序的“方案与单位”里导入。",
    "先导出再改，就是修订：改完重新导入，程序会列出改了哪些，确认后才生效。以前的报表不受影响。",
    "有不对的地方，程序会一次全部列出，写明在哪张表、哪一格、怎么改；改好以前不会存进任何内容。",
)
STEPS_TITLE = "按这个顺序填"
STEPS = (
    "1. “方案”：写名称、起止年份、地区代码。",
    "2. “单位”：写谁填报表，谁牵头、配合。",
    "3. “指标”：一行一个指标。是比率的，再到“分子分母”写分子和分母。",
    "4. “目标”：写每个指标哪一年要达到多少。",
    "5. “任务”：一行一项任务，写牵头单位、配合单位。",
    "6. 其余的表没有内容就空着。",
)
COLOURS_TITLE = "颜色"
NEEDED_WORDS, OPTIONAL_WORDS, EXAMPLE_WORDS = (
    "蓝底：要填。列名后有 * 的一定要填",
    "白底：没有就空着",
    "灰底，标记一列写着“例”：例子，导入时不读。请从下面的空行填起，不要在例子上改",
)
EXAMPLE_MARK = EXAMPLE
RULES_TITLE = "要点"
RULES = (
    "代码可以不填，程序会按顺序编好（I01、T01、U01…）；编好后不要改，报表靠代码认指标。",
    "指标写代码或名称，写一个就行；还没有编代码的写名称。单位也是。",
    '几个单位写在一格里，用顿号隔开：市科技局、市财政局。名称里本来有顿号的，加引号："科创板、北交所上市企业数"。',
    "数照原样写，1.50 就是 1.50。不要写“约”“以上”，这些字写在“把握词”一列。",
    "可以插入行、删除行、换列的顺序，可以加自己的列和表，程序不读不认识的列。不要改表名和列名。",
)
SHEETS_TITLE = "各张表"
SHEET_LINES: Mapping[str, str] = {
    "plan": "方案的名称、年份、地区和设置。",
    "indicators": "一行一个指标：叫什么、单位、怎么统计、基期是多少。",
    "components": "比率指标的分子和分母，一行一个；不是比率的不用写。",
    "targets": "全市的目标值，一行一个：哪个指标、哪一年、多少。",
    "tasks": "一行一项任务：正文、牵头单位、配合单位、时限。",
    "goals": "正文里写了数或时间、又不在指标表里的目标，一行一条。",
    "units": "填报表的单位，和任务里写到的单位，一行一个。",
    "splits": "分给各单位的指标、任务、目标值和基期值。",
    "ranges": "合理范围：超出这个范围的数，填报时要写明原因。",
    "rules": "几个数之间的关系，例如分项不大于合计。填报时程序照着审核。",
    "document": "方案原文，一行一段，可以不填。",
    "choices": "下拉列表里的词，不用填。",
}
SPLIT_HELP = "列名里的年份按需要改，例如 2027年目标值。只有一个数的目标写在这些列；有别的要写清的，写在后面“目标年份”起的各列，一行一个。"

TITLES: Mapping[str, str] = {
    "plan": "方案",
    "indicators": "指标表",
    "components": "分子分母表",
    "targets": "目标表",
    "tasks": "任务表",
    "goals": "目标事项表",
    "units": "单位表",
    "splits": "分解表",
    "ranges": "审核表（合理范围）",
    "rules": "审核关系表",
    "document": "方案原文",
}
EXPLANATIONS: Mapping[str, str] = {
    "plan": "在“内容”一列填。“怎么填”一列是说明，不读。",
    "indicators": "一行一个指标。方向、小数位数、汇总方式空着，程序按计量类型补上并告诉您；基期没有就空着。“季度累计进度”只给本年累计的总量和个数：一季度、上半年、前三季度各应完成全年的百分之几，例如 20、45、70；空着就按 25、50、75。",
    "components": "写指标的代码或名称都行。同一个指标的分子、分母各占一行。百分比的分子分母单位要一样。",
    "targets": "同一个指标有约束值、预期值或几个年份的，各占一行。没有数的目标写在“文字目标”。“单位”空着就是全市。",
    "tasks": "“清单”选这条任务在文件的哪一部分；报表只带“方案”表里选的那个清单。专栏里的条目，清单选“专栏条目”，分组写“专栏1 标题”。",
    "goals": "没有就整张表空着。“数值”照文件写，3-5 就写 3-5。",
    "units": "要填报表的，“填报”写“是”。和别的县区重叠的园区，“所在单位”写那个县区。“各县区政府”这样的叫法，级别选“统称”，成员里写各单位。",
    "splits": f"“承担”写是或否，空着按默认办。{SPLIT_HELP}",
    "ranges": "“单位级别”可以写几个，用顿号隔开：县区、园区。",
    "rules": "“左边 关系 右边”要成立，例如 I02 ≤ I01。可以写指标和分子、分母的代码，加减乘除和括号，还可以写 上期(I01)、上年同期(I01)、目标(I01, 约束值)。提示语里的 {左边}、{右边} 会换成两边的数。程序自带的审核（整数、分子不大于分母、同比变化大等）不用写。",
    "document": "把文件全文贴在“原文”一列，一行一段。不贴也可以。",
    "choices": "这些词给下拉列表用，请不要改。",
}

HEAD_HINTS: Mapping[str, str] = {
    "id": "可以不填，程序按地区和年份编。修订时不要改。",
    "title": "文件的全称，例如：白银市强科技行动实施方案(2022—2025年)",
    "short_title": "窗口上方显示的短名，例如：强科技行动 2022—2025。空着就用全称。",
    "doc_no": "例如：市委办发〔2022〕21号。没有就空着。",
    "issuer": "例如：中共白银市委办公室、白银市人民政府办公室",
    "issued": "例如：2022-09-15",
    "first_year": "方案从哪一年起，例如：2026",
    "last_year": "到哪一年止，例如：2030",
    "region": "本市（县）的六位行政区划代码，例如：620400。“单位”表里要有这个单位。",
    "reported_list": "从下拉里选：每季要报的是“任务”表里的哪一种，一般选“正文任务”。",
    "revision": "第一版写 1，空着也是 1。以后导入时程序会往上加。",
    "adjustment since": "修订时才填，例如：2027年一季度。以前各期仍用原来的版本。",
    "adjustment summary": "修订时才填，例如：高新技术企业目标由 130 家调为 140 家。",
    "adjustment reason": "修订时才填，例如：按省里 2027 年任务调整。",
    "bands ahead": "目标只有一个时用：达到进度的几成算“达到进度”。1 就是十成，一般不改。",
    "bands between": "达到几成算“基本达到”。0.9 就是九成，一般不改。",
    "bands task_lag_points": "任务完成比例比时间进度慢几个百分点以上算“滞后”，一般写 10。",
    "checks year_change": "和上年同期比，变化超过百分之几要写说明，一般写 30。",
    "checks quarter_change": "期末数和上期比，变化超过百分之几要写说明，一般写 20。",
    "checks count_change": "个数变化不到这么多的，变化比例再大也不问，一般写 3。",
    "checks slip": "和以前的数正好差 10 倍、100 倍上下百分之几，就提醒核对单位，一般写 5。",
    "checks outlier": "和历史比有多离谱才问，越小问得越多，一般写 3.5。",
    "checks outlier_points": "至少有几次以前的数才和历史比，一般写 6。",
    "rekeyed": "要两个人各填一次、互相核对的指标，写代码或名称，用顿号隔开。不要求复录就空着。",
    "notes": "文件里不清楚的地方，是怎么理解的。一行一条，不够就在下面插入行。没有就空着。",
}

_INDICATOR = {"indicator": "I01", "indicator_name": "高新技术企业"}
EXAMPLES: Mapping[str, Mapping[str, str]] = {
    "indicators": {
        "code": "I01",
        "no": "1",
        "name": "高新技术企业",
        "class": "产出",
        "unit": "家",
        "kind": "期末数",
        "measure": "个数",
        "direction": "越大越好",
        "decimals": "0",
        "aggregation": "各单位相加",
        "baseline year": "2025",
        "baseline value": "85",
        "definition": "在有效期内的高新技术企业数。",
        "reference": "是",
        "source_dept": "市科技局",
        "aliases": "高企、高新技术企业数",
        "source": "二、主要目标 第1行",
    },
    "components": {
        "indicator": "I02",
        "indicator_name": "研发经费投入强度",
        "role": "分子",
        "code": "I02N",
        "name": "全社会研发经费支出",
        "unit": "万元",
    },
    "targets": {
        **_INDICATOR,
        "year": "2030",
        "kind": "约束值",
        "op": "≥",
        "value": "130",
        "certainty": "以上",
        "source": "二、主要目标 第1行",
    },
    "tasks": {
        "code": "T01",
        "list": "正文任务",
        "group": "(一)培育创新主体",
        "no": "1",
        "title": "实施高新技术企业倍增计划",
        "text": "实施高新技术企业倍增计划。到2030年，高新技术企业达到130家以上。",
        "lead": "市科技局",
        "coop": "市财政局、市工信局",
        "deadlines": "2028、2030",
        "recurrences": "每年",
        "source": "三(一)1",
    },
    "goals": {
        "code": "G01",
        "text": "到2028年，新建省级科技企业孵化器3-5家。",
        "subject": "省级科技企业孵化器",
        "value": "3-5",
        "unit": "家",
        "year": "2028",
        "every_year": "否",
        "units": "市科技局",
        "source": "三(一)1",
    },
    "units": {
        "code": "620422",
        "name": "会宁县",
        "level": "县区",
        "reports": "是",
        "office": "会宁县科技局",
        "aliases": "会宁、会宁县科学技术局",
    },
    "splits": {
        "unit": "会宁县",
        "code": "I01",
        "name": "高新技术企业",
        "assigned": "是",
        "baseline year": "2025",
        "baseline value": "12",
        **{f"{year} target": value for year, value in zip(BLANK_YEARS, ("13", "15", "18"), strict=True)},
    },
    "rules": {
        "code": "R01",
        "left": "I02N",
        "op": "≤",
        "right": "I02D * 0.2",
        "grade": "核实性",
        "message": "研发经费 {左边} 万元，超过地区生产总值的两成 {右边} 万元。",
        "advice": "请核对单位。无误请写明原因。",
    },
    "ranges": {**_INDICATOR, "levels": "县区、园区", "low": "0", "high": "80"},
}


def sheet_lines() -> tuple[tuple[str, str], ...]:
    """Each sheet with its one line."""
    return tuple((SHEET[key], line) for key, line in SHEET_LINES.items())
