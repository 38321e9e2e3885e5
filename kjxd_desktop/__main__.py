"""``python -m kjxd_desktop``."""

from __future__ import annotations

import sys

from kjxd_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
