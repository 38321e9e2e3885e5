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
    11. Targets of a scope are of another scope for everybody, unless the indicator's name says it (市级 in
        市级财政科技支出…); where all are of another one, the word is other_scope.
    12. ``year`` is that of the final binding (or only) target, also where the target is only shown (not
        split) or is a text, which has ``measured_against`` too; forecasts lead to it. Targets of another
        scope have neither: forecasts lead to the plan's end.
Paths
    13. Before the end of the baseline's year there is no path. After the last target the path stays there.
    14. Without a baseline a single target is asked from its own end on; a running total's own year's
        target is asked in its quarters.
    15. Of a rank nothing is required before the first target's year: no path, whatever the baseline.
    16. An annual indicator without any figure has the path of the newest year published.
    17. With two targets ``path`` is the binding one; without it there is no path for the light.
Lights
    18. First not_due and overdue, for what is measured; then nothing reported and logic errors (``none``);
        then what is not measured in its own word (not_split, other_scope), also with a stale figure, and
        text_target; then met; then no_path. A text marked as achieved is met whatever the figure, unless it
        has a logic error.
    19. A carried figure is overdue when the next year's is due. A figure typed or taken on in the period is
        not, however old, unless it is not newer than the baseline.
    20. Without a figure newer than the baseline the one after it is waited for; without a baseline and a
        figure nothing is known to be due, and the light is ``none``; so it is of 不适用 once it is due.
    21. Ytd ratios are judged like stocks; without a baseline there is no share: reached is ahead.
    22. Reached for good means every kind's final target, so that a binding one beyond the expected counts.
Forecast
    23. Of ranks none. Ytd ratios and composites by their stored points; the running year is the period's,
        by its latest quarter; a share that is not above 0 gives no total. Shown to the indicator's decimals.

Not drawn: indicators without any target, baselines after a target.
"""
