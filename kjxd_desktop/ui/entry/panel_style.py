"""Style of the detail panel, from the theme's tokens."""

from __future__ import annotations

from kjxd_desktop.ui.tools.style import Theme


def panel_style(theme: Theme) -> str:
    """The panel's style sheet: tones of its labels, its boxes and rules."""
    palette = theme.palette
    small, title = round(12 * theme.scale), round(14 * theme.scale)
    tones = {
        "text": palette.text,
        "text2": palette.text2,
        "muted": palette.muted,
        "good": palette.good,
        "warn": palette.warn,
        "bad": palette.bad,
    }
    rules = [
        f"#entryPanel{{background:{palette.surface};border:1px solid {palette.border};border-radius:4px}}",
        "#entryPanelBody,#entryPanelArea{background:transparent}",
        f"#entryPanel QLabel{{font-size:{small}px;background:transparent;border:none}}",
        *(f'#entryPanel QLabel[tone="{tone}"]{{color:{colour}}}' for tone, colour in tones.items()),
        f'#entryPanel QLabel[tone="section"]{{color:{palette.text};font-weight:bold}}',
        f'#entryPanel QLabel[tone="title"]{{color:{palette.text};font-weight:bold;font-size:{title}px}}',
        f'#entryPanel QFrame[rule="true"]{{background:{palette.border};border:none}}',
    ]
    for tone, fill, line in (
        ("bad", palette.bad_bg, palette.bad),
        ("warn", palette.warn_bg, palette.warn_mark),
        ("text2", palette.subtle, palette.border),
    ):
        rules.append(
            f'#entryPanel QFrame[box="{tone}"]{{background:{fill};border:1px solid {line};border-radius:4px}}'
        )
        rules.append(f'#entryPanel QFrame[box="{tone}"] QLabel[tone="{tone}"]{{font-weight:bold}}')
    return "\n".join(rules)
