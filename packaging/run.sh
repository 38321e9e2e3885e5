#!/bin/sh
# Start the program from a fresh clone.
#
#   sh packaging/run.sh                    the window; without a display, the tour
#   sh packaging/run.sh plans list         any command of kjxd-desktop
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/packaging/bootstrap_env.sh"

has_display() {
    [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]
}

# The tour draws the real window where nobody sees it, and leaves pictures and workbooks to look at.
run_tour() {
    out="$root/tour-output"
    say "没有图形界面，改为在演示数据上走一遍主要工作……" "No display: walking through the main job on demonstration data"
    QT_QPA_PLATFORM=offscreen "$venv/bin/kjxd-desktop" tour --out "$out"
    say "每一页的图片和做出的工作簿在：$out" "Pictures of every page and the workbooks made are in: $out"
    find "$out" -type f \( -name '*.png' -o -name '*.xlsx' \) | sort >&2
}

prepare_environment run
prepare_system

if has_display; then
    exec "$venv/bin/kjxd-desktop" "$@"
fi
case "${1:-}" in
    "") run_tour ;;
    --workspace | --workspace=*)
        stop "没有图形界面，打不开窗口。" "There is no display to open the window on." ;;
    *)
        export QT_QPA_PLATFORM=offscreen
        exec "$venv/bin/kjxd-desktop" "$@" ;;
esac
