# Everything here needs only Python 3.11 or newer and make. `make` alone lists what you can ask for.

PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
UPGRADE ?=

# Left over in some shells; they slow Python down or change the last digits of a result.
unexport PYTHONDONTWRITEBYTECODE OPENBLAS_CORETYPE OPENBLAS_L2_SIZE

DEMO_PLANS := norfolk_and_waveney wealdshire_and_marsh

.DEFAULT_GOAL := help
.PHONY: help setup demo serve all-places test test-browser test-postgres oracles quick lint bench lock clean ready-to-run ready-to-develop

help:  ## list what you can ask for
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ready-to-develop  ## make .venv with everything, checked against the locks
	@echo "Ready: $(BIN)/tripleaim"

demo: ready-to-run  ## from nothing to two finished plan reports, each with a choice and a sharing
	@for plan in $(DEMO_PLANS); do $(BIN)/tripleaim run plans/$$plan --out reports/$$plan || exit $$?; done
	@for plan in $(DEMO_PLANS); do for verb in choose share; do \
		test -f reports/$$plan/$$verb.html || { echo "tripleaim $$verb plans/$$plan …"; \
		$(BIN)/tripleaim $$verb plans/$$plan --draws 300 --out reports/$$plan >/dev/null || exit $$?; }; done; done
	@echo
	@echo "Two reports are ready. Open them in a browser; each leads to a page that chooses its schemes, and one that"
	@echo "says who gains and who pays:"
	@for plan in $(DEMO_PLANS); do echo "  reports/$$plan/index.html"; done
	@echo "Page one answers first: how far short the money is if nothing changes, and after the plan."
	@echo "Then look at what the plan rests on: the gap nobody has found a scheme for, and what is not known."
	@echo "Norfolk and Waveney is a real place from published figures; Wealdshire and Marsh is invented."

serve: ready-to-run  ## open the shared workspace in a browser (ARGS="--port 8001" for another port)
	@$(BIN)/tripleaim serve $(ARGS)

all-places: ready-to-run  ## a plan started, checked and run for each of the 44 places of England
	@$(BIN)/python tools/all_places.py $(ARGS)

test: ready-to-develop  ## every test but those that need a browser or LibreOffice, on every processor
	@$(BIN)/python -m pytest -m "not browser and not office" -n auto --dist loadfile $(ARGS)

test-browser: ready-to-develop  ## the stories in a browser, and workbooks in LibreOffice (needs Chromium, soffice)
	@$(BIN)/python -m pytest -m "browser or office" $(ARGS) || { code=$$?; test $$code -eq 5 && echo "There are no stories in a browser yet."; }

# What tests of programs of their own, on SQLite files of their own, find is the same beside any database.
SAME_EVERYWHERE := $(addprefix --ignore=tests/web/test_,serve.py keeping.py look.py environment.py)

test-postgres: ready-to-develop  ## the workspace's tests on a PostgreSQL of their own (needs Debian's postgresql)
	@TRIPLEAIM_POSTGRES_FAST=1 $(BIN)/python tools/with_postgres.py \
		$(BIN)/python -m pytest -m "not browser and not office" tests/web $(SAME_EVERYWHERE) $(ARGS) || { code=$$?; test $$code -eq 3 && test -z "$$CI"; }

oracles:  ## the statistics held against SALib, the EMA workbench and scikit-learn, and a Dask cluster, in .venv-oracles
	@$(PYTHON) requirements/install.py oracles
	@.venv-oracles/bin/python -m pytest -m "oracle or cluster" -W default tests/stress $(ARGS)

quick: ready-to-develop  ## the tests that together take less than a minute
	@$(BIN)/python -m pytest -m "not browser and not office and not slow" $(ARGS)

lint: ready-to-develop  ## style, layout and types
	@failed=0; \
	$(BIN)/ruff check . || failed=1; \
	$(BIN)/ruff format --check . || failed=1; \
	$(BIN)/mypy || failed=1; \
	exit $$failed

bench: ready-to-develop  ## what is measured, and against whom
	@$(BIN)/python benchmarks/bench.py $(ARGS)

lock:  ## write the locks again (UPGRADE=--upgrade for newer versions)
	@$(PYTHON) requirements/install.py lock $(UPGRADE)

clean:  ## remove what these commands made, .venv too
	@rm -rf .venv .venv-oracles reports build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis src/*.egg-info
	@find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2> /dev/null || true

ready-to-run:
	@$(PYTHON) requirements/install.py run

ready-to-develop:
	@$(PYTHON) requirements/install.py dev
