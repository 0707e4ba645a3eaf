# What people, hooks and the gate all call. `make up` serves the observatory; `make test` runs every test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
PACKAGES := sources warehouse indicators pipelines dashboards

.PHONY: setup setup-dev setup-spark up test test-slow test-spark check bench docs lock messages dagster chromium

setup: $(VENV)/.runtime            ## the environment that serving needs
setup-dev: $(VENV)/.dev            ## and what checks and tests need

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
		{ echo "Python 3.11 is needed; name yours with: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-uv.txt

$(VENV)/.runtime: requirements.txt pyproject.toml | $(UV)
	$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-dev.txt
	@touch $@

setup-spark: .venv-spark/.made     ## pyspark alone, for OBSERVATORY_ENGINE=spark; Java 17 has to be there

.venv-spark/.made: requirements-spark.txt | $(UV)
	$(UV) venv --quiet --allow-existing --python $(BIN)/python .venv-spark
	$(UV) pip install --quiet --python .venv-spark/bin/python --require-hashes -r requirements-spark.txt
	@touch $@

up: setup
	@$(BIN)/observatory up

check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: setup-dev chromium
	OBSERVATORY_OFFLINE=1 $(BIN)/pytest -n 2 --dist loadfile -m "not slow"

test-slow: setup-dev
	OBSERVATORY_OFFLINE=1 $(BIN)/pytest -n 2 --dist loadfile

test-spark: setup-dev setup-spark  ## every figure on a standalone Spark cluster of this machine, against DuckDB's
	OBSERVATORY_OFFLINE=1 $(BIN)/pytest -m spark -s tests/spark

chromium:                          ## a browser for the browser tests, where Debian's packages are at hand
	@command -v chromium >/dev/null || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && \
		{ apt-get install -y -qq chromium >/dev/null 2>&1 || \
		{ apt-get update -qq >/dev/null 2>&1 && apt-get install -y -qq chromium >/dev/null 2>&1; }; }; } || \
		echo "Chromium cannot be installed here: the browser tests will be skipped"

bench: setup-dev
	OBSERVATORY_OFFLINE=1 $(BIN)/python -m benchmarks.run

docs: setup                        ## the methodology in every language, from the catalogue
	$(BIN)/python -m indicators.methodology

messages: setup-dev                ## gettext: extract the texts and bring them into the catalogues
	$(BIN)/python -m indicators.locale.extract

dagster: setup                     ## Dagster's page on loopback, with the lineage from source to release
	$(BIN)/dagster dev --host 127.0.0.1

lock: $(UV)                        ## exact versions with hashes, and no address of where they come from
	$(UV) pip compile --quiet --upgrade pyproject.toml --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements.txt
	$(UV) pip compile --quiet --upgrade pyproject.toml --extra dev -c requirements.txt --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements-dev.txt
	$(UV) pip compile --quiet --upgrade --group pyproject.toml:spark --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements-spark.txt
	echo "uv" | $(UV) pip compile --quiet --upgrade - --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements-uv.txt
