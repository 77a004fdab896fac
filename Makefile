# What a person types. Needs python3 (3.11 or newer) with venv, make and git; everything else is brought here.
# HOST, PORT and the other settings (docs/settings.md) come from the environment or after the target.

PYTHON ?= python3
ARGS ?=
BENCH ?= match search_quality search_peers search_speed pages
UPGRADE ?=
UV := uv==0.13.9
SAY := echo "policyhub:"

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export PIP_ROOT_USER_ACTION := ignore
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test check format lint types imports library lock bench pictures clean services

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

serve: .venv/.runtime  ## pages and API on 127.0.0.1:8000 (HOST, PORT)
	@exec .venv/bin/policyhub serve

test: .venv/.dev services  ## every test; ARGS="-k name" for some
	@.venv/bin/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal $(ARGS)

services:
	@sh tests/services/install.sh

check: lint format types imports library  ## style, types, import contracts, the policy library; all at once: make -k check

lint: .venv/.dev
	@$(SAY) "ruff check"; .venv/bin/ruff check --quiet .

format: .venv/.dev
	@$(SAY) "ruff format"; .venv/bin/ruff format --quiet --diff .

types: .venv/.dev
	@$(SAY) "mypy"; .venv/bin/mypy --no-error-summary

imports: .venv/.dev
	@$(SAY) "import contracts"; .venv/bin/lint-imports --no-logo

library: .venv/.runtime
	@$(SAY) "policy library"; .venv/bin/policyhub check

bench: .venv-bench/.made  ## measured comparisons with peers, each printing its method; BENCH="search_speed" for some
	@for bench in $(BENCH); do $(SAY) "bench $$bench" >&2; .venv-bench/bin/python bench/$$bench.py $(ARGS) || exit; done

pictures: .venv/.dev services  ## the pictures of docs/, made anew; ARGS="desk-answer" for some
	@.venv/bin/python -m tests.docs.pictures $(ARGS)

lock:  ## pin what pyproject.toml asks for; UPGRADE=--upgrade for the newest
	@test -x .venv-lock/bin/uv || { $(PYTHON) -m venv .venv-lock && .venv-lock/bin/python -m pip install --quiet $(UV); }
	@$(call pin,requirements.lock,--group build)
	@$(call pin,requirements-dev.lock,--group dev --constraint requirements.lock)
	@$(call pin,requirements-bench.lock,--group bench --constraint requirements.lock)

clean:  ## remove what was built and installed here; your data in .data stays
	@rm -rf .venv .venv-bench .venv-lock build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .grimp_cache .screenshots
	@find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +

# A stamp is written last, so an interrupted run starts over and a finished one costs nothing.
.venv/.runtime: requirements.lock pyproject.toml
	@$(call environment,.venv)
	@$(call install,.venv,requirements.lock)
	@$(call ourselves,.venv)
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	@$(call install,.venv,requirements-dev.lock)
	@touch $@

.venv-bench/.made: requirements-bench.lock requirements.lock pyproject.toml
	@$(call environment,.venv-bench)
	@$(call install,.venv-bench,requirements-bench.lock)
	@$(call ourselves,.venv-bench)
	@touch $@

define environment
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	$(SAY) "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try make PYTHON=python3.11" >&2; exit 1; }; \
$(1)/bin/python -m pip --version >/dev/null 2>&1 || { \
	$(SAY) "making $(1) with $$($(PYTHON) --version)"; rm -rf $(1); \
	$(PYTHON) -m venv $(1) || { rm -rf $(1); $(SAY) "no virtual environment: is python3-venv installed?" >&2; exit 1; }; }
endef

define install
test -w "$${XDG_CACHE_HOME:-$$HOME}" || export PIP_NO_CACHE_DIR=1; \
$(SAY) "installing $$(grep -c '==' $(2)) pinned packages of $(2) into $(1)"; \
$(1)/bin/python -m pip install --quiet --require-hashes -r $(2)
endef

# Editable, by the setuptools that the lock has just brought: nothing is fetched here.
define ourselves
test -w "$${XDG_CACHE_HOME:-$$HOME}" || export PIP_NO_CACHE_DIR=1; \
$(1)/bin/python -m pip install --quiet --no-deps --no-build-isolation --no-index --config-settings editable_mode=compat --editable .
endef

define pin
$(SAY) "pinning $(1)"; .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header $(UPGRADE) $(2) --output-file $(1) pyproject.toml
endef
