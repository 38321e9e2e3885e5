"""Python's search for garbage, put off while the window starts.

Nearly everything a start makes stays; looking for garbage among it three or four times took a tenth of it.
"""

from __future__ import annotations

import gc


def put_off() -> None:
    """Look for no garbage until :func:`go_on`."""
    gc.disable()


def go_on() -> None:
    """Look for garbage again, only among what is made from now on; nothing where it was not put off."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
