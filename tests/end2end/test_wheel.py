"""The wheel alone is the whole program: built from the sdist, installed, run far from the source tree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = ("resources", "migrations")

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@dataclass(frozen=True, slots=True)
class Built:
    """What the build made, and where the wheel was installed."""

    sdist: Path
    site: Path


def _run(*arguments: str, cwd: Path, env: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _plain_environment(**more: str) -> dict[str, str]:
    """Without the variables by which the tests measure coverage of the source tree."""
    kept = {
        name: text for name, text in os.environ.items() if not name.startswith(("COV", "PYTEST", "PYTHON"))
    }
    return {**kept, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", **more}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """An sdist of the source tree, the wheel made from it, the wheel installed."""
    out = tmp_path_factory.mktemp("dist")
    site = tmp_path_factory.mktemp("site")
    plain = _plain_environment()
    # Offline: the build tools are the installed ones, and nothing is looked up for the installation.
    _run("-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT), cwd=out, env=plain)
    (wheel,) = out.glob("*.whl")
    (sdist,) = out.glob("*.tar.gz")
    _run(
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--no-index",
        "--target",
        str(site),
        str(wheel),
        cwd=out,
        env=plain,
    )
    return Built(sdist, site)


@pytest.fixture
def installed_environment(built: Built, tmp_path: Path) -> dict[str, str]:
    """Finds the installed wheel before the source tree."""
    return _plain_environment(PYTHONPATH=str(built.site), KJXD_DATA_DIR=str(tmp_path / "data"))


def _files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.parametrize("name", SHIPPED)
def test_every_resource_and_migration_is_in_the_wheel(built: Built, name: str) -> None:
    assert _files(built.site / "kjxd_desktop" / name) == _files(ROOT / name)


def test_the_wheel_brings_nothing_else_into_the_site(built: Built) -> None:
    names = {path.name for path in built.site.iterdir() if path.name != "bin"}
    assert {name for name in names if not name.endswith(".dist-info")} == {"kjxd_desktop"}


def test_the_sdist_holds_tests_and_packaging_too(built: Built) -> None:
    with tarfile.open(built.sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "tests/end2end/test_wheel.py",
        "packaging/run.sh",
        "packaging/requirements.lock",
        "resources/plans/baiyin-2022/plan.toml",
        "migrations/env.py",
        "LICENSE",
    } <= names


def test_the_installed_program_finds_its_own_files(
    built: Built, installed_environment: dict[str, str], tmp_path: Path
) -> None:
    code = "from kjxd_desktop import paths; print(paths.resources_dir()); print(paths.migrations_dir())"
    places = _run("-c", code, cwd=tmp_path, env=installed_environment).splitlines()
    assert places == [str(built.site / "kjxd_desktop" / name) for name in SHIPPED]


def test_the_installed_program_lists_plans(installed_environment: dict[str, str], tmp_path: Path) -> None:
    answer = _run("-m", "kjxd_desktop", "plans", "list", "--json", cwd=tmp_path, env=installed_environment)
    assert "baiyin-2022" in {plan["id"] for plan in json.loads(answer)}


def test_the_installed_program_makes_a_workspace(
    installed_environment: dict[str, str], tmp_path: Path
) -> None:
    new = ("new", "county.kjxd", "--role", "county", "--unit", "620422", "--plan", "baiyin-2022")
    _run("-m", "kjxd_desktop", *new, cwd=tmp_path, env=installed_environment)
    status = ("status", "--workspace", "county.kjxd", "--period", "2024Q3", "--json")
    answer = json.loads(_run("-m", "kjxd_desktop", *status, cwd=tmp_path, env=installed_environment))
    assert (answer["plan"], answer["unit"]) == ("baiyin-2022", "620422")
