# The verbs of this project; `make help` lists them. Everything runs from a fresh clone.

SHELL := /bin/sh
.SHELLFLAGS := -ec
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

# The first Python here that is new enough.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
JOBS ?= 2
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

# Two thirds of the time of the rule core's tests: properties tried by the hundred; `make check` leaves them to `make test`.
SLOWEST := constitutions/test_flags.py constitutions/test_editing.py constitutions/test_commands.py \
	constitutions/test_any_bytes.py rules/test_quorum_properties.py rules/test_attendance_properties.py \
	rules/test_deadline_properties.py

.PHONY: help run setup setup-test test lint unit postgresql journeys fuzz check fmt lock bench faults clean

help: ## List the verbs
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

run: setup ## Start everything with the demonstration; PORT (8000) and DATA_DIR (./data) may be set
	@exec env DEMO=1 $(BIN)/python manage.py serve --end-with-parent

setup: python-is-new-enough
	@$(PYTHON) deploy/provision.py run

setup-test: python-is-new-enough
	@$(PYTHON) deploy/provision.py test

.PHONY: python-is-new-enough
python-is-new-enough:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed. Debian: apt-get install python3 python3-venv" >&2; exit 1; }

test: setup-test lint postgresql unit ## Lint, types, layer law, PostgreSQL, SQLite, real broker, browser journeys

lint: ## Style, templates, types, layer law
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	find templates -name '*.html' -print0 | xargs -0 --no-run-if-empty $(BIN)/djade --target-version 5.2 --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

unit: ## On SQLite: core, pages, real processes, browser journeys; what asks every address is left to PostgreSQL
	$(PYTEST) -n $(JOBS) --dist loadgroup -m "not sweep" tests

postgresql: ## Every test that meets the database, on a private PostgreSQL made for the run
	$(BIN)/python -m tests.private_postgresql $(PYTEST) -n $(JOBS) --dist loadgroup \
		--only-database -m "not journey and not processes" tests

journeys: ## Browser journeys alone
	$(PYTEST) -n $(JOBS) --dist loadgroup tests/journeys

fuzz: ## Thousands of hostile answers to every form and query, drawn afresh; FUZZ says how many
	FUZZ=$${FUZZ:-5000} $(PYTEST) -q tests/rights/test_hostile_input.py -k "form_can or query"

check: ## The fast inner loop: style, types, layer law, the rule core
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(PYTEST) -n $(JOBS) -q --hypothesis-profile=quick tests/rules tests/constitutions tests/test_architecture.py \
		$(addprefix --ignore=tests/,$(SLOWEST))

fmt: ## Put code and templates into shape
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	find templates -name '*.html' -print0 | xargs -0 --no-run-if-empty $(BIN)/djade --target-version 5.2

lock: ## Resolve all dependencies afresh and lock them with their hashes
	$(LOCK) --upgrade pyproject.toml --extra broker -o requirements.txt
	$(LOCK) --upgrade pyproject.toml --extra broker --extra dev -c requirements.txt -o requirements-dev.txt
	$(LOCK) --upgrade --group node --no-annotate -o requirements-node.txt
	npm install --package-lock-only --ignore-scripts --no-audit --no-fund
	$(BIN)/python deploy/clean_npm_lock.py

bench: ## Measure, and compare with floors measured in the same run
	for bench in bench/bench_*.py; do $(BIN)/python -m "bench.$$(basename "$$bench" .py)"; done

FAULTS ?= 1000
SEED ?= 0

faults: ## Kill workers and brokers, refuse and drop mail a thousand times, and count what came of it; FAULTS and SEED may be set
	$(BIN)/python -m tests.faults --faults $(FAULTS) --seed $(SEED)

clean: ## Remove what was installed here; keeps DATA_DIR
	rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
