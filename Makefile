# Every command a developer types. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: up test check fmt api web pictures front-page lighthouse lock clean help

PORT ?= 8000
DATA_DIR ?= .data
DEMO ?= 1
# Any Python 3.11 or later may be named: make up PYTHON=/opt/python3.12/bin/python3
PYTHON ?= $(shell setup/find-python)
BOOTSTRAP = "$(or $(PYTHON),$(error No usable Python))" setup/bootstrap.py
NPM = .venv/bin/python setup/npm.py
COMPILE = .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header

up: ## Set everything up and serve the platform at http://localhost:8000 (PORT=, DATA_DIR=, DEMO=0)
	@$(BOOTSTRAP) up
	@exec .venv/bin/softfactory up --port "$(PORT)" --data-dir "$(DATA_DIR)" $(if $(filter 0 no false,$(DEMO)),--no-demo)

test: ## Set everything up and run every test (ARGS= goes to pytest)
	@$(BOOTSTRAP) test
	@.venv/bin/python setup/tests.py $(ARGS)

check: ## Read the code: style, types, import contracts, the API client, house rules, web units
	@$(BOOTSTRAP) check
	@.venv/bin/python setup/check.py

fmt: ## Format Python and TypeScript
	@$(BOOTSTRAP) check
	@.venv/bin/ruff check --fix-only -q . ; .venv/bin/ruff format -q .
	@$(NPM) run -s format

api: ## Write web/openapi.json and the browser's client from the code
	@$(BOOTSTRAP) check
	@.venv/bin/softfactory openapi --out web/openapi.json
	@$(NPM) run -s api

web: ## Build the web app
	@$(BOOTSTRAP) web

pictures: web ## Pictures of every page in every state in test-results/pictures (ONLY=, WIDTHS=, LANGUAGES=, SCHEMES=, STATES=, SITE=)
	@$(BOOTSTRAP) test
	@.venv/bin/python -m tests.browser.pictures

front-page: ## The pictures of README.md anew, in docs/pictures
	@$(MAKE) --no-print-directory pictures ONLY='^(landing-full|chefs-full|chefs-chef-book-pay|chef-desk-full)$$' STATES=full
	@.venv/bin/python -m tests.browser.front_page

lighthouse: ## Measure the pages that matter against their targets; SITE= names a running platform (PAGES=, DEVICES=)
	@.venv/bin/python setup/npm.py run -s lighthouse -- $(PAGES)

lock: ## Pin Python packages anew from pyproject.toml
	@$(BOOTSTRAP) check
	@$(COMPILE) pyproject.toml -o requirements.lock
	@$(COMPILE) --group dev pyproject.toml -o requirements-dev.lock
	@echo uv | $(COMPILE) - -o setup/uv.lock

clean: ## Delete what can be made again: environments, builds, caches (data stays)
	@rm -rf .venv node_modules web/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results
	@find softfactory tests setup -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
