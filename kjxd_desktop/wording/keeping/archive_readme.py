"""The words inside a yearly archive for whoever opens it in ten years, without the program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kjxd_desktop.domain.texts import marked_text
from kjxd_desktop.wording.keeping.archive import (
    EVIDENCE_FOLDER,
    MARKS_FOLDER,
    PLANS_FOLDER,
    README,
    RETURNS_FOLDER,
    SUMS,
    TABLES_FOLDER,
)
from kjxd_desktop.wording.keeping.archive_columns import TABLES, Table

_MOST_SAID = 50


def readme_lines(
    *,
    office: str,
    year: int,
    demo: bool,
    plans: Sequence[str],
    counts: tuple[int, int, int],
    until: tuple[int, str, datetime | None],
    version: str,
    algorithms: Sequence[str],
    missing: Sequence[str],
    wrong: Sequence[str],
) -> tuple[str, ...]:
    """The whole text, a line each.

    Args:
        demo: Whether it is demonstration data.
        plans: Titles.
        counts: Returns, lines of figures, lines of progress.
        until: Number, link and time of the last line of history.
        version: Of the program.
        algorithms: Of the digests.
        missing: What could not be put in, a sentence each.
        wrong: What the workspace was found to be wrong in, a sentence each.
    """
    line, link, at = until
    # Names in them are foreign: a line end in one would write a line of its own.
    office, *plans = (marked_text(text) for text in (office, *plans))
    missing, wrong = [marked_text(text) for text in missing], [marked_text(text) for text in wrong]
    when = "" if at is None else f"，时间 {at:%Y-%m-%d %H:%M:%S}"
    return (
        f"{office}　{year} 年归档",
        *(("这是演示数据，不是真实的报表。",) if demo else ()),
        "",
        "一、这是什么",
        "",
        f"这里是 {year} 年各期报表的全部内容，由“科技行动监测填报”{version} 从数据文件里抄出来。",
        "不用这个程序也能看：表格用 Excel 或 WPS 打开，文字用记事本打开。",
        *(f"方案：{title}" for title in plans),
        f"报表 {counts[0]} 份，指标数据 {counts[1]} 行，任务进展 {counts[2]} 行。",
        f"数据到：第 {line} 条修改记录{when}。",
        f"这条记录的指纹：{link}",
        *_verified(wrong),
        "",
        *_places(),
        "",
        *_blanks(),
        "",
        *_reading(),
        "",
        *_digests(algorithms),
        "",
        *_keeping(),
        "",
        "七、没有放进来的文件（未保存原件）",
        "",
        *(missing or ("没有。报出、收到、附上的文件都在。",)),
        "",
        "八、表格各列的意思",
        *(text for table in TABLES for text in _columns(table)),
    )


def _verified(wrong: Sequence[str]) -> tuple[str, ...]:
    if not wrong:
        return ("归档时核对过：数据和修改记录一致。",)
    more = (f"  ……一共 {len(wrong)} 处。",) if len(wrong) > _MOST_SAID else ()
    said = (f"  {sentence}" for sentence in wrong[:_MOST_SAID])
    return ("归档时核对，有对不上的地方，数照现有的抄：", *said, *more)


def _places() -> tuple[str, ...]:
    return (
        "二、哪里放着什么",
        "",
        f"{README}　就是这一份。",
        *(f"{TABLES_FOLDER}\\{table.name}.csv　{table.holds}。" for table in TABLES),
        f"{TABLES_FOLDER}\\同名的 .json　和 .csv 是同样的内容，给程序读；里面多一些列，数和文字一字不改。",
        f"{PLANS_FOLDER}\\　各期报表用的方案，每一版一份。.txt 给人看，.json 给程序读。",
        f"{RETURNS_FOLDER}\\方案\\单位\\报告期\\　报出去的、收到的工作簿原件，一个字节都没有改。",
        "　　“第2次上报_”开头的，是第 2 次报出去的；“收到第2次_”开头的，是收到的第 2 次报的；只写“收到_”的，没有写是第几次。",
        f"{EVIDENCE_FOLDER}\\方案\\单位\\报告期\\　佐证材料，前面是任务编号。同一个文件只放一份。",
        f"{EVIDENCE_FOLDER}\\方案\\单位\\{MARKS_FOLDER}\\　定性目标的佐证材料，前面是指标序号。",
        "表格里的数，是归档时的数。每次报出去时是多少，看报表原件。",
        "收到以后又改过的数，和签字的纸、报表原件不一样；谁改的、为什么改，看“修改记录”。",
        "文件名太长、有不能用的字的，改过；原来的名字在“文件清单”里。",
    )


def _blanks() -> tuple[str, ...]:
    return (
        "三、空着的格",
        "",
        "空着不是 0。0 就写 0。",
        "指标空着，看“填报状态”：",
        "　待填　还没有填；",
        "　未公布　数还没有公布；",
        "　不适用　这个单位没有这一项；",
        "　预计数　有数，是预计的，不是最后的数。",
        "任务空着，看“状态”：“未更新”是这一期没有报；“不涉及”是和这个单位无关。",
        "别的列空着，意思见第八节；没有写的，就是没有内容。",
        "加总、求平均以前，请先去掉没有数的行，不要当 0 算。",
    )


def _reading() -> tuple[str, ...]:
    return (
        "四、用 Excel、WPS 看表格",
        "",
        ".csv 双击就能打开，汉字是 UTF-8 编码。",
        "文字前面有一个英文单引号 ' 的：它不是原文，去掉一个就是原文。",
        "　以 = + - @ 开头的、像数字或日期的文字（例如任务编号 2-7），都这样写，免得被当成公式或日期。",
        "　有效数字超过 15 位的数也这样写，免得后几位变成 0。",
        "位数多的数，格里可能显示成 1.23E+11，点那一格，上面编辑栏里是全的。",
        "Excel 会把 1.50 显示成 1.5。大小一样；要看写了几位小数，请用下面的办法，或看 .json。",
        "　Excel：“数据”－“从文本/CSV”，选“65001: Unicode (UTF-8)”，“不检测数据类型”，再加载。",
        "　WPS：“数据”－“导入数据”，选“UTF-8”，各列都选“文本”。",
        "打开看过的 .csv 请不要保存，存了，指纹就对不上了。",
        "时间是那台电脑的时间；.json 里写着时区。",
    )


def _digests(algorithms: Sequence[str]) -> tuple[str, ...]:
    first, *others = (SUMS[name] for name in algorithms)
    return (
        "五、不用程序，怎么核对文件有没有变",
        "",
        f"{first} 里，每个文件一行：64 个字是它的指纹（SHA-256），后面是文件的位置。",
        *(f"{name} 里是国密 SM3 的指纹，写法一样。" for name in others),
        "Windows：按 Win+R，输入 cmd，回车；再输入 certutil -hashfile 文件 SHA256。",
        "　得出的字和表里的一样，文件就没有变。大写、小写不算不一样。",
        f"Linux、麒麟、统信：在这个文件夹里打开终端，输入 sha256sum -c {first}",
        "　每个文件后面都是“成功”或“OK”，就都没有变。",
        *(("　SM3 用 openssl dgst -sm3 文件。",) if others else ()),
        f"{first} 自己的指纹不在里面。请把它的指纹另外记在纸上，和归档一起存。",
    )


def _keeping() -> tuple[str, ...]:
    return (
        "六、要保存多久",
        "",
        "《中华人民共和国统计法实施条例》要求：统计调查中取得的原始资料至少保存 2 年，汇总性统计资料至少保存 10 年。",
        f"“{RETURNS_FOLDER}”“{EVIDENCE_FOLDER}”是原始资料。市里汇总用的“{TABLES_FOLDER}”，按 10 年保存。",
        "另有规定的，按规定。请存两份，放在两个地方；每年打开看一次，按第五节核对一次。",
    )


def _columns(table: Table) -> tuple[str, ...]:
    lines = (f"　{title}　{meaning}".rstrip() for _, title, meaning in table.columns)
    return ("", f"{table.name}：{table.holds}。", *lines)
