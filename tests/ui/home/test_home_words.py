"""工作台 along the life of a return: each state has its own true words and next step."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.returns.returns import Signature
from kjxd_desktop.ui.home.home_page import HomePage
from kjxd_desktop.ui.parts.labels import ElidedLabel
from tests.helpers.offices import COUNTY, KEY, city_office, county_office, fill_clean
from tests.ui.fakes import page_tools


def home(office: Office, qtbot: QtBot) -> HomePage:
    page = HomePage(page_tools(office.actions))
    qtbot.addWidget(page)
    page.resize(1230, 640)
    page.show()
    page.refresh()
    # What a check says follows the first painting.
    qtbot.waitUntil(lambda: page._judged)
    return page


def send(page: HomePage) -> tuple[str, str, str]:
    """What the fourth card says."""
    card = page._steps[3]
    return card._figure.text(), card.detail.text().split("；")[0], card.button.text()


def todo(page: HomePage) -> str:
    layout = page._todo._layout
    shown = [item.widget() for place in range(layout.count()) if (item := layout.itemAt(place)) is not None]
    return "\n".join(text.text() for row in shown if row for text in row.findChildren(ElidedLabel))


def test_a_county_s_return_from_the_first_figure_to_the_city(tmp_path: Path, qtbot: QtBot) -> None:
    with county_office(tmp_path) as office:
        page = home(office, qtbot)
        assert send(page) == ("未导出", "填完指标、没有错误才能导出", "去看看")
        assert page._steps[2].detail.text() == "填了数再审核"
        fill_clean(office)
        page.refresh()
        assert send(page) == ("未导出", "都填好了，请先审核", "去看看")
        assert page._steps[2].button.text() == "去审核"
        office.actions.check.mark_checked(KEY)
        page.refresh()
        assert send(page) == ("未导出", "审核过了，请负责人签报", "去签报")
        office.actions.sign_off.sign_off(KEY, Signature(head="张建平", filled_by="王芳"))
        page.refresh()
        assert send(page) == ("未导出", "可以导出了", "去导出")
        sent = tmp_path / "sent.xlsx"
        office.actions.send.submit(KEY, sent)
        page.refresh()
        assert send(page) == ("已上报", "等市局接收", "去看看")
        assert page._steps[1].button.text() == "看任务"
        assert "没更新" not in todo(page) and "可以导出" not in todo(page)
    with city_office(tmp_path) as office:
        plan = office.actions.receive.preview(sent)
        office.actions.receive.apply(plan, office.actions.receive.accept_all(plan))
        office.actions.desk.choose_unit(COUNTY)
        page = home(office, qtbot)
        assert send(page)[:2] == ("已上报", "核对后请到“报送管理”点“接收”")
        office.actions.accept.accept(KEY)
        page.refresh()
        assert send(page)[:2] == ("已接收", "已经收下")
        assert "待填" not in todo(page) and "没更新" not in todo(page)
        assert "已经接收" in page._greeting.text()
