"""The window.

Nothing here is global: every widget gets a :class:`kjxd_desktop.ui.tools.style.Theme` (colours, fonts, letter
size) and, where it shows icons, :class:`kjxd_desktop.ui.tools.icons.Icons` in its constructor. What Qt draws by
itself is dressed once by :func:`kjxd_desktop.ui.tools.style.apply_theme`; a widget chooses its look there through
the properties ``kind``, ``role`` and ``state``.

Pages speak through :class:`kjxd_desktop.ui.tools.notices.Notices`, work off the window's thread through
:class:`kjxd_desktop.ui.tools.tasks.TaskRunner`, and hear of writes through :class:`kjxd_desktop.ui.tools.changes.ChangeBus`.
"""
