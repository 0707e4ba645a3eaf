# What people, hooks and the gate all call. `make up` serves the observatory; `make test` runs every test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
PACKAGES := sources warehouse indicators pipelines dashboards

.PHONY: setup setup-dev setup-spark up test test-slow test-spark faults check bench bench-growth docs lock messages dagster chromium servers server shared sbom audit

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

test: setup-dev chromium servers
	OBSERVATORY_OFFLINE=1 $(BIN)/pytest -n 2 --dist loadfile -m "not slow"

test-slow: setup-dev
	OBSERVATORY_OFFLINE=1 $(BIN)/pytest -n 2 --dist loadfile

faults: setup-dev chromium         ## provoke every fault, and write what came of it into docs/reliability.md
	OBSERVATORY_OFFLINE=1 $(BIN)/pytest -n 2 --dist loadfile -m "fault and not slow" --write-faults

test-spark: setup-dev setup-spark  ## every figure on a standalone Spark cluster of this machine, against DuckDB's
	OBSERVATORY_OFFLINE=1 $(BIN)/pytest -m spark -s tests/spark

chromium:                          ## a browser for the browser tests, where Debian's packages are at hand
	@command -v chromium >/dev/null || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && \
		{ apt-get install -y -qq chromium >/dev/null 2>&1 || \
		{ apt-get update -qq >/dev/null 2>&1 && apt-get install -y -qq chromium >/dev/null 2>&1; }; }; } || \
		echo "Chromium cannot be installed here: the browser tests will be skipped"

servers:                           ## nginx and PostgreSQL to try ours with, where Debian's packages are at hand
	@command -v nginx initdb >/dev/null && ls /usr/lib/postgresql >/dev/null 2>&1 || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && \
		{ DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx-light postgresql >/dev/null 2>&1 || \
		{ apt-get update -qq >/dev/null 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx-light postgresql >/dev/null 2>&1; }; }; } || \
		echo "nginx and PostgreSQL cannot be installed here: their tests will be skipped"

bench: setup-dev
	OBSERVATORY_OFFLINE=1 $(BIN)/python -m benchmarks.run

bench-growth: setup-dev            ## how costs grow with observations, datasets and vintages; takes long
	OBSERVATORY_OFFLINE=1 $(BIN)/python -m benchmarks.growth

docs: setup                        ## the methodology in every language, from the catalogue
	$(BIN)/python -m indicators.methodology

messages: setup-dev                ## gettext: extract the texts and bring them into the catalogues
	$(BIN)/python -m indicators.locale.extract

dagster: setup                     ## Dagster's page on loopback, with the lineage from source to release
	$(BIN)/dagster dev --host 127.0.0.1

sbom: setup-dev                    ## sbom.json: what the observatory is made of, as CycloneDX
	$(BIN)/cyclonedx-py requirements requirements.txt --output-reproducible --of JSON -o sbom.json

audit: setup-dev                   ## known faults of what is installed, by published advisories
	@$(BIN)/pip-audit --requirement requirements.txt --require-hashes --disable-pip --progress-spinner off --strict || \
		{ echo "make audit: a fault is named above, or the advisories cannot be reached from here, and nothing was audited"; exit 1; }

server: setup                      ## and what a public server may need: PostgreSQL for Dagster, sign-in
	$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-server.txt

shared: setup                      ## and what an object store needs (OBSERVATORY_STORE)
	$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-shared.txt

lock: $(UV)                        ## exact versions with hashes, and no address of where they come from
	$(UV) pip compile --quiet --upgrade pyproject.toml --generate-hashes --no-annotate --no-header -o requirements.txt
	$(UV) pip compile --quiet --upgrade pyproject.toml --extra dev -c requirements.txt --generate-hashes --no-annotate --no-header -o requirements-dev.txt
	$(UV) pip compile --quiet pyproject.toml --extra postgres --extra sign-in -c requirements-dev.txt --generate-hashes --no-annotate --no-header -o requirements-server.txt
	$(UV) pip compile --quiet pyproject.toml --extra shared -c requirements-dev.txt --generate-hashes --no-annotate --no-header -o requirements-shared.txt
	$(UV) pip compile --quiet --upgrade --group pyproject.toml:spark --generate-hashes --no-annotate --no-header -o requirements-spark.txt
	echo "uv" | $(UV) pip compile --quiet --upgrade - --generate-hashes --no-annotate --no-header -o requirements-uv.txt
