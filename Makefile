# One name for each thing; CI runs the same. Everything is set up in .venv from a bare clone.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
EXAMPLE := examples/shop-support.yaml
PORT ?= 8501

.PHONY: run test check check-long check-tools bench clean

run: $(READY)
	$(BIN)/recommender recommend $(EXAMPLE)
	@echo "The form: http://localhost:$(PORT)"
	$(BIN)/recommender ui --port $(PORT)

test: $(READY) browser
	$(BIN)/python -m pytest -n 2

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy -p recommender
	$(BIN)/lint-imports
	$(BIN)/recommender catalog check

check-long: $(READY)
	HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest -n 2 tests/properties
	HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest tests/ui/test_form.py -k test_no_requirements_break_the_page
	$(BIN)/python -m pytest -n 2 tests/long

# Recipes held to the tools that read them and run on tiny models: gigabytes of packages, so not in CI.
TOOLS := .venv-tools
TOOLS_READY := $(TOOLS)/.ready

check-tools: $(READY) $(TOOLS_READY)
	rm -rf build/recipes
	$(BIN)/python tests/tools/write_recipes.py build/recipes
	$(TOOLS)/bin/python tests/tools/held_to_tools.py build/recipes
	$(TOOLS)/bin/python tests/tools/run_recipes.py build/recipes

# Axolotl is held to by its schema alone, which needs none of the packages that it trains with.
$(TOOLS_READY): tests/tools/requirements.txt
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check -r tests/tools/requirements.txt
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps axolotl==0.19.0
	@touch $(TOOLS_READY)

bench: $(READY)
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/estimates_speed.py

# Chromium drives the form's tests: installed only where it is absent and the user may install it.
.PHONY: browser
browser:
	@command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || \
	{ if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	  else echo "The form's browser tests need Chromium: install it (Debian: sudo apt-get install chromium), then run make test again."; exit 1; fi; }

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q recommender ui
	@touch $(READY)

clean:
	rm -rf $(VENV) $(TOOLS) dist build
