# shellcheck shell=sh
# Sourced by run.sh and test.sh, which set `root` to the project's folder, absolute.
#
# Makes .venv with exactly the locked packages, and sees to the system libraries and Chinese font that
# Qt needs. What was done once is noted in .venv, so that the next run finds nothing to do.
# Everything is said on stderr: stdout belongs to the program.

venv="$root/.venv"

# The Python packages locked here have wheels for these versions.
oldest_python="3.11"
newest_python="3.13"

qt_packages="libdbus-1-3 libegl1 libfontconfig1 libgl1 libglib2.0-0 libx11-xcb1 libxcb-cursor0
    libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0
    libxcb-sync1 libxcb-xfixes0 libxcb-xinerama0 libxcb-xkb1 libxkbcommon-x11-0 libxkbcommon0"
font_packages="fonts-noto-cjk"

# say CHINESE ENGLISH
say() {
    printf '%s\n%s\n' "$1" "$2" >&2
}

# stop CHINESE ENGLISH
stop() {
    say "$1" "$2"
    exit 1
}

# ---- system packages -------------------------------------------------------------------------------

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" -eq 0 ] || sudo -n true >/dev/null 2>&1
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --quiet --no-install-recommends "$@" </dev/null >&2
}

# install_packages CHINESE ENGLISH PACKAGE...: installs, or says what to install and fails.
install_packages() {
    chinese=$1 english=$2
    shift 2
    if may_install; then
        say "正在安装${chinese}……" "Installing $english: $*"
        # The list of packages may be missing (fresh containers) or old: fetch it, then once more.
        if apt_install "$@" || { as_root apt-get update --quiet </dev/null >&2 && apt_install "$@"; }; then
            return 0
        fi
    fi
    say "缺少${chinese}。请管理员执行（其他系统请装同样的软件）：" "Missing: $english. As administrator:"
    printf '    apt-get install %s\n' "$*" >&2
    return 1
}

# ---- .venv -----------------------------------------------------------------------------------------

# python_fits COMMAND
python_fits() {
    "$1" - "$oldest_python" "$newest_python" >/dev/null 2>&1 <<'PYTHON'
import sys
oldest, newest = (tuple(map(int, text.split("."))) for text in sys.argv[1:])
raise SystemExit(not oldest <= sys.version_info[:2] <= newest)
PYTHON
}

# Prints the path of the first Python that fits.
find_python() {
    for name in python3 python3.13 python3.12 python3.11; do
        if python_fits "$name"; then
            "$name" -c 'import sys; print(sys.executable)'
            return 0
        fi
    done
    return 1
}

# An environment that was moved or only half made must be made again.
venv_is_sound() {
    [ -x "$venv/bin/python" ] && python_fits "$venv/bin/python" &&
        grep -qF "$venv/bin/" "$venv/bin/pip" 2>/dev/null && "$venv/bin/python" -m pip --version >/dev/null 2>&1
}

make_venv() {
    python=$(find_python) || stop \
        "需要 Python ${oldest_python} 到 ${newest_python}，没有找到。请先安装，例如 apt-get install python3。" \
        "Python $oldest_python to $newest_python is needed and was not found. Install it first, e.g. apt-get install python3."
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        # Debian keeps these modules in a package of their own, named after the version.
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        install_packages "Python 的 venv 模块" "Python's venv module" "python$version-venv" || exit 1
    fi
    say "正在准备运行环境 .venv ……" "Making .venv with $python"
    "$python" -m venv --clear "$venv"
}

# prepare_environment run|dev: the locked packages and the program itself in .venv.
prepare_environment() {
    lock="$root/packaging/requirements.lock"
    [ "$1" = run ] || lock="$root/packaging/requirements-dev.lock"
    stamp="$venv/installed-$1"
    wanted="$root $(cat "$root/pyproject.toml" "$root/packaging/requirements.lock" "$lock" | cksum)"
    if [ -x "$venv/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
        return 0
    fi
    venv_is_sound || make_venv
    say "正在安装所需的软件包，第一次要几分钟……" "Installing the locked packages; the first time takes some minutes"
    if ! "$venv/bin/python" -m pip install --quiet --requirement "$lock" >&2 ||
        ! "$venv/bin/python" -m pip install --quiet --no-deps --editable "$root" >&2; then
        stop "没能装好所需的软件包。请检查网络或 pip 的软件源设置，然后重新运行。" \
            "The packages could not be installed. Check the network or pip's index settings, then run this again."
    fi
    # Compiled once here, so that no start of the program has to do it.
    "$venv/bin/python" -m compileall -q "$root/kjxd_desktop" >&2 || true
    printf '%s\n' "$wanted" >"$stamp"
}

# ---- what Qt needs from the system -----------------------------------------------------------------

# Prints the shared libraries that Qt would not find, one a line.
missing_libraries() {
    qt=$("$venv/bin/python" -c 'from importlib.util import find_spec as f; print(f("PySide6").submodule_search_locations[0])')
    for part in plugins/platforms/libqxcb lib/libQt6Widgets lib/libQt6Svg lib/libQt6OpenGLWidgets lib/libQt6DBus; do
        ldd "$qt/Qt/$part".so* 2>/dev/null
    done | sed -n 's/^[[:space:]]*\(.*\) => not found.*/\1/p' | sort -u
}

can_show_chinese() {
    QT_QPA_PLATFORM=offscreen "$venv/bin/python" - 2>/dev/null <<'PYTHON'
from PySide6.QtGui import QFontDatabase, QGuiApplication
app = QGuiApplication([])
raise SystemExit(not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
PYTHON
}

# Windows and macOS bring everything; on Linux look once, and again until nothing is missing.
prepare_system() {
    stamp="$venv/system-checked"
    if [ -e "$stamp" ] || [ "$(uname -s)" != Linux ]; then
        return 0
    fi
    if [ -n "$(missing_libraries)" ]; then
        # shellcheck disable=SC2086 # a list of names
        install_packages "窗口所需的系统库" "system libraries for Qt" $qt_packages || return 0
        missing=$(missing_libraries)
        if [ -n "$missing" ]; then
            say "窗口仍缺少这些系统库，可能打不开：" "Qt still lacks these libraries and may not start:"
            printf '%s\n' "$missing" >&2
            return 0
        fi
    fi
    if ! can_show_chinese; then
        install_packages "中文字体" "a Chinese font" "$font_packages" && can_show_chinese || return 0
    fi
    : >"$stamp"
}
