#!/bin/sh
# Measures speed and memory as ratios to a floor measured in the same run, and prints a table.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"
. "$root/packaging/bootstrap_env.sh"
prepare_environment dev
prepare_system
QT_QPA_PLATFORM=offscreen exec .venv/bin/python -m tests.benchmarks.run "$@"
