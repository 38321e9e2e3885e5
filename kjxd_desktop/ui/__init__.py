"""The window. Every widget gets a :class:`kjxd_desktop.ui.style.Theme` in its constructor."""
