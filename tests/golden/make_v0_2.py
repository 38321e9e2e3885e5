"""Makes the golden files of v0.2: ``python -m tests.golden.make_v0_2 OUT``. They are never made anew (README beside)."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from kjxd_desktop.bootstrap.office import Office
from kjxd_desktop.domain.returns.progress import Progress, TaskStatus
from kjxd_desktop.domain.returns.returns import Signature
from kjxd_desktop.usecases.filling.edits import RemarkEdit, TextEdit
from tests.golden.answers import pack
from tests.helpers.offices import KEY, answer_all, city_office, county_office, fill_clean

TASK = "A2-7"


def main() -> None:
    """A county's two rounds of a quarter, and a city that took in the first."""
    out = Path(sys.argv[1]).resolve()
    (out / "returns").mkdir(parents=True)
    (out / "workspaces").mkdir()
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), out)


def make(folder: Path, out: Path) -> None:
    """Everything, in the folder first."""
    told = {}
    with county_office(folder) as county, city_office(folder) as city:
        fill(county, folder)
        for number in (1, 2):
            if number == 2:
                county.actions.send.withdraw(KEY, "补了一家")
                county.actions.fill.edit(KEY, "I13", TextEdit("13"), RemarkEdit("note", "=含 1 家待公示"))
                answer_all(county)
            file = folder / f"2024Q3-{number}.xlsx"
            sent = county.actions.send.submit(KEY, file)
            preview = city.actions.receive.preview(file)
            if number == 1:
                city.actions.receive.apply(preview, city.actions.receive.accept_all(preview))
            told[file.name] = answer(county, sent.check_code)
            for path in (file, sent.evidence):
                assert path is not None
                shutil.copyfile(path, out / "returns" / path.name)
    for name in ("county", "city"):
        pack(folder / f"{name}.kjxd", out / "workspaces" / f"{name}.kjxd.gz")
    (out / "answers.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


def fill(county: Office, folder: Path) -> None:
    """Cells of several kinds, tasks, evidence, names."""
    do = county.actions
    fill_clean(county)
    do.fill.edit(KEY, "I12", TextEdit("1.50"), RemarkEdit("note", "含合同登记 2 项\n次行"))
    do.report.put(KEY, TASK, Progress(TaskStatus.IN_PROGRESS, 60, "引进品种 6 个", "", "测产"))
    photo = folder / "现场照片.jpg"
    photo.write_bytes(b"picture")
    do.report.attach(KEY, TASK, photo)
    answer_all(county)
    do.fill.set_signature(KEY, Signature("张建平", "李秀梅", "王芳", "0943-1234567", "2024-10-08"))


def answer(county: Office, code: str) -> dict[str, object]:
    """What was sent: code, digest, figures."""
    with county.store.reading() as uow:
        sent = uow.exchange.last_submission(KEY)
        entries = uow.returns.entries(KEY)
    assert sent is not None
    figures = {item: str(entry.value) for item, entry in sorted(entries.items()) if entry.value is not None}
    return {"check_code": code, "digest": sent.digest, "round": sent.round, "figures": figures}


if __name__ == "__main__":
    main()
