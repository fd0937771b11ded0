# The commands of the course. `make` alone lists them.
# Works with GNU make 3.81 (macOS) and any POSIX shell.

DIR ?= my
LAB_FLAGS ?=
PYTEST_FLAGS ?=

# Inside an activated conda environment made from environment.yml, that one is used.
NAME := $(shell sed -n 's/^name: *//p' environment.yml)
ifeq ($(CONDA_DEFAULT_ENV),$(NAME))
ENV := $(CONDA_PREFIX)
else
ENV := .venv
endif
OLDEST := .venv-oldest
SITE_ENV := .venv-site

RUN := "$(ENV)/bin/python"
# Plugins that these tests do not use (the browser tests do), but would pay for at each of them.
PYTEST := -m pytest -n auto --dist loadfile -p no:anyio -p no:playwright $(PYTEST_FLAGS)
# A browser for each process; what the tests measure is printed by PYTEST_FLAGS='-n 0 -s'.
BROWSE := -m pytest -n auto
# What takes seconds to import in each process, and is of no use to the tests.
WITHOUT := PYTHONPATH="$(CURDIR)/mlmath_helpers/_commands/without$${PYTHONPATH:+:$$PYTHONPATH}"

.PHONY: help lab test install notebooks pictures lint browser-test bench test-oldest clean
.PHONY: section site site-test

help:
	@echo 'make lab           open the course in JupyterLab, in your own copy of the notebooks (my/)'
	@echo '  with LAB_FLAGS=...    for JupyterLab, as in'
	@echo '    LAB_FLAGS="--no-browser --port=8890"                 over ssh -L 8890:localhost:8890'
	@echo '    LAB_FLAGS="--allow-root --no-browser --ip=0.0.0.0"   as root in a container'
	@echo '    LAB_FLAGS=--port=8890                                this port or none'
	@echo 'make test          run all tests, the notebooks too'
	@echo 'make install       set up the environment only (.venv); lab and test do it by themselves'
	@echo
	@echo 'For authors:'
	@echo 'make lab DIR=notebooks   work on the notebooks themselves'
	@echo 'make section CHAPTER=... ANCHOR=... TITLE=...   begin a section, as CONTRIBUTING.md says'
	@echo 'make notebooks     run all notebooks afresh and save them normalised'
	@echo '  with CHAPTER=statistics  that one only'
	@echo 'make pictures      make the pictures of the README again'
	@echo 'make lint          check format and style'
	@echo 'make browser-test  drive the notebooks in JupyterLab in Chromium'
	@echo 'make bench         time explorers, helpers and notebooks beside what else one would use'
	@echo 'make site          build the static site in _site/ (PYODIDE=DIR: with Pyodide from there)'
	@echo 'make site-test     read and run that site in Chromium'
	@echo 'make test-oldest   run all tests on the oldest versions that pyproject.toml allows'
	@echo 'make clean         remove the environments and what the tests leave; my/ stays'

# .ci/set_up returns at once when its environment is up to date with pyproject.toml.
install:
	@sh .ci/set_up "$(ENV)"

lab: install
	@exec $(RUN) -m mlmath_helpers lab '$(DIR)' $(LAB_FLAGS)

test: install
	@$(WITHOUT) $(RUN) $(PYTEST)

test-oldest:
	@sh .ci/set_up $(OLDEST) oldest
	@$(WITHOUT) $(OLDEST)/bin/python $(PYTEST)

browser-test:
	@sh .ci/set_up "$(ENV)" browser
	@$(RUN) -m pytest tests/browser $(PYTEST_FLAGS)

bench:
	@sh .ci/set_up "$(ENV)" bench
	@$(RUN) -m pytest tests/benchmarks -q --benchmark-quiet --benchmark-disable-gc \
		--benchmark-max-time=0.3 $(PYTEST_FLAGS)

# An environment of its own: the browser's Python goes with an older JupyterLab.
site:
	@sh .ci/set_up $(SITE_ENV) site
	@PYTHONPATH=.ci $(SITE_ENV)/bin/python .ci/site/build.py _site $(PYODIDE)

site-test:
	@test -f _site/index.html || { echo 'mlmath: there is no site yet: run make site' >&2; exit 1; }
	@sh .ci/set_up "$(ENV)" browser
	@$(RUN) $(BROWSE) tests/site $(PYTEST_FLAGS)

# By the environment, to which make hands what its command line names: a title may have an apostrophe.
section: install
	@$(RUN) .ci/new_section.py "$$CHAPTER" "$$ANCHOR" "$$TITLE"

notebooks: install
	@$(RUN) .ci/save_notebooks.py $$CHAPTER

pictures: install
	@$(RUN) .ci/save_pictures.py

lint: install
	@$(RUN) -m ruff format --check .
	@$(RUN) -m ruff check .

clean:
	rm -rf .venv $(OLDEST) $(SITE_ENV) _site .pytest_cache .ruff_cache .hypothesis test-results \
		tests/browser/screenshots tests/site/screenshots
	find mlmath_helpers tests notebooks .ci -name __pycache__ -exec rm -rf {} +
	find notebooks -name .ipynb_checkpoints -exec rm -rf {} +
