# The targets for people: setup, report, test, lab. `make help` lists all of them.
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up
SEEDS ?= seeds
OUT ?= build/report
# JupyterLab refuses to run as root, the only user of many containers, unless told.
LAB_OPTIONS ?= $(if $(filter 0,$(shell id -u)),--allow-root)

.DEFAULT_GOAL := help
.PHONY: help setup report test lab tables check lint bench clicks accuracy fuzz reliability pythons notebooks lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' Makefile

setup: $(STAMP)  ## create .venv with the locked dependencies

$(STAMP): requirements.lock pyproject.toml .ci/setup
	@bash .ci/setup $(VENV)
	@touch $@

report: $(STAMP)  ## write the review to build/report/index.html
	@$(BIN)/casebook report $(SEEDS) --out $(OUT)

tables: $(STAMP)  ## rebuild data/tables from seeds/
	@$(BIN)/casebook tables seeds --out data/tables

check: $(STAMP)  ## compare data/tables with what the seeds give now
	@$(BIN)/casebook check

test: $(STAMP)  ## run every test, the notebooks among them
	@$(BIN)/pytest -n 2 --dist loadfile --nbval tests notebooks

lab: $(STAMP)  ## open JupyterLab in notebooks/
	@$(BIN)/jupyter lab --notebook-dir=notebooks $(LAB_OPTIONS)

lint: $(STAMP)  ## check style and types
	@$(BIN)/ruff check .
	@$(BIN)/mypy

bench: $(STAMP)  ## measure speed and memory beside simpler tools: benchmarks/results.md, docs/scale.md
	@$(BIN)/python benchmarks/run.py

clicks: $(STAMP)  ## measure the reader of a long report in a browser: benchmarks/reader.md
	@$(BIN)/python benchmarks/reader.py

accuracy: $(STAMP)  ## measure the tables against the annotated reports in ../shared
	@$(BIN)/python benchmarks/accuracy.py

fuzz: $(STAMP)  ## damage 10,000 files of every format and count how their reading ends
	@PYTHONPATH=tests $(BIN)/python -m fuzz.run

reliability: $(STAMP)  ## kill runs 200 times and write docs/reliability.md
	@$(BIN)/python benchmarks/reliability.py

pythons: $(STAMP)  ## build the report under each Python that is at hand and write docs/pythons.md
	@$(BIN)/python benchmarks/pythons.py

notebooks: $(STAMP)  ## execute the committed notebooks anew
	@$(BIN)/casebook notebooks

lock: $(STAMP)  ## resolve the dependencies anew
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --all-extras --fork-strategy fewest --generate-hashes \
	  --no-annotate --custom-compile-command "make lock" --upgrade pyproject.toml -o requirements.lock

clean:  ## remove what the other targets made
	@rm -rf build $(VENV)
