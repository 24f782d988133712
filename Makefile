# Everything a newcomer needs: `make demo` and `make test`. Both install what they need into .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)

.PHONY: demo test check format lock clean axe screenshots bench

demo: $(VENV)/demo.ok
	$(BIN)/clausewatch demo

test: check
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder # what a file sets up is made once

check: $(VENV)/dev.ok
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	.ci/audit $(BIN)

format: $(VENV)/dev.ok
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

axe: # for the accessibility tests, which are skipped without it
	tar -xzf $$(npm pack --silent axe-core) -C $(VENV) --one-top-level=axe package/axe.min.js
	rm -f axe-core-*.tgz

screenshots: $(VENV)/dev.ok # of the main pages, from the practice days; needs chromium
	$(BIN)/python -m docs.screenshots.make

BENCHMARKS := startup reading silence adversarial sentences mutations redlines noise schedule stored watching alerts web amendments \
	round_trip lineage obligations hostile attacks tampering kills kills.processes bad_luck log_cost
bench: $(VENV)/dev.ok # every figure in benchmarks/results, then the table of all that is promised; takes an hour or two
	-for name in $(BENCHMARKS); do $(BIN)/python -m benchmarks.$$name $$([ $$name = web ] && echo --scale 1); done
	-$(BIN)/python -m benchmarks.fleet --write
	$(BIN)/python -m benchmarks.summary

# The locks hold versions and hashes and no address: `pip` and `uv` ask the index they are set up for.
lock: $(VENV)/dev.ok
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile $(LOCK) pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile $(LOCK) --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile $(LOCK) --extra fleet --extra metrics -c requirements-dev.lock pyproject.toml -o requirements-fleet.lock
LOCK := --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --python-version 3.11

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/demo.ok: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(if $(UV),$(UV) pip install --quiet --python $(BIN)/python --require-hashes --only-binary :all: -r,$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r) requirements.lock
	$(MAKE) --no-print-directory own
	@touch $@

$(VENV)/dev.ok: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(if $(UV),$(UV) pip install --quiet --python $(BIN)/python --require-hashes --only-binary :all: -r,$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r) requirements-dev.lock
	$(MAKE) --no-print-directory own
	@touch $@ $(VENV)/demo.ok

.PHONY: own
own: # the project itself, editable, built with the locked build backend
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .

clean:
	rm -rf $(VENV) build *.egg-info
