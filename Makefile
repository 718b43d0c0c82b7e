# Everything runs in an environment of its own, $(VENV); nothing is installed outside of it.
# Stamp files inside $(VENV) remember what is done: a second run installs nothing again.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
CASE ?= cases/us-russia-2025
CODE := src tests benchmarks
# One process more than there are processors, since many tests wait; JOBS=0 is for a debugger.
JOBS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')
PYTEST_ARGS ?=

# Most packages are compiled when they are used, once: a caller who forbids that would have each of
# the hundreds of processes that the tests start compile them anew.
unexport PYTHONDONTWRITEBYTECODE

# A Python named by the caller wins over the one that $(VENV) was made with.
ifneq ($(origin PYTHON),file)
ifneq ($(shell cat $(VENV)/.made 2>/dev/null),$(PYTHON))
.PHONY: $(VENV)/.made
endif
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test format formatted lint types imports unit docs concepts bench lock clean \
	frontend built screenshots

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/.package ## install détente, analyse the flagship case, put its claims to the test
	@$(BIN)/detente analyze $(CASE)
	@echo
	@$(BIN)/detente check $(CASE)

test: formatted lint types imports built docs unit ## run everything that CI runs
	@echo "All gates passed."

format: $(VENV)/.dev ## rewrite the code in the house format
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --select I --fix $(CODE)

formatted: $(VENV)/.dev ## check the format
	$(BIN)/ruff format --check $(CODE)

lint: $(VENV)/.dev ## check the style
	$(BIN)/ruff check $(CODE)

types: $(VENV)/.dev ## check the types
	$(BIN)/mypy

imports: $(VENV)/.dev ## check who imports whom; no contract checked is a failure
	@$(BIN)/lint-imports > $(VENV)/imports.log 2>&1 || { cat $(VENV)/imports.log; exit 1; }
	@grep '^Contracts: [1-9][0-9]* kept, 0 broken' $(VENV)/imports.log \
		|| { cat $(VENV)/imports.log; echo "imports: no contract was checked" >&2; exit 1; }

unit: $(VENV)/.dev ## run the tests
	$(BIN)/python -m pytest --numprocesses $(JOBS) --dist worksteal $(PYTEST_ARGS)

docs: $(VENV)/.dev ## build the site into site/; a broken link is a failure
	$(BIN)/zensical build --clean --strict
	$(BIN)/python tests/site_check.py site

# The front end is built into the package and committed, so that installing needs no Node.
STATIC := src/detente/web/static
CONTRACT := $(abspath $(VENV))/contract.json

frontend: $(VENV)/.dev $(VENV)/.front ## build the workbench's front end into the package
	$(BIN)/python frontend/contract.py > $(CONTRACT)
	cd frontend && CONTRACT=$(CONTRACT) npm run --silent contract && npm run --silent check \
		&& npm run --silent test && npm run --silent build

built: $(VENV)/.dev ## check that the built front end is what its sources give; CI needs Node for it
	@if command -v npm > /dev/null; then $(MAKE) --no-print-directory built-anew; \
	elif [ -n "$$CI" ]; then echo "built: npm is missing" >&2; exit 1; \
	else echo "built: not checked, npm is missing"; fi

.PHONY: built-anew
built-anew: $(VENV)/.dev $(VENV)/.front
	$(BIN)/python frontend/contract.py > $(CONTRACT)
	cp frontend/src/contract.d.ts $(VENV)/contract.d.ts
	cd frontend && CONTRACT=$(CONTRACT) npm run --silent contract
	cmp frontend/src/contract.d.ts $(VENV)/contract.d.ts
	cd frontend && npm run --silent check && npm run --silent test \
		&& DETENTE_STATIC=$(abspath $(VENV))/static npm run --silent build
	diff -r $(VENV)/static $(STATIC)

screenshots: $(VENV)/.dev ## take the pictures of the docs anew
	$(BIN)/python frontend/screenshots.py

concepts: $(VENV)/.dev ## rewrite the table of concepts from the tests
	$(BIN)/python tests/concept_table.py

bench: $(VENV)/.dev ## measure speed
	@set -e; for script in benchmarks/[!_]*.py; do echo "== $$script"; $(BIN)/python "$$script"; done

# All extras are resolved together first, so that the smaller sets hold the same versions.
# A new extra in pyproject.toml needs no line here.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate $(UPGRADE)
LOCKED = requirements/dev.txt

lock: $(VENV)/.uv ## rewrite requirements/*.txt from pyproject.toml (UPGRADE=--upgrade for newer releases)
	$(COMPILE) pyproject.toml --all-extras --group dev --output-file $(LOCKED)
	$(COMPILE) pyproject.toml --constraint $(LOCKED) --output-file requirements/run.txt
	$(COMPILE) --group build --constraint $(LOCKED) --output-file requirements/build.txt

clean: ## remove the environment and everything that was built
	rm -rf $(VENV) frontend/node_modules site build dist .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else \
		"détente needs Python 3.11 or newer, this is %d.%d: make PYTHON=python3.12 ..." % sys.version_info[:2])'
	@echo "Creating $(VENV) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@echo "$(PYTHON)" > $@

# The first line brings a pip of our own: one of Python 3.11 takes twice as long for all the rest.
$(VENV)/.run: $(VENV)/.made requirements/build.txt requirements/run.txt
	@echo "Installing what détente needs ..."
	@$(PIP) install --require-hashes -r requirements/build.txt
	@$(PIP) install --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/.package: $(VENV)/.run pyproject.toml
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@$(BIN)/python -m compileall -q src/detente
	@touch $@

# Most of these packages are used by a few tests only: what is used is compiled when it is.
$(VENV)/.dev: $(VENV)/.package requirements/dev.txt
	@echo "Installing what the gates need ..."
	@$(PIP) install --no-compile --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.front: $(VENV)/.made frontend/package-lock.json
	@echo "Installing what the front end needs ..."
	@cd frontend && npm ci --silent --no-audit --no-fund
	@touch $@

$(VENV)/.uv: $(VENV)/.made
	@$(PIP) install uv
	@touch $@
