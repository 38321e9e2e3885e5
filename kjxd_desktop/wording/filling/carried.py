"""Annual figures and tasks that stand from an earlier return, in words."""

from __future__ import annotations

from kjxd_desktop.domain.figures.period import Period
from kjxd_desktop.domain.plan.indicator import Indicator
from kjxd_desktop.domain.returns.asks import CellAsk
from kjxd_desktop.domain.returns.entry import Entry
from kjxd_desktop.domain.returns.progress import Progress
from kjxd_desktop.wording.dates import period_title
from kjxd_desktop.wording.numbers import number_text
from kjxd_desktop.wording.terms import TASK_STATUS

CARRIED = "沿用"
AWAITS = "待更新"


def figure_of_year(year: int) -> str:
    """``2023年数``: of which year the figure in a cell is."""
    return f"{year}年数"


def stands_text(entry: Entry, *, awaits: bool = False) -> str:
    """``沿用2023年数``, ``待更新（沿用2023年数）``: how the figure of a cell stands there; empty where it is no carried one."""
    if not entry.carried:
        return ""
    words = CARRIED if entry.data_year is None else f"{CARRIED}{figure_of_year(entry.data_year)}"
    return f"{AWAITS}（{words}）" if awaits else words


def task_stands_text(progress: Progress) -> str:
    """``沿用2024年二季度：不涉及``: how what is said of a task stands there; empty where it is the quarter's own."""
    if not progress.carried or progress.status is None:
        return ""
    return f"{task_stands_from(progress.carried_from)}：{TASK_STATUS[progress.status]}"


def task_stands_from(source: str) -> str:
    """``沿用2024年二季度``."""
    return f"{CARRIED}{period_title(Period.parse(source))}"


def task_standing_sentence(progress: Progress) -> str:
    """What it counts as, and how to say something else; empty where nothing stands."""
    if not progress.carried or progress.status is None:
        return ""
    again = f"本季要重新报，再点一次“{TASK_STATUS[progress.status]}”"
    return f"算已更新，不用再填。有变化，直接改状态或写进展；{again}。"


def words_before(previous: Progress, text: str) -> str:
    """``上季报的：开工。``, ``2024年一季度报的：…``: a text of the report before this one; empty for none."""
    said = " ".join(text.split())
    if not said:
        return ""
    source = previous.carried_from
    return f"{period_title(Period.parse(source)) if source else '上季'}报的：{said}"


def carried_title(entry: Entry) -> str:
    """``沿用 2023 年数 0.69``."""
    return f"{CARRIED} {entry.data_year} 年数 {number_text(entry.value)}"


def carried_sentence(indicator: Indicator, year: int, asks: CellAsk) -> str:
    """Until when a figure of a year stands, and what is to be done about it."""
    if asks is CellAsk.SENT_DOWN:
        return f"{year + 1} 年的数由上级公布并下发，下发以前沿用这个数。本单位不用填。"
    if asks is CellAsk.CLOSED:
        return f"这一格用的是 {year} 年的数。这张报表现在不能改。"
    month = indicator.release_month
    due = f"{year + 2} 年 {month} 月" if month is not None else f"{year + 2} 年一季度"
    if asks is CellAsk.RENEW:
        when = f"{due}起该有 {year + 1} 年的数了"
        return f"{when}。有新数请直接填；还没公布的，点下面的按钮，算已填。"
    said = f"{year + 1} 年数一般 {due}公布" if month is not None else f"{year + 1} 年数从 {due}起填"
    return f"{said}。在这以前每季自动沿用，算已填，不用再填。"


def new_year_button(year: int) -> str:
    """For a figure of the next year."""
    return f"有新数，填 {year} 年数…"


def correction_button(year: int) -> str:
    """For another figure of the year that stands."""
    return f"{year} 年数有更正…"


def carry_on_button(year: int) -> str:
    """For a figure that stands although a newer one is due."""
    return f"还没公布，继续沿用 {year} 年数"


def year_question(indicator: Indicator, entry: Entry, year: int, *, over: bool) -> str:
    """What stands there, and what is asked.

    Args:
        over: Whether the next year is over, so that there may be a figure of it.
    """
    unit = indicator.unit if indicator.unit == "%" else f" {indicator.unit}"
    mended = f"是对 {year} 年数的更正"
    asked = f"是 {year + 1} 年的新数，还{mended}" if over else f"{mended}吗"
    return f"“{indicator.name}”现在沿用 {year} 年的数 {number_text(entry.value)}{unit}，不填也算已填。刚填的数{asked}？"
