"""A city and its counties do things to each other through files, in any order: what must hold after every step?

    python -m tests.benchmarks.interleavings --seed 20261130 --runs 200 [--steps 25] [--real 20] [--keep-going]

*The world.* One city and two counties, each with a workspace of its own on a real file, all on the built-in
plan and one quarter. A run is a list of steps drawn from a seed. A county types, clears, marks, remarks,
explains, reports a task, checks, signs, takes its signature back, submits, withdraws, puts back what a line of
history held, fills the city's template without the program. The city sets targets, deadlines and values it
publishes, writes templates, types into a unit's draft, accepts, reopens, corrects with a reason, puts back.
Either takes in any file that was ever written: an old one, a second time, the other county's, its own, a copy,
one that another program saved again, one changed by hand. The city takes a file as ``--accept`` does or with a
decision on every line. Either closes its workspace and opens it again. The clock goes on an hour with each step.

*Files* are records handed over without a spreadsheet, which says the same and is ten times faster; one run of
every ``--real`` writes and reads real workbooks in their stead (0 for none).

*What must hold* after each step is written in ``rules``: a refusal (``ProblemError``, ``FileFault``) is a legal
outcome and changes nothing; a step changes no return but its own; what the city holds is what ``truth``, a
second and much simpler telling of the merge, says. Whatever else is raised is a breach too.

*A breach* is told with its seed and with the shortest list of steps found that still ends in the same kind of
breach: parts of the list, then single steps, are left out as long as it does. Exit status 1.
"""
