# Each target is a short script in scripts/, because Make cannot cope with spaces in paths and the shell can.
PORT ?= 8000
WORKERS ?= 2
STAC_FUZZ ?= 100
export PORT WORKERS
python := .venv/bin/python

.PHONY: help demo demo-check test fuzz lint coverage docs benchmark benchmark-admin benchmark-bulk clean
.PHONY: dev lint-code lint-format lint-types lint-imports lint-migrations lint-scripts

help:
	@echo 'make demo        a filled catalogue at http://127.0.0.1:$(PORT)/ (PORT=8001 for another port)'
	@echo 'make demo-check  the same, asked one question and stopped'
	@echo 'make test        all tests (ARGS="tests/spec -k bbox" for some, WORKERS=4 for more processes)'
	@echo 'make fuzz        schemathesis asks what the API says it offers, long (STAC_FUZZ=20 for less)'
	@echo 'make coverage    all tests, and which lines of the package they never reach'
	@echo 'make lint        ruff, mypy, import-linter, missing migrations, shellcheck'
	@echo 'make docs        the documentation, into build/docs'
	@echo 'make benchmark   the measurements in tests/benchmarks'
	@echo 'make benchmark-admin  how long lists of a million items take in the admin'
	@echo 'make benchmark-bulk  how long a hundred items take in one POST, here and in stac-fastapi-pgstac'
	@echo 'make clean       remove what these made: environments, database, demo scenes, caches'

demo:
	@sh scripts/environment.sh demo
	@$(python) scripts/demo.py

demo-check:
	@sh scripts/environment.sh demo
	@$(python) scripts/demo.py --check

test:
	@sh scripts/test.sh $(ARGS)

fuzz:
	@STAC_FUZZ=$(STAC_FUZZ) sh scripts/test.sh -n 0 --log-cli-level=INFO tests/conformance/test_schemathesis.py

coverage:
	@COVERAGE=1 sh scripts/test.sh $(ARGS)

dev:
	@sh scripts/environment.sh dev

lint: lint-code lint-format lint-types lint-imports lint-migrations lint-scripts

lint-code: dev
	$(python) -m ruff check .

lint-format: dev
	$(python) -m ruff format --check .

lint-types: dev
	$(python) -m mypy

lint-imports: dev
	$(python) -c 'from importlinter.cli import lint_imports_command as main; main()'

# The database is asked for its history only where there is one.
lint-migrations: dev
	$(python) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

lint-scripts:
	@if command -v shellcheck >/dev/null; then shellcheck scripts/*.sh .ci/run; else echo 'shellcheck is absent: scripts not checked'; fi

# All pages anew: the code that the reference comes from is no source that Sphinx knows.
docs: dev
	$(python) -m sphinx --fresh-env --write-all --fail-on-warning --keep-going --nitpicky --quiet docs build/docs

benchmark-admin: dev
	@$(python) scripts/database.py -- $(python) -m tests.benchmarks.admin $(ARGS)

benchmark-bulk: dev
	@sh scripts/environment.sh pgstac
	@$(python) scripts/database.py -- $(python) -m tests.benchmarks.bulk $(ARGS)

benchmark: dev
	@$(python) scripts/database.py -- $(python) -m tests.benchmarks $(ARGS)

clean:
	@sh scripts/postgis.sh remove
	rm -rf .venv .venvs .demo build dist htmlcov .coverage* .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
