# Everything that can be done here. `make help` prints the lines below that carry two hashes.
.DEFAULT_GOAL := help
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help run test check lint translations bench slow pictures screen-reader said lock css clean compiled installed test-installed

# The system's own first: it is built to be quick, which a Python that somebody compiled in their home often is not.
PYTHONS := /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11
PY := .venv/bin/python
PYTEST := $(PY) -m pytest
SIDE_BY_SIDE := --numprocesses=auto --maxprocesses=5 --dist=worksteal
LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header --no-annotate --no-config pyproject.toml
QUICK := tests/rules tests/letters tests/test_house_rules.py tests/test_first_look.py
OTHER_WAYS := ending leaving due
ON_BOTH := $(wildcard tests/complaints tests/post tests/test_journeys.py tests/test_now.py tests/*/test_journey.py tests/*/test_bad_input*.py tests/resident/test_representing.py $(OTHER_WAYS:%=tests/staff/test_%.py))

help: ## Print this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1 - \2/p' Makefile | awk -F ' - ' '{ printf "%-18s %s\n", $$1, $$2 }'

run: installed compiled ## Bring the portal up on this machine, with a demo landlord; again: seconds, data kept
	@exec $(PY) -m portal.run

# Bad input is sent to every form by tests/test_every_form.py on SQLite, and by tests/*/test_bad_input*.py on PostgreSQL.
test: test-installed compiled ## Everything: rules, register, pages, browser, on SQLite and on PostgreSQL
	@$(PY) -m tests.browser.chromium
	PORTAL_TEST_DATABASE=postgresql $(PYTEST) $(SIDE_BY_SIDE) -m "not slow and not once and not browser" $(ON_BOTH)
	$(PYTEST) $(SIDE_BY_SIDE) --ignore-glob='*/test_bad_input*.py'

check: test-installed lint ## Seconds: style, types, templates, the rules, the letters and one whole complaint
	$(PYTEST) -q -x -m "not browser and not processes and not long and not slow" $(QUICK)

lint: test-installed ## Style, types and templates
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -m djlint templates --lint --quiet

slow: test-installed compiled ## What takes too long for every day: timing proofs, larger runs
	$(PYTEST) -m slow

screen-reader: test-installed compiled ## Listen to six conversations with Orca in Chromium, and write them down: 10 minutes
	@$(PY) -m tests.reader.desktop
	$(PYTEST) -m screen_reader tests/reader

said: test-installed compiled ## Write anew what a simulated screen reader says of each page, after a change on purpose
	WRITE_SAID=yes $(PYTEST) -q tests/reader/test_simulated.py
	git diff --stat tests/reader/said

pictures: test-installed compiled ## A picture of every page in eight ways, in test-results/pictures, for people to look at: 15 minutes
	@$(PY) -m tests.browser.chromium
	$(PYTEST) $(SIDE_BY_SIDE) -m pictures tests/browser/test_pictures.py

bench: test-installed compiled ## Measure the pages at 1,000 and 1,000,000 complaints on both engines: 20 minutes, 20 GB of disk
	$(PY) -m tests.bench.run

translations: installed ## Collect the messages into translations/messages.pot, bring every language up to date, compile it
	@$(PY) -m babel.messages.frontend --quiet extract --omit-header --add-location=file --sort-output \
	  --mapping babel.cfg --keywords _l --keywords Lazy --keywords lazy_gettext --keywords NP_:1c,2 \
	  --output-file translations/messages.pot .
	@$(PY) -c "from portal.catalogues import updating; updating.bring_up_to_date()"
	@$(MAKE) --no-print-directory compiled

lock: test-installed ## Choose the newest versions pyproject.toml allows, with their hashes
	$(PY) -m pip install --quiet uv==0.13.9
	$(LOCK) --output-file requirements.lock
	$(LOCK) --constraint requirements.lock --extra postgres --extra sso --extra test --output-file requirements-test.lock

css: ## Build the stylesheet, fonts and scripts again (needs Node; the result is committed)
	npm ci
	npm run build

clean: ## Forget the environment and the caches; the data in instance/ stays
	rm -rf .venv node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results

compiled: installed
	@$(PY) -c "from portal import i18n; [i18n.catalogue(name) for name in i18n.offered()]"

installed: .venv/run.done
test-installed: .venv/test.done

.venv/run.done: requirements.lock | $(PY)
	@echo "Installing what the portal needs ..."
	@$(PY) -m pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/test.done: requirements-test.lock | $(PY)
	@echo "Installing what the tests need ..."
	@$(PY) -m pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@ .venv/run.done

$(PY):
	@for name in $(PYTHONS); do \
	  if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    any=$$name; if $$name -c 'import ensurepip, venv' 2>/dev/null; then found=$$name; break; fi; fi; \
	done; \
	if [ -z "$$any" ]; then echo "The portal needs Python 3.11 or newer, and found none."; exit 1; fi; \
	if [ -z "$$found" ]; then \
	  echo "Python cannot make an environment here. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; fi; \
	echo "Making an environment in .venv with $$($$found --version) ..."; \
	$$found -m venv .venv
