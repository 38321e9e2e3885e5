"""Makes the golden files of format v0.1: ``python tests/golden/make_v0_1.py PROGRAM OUT``.

PROGRAM is a checkout of the commit that ``v0.1/README.md`` names, run by an interpreter that has its
dependencies; OUT is a folder that holds the older workspaces of ``make_level.py``, or a new one. The tests
never run this: what they read was made once. It stays so that everybody can see how.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[2]))

from tests.golden.answers import (
    Run,
    answers_about,
    asked,
    digests_in,
    links_of,
    return_answers,
    unpack,
    write_json,
)
from tests.golden.offstage import COUNTY, Golden, Program, secrets
from tests.golden.scenes_v0_1 import NAMES, OWN, PASSWORD, PLAN, play

# Workbooks whose plan is kept in no workspace as it stands there: taken in by a test of its own.
NOT_KEPT = ("blank", "baiyin-2022-revised")


def record(golden: Golden, asking: Path) -> None:
    """Ask the program about everything it made."""
    answers = golden.out / "answers"
    for packed in sorted((golden.out / "workspaces").iterdir()):
        name = packed.name.removesuffix(".kjxd.gz")
        found = recorded_answers(golden, unpack(packed, asking / f"{name}.kjxd"))
        lines = found["history"]
        write_json(answers / f"{name}.json.gz", found)
        write_json(answers / f"{name}-digests.json", {"links": links_of(lines), **digests_in(lines)})
    write_json(answers / "plans.json.gz", plan_answers(golden, asking))
    write_json(answers / "people.json", {"password": PASSWORD, "recovery_code": golden.recovery})
    write_json(answers / "sent.json", dict(sent(golden, asking)))
    write_json(answers / "received.json.gz", received(golden, asking))


def recorded_answers(golden: Golden, workspace: Path) -> dict[str, Any]:
    """What a workspace says, without the lines that opening an older one adds."""
    with closing(sqlite3.connect(workspace)) as connection:
        (kept,) = connection.execute("SELECT max(id) FROM history").fetchone()
    # A reader does not upgrade by itself.
    golden.program.run("status", "--workspace", workspace)
    found = answers_about(golden.program.run, workspace)
    found["history"] = [line for line in found["history"] if line["line"] <= kept]
    return found


def plan_answers(golden: Golden, asking: Path) -> dict[str, Any]:
    """Every plan as it is shown, its digest, which workbook holds which, what an empty one lacks."""
    run = golden.program.run
    documents: dict[str, Any] = {}
    digests: dict[str, str] = {}
    files: dict[str, str] = {}
    for file in sorted((golden.out / "plans").iterdir()):
        if file.stem in NOT_KEPT:
            continue
        shown = asked(run, "plans", "show", file)
        name = f"{shown['id']}@{shown['revision']}"
        assert documents.setdefault(name, shown) == shown, f"{file.name} is not what {name} is"
        files[file.name] = name
        made, role = asking / f"{file.stem}.kjxd", "county" if shown["region"] == COUNTY else "city"
        golden.program.ok("new", made, "--role", role, "--unit", shown["region"], "--plan", file)
        digests[name] = digests_in(asked(run, "history", "--workspace", made))[f"plan {name}"]
    blank = golden.out / "plans" / "blank.xlsx"
    refused = asked(run, "plans", "import", blank, "--workspace", asking / "city.kjxd")
    for workspace in (asking / "city.kjxd", asking / "county.kjxd"):
        for name, digest in digests_in(asked(run, "history", "--workspace", workspace)).items():
            if name.startswith("plan "):
                assert digests[name.removeprefix("plan ")] == digest
    return {"documents": documents, "digests": digests, "files": files, "blank": refused}


def sent(golden: Golden, asking: Path) -> Iterator[tuple[str, Any]]:
    """What sending the signed and the checked return gives; the workbooks become golden files."""
    copy = unpack(golden.out / "workspaces" / "county.kjxd.gz", asking / "sending.kjxd")
    where = ("--workspace", copy, "--plan", OWN, "--period", "2024Q3")
    with secrets(operator="刘建国", password=PASSWORD):
        golden.program.ok("sign", *where, *NAMES, "--date", "2024-10-12")
    for plan, name in ((PLAN, "2024Q3-1"), (OWN, "own-2024Q3-1")):
        where = ("--workspace", copy, "--plan", plan, "--period", "2024Q3")
        with secrets(operator="王芳"):
            golden.program.ok("submit", *where, golden.out / "returns" / f"{name}.xlsx")
        code = golden.program.answer("show", *where)["check_code"]
        digests = digests_in(golden.program.answer("history", "--workspace", copy))
        key = f"{plan}/{COUNTY}/2024Q3"
        yield key, {"check_code": code, "digest": digests[f"submission {key}/1"]}


def received(golden: Golden, asking: Path) -> dict[str, Any]:
    """What the city says of every file, before it had any and when it had them; what a template makes."""
    run, workspaces = golden.program.run, golden.out / "workspaces"
    fresh = unpack(workspaces / "city-before-returns.kjxd.gz", asking / "fresh.kjxd")
    late = unpack(workspaces / "city.kjxd.gz", asking / "late.kjxd")
    said: dict[str, Any] = {}
    for file in sorted((golden.out / "returns").glob("*.xlsx")):
        if file.name.startswith("own-"):
            continue
        (answer,) = asked(run, "import", file, "--workspace", fresh)["files"]
        key = (answer["plan"], answer["unit"], answer["period"])
        (again,) = asked(run, "import", file, "--workspace", late, "--preview")["files"]
        said[file.name] = {"applied": answer, "then": now(run, fresh, *key), "again": again}
    made = asking / "made.kjxd"
    for file in sorted((golden.out / "templates").iterdir()):
        made.unlink(missing_ok=True)
        golden.program.ok("new", made, "--from", file)
        said[file.name] = now(run, made, PLAN, COUNTY, file.stem)
    return said


def now(run: Run, workspace: Path, *key: str) -> dict[str, Any]:
    """What is said of a return that came in just now, without when and by whom."""
    answers = return_answers(run, workspace, *key)
    status = answers["status"]
    status["transitions"] = [
        {name: step[name] for name in ("state", "round")} for step in status["transitions"]
    ]
    return answers


def main() -> None:
    """Make the files with the help of a scratch folder that is thrown away."""
    checkout, out = (Path(word).resolve() for word in sys.argv[1:3])
    with tempfile.TemporaryDirectory() as folder:
        golden = Golden(Program(checkout, Path(folder)), Path(folder), out)
        play(golden)
        record(golden, Path(folder) / "asking")
        os.chdir(out)


if __name__ == "__main__":
    main()
