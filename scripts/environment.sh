#!/bin/sh
# Make a virtual environment, or leave it when it is up to date: environment.sh demo|dev|validator|schemathesis|pgstac
# demo and dev: .venv with the package and that extra; validator and schemathesis: what asks the conformance tests, and
# whose pins would break .venv; pgstac: the server that benchmarks compare. Each of these stands in .venvs.
# PYTHON names an interpreter (3.11 or later) instead of the first one found.
set -eu
cd "$(dirname -- "$0")/.."
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore

fail() { echo "environment.sh: $*" >&2; exit 1; }

recent() { "$1" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for python in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11 python; do
        ! recent "$python" || return 0
    done
    fail "no Python 3.11 or later found; install one, or name it: make ... PYTHON=/path/to/python3.12"
}

has() { "$python" -c "import $1" 2>/dev/null; }

new_environment() { # Debian keeps ensurepip in a package of its own; a pip outside does as well
    if has ensurepip; then
        "$python" -m venv --clear "$venv"
    elif has pip; then
        "$python" -m venv --clear --without-pip "$venv"
        "$python" -m pip --python "$venv/bin/python" install --quiet pip
    else
        package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        sh scripts/packages.sh "$package" || fail "$python has neither ensurepip nor pip: apt-get install $package"
        "$python" -m venv --clear "$venv"
    fi
}

key() { # what an installation depends on; its place too, for an environment cannot be moved
    { cat "$source"; pwd -P; "$venv/bin/python" -V; } | cksum
}

up_to_date() {
    for stamp in "$@"; do [ "$(cat "$venv/.installed-$stamp" 2>/dev/null)" != "$(key)" ] || return 0; done
    return 1
}

install() { # install WHAT PIP-ARGUMENTS...
    what=$1
    shift
    echo "Installing $what into $venv; the first time this takes a minute or two." >&2
    "$venv/bin/python" -m pip install --quiet "$@"
    key >"$venv/.installed-$what"
}

prepare() { # prepare VENV SOURCE
    venv=$1 source=$2
    if ! recent "$venv/bin/python" || ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
        [ ! -e "$venv" ] || [ -e "$venv/pyvenv.cfg" ] || fail "$venv is in the way: it is not a virtual environment"
        find_python
        new_environment
    fi
}

case ${1:-} in
demo) prepare .venv pyproject.toml; up_to_date demo dev || install demo -e '.[demo]' ;;
dev) prepare .venv pyproject.toml; up_to_date dev || install dev -e '.[dev]' ;;
validator | schemathesis | pgstac) prepare ".venvs/$1" "scripts/$1.txt"; up_to_date "$1" || install "$1" -r "scripts/$1.txt" ;;
*) fail "say one of demo, dev, validator, schemathesis, pgstac" ;;
esac
