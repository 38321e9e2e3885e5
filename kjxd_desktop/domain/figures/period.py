"""Report periods: a year and a quarter, cumulative from January (rules.md 2.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kjxd_desktop.domain.problems import wrong_call

FIRST_YEAR = 1990
LAST_YEAR = 2099
DEFAULT_DEADLINE_DAY = 10
DEFAULT_DEADLINE_HOUR = 18

_FULL_WIDTH = str.maketrans("０１２３４５６７８９ｑＱ", "0123456789QQ")
_QUARTER_WORDS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTH_WORDS = {"三": 3, "六": 6, "九": 9, "十二": 12}
# Words for the part of the year from January on; 下半年 begins in July and is none.
_PART_WORDS = {"上半年": 2, "半年度": 2, "全年": 4, "年度": 4, "年末": 4, "年底": 4}
_DASH = "(?:[-—–－−~～]{1,2}|至|到)"
# Compiled when they are first needed: every start waits for what is done at import.
_KEY = r"(?a)(\d{4})[Qq]([1-4])"
_YEAR = r"(?a)(\d{4})年?"
_END = "(?:末|底|累计)?"
_QUARTER_WORD = "([一二两三四1-4])"
_MONTH_WORD = "0?(3|6|9|12|三|六|九|十二)"
# What names a quarter, and what names the last of several from the first on.
_QUARTERS = (
    rf"{_YEAR}第?{_QUARTER_WORD}季度?{_END}",
    rf"{_YEAR}前{_QUARTER_WORD}个?季度?{_END}",
    rf"{_YEAR}第?[一1](?:季度?)?{_DASH}第?{_QUARTER_WORD}季度?{_END}",
)
_MONTHS = (
    rf"{_YEAR}(?:0?1|一)(?:月份?)?{_DASH}{_MONTH_WORD}月份?{_END}",
    rf"{_YEAR}前{_MONTH_WORD}个月{_END}",
    rf"(?a)(\d{{4}})年{_MONTH_WORD}月份?(?:末|底)?",
)
_PARTS = rf"{_YEAR}({'|'.join(_PART_WORDS)}){_END}"
_DAY = r"(?a)(\d{4})[-/.年]0?(\d{1,2})[-/.月]0?(\d{1,2})日?(?: 00:00:00)?"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A report period. Its span for year-to-date figures is January to the quarter's last month.

    Attributes:
        year: Calendar year, ``FIRST_YEAR`` to ``LAST_YEAR``.
        quarter: 1 to 4.
    """

    year: int
    quarter: int

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR or not 1 <= self.quarter <= 4:
            raise wrong_call("period", "period_unreadable", text=f"{self.year}Q{self.quarter}")

    @property
    def key(self) -> str:
        """The period as every file and answer writes it, such as ``2024Q3``."""
        return f"{self.year}Q{self.quarter}"

    @property
    def months(self) -> int:
        """Months from January to the end of the period: 3, 6, 9 or 12."""
        return self.quarter * 3

    @property
    def end(self) -> date:
        """The period's last day."""
        following = self.next()
        return date(following.year, following.quarter * 3 - 2, 1) - timedelta(days=1)

    def previous(self) -> Period:
        """The quarter before."""
        return Period(self.year - 1, 4) if self.quarter == 1 else Period(self.year, self.quarter - 1)

    def next(self) -> Period:
        """The quarter after."""
        return Period(self.year + 1, 1) if self.quarter == 4 else Period(self.year, self.quarter + 1)

    def last_year(self) -> Period:
        """The same quarter of the year before."""
        return Period(self.year - 1, self.quarter)

    def default_deadline(self) -> datetime:
        """Day 10 after the period at 18:00, local time; a city may set another (rules.md 2.2)."""
        following = self.next()
        return datetime(
            following.year, following.quarter * 3 - 2, DEFAULT_DEADLINE_DAY, DEFAULT_DEADLINE_HOUR
        )

    @classmethod
    def of_day(cls, day: date) -> Period:
        """The period a calendar day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period from what people write.

        Takes ``2024Q3``, ``2024年三季度``, ``2024年第三季度``, ``2024年前三季度``, ``2024年上半年``,
        ``2024年全年``, ``2024年1-9月``, ``2024年前9个月``, ``2024年9月`` and a day that ends a quarter such
        as ``2024-09-30`` (rules.md 2.1). Full-width digits count.

        Raises:
            CallError: ``period_unreadable`` when the text is none of these.
        """
        folded = re.sub("^截[至止]到?", "", "".join(text.translate(_FULL_WIDTH).split()))
        if match := re.fullmatch(_KEY, folded):
            return cls(int(match[1]), int(match[2]))
        for pattern in _QUARTERS:
            if match := re.fullmatch(pattern, folded):
                return cls(int(match[1]), _QUARTER_WORDS[match[2]])
        for pattern in _MONTHS:
            if match := re.fullmatch(pattern, folded):
                month = _MONTH_WORDS.get(match[2]) or int(match[2])
                return cls(int(match[1]), month // 3)
        if match := re.fullmatch(_PARTS, folded):
            return cls(int(match[1]), _PART_WORDS[match[2]])
        day = read_day(folded)
        if day is not None and day == cls.of_day(day).end:
            return cls.of_day(day)
        raise wrong_call("period", "period_unreadable", text=text[:40])


def read_day(text: str) -> date | None:
    """A calendar day as people write it, ``2024-10-12`` or ``2024年10月12日``; None when it is none.

    Spaces and full-width digits are as in :meth:`Period.parse`.
    """
    folded = "".join(text.translate(_FULL_WIDTH).split()).removesuffix("00:00:00")
    match = re.fullmatch(_DAY, folded)
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
