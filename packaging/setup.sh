#!/bin/sh
# Prepares what `make run` and `make test` need, and nothing twice.
#
#     sh packaging/setup.sh requirements.txt        what the till needs
#     sh packaging/setup.sh requirements-dev.txt    that, and the tools that check it
#
# What is done is noted in .venv/done-*. A note holds as long as the file that the
# step works from, and the folder, are the same.
set -eu
cd "$(dirname "$0")/.."

libraries=packaging/libraries.txt
catalogue=assets/translations/zh_CN/LC_MESSAGES/shanhai
fits='import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'

main() {
    is_done "$libraries" || install_libraries
    is_done .venv/pyvenv.cfg && [ -x .venv/bin/python ] || make_environment
    is_done "$libraries" || note "$libraries" # only now is there a .venv to note it in
    is_done requirements-dev.txt || is_done "$1" || install_packages "$1"
    [ ! -f $catalogue.po ] || compile_translations
}

fingerprint() { { pwd; cat "$1"; } 2>/dev/null | cksum; }

note_of() { echo ".venv/done-$(basename "$1")"; }

is_done() { [ "$(cat "$(note_of "$1")" 2>/dev/null)" = "$(fingerprint "$1")" ]; }

note() { fingerprint "$1" > "$(note_of "$1")"; }

install_libraries() {
    command -v apt-get >/dev/null || return 0
    missing=$(missing_libraries)
    [ -n "$missing" ] || return 0
    command="apt-get install -y --no-install-recommends$missing"
    if [ "$(id -u)" = 0 ]; then
        sudo=
    elif sudo -n true 2>/dev/null || { [ -t 0 ] && command -v sudo >/dev/null; }; then
        sudo=sudo
    else
        ask_for "Qt needs libraries that this system lacks."
    fi
    echo "Installing the system libraries that Qt needs:$missing"
    $sudo apt-get update -qq || true # an unreachable source need not matter
    $sudo env DEBIAN_FRONTEND=noninteractive $command -qq ||
        ask_for "The libraries that Qt needs could not be installed."
}

# The packages whose library the linker does not know.
missing_libraries() {
    known=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p)
    while read -r library package; do
        case $known in
        *"$library "*) ;;
        *) printf ' %s' "$package" ;;
        esac
    done < "$libraries"
}

make_environment() {
    command="apt-get install -y python3 python3-venv    # Ubuntu 22.04: python3.11 python3.11-venv"
    python=$(find_python) ||
        ask_for "山海收银 needs Python 3.11 or newer with venv, and found none."
    echo "Making the virtual environment .venv with $python."
    "$python" -m venv --clear .venv
    note .venv/pyvenv.cfg
}

# Running each candidate is the only proof: a shim on PATH may exist and fail.
find_python() {
    for python in python3.13 python3.12 python3.11 python3 python; do
        "$python" -c "$fits" >/dev/null 2>&1 || continue
        echo "$python"
        return
    done
    return 1
}

install_packages() {
    echo "Installing the packages in $1; the first time takes about a minute."
    .venv/bin/python -m pip --disable-pip-version-check install --quiet \
        --require-hashes -r "$1"
    note "$1"
}

compile_translations() {
    is_done $catalogue.po && [ -f $catalogue.mo ] && return
    echo "Compiling the translations."
    .venv/bin/pybabel --quiet compile -i $catalogue.po -o $catalogue.mo
    note $catalogue.po
}

# Say what is missing and which command, run as root, brings it; then stop.
ask_for() {
    printf '%s\nOn Debian or Ubuntu, run as root:\n\n    %s\n\n' "$1" "$command" >&2
    exit 1
}

main "$1"
