# The commands of the project. Each does its own set-up; `make` alone lists them.

PYTHON ?= python3
VENV := .venv/bin
INSTALL := $(PYTHON) requirements/install.py

.PHONY: help up test lint bench real campaign shots messages lock clean clean-all

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: ## Set up and run the whole site (ARGS="--port 8080" for options)
	@$(INSTALL)
	@exec $(VENV)/python manage.py up $(ARGS)

test: ## Run every test, on real services and in a real browser (ARGS="tests/patterns" for some)
	@$(INSTALL) --dev --llama
	@$(VENV)/python -m tests.browser
	@exec $(VENV)/python -m tests $(ARGS)

lint: ## Check style, layers and formatting
	@$(INSTALL) --dev
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .
	@$(VENV)/lint-imports --no-logo 2>/dev/null || $(VENV)/lint-imports

bench: ## Print the speed ratios (CLM_CORPUS=folder adds the real library)
	@$(INSTALL) --dev --llama
	@exec $(VENV)/python -m bench $(ARGS)

real: ## Check the real library (CLM_CORPUS=folder of a Commons OS snapshot)
	@test -n "$(CLM_CORPUS)" || { echo "Say where the library is: make real CLM_CORPUS=/path/to/commons-os"; exit 2; }
	@$(INSTALL) --dev --llama
	@CLM_CORPUS="$(CLM_CORPUS)" exec $(VENV)/pytest -m real $(ARGS)

campaign: ## Run faults and loads at full counts and record the figures
	@$(INSTALL) --dev --llama
	@$(VENV)/python -m tests.browser
	@exec $(VENV)/pytest -m campaign $(ARGS)

shots: ## Take the pictures of the README and the docs
	@$(INSTALL) --dev
	@$(VENV)/python -m tests.browser
	@exec $(VENV)/python -m docs.shots $(ARGS)

messages: ## Gather the words of the interface and compile its translations
	@$(INSTALL) --dev
	@exec $(VENV)/python -m clm_site.locale.messages $(ARGS)

lock: ## Write the lock files anew from requirements/*.in
	@$(INSTALL) --dev
	@for name in base dev llama; do \
	  $(VENV)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-annotate --no-header --override requirements/overrides.txt \
	    requirements/$$name.in --output-file requirements/$$name.txt || exit 1; done

clean: ## Remove what was made, but not the site's data in var/
	@rm -rf .venv build .pytest_cache .ruff_cache .import_linter_cache .hypothesis test-results var/test requirements/.install.lock
	@find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +

clean-all: clean ## Remove the site's data too: library, accounts, answers, secrets
	@rm -rf var
