"""What a program answers about a workspace, in one shape: recorded once, compared ever after.

It asks by the command line alone and imports nothing of the program, so that it says the same of every
program. What depends on the day or on the computer's time zone is left out of both sides, and so are the
sentences for people: they may be worded better, the data may not change.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

# Runs one command; its exit status and what it printed on stdout.
Run = Callable[..., tuple[int, str]]
Answer = Any
# The files, made by the program of one commit and never anew.
GOLDEN = Path(__file__).with_name("v0.1")
# Plan, unit and period of a return.
Key = tuple[str, str, str]

# Fields that say the day, or a sentence of ``wording``.
_TODAY = frozenset({"days_left", "days"})
_SENTENCES = frozenset({"message", "advice", "reason", "sentence"})
# A deadline is a wall clock's time wherever it is looked at: the zone that is printed is the computer's.
_WALL_CLOCK = len("2024-10-15T18:00:00")
# What of ``monitor`` is kept data and the plan's own arithmetic, not a judgement.
_MONITOR = ("code", "value", "status", "expected_path", "binding_path", "measured_against")
# Added since; programs of earlier releases do not tell it.
_MONITOR_LATER = ("path",)
_FIRST_LINK = "0" * 64


def answers_about(run: Run, workspace: Path, returns: Iterable[Key] | None = None) -> dict[str, Answer]:
    """Everything a workspace says of itself and of its returns.

    Args:
        returns: Which ones; by default all that its history tells of.
    """
    at = ("--workspace", workspace)
    lines = asked(run, "history", *at)
    verified = asked(run, "verify", *at)
    # Opening a workspace of an older schema adds a line.
    verified.pop("lines")
    keys = returns_in(lines) if returns is None else returns
    return {
        "verify": verified,
        "plans": [line for line in asked(run, "plans", "list", *at) if line["origin"] == "workspace"],
        "operators": asked(run, "operators", *at)["operators"],
        "returns": [return_answers(run, workspace, *key) for key in keys],
        "history": lines,
    }


def return_answers(run: Run, workspace: Path, plan: str, unit: str, period: str) -> dict[str, Answer]:
    """What a workspace says of one return."""
    where = ("--workspace", workspace, "--plan", plan, "--period", period, "--unit", unit)
    passes, printed = run("check", *where, "--json")
    monitored = asked(run, "monitor", *where)["indicators"]
    return {
        "plan": plan,
        "unit": unit,
        "period": period,
        "show": asked(run, "show", *where),
        "status": asked(run, "status", *where),
        "check_passes": passes == 0,
        "check": json.loads(printed),
        "monitor": [
            {name: row[name] for name in (*_MONITOR, *_MONITOR_LATER) if name in row} for row in monitored
        ],
    }


def asked(run: Run, *words: object) -> Answer:
    """The JSON of a command, whatever its exit status."""
    status, printed = run(*words, "--json")
    assert printed, f"{words}: exit status {status}, no answer"
    return json.loads(printed)


def returns_in(lines: Sequence[Answer]) -> list[Key]:
    """Plan, unit and period of every return that history tells of."""
    states = (line for line in lines if line["what"] == "state")
    return sorted({(line["plan"], line["unit"], line["period"]) for line in states})


def digests_in(lines: Sequence[Answer]) -> dict[str, str]:
    """Every digest that history tells of, by what it stands for; the newest where one replaced another."""
    found: dict[str, str] = {}
    for line in reversed(lines):
        new = json.loads(line["new"]) if line["new"] else {}
        cell = "/".join(line[name] or "" for name in ("plan", "unit", "period", "code"))
        if line["what"] == "plan":
            found[f"plan {line['plan']}@{new['revision']}"] = new["digest"]
        elif line["what"] == "submission":
            found[f"submission {cell}{new['round']}"] = new["digest"]
        elif line["what"] == "explanation" and new:
            found[f"explanation {cell}/{new['rule']}"] = new["basis"]
        elif line["what"] == "import":
            found[f"import {cell}"] = new["digest"]
            found[f"import {cell} content"] = new.get("content", "")
        elif line["what"] == "progress":
            for file in new.get("evidence", ()):
                found[f"evidence {cell}/{file['name']}"] = file["digest"]
    return found


def links_of(lines: Sequence[Answer]) -> dict[str, str]:
    """The links of history's chain, by number of line, reckoned from the lines as they are answered."""
    links: dict[str, str] = {}
    link = _FIRST_LINK
    for line in sorted(lines, key=lambda item: int(item["line"])):
        names = ("at", "who", "what", "plan", "unit", "period", "code", "old", "new", "why")
        fields = (line[name] or "" for name in names)
        link = hashlib.sha256("\x1f".join((link, *fields)).encode()).hexdigest()
        links[str(line["line"])] = link
    return links


def differences(recorded: Answer, now: Answer, place: str = "") -> Iterator[str]:
    """Where an answer no longer holds what was recorded. Keys may have been added, nothing else."""
    if isinstance(recorded, Mapping) and isinstance(now, Mapping):
        for name, value in recorded.items():
            if name in _TODAY or name in _SENTENCES:
                continue
            if name not in now:
                yield f"{place}.{name}: gone, was {value!r}"
            elif name == "deadline" and isinstance(value, str):
                yield from differences(value[:_WALL_CLOCK], now[name][:_WALL_CLOCK], f"{place}.{name}")
            elif name == "notices":
                yield from differences(len(value), len(now[name]), f"number of {place}.{name}")
            else:
                yield from differences(value, now[name], f"{place}.{name}")
    elif isinstance(recorded, list) and isinstance(now, list) and len(recorded) == len(now):
        for number, (value, other) in enumerate(zip(recorded, now, strict=True)):
            yield from differences(value, other, f"{place}[{number}]")
    elif type(recorded) is not type(now) or recorded != now:
        yield f"{place}: was {recorded!r}, is {now!r}"


def history_differences(recorded: Sequence[Answer], now: Sequence[Answer]) -> Iterator[str]:
    """The same of history, to which lines may have been added at its new end."""
    known = {line["line"]: line for line in now}
    for line in recorded:
        if line["line"] not in known:
            yield f"line {line['line']}: gone"
        else:
            yield from differences(line, known[line["line"]], f"line {line['line']}")


def read_json(path: Path) -> Answer:
    """A recorded answer, packed or plain."""
    content = path.read_bytes()
    return json.loads(gzip.decompress(content) if path.suffix == ".gz" else content)


def write_json(path: Path, content: Answer) -> None:
    """Record an answer; packed when the file's name says so, the same content always to the same bytes."""
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), mtime=0) if path.suffix == ".gz" else text.encode())


def unpack(packed: Path, target: Path) -> Path:
    """A copy of a packed workspace to work on."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.decompress(packed.read_bytes()))
    return target


def pack(file: Path, packed: Path) -> None:
    """Keep a workspace packed: its plans are long texts."""
    packed.parent.mkdir(parents=True, exist_ok=True)
    packed.write_bytes(gzip.compress(file.read_bytes(), mtime=0))
