# Two commands are all that is needed: make demo, make test.
# Python 3.11 or later is looked for; PYTHON=... names another one.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test format lint types contracts unit campaign bench docs clean

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(READY)

demo: $(READY)
	@$(BIN)/ksolve demo -o out --force

test: $(READY) format lint types contracts unit

format: $(READY)
	$(BIN)/ruff format --check

lint: $(READY)
	$(BIN)/ruff check

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports

unit: $(READY)
	$(BIN)/python -m pytest -n 2

SECONDS ?= 600
campaign: $(READY)
	PYTHONPATH=tests $(BIN)/python -m campaign --seconds $(SECONDS)

bench: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(BIN)/python benchmarks/solving.py
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/starting.py
	$(BIN)/python benchmarks/checking.py
	$(BIN)/python benchmarks/revising.py

docs: $(READY)
	for kind in plan resources scenario check solve revise explain whatif folder; do $(BIN)/ksolve schema $$kind > docs/$$kind.schema.json; done
	$(BIN)/ksolve frequency --format markdown > docs/frequency.md
	$(BIN)/ksolve frequency --format markdown --lang en > docs/frequency.en.md
	$(BIN)/ksolve rules --format markdown > docs/rules.md
	$(BIN)/ksolve rules --format markdown --lang en > docs/rules.en.md
	$(BIN)/ksolve read --findings > docs/findings.md
	$(BIN)/ksolve read --findings --lang en > docs/findings.en.md
	$(BIN)/python docs/reference.py ja > docs/commands.md
	$(BIN)/python docs/reference.py en > docs/commands.en.md
	$(BIN)/python docs/examples.py docs/why.md docs/revise.md

clean:
	rm -rf $(VENV) out build src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
