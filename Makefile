# Set-up, the index, the page and every check. `make` alone lists what there is.
#
# The environment is .venv/ in this checkout. Stamps in it remember what is installed, so set-up
# runs once, and again only when a lock changes.
#
#   PYTHON=python3.12 make chat        another interpreter for the environment
#   TORCH_INDEX=URL make chat          an index that has torch as a CPU build (see CONTRIBUTING.md)
#   PORT=8600 HOST=0.0.0.0 make chat   where the page is served

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.SUFFIXES:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
HOST ?= localhost
PORT ?= 8501
TORCH ?= 2.13.0
TORCH_INDEX ?=
# One worker more than there are cores: tests wait for processes, servers and browsers now and then.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
PYTEST_ARGS ?= -n $(WORKERS)
EVALS_ARGS ?=

VENV := .venv
RUN := $(VENV)/bin/python
EXTRA_INDEX := $(if $(TORCH_INDEX),--extra-index-url "$(TORCH_INDEX)")
INSTALL := $(RUN) -m pip install -qq --disable-pip-version-check $(EXTRA_INDEX)
# Of these little is ever imported; what is gets its bytecode then, and the rest saves half a minute.
SELDOM := /(pandas|torch|transformers|kubernetes|sympy|scipy|sklearn|networkx|onnx|onnxscript)/

# Some machines forbid writing bytecode, and would then compile torch at every start.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help chat ask index test evals sabotage tune bench check format docs lock checksums clean

help: ## this list
	@echo "make TARGET, where TARGET is one of"
	@sed -n 's/^\([a-z]*\):[^#]*## /\1|/p' Makefile | awk -F'|' '{printf "  %-8s %s\n", $$1, $$2}'

