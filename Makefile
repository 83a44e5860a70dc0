# `make run` and `make test` do all their own set-up. They need Python 3.11 or newer, make and a
# package index; nothing is installed outside .venv. docs/decisions/0001-locks-and-set-up.md says why.
PYTHON ?= python3
UV     ?= uv
BIN    := .venv/bin
PIP    := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input

SECONDS ?= 300

# Where a wrong branch is a wrong figure: these tests reach every branch, and they alone are run under the tracer,
# which takes three times as long.
FIGURES := tests/ledger tests/reconciliation tests/drivers tests/monitoring tests/plan \
	tests/test_money.py tests/test_periods.py tests/test_findings.py

.PHONY: help run test check style types rooms tests long fuzz example reports picture bench lock clean

help:  ## this list
	@awk -F ':.*## +' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: .venv/package  ## set up, then the main job on the published year
	@$(BIN)/breakeven ledgers/2023-24

test: check  ## set up, then every check and every test
check: style types rooms tests  ## the same; or one of: make style, types, rooms, tests

style: .venv/dev
	$(BIN)/ruff format --check --output-format concise .
	$(BIN)/ruff check .

types: .venv/dev
	$(BIN)/pyright

rooms: .venv/dev
	$(BIN)/lint-imports --no-logo

tests: .venv/dev
	$(BIN)/pytest --cov -n 2 --dist worksteal $(FIGURES)
	$(BIN)/coverage report --fail-under=100  # of what pyproject.toml names
	$(BIN)/pytest -n 2 --dist worksteal --durations=15 $(FIGURES:%=--ignore=%) $(ARGS)

long: .venv/dev  ## 10,000 books made by chance, and every change of one byte of four: half an hour
	$(BIN)/pytest -n 2 --hypothesis-profile=long tests/fuzz/test_generated_books.py tests/fuzz/test_one_byte.py $(ARGS)

fuzz: .venv/dev  ## spoil workbooks by their structure for five minutes; make fuzz SECONDS=60
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS) $(ARGS)

example: .venv/dev  ## make the workbooks of ledgers/2023-24 again
	$(BIN)/python ledgers/make_example.py

reports: .venv/package  ## write reports/example, the reports of the published year, again
	$(BIN)/breakeven report ledgers/2023-24 --format html,xlsx,docx,pdf,json,csv,parquet --out reports/example

picture: .venv/dev  ## draw the pictures in the README again; needs Chromium and LibreOffice
	$(BIN)/python docs/make_picture.py
	$(BIN)/python docs/make_picture_of_screen.py
	$(BIN)/python docs/make_page_picture.py
	$(BIN)/python docs/make_workbook_picture.py

bench: .venv/dev  ## measure speed, each against a yardstick in the same run
	@for script in benchmarks/*.py; do $(BIN)/python $$script || exit 1; done

lock:  ## make the lock files again, with uv; newer versions: make lock ARGS=--upgrade
	$(UV) pip compile $(LOCK) --group build -o requirements.lock pyproject.toml
	$(UV) pip compile $(LOCK) --group dev -c requirements.lock -o requirements-dev.lock pyproject.toml

clean:  ## remove the environment and what the tools leave behind
	rm -rf .venv .coverage* htmlcov .pytest_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks

LOCK := $(ARGS) --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command 'make lock'

# The environment, in three steps; each is a stamp file, made again when what it comes from changes.
.venv/lock: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "breakeven needs Python 3.11 or newer; name one: make run PYTHON=python3.11")'
	@echo "Setting up .venv (once; about half a minute)" >&2
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) install --no-deps --require-hashes -r requirements.lock
	@touch $@

.venv/package: .venv/lock pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src  # as pip does for a package it copies: a third of a second at each start
	@touch $@

.venv/dev: .venv/lock requirements-dev.lock | .venv/package
	@echo "Adding the tools for tests and checks" >&2
	@$(PIP) install --no-deps --require-hashes -r requirements-dev.lock
	@touch $@
