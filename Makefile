# Everyday commands; each installs what is missing first. `make help` lists them.

INPUT ?= samples
OUT ?= out
ARGS ?=
EVAL ?= ../shared/data/er

INTEROP = .interop

PAPERSET = npm run --silent paperset --
INSTALLED = node_modules/.package-lock.json

.DEFAULT_GOAL := help
.PHONY: help dataset verify diff test test-interop check fix docs bench measure evaluate clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "INPUT=$(INPUT) OUT=$(OUT) ARGS=$(ARGS)   e.g. make dataset INPUT=captures OUT=out ARGS=--offline"

dataset: $(INSTALLED) ## captures in INPUT to a release in OUT
	@$(PAPERSET) run --input "$(INPUT)" --out "$(OUT)" $(ARGS)

verify: $(INSTALLED) ## check the newest release in OUT as a stranger would
	@$(PAPERSET) verify "$(OUT)/latest" $(ARGS)

diff: $(INSTALLED) ## what the newest release in OUT differs by from A, such as A=out/1.0.0
	$(if $(A),,$(error Say what to compare with: make diff A=$(OUT)/1.0.0))
	@$(PAPERSET) diff "$(A)" --out "$(OUT)" $(ARGS)

test: $(INSTALLED) ## run the tests
	@npm run --silent test

test-interop: $(INSTALLED) $(INTEROP)/installed ## open releases in other readers, and validate their metadata (needs python3)
	@node_modules/.bin/node test/interop/releases.ts $(INTEROP)/releases
	@INTEROP_RELEASES="$(CURDIR)/$(INTEROP)/releases" $(INTEROP)/readers/bin/python -W ignore -m unittest discover -s test/interop

check: $(INSTALLED) ## format, lint and types
	@npm run --silent check

fix: $(INSTALLED) ## write what check would change
	@npm run --silent fix

docs: $(INSTALLED) ## write the documents that come from the code
	@npm run --silent docs

bench: $(INSTALLED) ## measure the line on captures that it makes itself
	@npm run --silent bench

measure: $(INSTALLED) ## measure the rules for relation on labelled links
	@npm run --silent measure:relations

evaluate: $(INSTALLED) ## measure how papers are put together, on the labelled sets in EVAL
	@EVAL="$(EVAL)" npm run --silent evaluate

clean: ## remove installed packages and work files; releases stay
	rm -rf node_modules $(INTEROP) "$(OUT)/.work"

$(INSTALLED): package.json package-lock.json
	@echo "Installing packages ..." >&2
	@npm install --no-save --no-audit --no-fund --loglevel=error >&2
	@node_modules/.bin/node --version >/dev/null 2>&1 || { echo "The runtime was not installed: npm must be allowed to run the install script of the package 'node' (npm config get ignore-scripts)." >&2; exit 1; }
	@touch $@

$(INTEROP)/installed: test/interop/requirements.txt test/interop/constraints.txt test/interop/requirements-cffconvert.txt
	@echo "Installing readers and validators in $(INTEROP) ..." >&2
	@rm -rf $(INTEROP)
	@python3 -m venv $(INTEROP)/readers && python3 -m venv $(INTEROP)/cffconvert
	@$(INTEROP)/readers/bin/python -m pip install --quiet --disable-pip-version-check -r test/interop/requirements.txt -c test/interop/constraints.txt
	@$(INTEROP)/cffconvert/bin/python -m pip install --quiet --disable-pip-version-check -r test/interop/requirements-cffconvert.txt
	@touch $@
