"""Reading 任务, 目标事项 and 原文: tasks, items of boxes, goals, the document's text."""

from __future__ import annotations

from kjxd_desktop.domain.plan.names import NameBook
from kjxd_desktop.domain.plan.plan import BOX_LIST, Box, BoxItem
from kjxd_desktop.plans.book_draft import Draft, Entry, Record, give_codes
from kjxd_desktop.plans.book_rows import document_line, split_heading

_NOT_FOR_BOXES = ("lead", "coop", "responsible")
_TIMES = ("deadlines", "recurrences")


class TaskRows:
    """Reads the 任务 sheet.

    Attributes:
        names: Tasks and items of boxes by code and title.
    """

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self.names = NameBook(())
        self._siblings: list[tuple[Entry, Entry]] = []

    def read(self) -> Record:
        """The tables ``tasks`` and ``boxes`` of the plan document."""
        draft = self._draft
        entries = [Entry(row) for row in draft.rows("tasks")]
        for entry in entries:
            draft.needs(entry, "list")
        boxed = [entry for entry in entries if _of_box(entry)]
        tasks = draft.tables["tasks"] = [entry for entry in entries if not _of_box(entry)]
        for entry in tasks:
            self._task(entry)
        give_codes(draft, tasks, "T")
        draft.lose("tasks", tasks, "title")
        boxes, items = self._boxes(boxed)
        names = [(str(entry.record["code"]), (str(entry.record["title"]),)) for entry in tasks]
        self.names = NameBook([*names, *items])
        for entry in (*tasks, *draft.tables["boxes"]):
            key = "parent" if "list" in entry.record else "task"
            entry.record[key] = draft.refer(entry, "parent", self.names, "tasks", "unknown_task")
        for start, entry in self._siblings:
            self._same_parent(start, entry)
        return {"tasks": [entry.record for entry in tasks], "boxes": boxes}

    def _task(self, entry: Entry) -> None:
        draft = self._draft
        draft.texts(entry, "code", "group", "no", "source")
        draft.needs(entry, "title")
        title = str(entry.record["title"])
        if title:
            draft.default(entry, "text", title, title[:20])
        else:
            # The missing title was told; a missing text is then no mistake of its own.
            entry.record["text"] = draft.value(entry, "text") or "…"
        draft.maybe(entry, *_NOT_FOR_BOXES, *_TIMES)

    def _boxes(self, entries: list[Entry]) -> tuple[list[Record], list[tuple[str, tuple[str, ...]]]]:
        """The boxes with their items, and code and title of each item."""
        draft = self._draft
        first: dict[str, Entry] = {}
        members: dict[str, list[Entry]] = {}
        for entry in entries:
            heading = draft.text(entry, "group")
            if not heading:
                if "group" not in entry.unread:
                    draft.tell(entry.row, "group", "box_without_group")
                heading = next(reversed(first), "")
            start = first.setdefault(heading, Entry(entry.row))
            members.setdefault(heading, []).append(entry)
            self._siblings.append((start, entry))
        draft.tables["boxes"] = list(first.values())
        boxes: list[Record] = []
        named: list[tuple[str, tuple[str, ...]]] = []
        for number, (heading, start) in enumerate(first.items(), start=1):
            no, title = split_heading(heading)
            places = tuple(enumerate(members[heading], start=1))
            items = tuple(self._item(entry, no, place) for place, entry in places)
            draft.nested.update((("boxes", number, f"items #{place}"), entry) for place, entry in places)
            start.record.update(no=no, title=title, items=[entry.record for _, entry in places])
            tasks = Box(no, title, items).tasks(number)
            for entry, task in zip(members[heading], tasks, strict=True):
                named.append((task.code, (task.title,)))
                self._shown(entry, {"code": task.code, "title": task.title, "source": task.source})
            boxes.append(start.record)
        return boxes, named

    def _item(self, entry: Entry, no: str, place: int) -> BoxItem:
        draft = self._draft
        for key in _NOT_FOR_BOXES:
            if key in entry.row.cells:
                draft.tell(entry.row, key, "not_for_boxes")
        text = draft.text(entry, "text")
        if not text and "text" not in entry.unread:
            draft.tell(entry.row, "text", "missing")
        written = draft.text(entry, "no").removeprefix(f"{no}-")
        entry.record = {"no": written or str(place), "text": text}
        draft.maybe(entry, *_TIMES)
        return BoxItem(written or str(place), text)

    def _shown(self, entry: Entry, given: dict[str, str]) -> None:
        """What an item's row says of these is made by rule; other words are not taken."""
        for key, text in given.items():
            written = self._draft.text(entry, key)
            if written and written != text:
                self._draft.note(entry.row, key, "made_by_rule", text=text[:20])

    def _same_parent(self, start: Entry, entry: Entry) -> None:
        said, wanted = (item.row.cells.get("parent") for item in (entry, start))
        if (
            said is not None
            and "parent" not in start.unread
            and (wanted is None or said.text.strip() != wanted.text.strip())
        ):
            text = wanted.text.strip() if wanted is not None else ""
            self._draft.tell(entry.row, "parent", "box_parents_differ", text=text)


def _of_box(entry: Entry) -> bool:
    return entry.record["list"] == BOX_LIST and "list" not in entry.unread


def read_goals(draft: Draft, indicators: NameBook) -> list[Record]:
    """The table ``goals`` of the plan document."""
    entries = draft.tables["goals"] = [Entry(row) for row in draft.rows("goals")]
    for entry in entries:
        draft.texts(entry, "code", "value", "unit", "source")
        draft.needs(entry, "text", "subject")
        draft.maybe(entry, "year", "every_year", "units")
        key = "repeats_indicator"
        entry.record[key] = draft.refer(entry, key, indicators, "indicators", "unknown_code")
    give_codes(draft, entries, "G")
    return [entry.record for entry in entries]


def read_document(draft: Draft) -> str:
    """The plan document's text: a line for each row from the first to the last that says something."""
    lines: list[str] = []
    previous = 0
    for row in draft.rows("document"):
        if previous:
            lines += [""] * (row.number - previous - 1)
        entry = Entry(row)
        lines.append(document_line(draft.text(entry, "text")) if "text" in row.cells else "")
        previous = row.number
    return "\n".join(lines)
