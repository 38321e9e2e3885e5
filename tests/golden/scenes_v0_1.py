"""The scenes the golden files of v0.1 come from: a city, a county, and a year of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.golden.books import revise_plan, type_figures, type_plan
from tests.golden.offstage import COUNTY, Golden, figures, secrets

CITY, PLAN, OWN = "620400", "baiyin-2022", "huining-2023"
PACKAGES = ("baiyin-2022", "wuwei-145", "jiayuguan-2020", "liupanshui-2021", "baiyin-2015")
PASSWORD = "huining620"
NAMES = ("--head", "刘建国", "--statistician", "李秀梅", "--filled-by", "王芳", "--phone", "0943-1234567")
WHY = ("--since", "2024Q2", "--summary", "高新技术企业目标上调", "--reason", "中期评估")
BEFORE = figures("67.2 0.58 0.70 0.55 24.8 7.35 0.64 8.10 0.35 0.71 10 6 13 0")
FIRST = figures("67.2 0.58 0.61 0.55 24.8 7.35 0.68 8.10 0.35 0.16 10 6 5 不适用")
THIRD = figures("71.9 0.58 0.83 0.55 30.8 8.02 0.78 9.02 0.42 1.83 14 8 15 0")
# What the county types for the second quarter, as words of ``set``.
SECOND: Mapping[str, tuple[str, ...]] = {
    "I03": ("--numerator", "21560.4", "--denominator", "30011.25", "--data-year", "2023"),
    "I04": ("--numerator", "30012", "--denominator", "5170000"),
    "I05": ("0.74", "--estimate", "--note", "=1+1 先报预计"),
    "I06": ("--numerator", "18000.50", "--denominator", "3300000"),
    "I07": ("24.8", "--note", "统计局 2023 年数\n下月有新数"),
    "I08": ("--numerator", "148", "--denominator", "201360"),
    "I09": ("0.71",),
    "I10": ("8.10", "--data-year", "2022"),
    "I11": ("--status", "not_published"),
    "I12": ("1.50",),
    "I13": ("11", "--note", "+含换证 1 家"),
    "I14": ("7", "--note", "@见附件"),
    "I15": ("13",),
    "I16": ("0",),
}


def city_begins(golden: Golden) -> None:
    """A city with targets, baselines, deadlines, an assignment, published figures, and a second plan."""
    run = golden.program.ok
    golden.program.day("2024-03-20T09:00:00", "周明")
    at = ("--workspace", golden.city)
    run("new", golden.city, "--role", "city", "--unit", CITY, "--plan", PLAN)
    run("plans", "use", "baiyin-2015", *at)
    of_county = (*at, "--unit", COUNTY)
    for period, texts in (("2024Q1", ("53.1", "50.35")), ("2024Q3", ("53.6", "51.42"))):
        for code, text in zip(("I01", "I02"), texts, strict=True):
            golden.set(golden.city, period, code, text, "--unit", COUNTY)
    for code, year, start, binding, expected in (
        ("I12", "2021", "0.45", "0.90", "1.2"),
        ("I13", "2021", "7", "12", "16"),
    ):
        run("baseline", *of_county, "--indicator", code, "--year", year, start)
        for kind, text in (("binding", binding), ("expected", expected)):
            run("target", *of_county, "--indicator", code, "--year", "2025", "--kind", kind, text)
    run("assign", "no", *of_county, "--code", "A2-9")
    run("deadline", *at, "--period", "2024Q1", "2024-04-12")
    run("deadline", *at, "--period", "2024Q3", "2024-10-15T17:30")


def county_begins(golden: Golden) -> None:
    """The county opens the template, types last year's figures in afterwards and sends the first quarter."""
    run = golden.program.ok
    template = golden.template("2024Q1")
    golden.program.day("2024-04-01T08:30:00", "王芳")
    run("new", golden.county, "--from", template)
    backfill(golden)
    golden.fill("2024Q1", FIRST)
    where = ("--workspace", golden.county, "--period", "2024Q1")
    run(
        "progress",
        *where,
        "--task",
        "2-7",
        "--status",
        "in_progress",
        "--percent",
        "20",
        "--text",
        "已立项。",
    )
    golden.explain("2024Q1")
    golden.submit("2024Q1", "2024Q1-1")


