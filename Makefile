# `make demo` and `make test` do all the set-up on a machine that has Python 3.11 or newer.

# The first of these that is there and new enough; or say it: make PYTHON=/path/to/python3 demo
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	command -v $$each >/dev/null 2>&1 \
	&& $$each -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& echo $$each && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Two workers: what the tests are sized for. `make test WORKERS=0` runs them one by one.
WORKERS ?= 2
# What `make accuracy` makes, and how many rows of each family it reads at least.
SEED ?= 1
ROWS ?= 1000
# How often `make faults` stops the worker at least.
STOPS ?= 1000
# How many messages `make mutate` breaks.
COUNT ?= 10000

.PHONY: help demo test check accuracy bench faults mutate format lock clean

help: ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

demo: .venv/runtime ## the whole job on an embedded mailbox, with sample replies
	$(BIN)/tsbbot demo

test: .venv/development ## every test; those whose server is missing are skipped and say so
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

check: .venv/development ## format, lint, types, directions of imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

accuracy: .venv/development ## what the readers make of returned forms: read, flagged, wrong
	$(BIN)/python -m tests.corpus accuracy --seed $(SEED) --rows $(ROWS) --page build/accuracy.html

bench: .venv/development ## time and memory beside what a user would pick instead, as ratios
	$(BIN)/python -m tests.bench

faults: .venv/development ## stops the worker at every edge; nothing may be lost or come twice
	$(BIN)/python -m tests.faults --seed $(SEED) --stops $(STOPS)

mutate: .venv/development ## mutated messages the whole way: recorded, left alone or quarantined
	$(BIN)/python -m tests.fuzz mutate --count $(COUNT)

format: .venv/development ## brings the code to its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: ## pins what pyproject.toml asks for anew, with hashes (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --upgrade --group build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --upgrade --group build --group dev --extra postgresql --extra heic pyproject.toml \
		-o requirements-dev.lock -c requirements.lock

clean: ## takes the virtual environment and the caches away
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "no Python 3.11 or newer found; install one, or say make PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv .venv

# The runtime is part of the development set, so that either can come first.
.venv/runtime: requirements.lock pyproject.toml | .venv/bin/python
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/development: requirements-dev.lock pyproject.toml | .venv/bin/python
	$(PIP) --require-hashes -r requirements-dev.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@ .venv/runtime
