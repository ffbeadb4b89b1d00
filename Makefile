# Pilotrommet. Needs Python 3.11 or newer and make; everything else comes from requirements*.txt.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export PORT
# Bytecode is kept, whatever the machine says: many processes read the same modules.
export PYTHONDONTWRITEBYTECODE :=

PO := $(wildcard translations/*/LC_MESSAGES/messages.po)
STATIC := $(shell find static -type f ! -name '*.br' ! -name '*.gz')

.DEFAULT_GOAL := help
.PHONY: help run serve test check bench static translations messages lock vendor-check dev

help: ## show these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

run: $(VENV)/site.stamp translations static ## make the environment, migrate, seed and serve on PORT
	@PILOT_PREPARE=1 exec $(BIN)/gunicorn -c gunicorn.conf.py app:app

serve: ## serve what is there already
	@exec $(BIN)/gunicorn -c gunicorn.conf.py app:app

test: dev translations static ## all tests: on SQLite, then on PostgreSQL
	$(BIN)/pytest -q -n 2 --dist worksteal
	$(BIN)/pytest -q -n 2 --dist worksteal --database=postgresql

check: dev translations ## lint, format, types, contracts, templates, catalogues, dependencies, dead code
	@$(BIN)/mypy & types=$$!; \
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports && \
	$(BIN)/djlint templates --lint --quiet && $(BIN)/python tools/catalogues.py check && \
	$(BIN)/deptry . && $(BIN)/python tools/dead_code.py; others=$$?; \
	wait $$types && exit $$others

bench: dev static translations ## what each page costs, against a bare page in the same run
	$(BIN)/python tools/bench.py

static: build/static.stamp ## precompress static files that have changed

translations: $(PO:.po=.mo) ## compile catalogues that have changed

messages: dev ## bring the catalogues up to date with the code and the templates
	$(BIN)/python tools/catalogues.py update

lock: dev ## pin the newest versions that requirements*.in allow, with hashes
	for file in requirements requirements-dev; do \
	  $(BIN)/uv pip compile $$file.in -o $$file.txt --quiet --universal --python-version 3.11 \
	    --generate-hashes --no-emit-index-url --no-header --no-annotate || exit 1; \
	done

vendor-check: ## front-end files are those of the pinned packages (needs node and npm)
	cd frontend && npm ci --ignore-scripts && node vendor.mjs --check

dev: $(VENV)/dev.stamp

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

# uv installs in seconds what takes pip most of a minute; where uv cannot be had, pip does it.
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-compile --no-deps --require-hashes
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes

$(BIN)/uv: | $(BIN)/python
	@mkdir -p build && sed -n '/^uv==/,/[^\\]$$/p' requirements-dev.txt > build/uv.txt
	-@$(PIP) -r build/uv.txt

$(VENV)/site.stamp: requirements.txt | $(BIN)/uv
	$(UV) -r requirements.txt || $(PIP) -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt requirements.txt | $(BIN)/uv
	$(UV) -r requirements-dev.txt || $(PIP) -r requirements-dev.txt
	@touch $@ $(VENV)/site.stamp

%.mo: %.po | $(VENV)/site.stamp
	@$(BIN)/pybabel --quiet compile --use-fuzzy --input-file $< --output-file $@

build/static.stamp: $(STATIC) | $(VENV)/site.stamp
	@find static -name '*.br' -delete -o -name '*.gz' -delete
	@$(BIN)/python -m whitenoise.compress --quiet static
	@mkdir -p build && touch $@
