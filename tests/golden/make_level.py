"""Makes one workspace of an older schema: ``python tests/golden/make_level.py PROGRAM LEVEL UNIT OUT``.

PROGRAM is a checkout of the last commit whose newest schema was LEVEL, as ``v0.1/README.md`` names it. It
is driven by its own command line alone, which has had these verbs from the beginning.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2]))

from tests.golden.answers import pack
from tests.golden.offstage import figures

FIGURES = figures("67.2 0.58 0.70 0.55 24.8 7.35 0.64 8.10 0.35 1.50 10 6 30 0")


Run = Callable[..., str]


def main() -> None:
    """A county's return of 2023Q4, sent, and the next one begun."""
    program, level, unit, out = Path(sys.argv[1]).resolve(), *sys.argv[2:4], Path(sys.argv[4]).resolve()
    (out / "returns").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        fill(commands_of(program, Path(folder)), unit, out / "returns" / f"schema-{level}.xlsx")
        assert not list(Path(folder).glob("*-wal")), "the program closed its file"
        pack(Path("county.kjxd"), out / "workspaces" / f"schema-{level}.kjxd.gz")


def commands_of(program: Path, folder: Path) -> Run:
    """What runs a command of the checkout in a process of its own; its stdout."""
    own = {"PYTHONPATH": str(program), "LOGNAME": "王芳", "TZ": "Asia/Shanghai", "KJXD_DATA_DIR": str(folder)}

    def run(*words: object) -> str:
        command = [sys.executable, "-m", "kjxd_desktop", *map(str, words)]
        done = subprocess.run(
            command, env={**os.environ, **own}, capture_output=True, text=True, encoding="utf-8"
        )
        # ``check`` says with status 1 that something is to be explained.
        assert done.returncode == 0 or words[0] == "check", f"{words}\n{done.stderr}"
        return done.stdout

    return run


def fill(run: Run, unit: str, sent: Path) -> None:
    """Targets sent down, figures, a task with evidence, explanations, names; sent, and another begun."""
    city, county = ("--workspace", "city.kjxd"), ("--workspace", "county.kjxd")
    period = ("--period", "2023Q4")
    run("new", "city.kjxd", "--role", "city", "--unit", "620400", "--plan", "baiyin-2022")
    run("set", *city, *period, "--unit", unit, "--indicator", "I01", "52.3")
    where = (*city, "--unit", unit, "--indicator", "I13")
    run("target", *where, "--year", "2025", "--kind", "binding", "12")
    run("baseline", *where, "--year", "2021", "7")
    run("deadline", *city, *period, "2024-01-12")
    run("template", *city, *period, "--unit", unit, "template.xlsx")
    run("new", "county.kjxd", "--from", "template.xlsx")
    for code, text in FIGURES.items():
        run("set", *county, *period, "--indicator", code, text)
    run("set", *county, *period, "--indicator", "I04", "--numerator", "30012", "--denominator", "5170000")
    run("set", *county, *period, "--indicator", "I13", "10", "--note", "=1+1 含换证")
    Path("证明.txt").write_text("golden evidence\n", "utf-8")
    words = ("--status", "blocked", "--percent", "60", "--problems", "+没有批地。", "--evidence", "证明.txt")
    run("progress", *county, *period, "--task", "2-7", *words)
    for finding in json.loads(run("check", *county, *period, "--json"))["findings"]:
        if finding["grade"] == "verify":
            named = ("--indicator", finding["code"], "--rule", finding["rule"])
            run("explain", *county, *period, *named, "=经核对无误。")
    names = ("--head", "刘建国", "--filled-by", "王芳", "--date", "2024-01-10")
    run("sign", *county, *period, *names)
    run("submit", *county, *period, sent)
    run("set", *county, "--period", "2024Q1", "--indicator", "I13", "11")


if __name__ == "__main__":
    main()
