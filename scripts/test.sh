#!/bin/sh
# Run the tests with everything they need: test.sh PYTEST-ARGUMENTS...   (WORKERS: processes, 2 unless set)
# COVERAGE=1 counts the lines and branches that they reach, and fails when these are too few.
set -eu
cd "$(dirname -- "$0")/.."
sh scripts/environment.sh dev
has() { # has ENVIRONMENT: without it its conformance tests are skipped, but never in CI
    sh scripts/environment.sh "$1" && return
    [ -z "${CI:-}" ] || exit 1
    echo "test.sh: without $1 its conformance tests are skipped" >&2
    return 1
}
! has validator || export STAC_API_VALIDATOR="$PWD/.venvs/validator/bin/python"
! has schemathesis || export SCHEMATHESIS="$PWD/.venvs/schemathesis/bin/schemathesis"
[ -n "${COVERAGE:-}" ] || exec .venv/bin/python scripts/suites.py "${WORKERS:-2}" "$@"

.venv/bin/python -m coverage erase
PYTEST_ADDOPTS="--cov --cov-append --cov-report= --cov-fail-under=0" .venv/bin/python scripts/suites.py "${WORKERS:-2}" "$@"
.venv/bin/python -m coverage report
