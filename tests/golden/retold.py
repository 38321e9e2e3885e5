"""What later rules tell otherwise of the same kept data, held against what they say of it.

Everything else a return answers is compared as it was recorded, to the last digit. What is told otherwise:

- Annual figures stand in later returns (沿用): where nothing was kept, there is a figure now.
- Tasks that are done or not the unit's stand in later drafts: where nothing was reported, there is a status now,
  and so many more are updated.
- Earlier figures are one notion: a year-to-date figure has none in the first quarter, an annual one has that of the
  data year before. They follow from entries that are compared themselves.
- Checks look closer and ask less of what does not matter: which questions there are is a judgement of the program.
  What was a logic error stays one and nothing else becomes one; a reason that was given still answers its question.
- A file of the first format of check codes is told to be one.
- The path of a plan with one kind of targets is told as ``path``, and under its own kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kjxd_desktop.wording.receiving.imports import notice_sentence
from tests.golden.answers import Answer, differences

_EARLIER = ("previous", "last_year")
OLD_CODE = notice_sentence("old_code", (("unit", "@"),)).split("@")[0]


def return_differences(recorded: Answer, now: Answer, place: str) -> Iterator[str]:
    """Where a return no longer answers what was recorded of it."""
    stands = {entry["code"] for entry in now["show"]["entries"] if entry["carried"]}
    yield from _entries(recorded["show"]["entries"], now["show"]["entries"], stands, place)
    yield from _paths(recorded["monitor"], now["monitor"], stands, f"{place}.monitor")
    yield from _missing(recorded["check"]["missing"], now["check"]["missing"], stands, place)
    yield from _findings(recorded["check"]["findings"], now["check"]["findings"], f"{place}.check")
    yield from _tasks(recorded, now, place)
    told_apart = {
        "show": ("entries", "progress"),
        "check": ("missing", "findings", "blocking", "to_explain"),
        "status": ("indicators", "next", "findings", "tasks") if stands else ("next", "findings", "tasks"),
    }
    for part in ("show", "check", "status"):
        kept = {name: value for name, value in recorded[part].items() if name not in told_apart[part]}
        yield from differences(kept, now[part], f"{place}.{part}")


def import_told(answer: Answer) -> Answer:
    """What taking a file of an earlier release in answers, without what is told of its check code since."""
    kept = [text for text in answer["notices"] if not text.startswith(OLD_CODE)]
    return {**answer, "notices": kept}


def _findings(recorded: list[dict[str, Any]], now: list[dict[str, Any]], place: str) -> Iterator[str]:
    logic = [{_key(item) for item in found if item["grade"] == "logic"} for found in (recorded, now)]
    if logic[0] != logic[1]:
        yield f"{place}: logic errors were {logic[0]}, are {logic[1]}"
    reasons = {_key(item): item["explanation"] for item in now}
    for item in recorded:
        if item["explained"] and reasons.get(_key(item), item["explanation"]) != item["explanation"]:
            yield f"{place}: the reason for {_key(item)} is void"


def _key(finding: dict[str, Any]) -> tuple[str, str]:
    return finding["code"], finding["rule"]


def _entries(
    recorded: list[dict[str, Any]], now: list[dict[str, Any]], stands: set[str], place: str
) -> Iterator[str]:
    if [entry["code"] for entry in recorded] != [entry["code"] for entry in now]:
        yield f"{place}.show.entries: other indicators"
        return
    for before, after in zip(recorded, now, strict=True):
        where = f"{place}.show.{before['code']}"
        if before["code"] in stands:
            if before["status"] != "missing":
                yield f"{where}: was kept, is carried"
            continue
        yield from differences(
            {name: value for name, value in before.items() if name not in _EARLIER}, after, where
        )


def _tasks(recorded: Answer, now: Answer, place: str) -> Iterator[str]:
    before, after = recorded["show"]["progress"], now["show"]["progress"]
    if [item["task"] for item in before] != [item["task"] for item in after]:
        yield f"{place}.show.progress: other tasks"
        return
    carried = 0
    for old, new in zip(before, after, strict=True):
        where = f"{place}.show.{old['task']}"
        if not new["carried"]:
            yield from differences(old, new, where)
        elif old["status"] is not None:
            yield f"{where}: was reported, is carried"
        carried += new["carried"]
    tasks = dict(recorded["status"]["tasks"])
    tasks["updated"] += carried
    yield from differences(tasks, now["status"]["tasks"], f"{place}.status.tasks")


def _paths(
    recorded: list[dict[str, Any]], now: list[dict[str, Any]], stands: set[str], place: str
) -> Iterator[str]:
    for before, after in zip(recorded, now, strict=True):
        where = f"{place}.{before['code']}"
        if before["code"] in stands:
            continue
        if before["binding_path"] != after["path"]:
            yield f"{where}.path: was {before['binding_path']}, is {after['path']}"
        paths = ("binding_path", "expected_path")
        if before["binding_path"] not in (after["binding_path"], after["expected_path"], after["path"]):
            yield f"{where}: its path is told under no kind"
        if before["expected_path"] is not None and before["expected_path"] != after["expected_path"]:
            yield f"{where}.expected_path: was {before['expected_path']}, is {after['expected_path']}"
        yield from differences(
            {name: value for name, value in before.items() if name not in paths}, after, where
        )


def _missing(recorded: list[str], now: list[str], stands: set[str], place: str) -> Iterator[str]:
    if set(now) - set(recorded) or set(recorded) - set(now) - stands:
        yield f"{place}.check.missing: was {recorded}, is {now}"
