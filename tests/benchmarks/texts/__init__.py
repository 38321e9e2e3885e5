"""Random texts there and back: what is typed, kept, exported, saved again by another program and imported is the same.

``draw`` makes texts of all planes with the traps of spreadsheets in them, ``carry`` puts them through the program's
own gate into a county's returns and takes the workbooks in at the city. A text that differs there, or a workbook that
is told to have been changed, is a breach.
"""