def backfill(golden: Golden) -> None:
    """补录 has no command: the table of the window writes it."""
    from kjxd_desktop.domain.period import Period

    from kjxd_desktop.bootstrap.office import open_office

    cells = [(Period(2023, 4), code, text) for code, text in BEFORE.items()]
    with open_office(golden.county) as office:
        assert not office.actions.backfill.set_block(PLAN, COUNTY, cells).refused


def plan_books(golden: Golden) -> None:
    """Plan workbooks: the five packages, the blank one, and an office's own typed into it."""
    folder = golden.out / "plans"
    for plan in PACKAGES:
        golden.program.ok("plans", "export", plan, folder / f"{plan}.xlsx")
    golden.program.ok("plans", "blank", folder / "blank.xlsx")
    type_plan(folder / "blank.xlsx", Path(__file__).with_name("own_plan.json"), folder / f"{OWN}.xlsx")


def city_revises(golden: Golden) -> None:
    """A higher target from the second quarter on, and two figures to be keyed twice."""
    golden.program.day("2024-06-20T15:00:00", "周明")
    file = golden.out / "plans" / "baiyin-2022-revised.xlsx"
    golden.program.ok("plans", "export", PLAN, file, "--workspace", golden.city)
    revise_plan(file)
    golden.program.ok("plans", "import", file, "--workspace", golden.city, *WHY)
    golden.template("2024Q2")


def county_names_people(golden: Golden) -> None:
    """Four people with two passwords, one who left, a recovery code that was used once; three plans."""
    run, at = golden.program.ok, ("--workspace", golden.county)
    golden.program.day("2024-07-01T08:30:00", "王芳")
    run("import", golden.out / "templates" / "2024Q2.xlsx", *at, "--accept")
    with secrets(new_password="forgotten"):
        code = run("operators", "add", "张建平", "--role", "admin", *at).strip()
    with secrets(recovery=code, new_password=PASSWORD):
        golden.recovery = run("operators", "reset", "张建平", *at).strip()
    with secrets(operator="张建平", password=PASSWORD):
        for name, role in (("王芳", "filler"), ("李秀梅", "checker"), ("赵强", "filler")):
            run("operators", "add", name, "--role", role, *at)
        with secrets(new_password=PASSWORD):
            run("operators", "add", "刘建国", "--role", "head", *at)
        run("operators", "leave", "赵强", *at)
        run("plans", "use", "baiyin-2015", *at)
        run("plans", "import", golden.out / "plans" / f"{OWN}.xlsx", *at, "--own", COUNTY)
        run("share", f"{PLAN}/I12", "baiyin-2015/I05", *at)
        run("share", f"{PLAN}/I12", f"{OWN}/I01", *at)


def county_second_quarter(golden: Golden) -> None:
    """Every kind of cell, every status of a task, evidence, double entry, two rounds."""
    run, where = golden.program.ok, ("--workspace", golden.county, "--period", "2024Q2")
    golden.program.day("2024-07-08T09:00:00", "王芳")
    with secrets(operator="王芳"):
        for code, words in SECOND.items():
            golden.set(golden.county, "2024Q2", code, *words)
        restore_a_mistake(golden)
        report_tasks(golden)
        golden.explain("2024Q2")
    with secrets(operator="李秀梅"):
        run("rekey", *where, "--indicator", "I12", "1.5")
        run("rekey", *where, "--indicator", "I13", "12")
        run("settle", *where, "--indicator", "I13", "second")
        golden.explain("2024Q2")
    sign(golden, "2024Q2", "2024-07-08")
    with secrets(operator="王芳"):
        golden.submit("2024Q2", "2024Q2-1")
        golden.program.day("2024-07-10T09:00:00", "王芳")
        run("withdraw", "--workspace", golden.county, "--period", "2024Q2", "省里核减了企业数")
        for code, text in (("I13", "13"), ("I14", "8"), ("I15", "15")):
            golden.set(golden.county, "2024Q2", code, text)
    with secrets(operator="李秀梅"):
        run("rekey", *where, "--indicator", "I13", "13")
        golden.explain("2024Q2")
    sign(golden, "2024Q2", "2024-07-10")
    with secrets(operator="王芳"):
        golden.submit("2024Q2", "2024Q2-2")


