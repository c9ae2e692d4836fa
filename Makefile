# `make` or `make help` lists what can be done. Make needs no installer.
VENV ?= .venv
PY = $(VENV)/bin/python

.DEFAULT_GOAL := help
.PHONY: help install run test lint format types messages check demo deep pins

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: ## make the environment with everything for tests
	python3.11 -m venv $(VENV) && $(VENV)/bin/pip install -q -r requirements/test.txt

demo: ## set up and open the site with its demonstration data
	$(PY) manage.py demo

run: ## the site alone, with development settings
	$(PY) manage.py runserver

test: ## the tests that need nothing but Python
	$(PY) -m pytest -n auto --dist worksteal

lint: ## ruff, import-linter, djlint
	$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports --no-logo
	$(VENV)/bin/djlint --profile=django --lint --quiet marketplace search payments cms

format: ## let ruff arrange the code
	$(VENV)/bin/ruff check --fix . && $(VENV)/bin/ruff format .

types: ## mypy
	$(VENV)/bin/mypy marketplace search payments cms

messages: ## collect the strings of every room for translation (needs gettext)
	@for room in marketplace/* search payments cms; do \
	  [ -d $$room/locale ] || continue; \
	  (cd $$room && $(abspath $(PY)) $(abspath manage.py) makemessages -l he -l ar --no-location --no-obsolete) ; \
	done

check: lint types ## everything static, migrations and deployment settings too
	$(PY) manage.py makemigrations --check --dry-run

deep: ## what takes long, then the suite on a PostgreSQL of its own (Debian's packages, as root)
	BAD_VALUES=all RACE_ROUNDS=1000 RANDOM_ACTS=500 $(PY) -m pytest tests/security/test_bad_input.py \
	  tests/marketplace/introductions/test_races.py tests/marketplace/introductions/test_random_acts.py \
	  tests/marketplace/meetings/test_races.py tests/marketplace/meetings/test_random_acts.py \
	  tests/marketplace/ventures/test_races.py
	PAYMENT_HISTORIES=5000 $(PY) -m pytest tests/payments/test_histories.py
	KILLED_EVERY=1 $(PY) -m pytest tests/payments/test_killed_process.py
	CRAWLS=all $(PY) -m pytest tests/security/test_leaks.py tests/security/test_ended_consent.py \
	  tests/security/test_roles.py tests/security/test_staff_area.py
	LOOK_AT=all $(PY) -m pytest -p no:randomly tests/journeys
	tests/search/engines/three_nodes.sh $(abspath $(PY))
	PY=$(abspath $(PY)) .ci/postgresql -n 2 --dist worksteal

pins: ## compile the pinned requirements anew (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url -q -o requirements/base.txt
	uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes --no-emit-index-url -q -o requirements/test.txt