chat: index ## the chat page in a browser; sets up what is missing
	@echo "The page: http://$(HOST):$(PORT)  (Ctrl-C stops it)"
	@headless=true; \
	if [ "$$(uname)" = Darwin ] || [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then headless=false; fi; \
	exec $(RUN) -m streamlit run app.py --server.address "$(HOST)" --server.port "$(PORT)" \
	  --server.headless $$headless --server.showEmailPrompt false --server.fileWatcherType none \
	  --browser.gatherUsageStats false --browser.serverAddress "$(HOST)"

ask: question index ## one question on the command line: make ask Q="How long must I keep entry records?"
	@$(RUN) -m assistant ask "$$Q"

.PHONY: question
question:
	@[ -n "$$Q" ] || { echo 'Say what to ask: make ask Q="How long must I keep entry records?"' >&2; exit 2; }

index: $(VENV)/runtime.stamp ## set up the environment, build the search index or bring it up to date
	@$(RUN) -m assistant index

test: $(VENV)/runtime.stamp ## everything that CI runs; pytest comes last
	@# The checks have one core, with what the tests need to be installed first; the index has the other.
	@mkdir -p build; $(MAKE) check > build/check.log 2>&1 & checks=$$!; \
	$(MAKE) packages && $(MAKE) index; made=$$?; \
	wait $$checks; checked=$$?; cat build/check.log; exit $$((made + checked))
	@$(MAKE) evals
	@echo "Tests"
	@CHROMIUM="$$($(BROWSER))" $(RUN) -m pytest -q $(PYTEST_ARGS)

evals: $(VENV)/test.stamp index ## the eval questions and their scores; fails under the floor
	@echo "Evals"
	@$(RUN) -m evals $(EVALS_ARGS)

sabotage: $(VENV)/test.stamp index ## break the product on purpose, some forty times: each must turn the evals red
	@$(RUN) -m evals.sabotage --markdown docs/evals-sabotages.md

tune: $(VENV)/test.stamp index ## teach the embedding model the questions beside the statements again; ten minutes
	@$(RUN) -m evals.tuning
	@$(MAKE) index

bench: $(VENV)/test.stamp index ## speed and memory beside LangChain's tutorial pipeline
	@$(RUN) -m evals.bench

check: $(VENV)/test.stamp ## lint, format, types, one-way imports
	@echo "Checks: ruff, mypy, import-linter"
	@$(RUN) -m ruff check -q
	@$(RUN) -m ruff format --check -q || { echo "Some files are not formatted: make format"; exit 1; }
	@$(RUN) -m mypy --no-error-summary
	@$(VENV)/bin/lint-imports --no-cache > $(VENV)/lint-imports.log 2>&1 || { cat $(VENV)/lint-imports.log; exit 1; }

format: $(VENV)/test.stamp ## write every file in the one format
	@$(RUN) -m ruff check -q --fix
	@$(RUN) -m ruff format -q

docs: $(VENV)/test.stamp index ## write docs/rules.md from the rules, check README and help texts
	@$(RUN) -m assistant.retention.table docs/rules.md
	@$(RUN) -m pytest -q -m docs $(PYTEST_ARGS)

lock: ## resolve the newest releases into requirements.lock and requirements-test.lock
	@$(call python_is_new_enough)
	@echo "Resolving everything together, then what the program alone needs: some minutes"
	@rm -rf build/lock && mkdir -p build/lock
	@echo "torch==$(TORCH)" > build/lock/all.txt
	@$(call resolve,all,runtime test bench openai anthropic ollama postgres)
	@$(call resolve,runtime,runtime)
	@{ echo "# What the program needs, to the exact release. Written by 'make lock'; not edited by hand."; \
	  cat build/lock/runtime.txt; } > requirements.lock
	@{ echo "# What the tests and the benchmark need besides. Written by 'make lock'; not edited by hand."; \
	  echo "-r requirements.lock"; \
	  grep -vxFf build/lock/runtime.txt build/lock/all.txt; } > requirements-test.lock
	@rm -rf build/lock
	@echo "requirements.lock and requirements-test.lock are written; now: make test"

checksums: $(VENV)/runtime.stamp ## after a text of the corpus was changed and verified
	@$(RUN) -m assistant.reading.checksums

clean: ## remove the environment, the index and every cache
	@rm -rf $(VENV) .index build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- set-up ----------------------------------------------------------------------------------------

# $(call resolve,NAME,EXTRAS): pyproject.toml's dependencies, resolved in an environment of their own,
# held to the pins already in all.txt; NAME.txt is then what was installed, and nothing else.
resolve = set -e; \
	$(PYTHON) -c 'import sys, tomllib; p = tomllib.load(open("pyproject.toml", "rb"))["project"]; \
	d = {"runtime": p["dependencies"], **p["optional-dependencies"]}; \
	print("\n".join(line for name in sys.argv[1:] for line in d[name]))' $(2) > build/lock/$(1).in; \
	$(PYTHON) -m venv build/lock/$(1); \
	build/lock/$(1)/bin/python -m pip install -qq --no-compile $(EXTRA_INDEX) -c build/lock/all.txt -r build/lock/$(1).in; \
	build/lock/$(1)/bin/python -m pip check -q; \
	build/lock/$(1)/bin/python -m pip freeze \
	  | sed -e 's/+[a-z0-9.]*$$//' -e 's/^uvloop==.*/& ; sys_platform != "win32"/' > build/lock/$(1).out; \
	mv build/lock/$(1).out build/lock/$(1).txt

python_is_new_enough = \
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null || { \
	  echo "Python 3.11 or later is needed, and '$(PYTHON)' is $$(command -v $(PYTHON) > /dev/null && $(PYTHON) --version 2>&1 || echo missing): PYTHON=python3.12 make ..." >&2; \
	  exit 1; }

# The first Chromium there is; CHROMIUM=PATH names another.
BROWSER := for b in "$$CHROMIUM" chromium chromium-browser google-chrome google-chrome-stable; do command -v "$$b" && break; done

POSTGRES := { command -v postgres || ls -d /usr/lib/postgresql/*/bin; } > /dev/null 2>&1

# What pip has not: a browser for the test of the page, and the server of which the tests of the
# conversations start one of their own.
.PHONY: packages
packages:
	@missing=""; \
	[ -n "$$($(BROWSER))" ] || missing="$$missing chromium"; \
	$(POSTGRES) || missing="$$missing postgresql"; \
	[ -n "$$missing" ] || exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	  echo "Installing for the tests:$$missing"; mkdir -p build; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; } \
	    > build/packages.log 2>&1 || { tail -n 5 build/packages.log >&2; exit 1; }; \
	else \
	  echo "The tests need your system's package:$$missing (CHROMIUM=/path/to/it make test, where the browser is elsewhere)" >&2; \
	  exit 1; \
	fi

# An environment that was cut off half made has no working pip, and is made anew.
$(VENV)/runtime.stamp: requirements.lock
	@$(call python_is_new_enough)
	@$(RUN) -m pip --version > /dev/null 2>&1 || { \
	  echo "Making .venv"; \
	  $(PYTHON) -m venv --clear $(VENV) > /dev/null || { \
	    echo "No virtual environment could be made with $(PYTHON); on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }; }
	@echo "Installing what the program needs (once; one to three minutes)"
	@$(INSTALL) --no-compile -r requirements.lock
	@$(RUN) -m compileall -q -j 0 -x '$(SELDOM)' $(VENV)/lib > /dev/null 2>&1 || true
	@touch $@

$(VENV)/test.stamp: requirements-test.lock $(VENV)/runtime.stamp
	@echo "Installing what the tests need (once)"
	@$(INSTALL) --no-compile -r requirements-test.lock
	@touch $@
