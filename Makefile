# Needs Python 3.11 or newer with pip, and make. Everything else comes into .venv and var/.

.DEFAULT_GOAL := help
.PHONY: help demo serve test test-quick release stop lint format bench mutants db lock clean

# The first interpreter that is new enough; PYTHON=… chooses another.
PYTHON ?= $(shell for python in python3.11 python3 python3.12 python3.13 python3.14 python; do \
	command -v $$python > /dev/null && \
	$$python -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2> /dev/null && \
	echo $$python && break; done)
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
# Where bytecode is not kept, each of the many programs of a run compiles all its libraries anew: 8 s instead of 2.
unexport PYTHONDONTWRITEBYTECODE

# An install is known by what it installed from, so that a change of requirements is never missed.
RUN := $(VENV)/.installed-run-$(firstword $(shell cksum < requirements.txt))
DEV := $(VENV)/.installed-dev-$(firstword $(shell cksum < requirements-dev.txt))
# The files are complete and hashed: there is nothing to resolve.
INSTALL := $(PY) -m pip install -qq --disable-pip-version-check --no-deps --require-hashes --no-compile
# Installs in half the time of the pip that comes with Python 3.11; any other pip will do where it cannot be had.
PIP := pip==26.3

help:
	@echo "make demo    process samples/ into var/demo: a table, results.json, metrics.json"
	@echo "make serve   web and worker on http://localhost:$(PORT) with a demo account (PORT=… for another port)"
	@echo "make test    the whole test suite"
	@echo "make test-quick  what needs no database, server or browser: under a minute"
	@echo "make lint    style, types, import rules, migrations, deployment checks"
	@echo "make bench   the quick forms of the benchmarks"
	@echo "make mutants small changes to the core that the tests must notice (SAMPLE=12 of each room, SEED=1)"
	@echo "make release  check everything and build the packages of this version"
	@echo "make db      start the embedded PostgreSQL and print its address"
	@echo "make stop    stop the embedded PostgreSQL"

demo: $(RUN)
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py import_rate_cards samples/rate_cards --output var/demo/rate_cards || test $$? -eq 1
	@$(PY) -m samples.check_rate_cards var/demo/rate_cards/results.json
	@$(PY) manage.py import_invoices samples/documents --output var/demo || test $$? -eq 1
	@$(PY) -m samples.check var/demo/results.json
	@$(PY) manage.py import_rate_cards samples/bills/cards --output var/demo/bill_cards || test $$? -eq 1
	@$(PY) manage.py import_invoices samples/bills/documents --output var/demo/bills || test $$? -eq 1
	@$(PY) -m samples.bills.check var/demo/bills/results.json

serve: $(RUN)
	@$(PY) -m invoicesite.serve --port $(PORT)

test-quick: $(DEV)
	@$(PY) -m pytest -q -n auto --dist worksteal -m quick

test: $(DEV)
	@$(PY) -m pytest -q -n auto --dist worksteal

lint: $(DEV)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --no-logo
	$(VENV)/bin/hadolint Dockerfile
	$(PY) -m deploy
	$(PY) manage.py makemigrations --check --dry-run
	DJANGO_ALLOWED_HOSTS=invoices.example \
	DJANGO_SECRET_KEY=only-for-this-check-0123456789-0123456789-0123456789-abc \
	$(PY) manage.py check --deploy --fail-level WARNING

format: $(DEV)
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

mutants: $(DEV)
	@$(PY) -m benchmarks.mutants --sample $(or $(SAMPLE),12) --seed $(or $(SEED),1)

bench: $(DEV)
	@for file in benchmarks/[a-z]*.py; do \
		name=$$(basename $$file .py); \
		grep -q '__main__' $$file || continue; \
		echo "== $$name"; $(PY) -m benchmarks.$$name --quick || exit 1; \
	done

db: $(RUN)
	@$(PY) -m invoicesite.database start

stop:
	@if test -x $(PY); then $(PY) -m invoicesite.database stop; else echo "Nothing is installed here."; fi

# New versions: change pyproject.toml, or add `--upgrade` by LOCK=--upgrade.
lock: $(DEV)
	$(PY) -m uv pip compile pyproject.toml --all-extras -o requirements.txt $(LOCK) $(LOCK_OPTIONS)
	$(PY) -m uv pip compile pyproject.toml --all-extras --group dev -o requirements-dev.txt $(LOCK) $(LOCK_OPTIONS)

LOCK_OPTIONS := --quiet --generate-hashes --python-version 3.11 --universal \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links

# Checks everything, builds and installs the wheel; TAG=1 sets the tag. Nothing is published.
release: $(DEV)
	@bash .ci/release

clean: stop
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache staticfiles

$(PY):
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found. Name one by PYTHON=…" >&2; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@# Some systems ship venv without the pip that goes into it; the pip beside them can fill it.
	@$(PYTHON) -m venv --clear $(VENV) > /dev/null 2>&1 || { \
		$(PYTHON) -m venv --clear --without-pip $(VENV) && \
		$(PYTHON) -m pip --python $(VENV)/bin/python install --quiet pip; }
	@$(PY) -m pip install -qq --disable-pip-version-check $(PIP) 2> /dev/null || true

$(RUN): $(PY) requirements.txt
	@echo "Installing requirements.txt (about a minute, once)"
	@$(INSTALL) -r requirements.txt
	@rm -f $(VENV)/.installed-run-*
	@touch $@

$(DEV): $(PY) requirements-dev.txt
	@echo "Installing requirements-dev.txt (about a minute, once)"
	@$(INSTALL) -r requirements-dev.txt
	@rm -f $(VENV)/.installed-dev-*
	@touch $@
