#!/bin/sh
# Run the tests with everything they need: test.sh PYTEST-ARGUMENTS...   (WORKERS: processes, 2 unless set)
# COVERAGE=1 counts the lines and branches that they reach, and fails when these are too few.
set -eu
cd "$(dirname -- "$0")/.."
sh scripts/environment.sh dev
if sh scripts/environment.sh validator; then
    export STAC_API_VALIDATOR="$PWD/.venvs/validator/bin/python"
elif [ -n "${CI:-}" ]; then
    exit 1
else
    echo "test.sh: without stac-api-validator its conformance tests are skipped" >&2
fi
[ -n "${COVERAGE:-}" ] || exec .venv/bin/python scripts/suites.py "${WORKERS:-2}" "$@"

.venv/bin/python -m coverage erase
PYTEST_ADDOPTS="--cov --cov-append --cov-report= --cov-fail-under=0" .venv/bin/python scripts/suites.py "${WORKERS:-2}" "$@"
.venv/bin/python -m coverage report
