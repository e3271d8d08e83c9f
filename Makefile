# Everything from nothing but Python >= 3.11 and make. `make demo` and `make test` set up
# what they need; VENV and PYTHON may be named on the command line.
VENV ?= .venv
PYTHON ?= python3
BIN = $(VENV)/bin
# The dates METHOD works the sample's history out for, and one at each end.
DATES = 2003-12-31 2010-12-31 2012-12-31 2016-12-31 2017-12-31 2018-12-31 2019-06-30 \
        2019-12-31 2022-12-31 2024-12-31 2026-11-01
# make demo REPLAY=--no-prefect runs the same stages in one process without Prefect.
REPLAY ?=

.PHONY: install demo test check bench clean

install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.developing: $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test,lint]'
	touch $@

demo: install
	rm -rf demo
	$(BIN)/living-review init demo --sample
	$(BIN)/living-review --review demo replay --at $(DATES) $(REPLAY)
	@echo
	$(BIN)/living-review --review demo backtest --series sample/effects.csv --claim class-effect
	@echo
	$(BIN)/living-review --review demo diff
	@echo
	@echo "Reports: demo/warehouse/store/reports/index.html (latest: demo/warehouse/store/reports/latest/index.html)"

check: $(VENV)/.developing
	PATH="$(abspath $(BIN)):$$PATH" scripts/check

# Three at once on two cores: one of them waits for a minute to begin, others for replies. In the
# order of their names, so that those that wait begin first.
# Code is kept compiled, whatever the machine says: tests start some hundred processes.
test: export PYTHONDONTWRITEBYTECODE =
test: check
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

# make bench FILES="one.xml.gz two.xml.gz" times parsing on PubMed XML too.
bench: $(VENV)/.developing
	$(BIN)/python -m benchmarks $(FILES)

clean:
	rm -rf $(VENV) demo build .mypy_cache .ruff_cache .pytest_cache