def restore_a_mistake(golden: Golden) -> None:
    """A backup, a figure typed wrongly, the backup put back."""
    made = golden.program.answer("backup", "--workspace", golden.county)["file"]
    golden.set(golden.county, "2024Q2", "I15", "1300")
    with secrets(operator="张建平", password=PASSWORD):
        golden.program.ok("restore", made, golden.county)


def report_tasks(golden: Golden) -> None:
    """A task of every status; one with two evidence files and texts that look like formulas."""
    run, where = golden.program.ok, ("--workspace", golden.county, "--period", "2024Q2")
    pdf, photo = Path("验收意见.pdf"), Path("现场照片 1.jpg")
    pdf.write_bytes(b"%PDF-1.4 golden evidence")
    photo.write_bytes(b"\xff\xd8\xff\xe0 golden picture")
    texts = (
        "--text",
        "引进新品种 6 个；\n+建示范点 4 处。",
        "--problems",
        "经费到位率 60%。",
        "--next",
        "=测产",
    )
    proof = ("--evidence", pdf, photo)
    run("progress", *where, "--task", "2-7", "--status", "in_progress", "--percent", "45", *texts, *proof)
    run("progress", *where, "--task", "1-2", "--status", "not_started", "--next", "报方案。")
    run("progress", *where, "--task", "1-3", "--status", "done", "--text", "已完成。")
    run("progress", *where, "--task", "1-4", "--status", "blocked", "--problems", "用地没有批。")
    run("progress", *where, "--task", "A1-1", "--status", "not_involved")


def sign(golden: Golden, period: str, date: str, *plan: object) -> None:
    """The head of the office signs."""
    where = ("--workspace", golden.county, *plan, "--period", period)
    with secrets(operator="刘建国", password=PASSWORD):
        golden.program.ok("sign", *where, *NAMES, "--date", date)
    assert golden.program.answer("show", *where)["state"] == "signed", golden.program.said


def city_receives(golden: Golden) -> None:
    """Returns taken in, corrected, decided by a person, accepted, reopened."""
    run, at = golden.program.ok, ("--workspace", golden.city)
    golden.program.day("2024-07-11T10:00:00", "周明")
    returns = golden.out / "returns"
    older = sorted(returns.glob("schema-*.xlsx"))
    for file in (filled_elsewhere(golden), *older, returns / "2024Q1-1.xlsx"):
        run("import", file, *at)
    first, second = ((*at, "--period", period, "--unit", COUNTY) for period in ("2024Q1", "2024Q2"))
    run("accept", *first)
    run("reopen", *first, "县局来函更正")
    golden.set(golden.city, "2024Q1", "I15", "6", "--unit", COUNTY, "--why", "漏登记 1 家")
    run("import", returns / "2024Q2-1.xlsx", *at)
    for code, text in (("I13", "14"), ("I14", "9"), ("I15", "16")):
        golden.set(golden.city, "2024Q2", code, text, "--unit", COUNTY)
    status, _ = golden.program.run("import", returns / "2024Q2-2.xlsx", *at)
    assert status == 1, "three figures wait for a person"
    decide(golden, returns / "2024Q2-2.xlsx")
    run("accept", *second)
    run("reopen", *second, "省局核定数不同")
    golden.set(golden.city, "2024Q2", "I09", "0.72", "--unit", COUNTY, "--why", "省局核定")
    words = ("--status", "in_progress", "--percent", "50", "--why", "现场核查")
    run("progress", *second, "--task", "2-7", *words)
    run("accept", *second)


def filled_elsewhere(golden: Golden) -> Path:
    """A template that an office without the program filled in WPS: it has no check code."""
    empty = golden.city.with_name("template.xlsx")
    where = ("--workspace", golden.city, "--period", "2024Q1", "--unit", "620403")
    golden.program.ok("template", *where, empty)
    file = golden.out / "returns" / "2024Q1-620403-filled-template.xlsx"
    type_figures(empty, BEFORE, file)
    return file


