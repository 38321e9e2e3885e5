"""Small mistakes put into the program, one at a time: how many of them do the tests notice?

    python -m tests.benchmarks.mutants --seed 20261130 --runs 300 [--paths P …] [--jobs 2] [--list]
        [--map FILE] [--second SECONDS]

A *mutant* is the program with one small change: another comparison, a boundary moved by one, a guard
dropped, a refusal or a call left out, an argument, a condition of a query or an element of a set missing, a
branch taken always or never, nothing returned, a code misspelt. The lines of ``kjxd_desktop/domain``,
``usecases``, ``storage`` and ``plan_text`` (what there is of them, with all folders below) at which such a
change can be made are sampled, each as likely as another; a seed always gives the same sample of the same
text. ``sites`` says what is left out because no test could notice it.

*Which tests look.* A map of which test runs which line is recorded first, under coverage, each test file in
a process of its own (minutes; ``--map FILE`` keeps it and records only what changed since). A mutant is
shown to test functions that run its statement until one fails: to 30, first those that say the name of its
function, then those of whose lines the largest share lies in its file, the faster before the slower, for 15
seconds of processor time; if none fails, to the next 150 for ``--second`` seconds (15 unless said; 0 for none). A line that runs when its module is imported
is looked at by the tests that run lines which say a name it gives, or whose file says it or imports the
module. Tests that drive the program in a process of its own are not seen by the map and take no part, so
what only they would notice counts as not noticed.

*What counts.* The share caught is caught ÷ sampled. A line that no test runs counts as survived. A run that
takes twenty seconds of processor time more than it may (or waits for five minutes) counts as caught and is
told apart. A test that fails without the mutant too is no witness: it is named and left out.

*Where.* In copies of the tree, one for each job, in a temporary folder; the checkout is only read. In each
copy a process waits that has imported the heavy packages (not ours) and forks a child for every run; so a
mutant costs about a second. That needs ``fork``: Linux or macOS.

A survivor is a question, not always a fault: some changes are none (``x[:500]`` of what is never so long).
"""
