# Two commands: "make explore" builds the site from the facts and opens it; "make test" runs every
# test. Both set up all they need in this folder, and both may be run again. "make wheel" packs what
# "make explore" set up, so that it installs without Node.

.DELETE_ON_ERROR:
.PHONY: explore test check fmt lint types bench lock clean assets wheel

PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps
# The checkout itself: linked, not copied, and built with the setuptools of the lock.
LINK := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .

# The scripts of the pages, the SPARQL engine and the editor: what they need is fetched by a lock,
# and what is built is never in the repository.
ASSETS := viz/assets/built/manifest.json

explore: .venv/run.done
	@$(MAKE) --no-print-directory assets || echo "techsov: without the SPARQL engine, for want of npm or of a network; the questions show their prepared answers" >&2
	@$(BIN)/techsov build --data data --out out --open

test: .venv/test.done .venv/checks.done .links/techsov $(ASSETS)
	@bash .ci/chromium
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/techsov fmt --check --data data
	OPENBLAS_NUM_THREADS=1 PYTHONHASHSEED=0 $(BIN)/pytest --numprocesses 2 --dist loadfile

assets: $(ASSETS)

$(ASSETS): $(wildcard viz/web/* viz/web/src/* viz/assets/js/*.js) .ci/npm .ci/lock/node.txt | .venv/run.done
	@echo "techsov: building the scripts of the pages, their SPARQL engine and their editor, once" >&2
	@bash .ci/npm viz/web web build.mjs "$(CURDIR)/viz/assets/built"

wheel: .venv/run.done $(ASSETS)
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .

check: .venv/run.done
	@$(BIN)/techsov check --data data

fmt: .venv/test.done
	$(BIN)/techsov fmt --data data
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/bench.done $(ASSETS)
	OPENBLAS_NUM_THREADS=1 $(BIN)/python tests/bench/run.py

# A stamp that is newer than the lock says that the environment is complete.
.venv/run.done: .ci/lock/run.txt pyproject.toml
	@bash .ci/venv "$(PYTHON)"
	@echo "techsov: installing what it needs, once" >&2
	@$(INSTALL) --requirement .ci/lock/run.txt
	@$(LINK)
	@touch $@

.venv/test.done: .venv/run.done .ci/lock/test.txt
	@echo "techsov: installing what the tests need, once" >&2
	@$(INSTALL) --requirement .ci/lock/test.txt
	@touch $@

# What checks the pages against the standards: a validator of HTML, and a checker of accessibility.
.venv/checks.done: $(wildcard tests/web/*.json) .ci/npm | .venv/run.done
	@bash .ci/npm tests/web checks
	@touch $@

.venv/bench.done: .venv/test.done .ci/lock/bench.txt
	@$(BIN)/python -m venv .venv/bench
	@.venv/bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --requirement .ci/lock/bench.txt
	@touch $@

# Type checkers do not follow setuptools' folder mapping: they read this git-ignored link tree.
.links/techsov:
	@mkdir -p $@
	@ln -sfn ../../graph ../../ontology ../../data ../../viz $@/

lock: .venv/test.done
	$(BIN)/python -m pip install --quiet uv
	bash .ci/lock/make

clean:
	rm -rf .venv .links viz/assets/built out build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