def decide(golden: Golden, file: Path) -> None:
    """What the city's and the county's corrections disagree on is decided in the window: keep, take, type."""
    from kjxd_desktop.usecases.import_queries import Decision, RowStatus

    from kjxd_desktop.bootstrap.office import open_office

    answers = {"I13": (Decision.KEEP, ""), "I14": (Decision.TAKE, ""), "I15": (Decision.TYPED, "17")}
    with open_office(golden.city) as office:
        receive = office.actions.receive
        preview = receive.preview(file)
        open_rows = [row for row in preview.rows if row.status in (RowStatus.CONFLICT, RowStatus.PROBLEM)]
        assert {row.code for row in open_rows} == set(answers), open_rows
        decided = {row.index: answers[row.code] for row in open_rows}
        receive.apply(preview, {**receive.accept_all(preview), **decided})


def county_third_quarter(golden: Golden) -> None:
    """A signed return that was not sent, a checked one, open ones; under three plans."""
    run, at = golden.program.ok, ("--workspace", golden.county)
    golden.program.day("2024-10-08T09:00:00", "王芳")
    with secrets(operator="王芳"):
        run("import", golden.out / "templates" / "2024Q3.xlsx", *at, "--accept")
        golden.fill("2024Q3", THIRD)
        run("progress", *at, "--period", "2024Q3", "--task", "2-7", "--status", "done", "--text", "已验收。")
        golden.explain("2024Q3")
    with secrets(operator="李秀梅"):
        run("rekey", *at, "--period", "2024Q3", "--indicator", "I12", "1.83")
        run("rekey", *at, "--period", "2024Q3", "--indicator", "I13", "41")
        run("settle", *at, "--period", "2024Q3", "--indicator", "I13", "first")
    sign(golden, "2024Q3", "2024-10-12")
    with secrets(operator="王芳"):
        for words in (("14", "--note", "等统计局数"), ("--status", "missing")):
            golden.set(golden.county, "2024Q4", "I13", *words)
        golden.set(golden.county, "2024Q4", "I14", "0")
        golden.set(golden.county, "2015Q2", "I06", "2", "--plan", "baiyin-2015")
    with secrets(operator="张建平", password=PASSWORD):
        run("target", *at, "--indicator", "I15", "--year", "2025", "--kind", "binding", "20")
    own_plan_returns(golden)


def own_plan_returns(golden: Golden) -> None:
    """Under the county's own plan: a return taken back, and one that is checked but not signed."""
    own, where = ("--plan", OWN), ("--workspace", golden.county, "--plan", OWN)
    for period in ("2024Q2", "2024Q3"):
        with secrets(operator="王芳"):
            golden.set(golden.county, period, "I02", "--numerator", "31000", "--denominator", "520000", *own)
            golden.set(golden.county, period, "I03", "36", *own)
            golden.explain(period, *own)
        with secrets(operator="李秀梅"):
            golden.program.ok("rekey", *where, "--period", period, "--indicator", "I03", "36")
    sign(golden, "2024Q2", "2024-10-12", *own)
    with secrets(operator="王芳"):
        file = golden.out / "returns" / "own-2024Q2-1.xlsx"
        golden.program.ok("submit", *where, "--period", "2024Q2", file)
        golden.program.ok("withdraw", *where, "--period", "2024Q2", "补报人数")
    mark_checked(golden)


def mark_checked(golden: Golden) -> None:
    """审核通过 is a button of the window."""
    from kjxd_desktop.domain.period import Period

    from kjxd_desktop.bootstrap.office import open_office
    from kjxd_desktop.domain.returns import ReturnKey

    with open_office(golden.county) as office:
        office.actions.operators.sign_in("李秀梅")
        office.actions.check.mark_checked(ReturnKey(OWN, COUNTY, Period(2024, 3)))


def play(golden: Golden) -> None:
    """Everything, in the order of the year."""
    plan_books(golden)
    city_begins(golden)
    county_begins(golden)
    city_revises(golden)
    county_names_people(golden)
    county_second_quarter(golden)
    golden.backup(golden.county, "county-backup")
    golden.program.day("2024-07-11T09:00:00", "周明")
    golden.template("2024Q3")
    golden.backup(golden.city, "city-before-returns")
    city_receives(golden)
    county_third_quarter(golden)
    golden.backup(golden.county, "county")
    golden.backup(golden.city, "city")
    file = golden.out / "plans" / "baiyin-2022-of-the-city.xlsx"
    golden.program.ok("plans", "export", PLAN, file, "--workspace", golden.city)
