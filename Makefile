# make run        set up and start the app
# make class      set up and let a class in: says the address; PORT=8500, and Ctrl-C ends it
# make test       set up and run every check: formatter, linter, types, tests, Chromium and node included
# make outside    let PyTorch judge what pages say: CASES=100 of each kind, from SEED=7
# make format     put the source into the form that `make test` asks for
# make screenshots  draw docs/images again
#
# PYTHON=python3.13   make the environment with this Python (3.11 to 3.13)
# VENV=.venv-3.13     keep it in this folder
# TORCH_INDEX=https://download.pytorch.org/whl/cpu   take PyTorch without its CUDA packages
# CHROMIUM=/path/to/chrome   test with this browser
# WORKERS=3             run so many tests at once (2)

VENV ?= .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --quiet --disable-pip-version-check --no-input
WORKERS ?= 2
TORCH := $(shell grep '^torch==' requirements-dev.txt)
SUPPORTED := 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
VERSION := 'import sys; print("%d.%d" % sys.version_info[:2])'

# Done once, so that nobody waits for it on the first page; without it the app does it by itself.
COMPILE := $(PY) -c 'from nnviz.training.kernels.kernel import compiled; compiled()'

# Compiled once, and not again by every worker and every server of the tests.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run class test outside format screenshots python torch chromium javascript
.DELETE_ON_ERROR:
.NOTPARALLEL:

run: $(VENV)/.installed-run
	@$(PY) -m streamlit run app.py

class: $(VENV)/.installed-run
	@$(PY) -m nnviz class $(if $(PORT),--port $(PORT))

test: $(VENV)/.installed-dev torch chromium javascript
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(COMPILE) & $(PY) -m mypy && wait $$!
	@$(PY) -m pytest --numprocesses $(WORKERS) --dist worksteal

outside: $(VENV)/.installed-dev torch
	@$(COMPILE)
	@OUTSIDE_CASES=$(or $(CASES),100) $(if $(SEED),OUTSIDE_SEED=$(SEED)) $(PY) -m pytest --numprocesses $(WORKERS) tests/outside

format: $(VENV)/.installed-dev
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

screenshots: $(VENV)/.installed-dev chromium
	@$(PY) -m scripts.screenshots

# The environment is made by the first supported Python on the PATH, unless PYTHON names one.
$(PY):
	@for python in $(or $(PYTHON),python3 python3.13 python3.12 python3.11 python); do \
	  if "$$python" -c $(SUPPORTED) 2>/dev/null; then \
	    echo "Making $(VENV) with $$python ..."; \
	    rm -f $(VENV)/.installed-*; \
	    exec "$$python" -m venv $(VENV); \
	  fi; \
	done; \
	echo "nnviz needs Python 3.11, 3.12 or 3.13$(if $(PYTHON), and $(PYTHON) is not one of them): name one with PYTHON=/path/to/python" >&2; \
	exit 1

# An environment that was there before may be of another version, or may have been left half made.
python: $(PY)
	@$(PY) -c $(SUPPORTED) || { \
	  echo "$(VENV) holds Python $$($(PY) -c $(VERSION)), and nnviz needs 3.11 to 3.13: delete $(VENV) or choose another folder with VENV=..." >&2; \
	  exit 1; }
	@$(PY) -c 'import pip' 2>/dev/null || $(PY) -m ensurepip --default-pip >/dev/null
ifdef PYTHON
	@test "$$($(PY) -c $(VERSION))" = "$$($(PYTHON) -c $(VERSION))" || { \
	  echo "$(VENV) holds another Python than $(PYTHON): delete $(VENV) or choose another folder with VENV=..." >&2; \
	  exit 1; }
endif

# A stamp is written after pip has finished, so an interrupted installation is taken up again.
$(VENV)/.installed-run: requirements.txt | python
	@echo "Installing requirements.txt ..."
	@$(PIP) install -r requirements.txt
	@$(COMPILE)
	@touch $@

$(VENV)/.installed-dev: requirements.txt requirements-dev.txt | python
	@echo "Installing requirements-dev.txt ..."
	@grep -vE '^(-r|torch==)' requirements-dev.txt | $(PIP) install -r requirements.txt -r /dev/stdin
	@touch $@ $(VENV)/.installed-run

# Without PyTorch only the comparison with it is skipped; on a build server nothing may be skipped.
torch: $(VENV)/.installed-dev
	@test $(VENV)/.installed-torch -nt requirements-dev.txt || { \
	  echo "Installing $(TORCH) ..."; \
	  $(PIP) install $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX)) $(TORCH) \
	    && touch $(VENV)/.installed-torch; \
	} || { \
	  echo "$(TORCH) could not be installed: the comparison with PyTorch is skipped" >&2; \
	  test "$$CI" != true; }

# Types and pure functions of static/nnviz. Without node and npm only these are not checked; on a
# build server nothing may be left out. The app itself needs neither.
javascript:
	@if command -v node >/dev/null && command -v npm >/dev/null; then \
	  $(MAKE) --no-print-directory node_modules/.installed \
	    && npx --no-install tsc && node --test --test-reporter=spec tests/js/*.test.js; \
	else \
	  echo "node and npm are not installed: types and tests of the JavaScript are skipped" >&2; \
	  test "$$CI" != true; \
	fi

node_modules/.installed: package.json package-lock.json
	@echo "Installing TypeScript ..."
	@npm ci --silent --no-audit --no-fund
	@touch $@

chromium: $(VENV)/.installed-dev
	@$(PY) -m tests.browser.chromium
