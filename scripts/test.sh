#!/bin/sh
# Run the tests with everything they need: test.sh PYTEST-ARGUMENTS...   (WORKERS: processes, 2 unless set)
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
exec .venv/bin/python scripts/suites.py "${WORKERS:-2}" "$@"
