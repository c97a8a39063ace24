# make run           the till; ARGS="--lang en" are passed on
# make test          every check, as CI runs it
# make tour          pictures of every screen, in tour/
# make prove         the long tests, in one table: hours; ARGS="kills --quick" names one, short
# make bench         how fast it is, in bench.json
# make translations  bring the messages in the code into the catalogue
# make lock          pin the packages that pyproject.toml names; ARGS=--upgrade renews all
# make clean         remove what these made

PY := .venv/bin/python
CATALOGUE := assets/translations/zh_CN/LC_MESSAGES/shanhai
LOCK := $(PY) -m uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-strip-extras --no-header --no-emit-index-url --no-emit-find-links $(ARGS)

.PHONY: run test tour prove bench translations lock clean ready ready-to-test

run: ready
	@$(PY) main.py $(ARGS)

test: ready-to-test
	@echo "Style: no rule of pyproject.toml is broken."
	@$(PY) -m ruff check .
	@echo "Layout: every file is formatted."
	@$(PY) -m ruff format --check .
	@echo "Types: mypy, strict."
	@$(PY) -m mypy
	@echo "Layers: ui, receipts, models; never upwards."
	@.venv/bin/lint-imports --no-logo
	@echo "Behaviour: every line and branch of models and receipts."
	@$(PY) -m pytest tests/models tests/receipts -n 2 --dist worksteal --cov
	@echo "Stories: the till on its window, its programs, and what befalls it."
	@$(PY) -m pytest --ignore=tests/models --ignore=tests/receipts -n 2 --dist worksteal

tour: ready-to-test
	@$(PY) -m tests.tour $(ARGS)

prove: ready-to-test
	@$(PY) -m tests.prove $(ARGS)

bench: ready-to-test
	@$(PY) -m tests.bench $(ARGS)

translations: ready-to-test
	@.venv/bin/pybabel --quiet extract -F packaging/babel.cfg -k _ -k ngettext:1,2 \
		--no-location --sort-output -o .venv/messages.pot .
	@.venv/bin/pybabel --quiet update -i .venv/messages.pot -o $(CATALOGUE).po -l zh_CN \
		--ignore-pot-creation-date --no-fuzzy-matching --ignore-obsolete --no-wrap
	@.venv/bin/pybabel compile -i $(CATALOGUE).po -o $(CATALOGUE).mo --statistics

lock: ready-to-test
	@$(PY) -m pip install --quiet uv
	@$(LOCK) -o requirements.txt
	@$(LOCK) --group dev -c requirements.txt -o requirements-dev.txt

clean:
	rm -rf .venv .cache .coverage .mypy_cache .ruff_cache .pytest_cache \
		.import_linter_cache .hypothesis .benchmarks tour bench.json
	find . -name __pycache__ -prune -exec rm -rf {} +

ready:
	@sh packaging/setup.sh requirements.txt

ready-to-test:
	@sh packaging/setup.sh requirements-dev.txt
