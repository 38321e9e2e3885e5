"""The locks agree with pyproject.toml: everything needed, nothing more, exact versions."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUN = [Requirement(text) for text in PROJECT["dependencies"]]
DEV = [Requirement(text) for text in PROJECT["optional-dependencies"]["dev"]]


def _locked(name: str) -> dict[str, Requirement]:
    lines = (ROOT / "packaging" / name).read_text(encoding="utf-8").splitlines()
    found = [Requirement(line) for line in lines if line and not line.startswith(("#", "-r "))]
    return {canonicalize_name(each.name): each for each in found}


def _needed(requirements: Iterable[Requirement]) -> set[str]:
    """Names of all that the requirements pull in here, themselves included, from the installed metadata."""
    needed: set[str] = set()
    waiting = [(canonicalize_name(each.name), frozenset(each.extras)) for each in requirements]
    seen = set(waiting)
    while waiting:
        name, extras = waiting.pop()
        needed.add(name)
        for text in distribution(name).requires or ():
            below = Requirement(text)
            applies = below.marker is None or any(
                below.marker.evaluate({"extra": extra}) for extra in extras or {""}
            )
            step = (canonicalize_name(below.name), frozenset(below.extras))
            if applies and step not in seen:
                seen.add(step)
                waiting.append(step)
    return needed


@pytest.fixture(scope="module")
def run_lock() -> Mapping[str, Requirement]:
    """What the program runs with."""
    return _locked("requirements.lock")


@pytest.fixture(scope="module")
def dev_lock() -> Mapping[str, Requirement]:
    """What the tests run with, on top."""
    return _locked("requirements-dev.lock")


def test_the_run_lock_holds_what_the_program_needs_and_no_more(run_lock: Mapping[str, Requirement]) -> None:
    assert set(run_lock) == _needed(RUN)


def test_the_dev_lock_adds_what_the_tests_need_and_no_more(
    run_lock: Mapping[str, Requirement], dev_lock: Mapping[str, Requirement]
) -> None:
    assert set(dev_lock) == _needed(DEV) - set(run_lock)


def test_every_locked_version_is_exact_and_is_the_one_tested(
    run_lock: Mapping[str, Requirement], dev_lock: Mapping[str, Requirement]
) -> None:
    for name, locked in {**run_lock, **dev_lock}.items():
        assert str(locked.specifier) == f"=={distribution(name).version}", name


def test_the_locked_versions_are_the_ones_the_project_allows(
    run_lock: Mapping[str, Requirement], dev_lock: Mapping[str, Requirement]
) -> None:
    locks = {**run_lock, **dev_lock}
    for wanted in [*RUN, *DEV]:
        locked = str(locks[canonicalize_name(wanted.name)].specifier).removeprefix("==")
        assert wanted.specifier.contains(locked, prereleases=True), wanted
