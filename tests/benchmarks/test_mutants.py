"""The hunt for mutants (``tests.benchmarks.mutants``) on a small program of its own: it finds and it misses."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from tests.benchmarks.mutants.change import Mutant
from tests.benchmarks.mutants.copies import Copy, copies
from tests.benchmarks.mutants.coverage_map import CoverageMap
from tests.benchmarks.mutants.hunt import Fate, Hunt, Verdict
from tests.benchmarks.mutants.report import caught_share, report_lines
from tests.benchmarks.mutants.sites import mutants_of, sample

SOURCE = '''
"""When a return is late."""

DAYS = 3


def late(days: int) -> bool:
    return days > DAYS


def doubled(number: int) -> int:
    if number < 0:
        raise ValueError("negative")
    return number * 2


def nobody_asks(number: int) -> int:
    return number + 1


def down(number: int) -> int:
    while number > 0:
        number -= 1
    return number
'''
TESTS = """
from shop.limits import doubled, down, late

def asked(days):
    return late(days)

def test_asked():
    asked(9)

def test_late():
    assert late(4) and not late(3)

def test_doubled():
    assert doubled(2) == 4

def test_down():
    assert down(3) == 0

def test_wrong_anyway():
    assert doubled(2) == 5
"""
SETTINGS = """
[tool.pytest.ini_options]
pythonpath = ["."]
addopts = ["--import-mode=importlib"]
"""
PATH = "shop/limits.py"
# What the map would hold: which test runs which line of the module.
RUNS = {"test_late": [8], "test_doubled": [12, 14], "test_down": [22, 23, 24], "test_wrong_anyway": [12, 14]}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for name, text in ((PATH, SOURCE), ("tests/test_limits.py", TESTS), ("pyproject.toml", SETTINGS)):
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def desk(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Copy]:
    """One copy of the project, with nothing in it but pytest itself."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    with copies(project, tmp_path / "work", 1, warm=("pytest",)) as (only,):
        yield only


def known() -> CoverageMap:
    names = {name: f"tests/test_limits.py::{name}" for name in RUNS}
    lines: dict[int, set[str]] = {}
    for name, ran in RUNS.items():
        for line in ran:
            lines.setdefault(line, set()).add(names[name])
    return CoverageMap(dict.fromkeys(names.values(), 0.01), {PATH: lines})


def mutant(project: Path, line: int, words: str) -> Mutant:
    """The one mutant of a line whose words begin so."""
    found = [
        item
        for item in mutants_of(project / PATH, project)
        if item.line == line and item.change.words.startswith(words)
    ]
    assert len(found) == 1, [str(item) for item in found]
    return found[0]


def test_it_tells_what_tests_notice_from_what_they_do_not(project: Path, desk: Copy) -> None:
    wanted = [
        (4, "`3` becomes `4`", Fate.CAUGHT),
        (8, "`days > DAYS` becomes `days >= DAYS`", Fate.CAUGHT),
        (12, "`number < 0` becomes `number <= 0`", Fate.SURVIVED),
        (13, "`raise ValueError", Fate.NOT_COVERED),
        (14, "`number * 2` becomes `number / 2`", Fate.CAUGHT),
        (18, "`number + 1` becomes", Fate.NOT_COVERED),
    ]
    mutants = [mutant(project, line, words) for line, words, _ in wanted]
    hunt = Hunt(project, known(), second_seconds=0, package="shop")
    verdicts = list(hunt.hunt(mutants, [desk]))
    assert [verdict.fate for verdict in verdicts] == [fate for _, _, fate in wanted]
    assert verdicts[1].test == "tests/test_limits.py::test_late"
    # A test that fails without the mutant too is no witness; it is named and no longer asked.
    assert hunt.unreliable == {"tests/test_limits.py::test_wrong_anyway"}
    assert caught_share(verdicts) == 0.5
    assert "  shop/limits.py:12: `number < 0` becomes `number <= 0` [1 tests]" in report_lines(verdicts)
    assert (project / PATH).read_text(encoding="utf-8") == SOURCE
    assert (desk.root / PATH).read_text(encoding="utf-8") == SOURCE


def test_what_no_longer_ends_is_killed_and_counts_as_noticed(project: Path, desk: Copy) -> None:
    endless = mutant(project, 23, "`number -= 1` becomes `number += 1`")
    hunt = Hunt(project, known(), 0, first_seconds=0.5, grace=0.5, package="shop")
    (verdict,) = hunt.hunt([endless], [desk])
    assert verdict.fate is Fate.TIMED_OUT
    assert caught_share([verdict]) == 1


