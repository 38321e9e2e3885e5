#!/bin/sh
# All checks and tests, those that fail fastest first.
#
#   sh packaging/test.sh                      everything
#   sh packaging/test.sh tests/unit -k x      only these tests; the arguments go to pytest
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/packaging/bootstrap_env.sh"

heading() {
    printf '\n==== %s ====\n' "$1"
}

# End-to-end tests click in a real window (Xvfb, openbox, xdotool, xwininfo), save workbooks again with
# another program (LibreOffice) and look into PDF files (poppler).
prepare_test_tools() {
    missing=""
    for pair in Xvfb:xvfb openbox:openbox xdotool:xdotool xwininfo:x11-utils \
        soffice:libreoffice-calc pdftotext:poppler-utils; do
        command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair#*:}"
    done
    # shellcheck disable=SC2086 # a list of names
    [ -z "$missing" ] || install_packages "测试用的工具" "tools of the tests" $missing
}

prepare_environment dev
prepare_system
cd "$root"

if [ $# -gt 0 ]; then
    exec "$venv/bin/python" -m pytest "$@"
fi

prepare_test_tools

heading "ruff format"
"$venv/bin/ruff" format --check .
heading "ruff check"
"$venv/bin/ruff" check .
heading "mypy"
"$venv/bin/mypy"
heading "import-linter"
"$venv/bin/lint-imports"
heading "vulture"
"$venv/bin/vulture"
heading "pip check"
"$venv/bin/python" -m pip check
heading "pytest"
rm -f .coverage .coverage.*
# Keys are sent to a real window at a person's pace: not beside other tests. The rest shares two processes.
keyboard=tests/end2end/test_keyboard_quarter.py
"$venv/bin/python" -m pytest --cov --cov-report= --cov-fail-under=0 "$keyboard"
"$venv/bin/python" -m pytest --cov --cov-append --cov-report= --cov-fail-under=0 --numprocesses 2 \
    --ignore "$keyboard"
heading "coverage"
"$venv/bin/coverage" report
heading "coverage of the rooms that keep data"
# Every branch. What only SQLite has (storage/sqlite) meets damage of any kind, not each kind by its own test.
storage=kjxd_desktop/storage
"$venv/bin/coverage" report --fail-under=100 --include="kjxd_desktop/usecases/filling/*,$storage/*.py,\
$storage/exchange/*,$storage/history/*,$storage/people/*,$storage/plans/*,$storage/returns/*"
