"""The only place that joins storage, use cases, workbooks and window.

Heavy parts are imported where they are first needed: a command that only sets a value loads neither
Qt nor openpyxl, the window loads charts and workbooks when their page is opened.
"""
