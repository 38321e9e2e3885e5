"""Makes the use cases of a return's last steps when they are first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kjxd_desktop.usecases.accept import Accept
    from kjxd_desktop.usecases.exchange import ReturnFileReader
    from kjxd_desktop.usecases.ports import Clock, PlanSource, Store
    from kjxd_desktop.usecases.sent_files import SentFiles
    from kjxd_desktop.usecases.sign_off import SignOff


def make_sign_off(store: Store, clock: Clock) -> SignOff:
    """签报."""
    from kjxd_desktop.usecases.sign_off import SignOff

    return SignOff(store, clock)


def make_accept(store: Store) -> Accept:
    """接收, and opening again."""
    from kjxd_desktop.usecases.accept import Accept

    return Accept(store)


def make_sent_files(store: Store, reader: ReturnFileReader, plans: PlanSource) -> SentFiles:
    """Submitted workbooks against history."""
    from kjxd_desktop.usecases.sent_files import SentFiles

    return SentFiles(store, reader, plans)
