"""A check code as a QR code, for the form on the screen and the workbook: a drawing without Qt.

What a scanner reads is the code as it is printed, hyphens included, so that it types what a person would. The
letters, digits and hyphens of a code are QR's alphanumeric mode: the 29 characters of a code take the second
smallest symbol, 25 modules wide, at level Q, where a quarter of the symbol may be lost to a stamp or a fold.
"""

from __future__ import annotations

import io

# ISO/IEC 18004 asks for four light modules around the symbol; scanners miss it without them.
QUIET_MODULES = 4


def qr_png(code: str, pixels: int) -> bytes:
    """The QR code of a text as a PNG, black on white, with its quiet zone; the same text is the same bytes.

    Args:
        code: What a scanner shall type; not empty.
        pixels: Width of one module.
    """
    # Only a code that is shown needs it: the library brings in the web's protocols for its data addresses.
    import segno

    # The level is raised as far as the symbol does not grow: from M to Q for a check code.
    symbol = segno.make_qr(code, error="M", boost_error=True)
    file = io.BytesIO()
    symbol.save(file, kind="png", scale=pixels, border=QUIET_MODULES)
    return file.getvalue()
