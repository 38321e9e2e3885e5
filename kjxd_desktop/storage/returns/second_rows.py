"""Reading and writing what second persons keyed (double entry)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, and_, insert, select, update

from kjxd_desktop.domain.returns.returns import ReturnKey
from kjxd_desktop.domain.returns.second_entry import SecondEntry
from kjxd_desktop.storage import mapping
from kjxd_desktop.storage.history.history import HistoryRows
from kjxd_desktop.storage.returns.keys import return_id, same_return
from kjxd_desktop.storage.tables import returns, second_entries


class SecondRows:
    """The part of a unit of work that knows double entry."""

    def __init__(self, connection: Connection, history: HistoryRows) -> None:
        self._connection = connection
        self._history = history

    def entries(self, key: ReturnKey) -> Mapping[str, SecondEntry]:
        """What was keyed again, by indicator."""
        query = select(second_entries).join(returns).where(same_return(key))
        return {
            row.indicator: mapping.second_entry_from(row.content) for row in self._connection.execute(query)
        }

    def put(self, key: ReturnKey, code: str, second: SecondEntry) -> None:
        """Keep what was keyed again, or how the difference was settled, with its history line."""
        row_id = return_id(self._connection, key)
        where = and_(second_entries.c.return_id == row_id, second_entries.c.indicator == code)
        old = self._connection.scalar(select(second_entries.c.content).where(where))
        new = mapping.second_entry_json(second)
        if old == new:
            return
        if old is None:
            self._connection.execute(
                insert(second_entries).values(return_id=row_id, indicator=code, content=new)
            )
        else:
            self._connection.execute(update(second_entries).where(where).values(content=new))
        self._history.record("second_entry", old, new, key=key, code=code)
