"""An independent reference for where an indicator stands, and random cases to compare the program with.

    python -m tests.reference --cases 10000 --seed 1

Written from sections 1, 2 and 5 of the rules by somebody who had not read the program's own arithmetic
(`domain/pace`, `domain/checks`, the lines of the grid); in fractions, with no code of the program but its
enumerations and records. Where the rules leave a choice, the reference takes these readings:

Figures
    1. A figure of year Y is due in the quarter of its release month of Y + 1; without a month, in its Q1.
       So "until the next Q1" is the Q1 after the year that follows the figure's, whenever it was typed.
    2. An annual figure without a data year speaks of the newest year published by its own period.
    3. What is carried forward is the newest data year's figure, of that year the latest return's. Marks
       are no figures and are not carried; 不适用 ends what was carried, 未公布 does not.
    4. A mark typed in the period stands there instead of a carried figure.
    5. Both earlier figures of an annual one are the figure of the year before its own, as the latest
       return up to the period has it; a baseline is no figure of a return.
    6. A change in percent is told as percent (11.1111), against the size of the earlier figure, none from 0;
       composites move in points like ratios; places are new − old.
    7. Below zero nothing but a composite can be: a logic error.
Targets
    8. The city is measured against its plan ("plan"), whatever it measures.
    9. A unit's own targets: those it was given, else those that the document splits off for it. Ranks and
       composites of another level without an own target are not split.
    10. The baseline of one's own stands before the plan's where the plan's target is the measure; with own
       targets only the own one counts.
    11. Targets of a scope are of another scope for everybody; where all are, the word is other_scope.
    12. ``year`` is that of the final binding (or only) target, also where the target is only shown
        (not split, text, another scope); forecasts lead to it.
Paths
    13. Before the end of the baseline's year there is no path. After the last target the path stays there.
    14. Without a baseline a single target is asked from its own end on; a running total's own year's
        target is asked in its quarters.
    15. A rank of which no target is due yet is to be held at the baseline.
    16. An annual indicator without any figure has the path of the newest year published.
    17. With two targets ``path`` is the expected one, for ``behind`` the binding one.
Lights
    18. Nothing reported and a logic error are ``none`` before any other word, but for annual figures that
        are measured: they are not_due or overdue.
    19. What is not measured has its own word (not_split, other_scope, text_target) also for a stale figure.
    20. A figure typed or taken on in the period is not overdue, however old, unless it is not newer than
        the baseline; a carried one is when the next year's is due.
    21. The next figure is the one after the newest of figure and baseline; with neither nothing is known to
        be due, and the light is ``none``.
    22. Ytd ratios are judged like stocks; without a baseline there is no share: reached is ahead.
    23. Reached for good means every kind's final target, so that a binding one beyond the expected counts.
Forecast
    24. Of ranks none. Ytd ratios and composites by their stored points; the running year is the period's,
        by its latest quarter; a share that is not above 0 gives no total. Shown to the indicator's decimals.

Not drawn: text targets marked as achieved, indicators without any target, baselines after a target.
"""
