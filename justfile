# `just` runs lint, types and tests; `just --list` says what else there is.
default: lint type layers test

env := ".venv/bin/"

# make the environment with the locked versions
setup:
    python3 -m venv .venv && .venv/bin/pip install -q -c requirements.lock -e '.[dev]'

test *args:
    {{env}}pytest -n auto --dist loadfile {{args}}

# walks of middle size through every member, in ten minutes: before a release, and when a mechanism of theirs changed
walks:
    {{env}}pytest -q -n auto --dist worksteal -m walk --whole tests/bugs tests/contract tests/engine tests/unit \
      --deselect tests/contract/test_keys_act.py

# every walk through every member, not through a sample; hours
whole:
    {{env}}pytest -q -n auto --dist worksteal -m walk --whole

# let Hypothesis look for examples at random, twenty times as many
search:
    {{env}}pytest -q -n auto -m hypothesis --hypothesis-profile search

# the same for so many seconds, in another order each time; the end says what was tried
fuzz seconds="600":
    {{env}}pytest -q -r fE -m hypothesis --hypothesis-profile search --seconds {{seconds}}

# every test that injects a fault, and all members of its family
faults:
    {{env}}pytest -q -n auto --dist worksteal -m fault --whole

# kill so many runs at random moments, from a seed on; the end says with which seed to go on
kills number="100" seed="1":
    {{env}}pytest -q -n auto --dist worksteal tests/reliability/test_kills_at_random.py --kills {{number}} --seed {{seed}}

lint:
    {{env}}ruff format --check .
    {{env}}ruff check .
    {{env}}codespell --toml pyproject.toml

fix:
    {{env}}ruff format .
    {{env}}ruff check --fix .

type:
    {{env}}mypy

layers:
    {{env}}lint-imports

# validate every spec, and lay it out in the one form
specs:
    {{env}}edusync validate specs
    {{env}}edusync fmt specs

# rewrite the golden files of one connector; read the difference, and say in the commit why it moved
regen erp:
    -{{env}}pytest -q tests/connectors -k {{erp}} --force-regen
    git diff --stat tests/connectors/{{erp}}

# make the pages that are made from schemas and codes
reference:
    {{env}}python -c "from pathlib import Path; from edusync.app.authoring.reference import write_pages; write_pages(Path())"
    {{env}}python -m tests.promises.page

# bring the French up to date with the English: what is new stands there empty
translations:
    {{env}}python -m edusync.app.authoring.translations

# take the pictures of the documents anew; look at them
screenshots *names:
    {{env}}python -m tests.web.screenshots {{names}}

# record the terminals of the documents anew; look at them
recordings:
    {{env}}python docs/site/recordings.py

# the site of the documents, into site/; a link or a page that leads nowhere fails
docs:
    NO_MKDOCS_2_WARNING=1 {{env}}mkdocs build --strict

# the same in a browser, anew with every change
docs-serve:
    NO_MKDOCS_2_WARNING=1 {{env}}mkdocs serve

# the next release's changes, as they will read
news:
    {{env}}towncrier build --draft --version next

# wheel, source archive and bill of materials into dist/, each checked
package:
    rm -rf dist
    {{env}}python -m build --no-isolation --outdir dist
    {{env}}twine check --strict dist/*
    {{env}}check-wheel-contents dist/*.whl
    bash .ci/sbom

# the bill of materials of a release (CycloneDX) from the lock; needs the network
sbom file="dist/sbom.cdx.json":
    bash .ci/sbom {{file}}

wheel-test:
    {{env}}pytest -q tests/packaging -m packaging

# plant every mistake in the eight specs
mutation:
    {{env}}pytest -q -n auto --dist worksteal tests/rules -m mutation

bench *args:
    {{env}}python benchmarks/run.py {{args}}

# resolve the lock anew
lock:
    {{env}}pip install -q uv && {{env}}uv pip compile -q --universal --all-extras --no-emit-index-url --no-header --no-annotate --python-version 3.11 pyproject.toml -o requirements.lock --upgrade

# ask the advisory database (OSV) about the locked versions; needs the network
audit:
    {{env}}pip install -q pip-audit && {{env}}pip-audit -r requirements.lock --no-deps --disable-pip --vulnerability-service osv

ci:
    bash .ci/run