def test_a_second_look_asks_those_that_were_not_asked(
    project: Path, desk: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.benchmarks.mutants.hunt.FIRST_TESTS", 1)
    ran = known()
    idle = "tests/test_limits.py::test_asked"
    ran.tests[idle] = 0.001
    ran.lines[PATH][8].add(idle)
    one = mutant(project, 8, "`days > DAYS` becomes `days >= DAYS`")

    def fate(second_seconds: float) -> Verdict:
        (verdict,) = Hunt(project, ran, second_seconds, package="shop").hunt([one], [desk])
        return verdict

    assert (fate(0).fate, fate(0).tests) == (Fate.SURVIVED, 1)
    assert (fate(5).fate, fate(5).tests) == (Fate.CAUGHT, 2)


def test_who_says_the_function_looks_first(project: Path) -> None:
    """Himself or by way of a function of his own file, however fast others are who run it unawares."""
    ran = known()
    for number, name in enumerate(("test_down", "test_asked", "test_late")):
        ran.tests[f"tests/test_limits.py::{name}"] = number
        ran.lines[PATH][8].add(f"tests/test_limits.py::{name}")
    one = mutant(project, 8, "`days > DAYS` becomes `days >= DAYS`")
    order = [test.rpartition("::")[2] for test in Hunt(project, ran, 0, package="shop").covering(one)]
    assert order == ["test_asked", "test_late", "test_down"]


def test_a_seed_always_samples_the_same_and_another_another(project: Path) -> None:
    first, again, other = ([str(item) for item in sample(project, ["shop"], seed, 5)] for seed in (1, 1, 2))
    assert first == again != other
    everything = sample(project, ["shop"], 1, 100)
    assert [item.line for item in everything] == [4, 8, 12, 13, 14, 18, 22, 23, 24]


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("x = a < b", ["x = (a <= b)", "x = (a >= b)"]),
        ("x = a == b", ["x = (a != b)"]),
        ("x = a in (b, c)", ["x = (a not in (b, c))", "x = a in ((c,))", "x = a in ((b,))"]),
        ("x = a and b", ["x = (a or b)", "x = (b)", "x = (a)"]),
        ("x = not a", ["x = (a)"]),
        ("x = a + b", ["x = (a - b)"]),
        ("x = 3", ["x = (4)", "x = (2)"]),
        ("x = True", ["x = (False)"]),
        ("x = 'late'", ["x = ('late~')"]),
        ("x = a if b else c", ["x = (c if b else a)"]),
        ("x = f(a, b=c)", ["x = (f(a))"]),
        ("x = min(a)", ["x = (max(a))"]),
        ("x = sorted(a, key=b)", ["x = (sorted(a))", "x = (list(a))"]),
        ("x = [a for a in b if c]", ["x = ([a for a in b])"]),
        ("x = q.where(a, b)", ["x = (q.where(b))", "x = (q.where(a))"]),
        ("x = q.order_by(a)", ["x = (q)"]),
        ("f(a)", ["pass"]),
        ("if a:\n    pass", ["if (False):\n    pass", "if (True):\n    pass"]),
        ("for a in b:\n    pass", ["for a in ():\n    pass"]),
        ("def f() -> bool:\n    return a", ["def f() -> bool:\n    return (not a)"]),
        ("def f() -> str:\n    return a", ["def f() -> str:\n    return ''"]),
        ("def f() -> tuple[int, ...]:\n    return a", ["def f() -> tuple[int, ...]:\n    return ()"]),
        ("def f():\n    raise a", ["def f():\n    pass"]),
        ("def f():\n    yield a", ["def f():\n    yield from ()"]),
        ("def f(x):\n    x.y = a", ["def f(x):\n    pass"]),
        ("try:\n    pass\nexcept (A, B):\n    pass", ["try:\n    pass\nexcept ((B,)):\n    pass"]),
    ],
)
def test_the_mistakes_it_knows(tmp_path: Path, source: str, changed: list[str]) -> None:
    found = changes(tmp_path, source)
    assert found[: len(changed)] == changed
    for text in found:
        ast.parse(text)


@pytest.mark.parametrize(
    "source",
    [
        '"""A module."""',
        "from __future__ import annotations",
        "x: tuple[int, 3]",
        "def f(a: 'str' = None) -> 'str': ...",
        "def f(a):\n    assert a > 3",
        "def f(self):\n    _log.debug('seen', 3)",
        "class P(Protocol):\n    def f(self) -> int:\n        return 3",
        "class C:\n    def __repr__(self) -> str:\n        return 'C'",
        "if TYPE_CHECKING:\n    x = 3",
        "@dataclass(frozen=True)\nclass C:\n    a: int",
        "x = f'{a + 1}'",
        "__all__ = ['a']",
    ],
)
def test_what_no_test_could_notice_is_left_alone(tmp_path: Path, source: str) -> None:
    assert changes(tmp_path, source) == []


def changes(folder: Path, source: str) -> list[str]:
    path = folder / "module.py"
    path.write_text(dedent(source), encoding="utf-8")
    return [item.source for item in mutants_of(path, folder)]
