# Every task of the project. Law: a fresh machine needs python3 (3.11 to 3.13) and make, nothing else; every download is
# checked against a hash in requirements/; what is set up once is not set up again until its lock file changes.
#
#   make demo test          PYTHON=python3.12 VENV=.venv312 INSTALLER=pip

PYTHON ?= python3
VENV ?= .venv
INSTALLER ?= uv
BIN := $(VENV)/bin
PROTOC := .venv-protoc
WIRE_LOCK := spec/wire.lock.json

ifeq ($(INSTALLER),pip)
install = $(1)/bin/python -m pip install --quiet --disable-pip-version-check
INSTALLED_BY := $(VENV)/.made
else
install = $(BIN)/uv pip install --quiet --python $(1)/bin/python
INSTALLED_BY := $(VENV)/.uv
endif

.DELETE_ON_ERROR:
.PHONY: help demo test lint format bench vectors protos wire-lock lock check-install setup clean distclean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' $(MAKEFILE_LIST) | awk -F': ' '{printf "  %-14s %s\n", $$1, $$2}'

demo: $(VENV)/.node ## a referral crosses a border between two nodes on this machine
	$(BIN)/referral-node demo $(ARGS)

test: $(VENV)/.dev $(PROTOC)/.made ## every test; T=tests/flow/test_seal.py runs one file
	$(BIN)/python -m pytest $(if $(T),$(T),-n 2 --dist worksteal)

lint: $(VENV)/.dev ## ruff, mypy, import-linter, buf
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/buf lint protos

format: $(VENV)/.dev ## write what `lint` asks for, where a tool can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(VENV)/.dev ## the program beside its limits and its peers, in one run
	$(BIN)/python -m bench $(ARGS)

vectors: $(VENV)/.dev ## write the vectors that are missing, and what the spec prints of the code
	$(BIN)/python -m tests.conformance.make_vectors

protos: $(PROTOC)/.made ## rewrite referral_proto/v1/ from protos/
	$(PROTOC)/bin/python protos/generate.py

wire-lock: $(VENV)/.dev ## append new fields, enum values and methods to spec/wire.lock.json
	$(BIN)/python protos/wire_lock.py

check-install: $(VENV)/.dev ## the wheel installs alone, with [grpc], with [node], and with the oldest versions it admits
	$(BIN)/python -m pytest -m slow tests/house/test_packaging.py

lock: $(VENV)/.uv ## rewrite requirements/*.txt; UPGRADE=1 takes the newest versions
	$(call compile,requirements/uv.in) -o requirements/uv.txt
	$(call compile,requirements/protoc.in) -o requirements/protoc.txt
	$(call compile,pyproject.toml requirements/build.in) --extra node -o requirements/node.txt
	$(call compile,requirements/dev.in) -c requirements/node.txt -o requirements/dev.txt

# Neither a registry host nor a path of the machine that ran `make lock` may stand in a lock file.
compile = $(BIN)/uv --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade) $(1)

setup: $(VENV)/.dev $(PROTOC)/.made ## install everything, run nothing

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.uv: requirements/uv.txt | $(VENV)/.made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/.node: requirements/node.txt pyproject.toml | $(INSTALLED_BY)
	$(call install,$(VENV)) --require-hashes -r requirements/node.txt
	$(call install,$(VENV)) --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.node
	$(call install,$(VENV)) --require-hashes -r requirements/dev.txt
	@touch $@

# The generator needs an older protobuf than the node runs on, hence an environment of its own.
$(PROTOC)/.made: requirements/protoc.txt | $(INSTALLED_BY)
	test -x $(PROTOC)/bin/python || $(PYTHON) -m venv $(PROTOC)
	$(call install,$(PROTOC)) --require-hashes -r requirements/protoc.txt
	@touch $@

clean: ## remove caches and build output
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './.venv*' -prune -exec rm -rf {} +

distclean: clean ## also remove the environments
	rm -rf .venv .venv-protoc
