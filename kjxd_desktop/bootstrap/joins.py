"""What one room of the window has another do: a page asks by a signal, here it is heard.

What is joined is imported only when it is asked for.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kjxd_desktop.charts.mini_trend import MiniTrend
    from kjxd_desktop.domain.returns.returns import ReturnKey
    from kjxd_desktop.ui.entry.entry_page import EntryPage
    from kjxd_desktop.ui.returns.returns_page import ReturnsPage
    from kjxd_desktop.ui.tools.page import PageTools
    from kjxd_desktop.usecases.filling.shown import EntryRow


def join_sign_off(page: EntryPage, tools: PageTools) -> None:
    """签报 from 指标填报: the dialog of 报送管理 opens over the page."""
    page.sign_off_asked.connect(partial(_ask_sign_off, page, tools))


def _ask_sign_off(page: EntryPage, tools: PageTools, key: ReturnKey) -> None:
    from kjxd_desktop.ui.returns.sign_off_dialog import SignOffDialog

    dialog = SignOffDialog(tools, key, page)
    # What is signed can be exported: the keyboard goes there.
    dialog.signed.connect(page.footer.export.setFocus)
    dialog.open()


def join_import(page: ReturnsPage, tools: PageTools) -> None:
    """导入 on 报送管理: files are read and previewed over the page."""
    from kjxd_desktop.ui.receiving.incoming import Incoming

    incoming = Incoming(tools, page)
    page.import_asked.connect(incoming.take)
    incoming.reading.connect(page.show_reading)
    incoming.closed.connect(page.refresh)


def join_trend(page: EntryPage, tools: PageTools) -> None:
    """The small trend in the panel of 指标填报."""
    from kjxd_desktop.charts.mini_trend import MiniTrend

    trend = MiniTrend(tools.theme.palette, tools.theme.font(12))
    page.panel.place_trend(trend, partial(_show_trend, trend, page))


def _show_trend(trend: MiniTrend, page: EntryPage, row: EntryRow) -> None:
    """Draw the trend of an indicator in the period and plan of its page."""
    from kjxd_desktop.charts.trend_data import trend_of

    if page.years is not None:
        trend.show_data(trend_of(row, page.writer.key.period, page.years))
