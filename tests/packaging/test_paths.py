"""Folders of data and of the program's own files."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kjxd_desktop import paths


def _installed(monkeypatch: pytest.MonkeyPatch, site: Path) -> Path:
    """Pretend that the package is installed under ``site``; returns the package's folder."""
    package = site / "kjxd_desktop"
    package.mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(package / "paths.py"))
    return package


def test_the_variable_names_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "U盘"))
    assert paths.data_dir() == tmp_path / "U盘"
    assert paths.log_dir() == tmp_path / "U盘" / "logs"
    assert paths.backup_dir() == tmp_path / "U盘" / "backups"
    assert paths.default_workspace() == tmp_path / "U盘" / "科技行动监测.kjxd"


def test_asking_for_folders_makes_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "data"))
    paths.log_dir()
    paths.backup_dir()
    paths.default_workspace()
    assert list(tmp_path.iterdir()) == []


def test_a_relative_data_folder_stays_where_it_was_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(paths.DATA_VARIABLE, "data")
    assert paths.data_dir() == tmp_path / "data"


def test_without_the_variable_the_folder_is_the_persons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(paths.DATA_VARIABLE)
    assert paths.data_dir().name == "kjxd-desktop"
    assert paths.data_dir().is_relative_to(Path.home())


def test_the_source_tree_has_plans_and_migrations_beside_the_package() -> None:
    root = Path(__file__).parents[2]
    assert paths.resources_dir() == root / "resources"
    assert (paths.resources_dir() / "plans").is_dir()
    assert paths.migrations_dir() == root / "migrations"
    assert (paths.migrations_dir() / "env.py").is_file()


def test_a_wheel_has_them_inside_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    inside = _installed(monkeypatch, tmp_path) / "resources"
    inside.mkdir()
    (tmp_path / "resources").mkdir()
    (tmp_path / "pyproject.toml").touch()
    assert paths.resources_dir() == inside


def test_a_frozen_program_has_them_in_its_bundle(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bundled = tmp_path / "bundle" / "kjxd_desktop" / "migrations"
    bundled.mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "bundle"), raising=False)
    assert paths.migrations_dir() == bundled
    assert paths.resources_dir() == Path(__file__).parents[2] / "resources"


def test_a_strangers_folder_beside_an_installed_package_is_not_ours(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = _installed(monkeypatch, tmp_path)
    (tmp_path / "resources").mkdir()
    with pytest.raises(FileNotFoundError) as raised:
        paths.resources_dir()
    assert str(package / "resources") in str(raised.value)
    assert str(tmp_path / "resources,") not in str(raised.value)
