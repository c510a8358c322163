# The menu. `./dev` shows it, `./dev test` runs one of it.

set shell := ["sh", "-eu", "-c"]
set positional-arguments

sources := "src tests noxfile.py"

# Show the menu.
[private]
default:
    @just --list --unsorted

# Start server and worker with a small believable seed; --check walks both journeys (at the stack, if up) and prints a receipt.
demo *args:
    @python deploy/stack demo "$@"

# Serve from the sources, with a worker beside; Ctrl-C ends both.
dev *args:
    #!/bin/sh
    set -eu
    marketplace worker &
    trap 'kill "$!" 2>/dev/null; wait' EXIT
    marketplace serve "$@"

# Start the production stack with the demonstration in it: PostgreSQL, NATS, Valkey, S3, SMTP, split services, workers, the gateway with TLS.
up *args:
    @python deploy/stack up "$@"

# End the production stack; --wipe removes its data as well.
down *args:
    @python deploy/stack down "$@"

# Build the four wheels and source distributions into dist/.
build:
    rm -rf dist
    uv build --quiet --no-build-isolation --no-config --all-packages --out-dir dist
    @ls -1 dist

# Run every test and feature: core, architecture, adapters, entry points, features through every door.
test *args:
    pytest -n 2 --dist loadscope "$@"

# Let anything happen in a whole marketplace, in any order, and check every invariant after every step; some minutes.
machine examples="200" steps="60" seed="1":
    @python -m tests.bazaar "$1" "$2" "$3"

# Race for everything that there is only so much of, at two servers, with the last byte; `race 10 refund` for some.
race times="10" word="" database="sqlite":
    @python -m tests.races "$1" "$2" "$3"

# Let many work at once on one database, in several processes, and look that not a cent is lost; some minutes.
load workers="64" times="200" processes="4" database="sqlite":
    @python -m tests.load "$1" "$2" "$3" "$4"

# Run what takes minutes: split services behind the real gateway, crashes of the database, wrong clocks, engines away.
long *args:
    pytest -m long "$@"

# Run only the feature files, all of them through every door, on PostgreSQL as well.
features *args:
    pytest -n 2 --dist loadscope -m "" features "$@"

# Play the feature files at split services: every role a process, behind the real gateway, on PostgreSQL; some minutes.
features-split *args:
    MARKETPLACE_FEATURES_SPLIT=1 pytest features "$@"

# Click both journeys through a demonstration that is started for it; takes some minutes.
journeys:
    pytest -m demonstration tests/browser

# Send every operation of the HTTP door many generated requests, by every login; another walk every time.
fuzz examples="100":
    MARKETPLACE_FUZZ_EXAMPLES="$1" pytest tests/entrypoints/running/test_fuzz.py

# Kill the marketplace at every commit and provider call of an order's life, and see it converge; takes some minutes.
sweep *args:
    @python -m tests.sweep "$@"

# Play one random scenario over HTTP and the command line on both databases: all four end alike; `alike 300 1 2` is seeds.
alike steps="300" *seeds="1":
    @python -m tests.alike "$@"

# Tell orders' stories with the provider's messages late, lost, doubled and in any order: 2,000 permutations, some minutes.
replay *args:
    @python -m tests.replay "$@"

# Let event bus, Redis, mail server, object storage and search engine fail in every way while people buy: nobody notices; some minutes.
outages *args:
    @python -m tests.outages "$@"

# Have the event bus away for ten minutes while people buy ten times a second, and see how soon what waited is done.
backlog *args:
    @python -m tests.outages.backlog "$@"

# Build the image with Buildah, as root, and see that it serves as nobody in particular; `--stand-in` where the base cannot be had.
image *args:
    @python -m tests.image "$@"

# Play all scenes of `marketplace simulate` twice, in two processes; the two must tell the same to the byte.
scenes *args:
    @python -m tests.scenes "$@"

# Run only the conformance classes and print port × adapter × database, with the versions of the servers they ran against.
conformance *args:
    pytest -n 2 --dist loadscope -m conformance --conformance-table "$@"

# Seed faults into the code that moves money, one at a time; each must make a test fail. Some minutes; the last line has the figures.
mutants *only:
    @python -m tests.mutants "$@"

# Measure the running server beside the bare framework; `bench postgresql` with Locust and two workers; some minutes (docs/performance.md).
bench *args:
    @python -m benchmarks "$@"

# Write docs/machines.md from the state machines in the code.
machines:
    @python -m tests.architecture.machines

# Format sources and sort imports.
format:
    ruff check --quiet --select I --fix .
    ruff format .

# Everything that reads the code without running it: style, shell, imports between layers, dependencies.
lint:
    ruff format --check .
    ruff check .
    shellcheck dev .ci/run
    hadolint deploy/Dockerfile
    lint-imports --no-cache
    just dependencies

# Every import is declared, every declaration is imported, distribution by distribution.
[private]
dependencies:
    deptry src/marketplace_core
    deptry src/contracts/marketplace_contracts --config src/contracts/pyproject.toml
    deptry src/adapters/marketplace_adapters --config src/adapters/pyproject.toml
    deptry src/entrypoints/marketplace_entrypoints --config src/entrypoints/pyproject.toml

# lint, then the type checker.
check: lint
    mypy

# Generate the contracts anew from proto/.
proto:
    python proto/generate.py

# Note the contracts as given out: from now on none of them may break. For releases.
baseline:
    buf build proto -o proto/baseline.binpb

# Gather the texts of the pages anew for their translators.
translations:
    pybabel --quiet extract -F src/entrypoints/babel.cfg -k msg -k say -k count:1,2 --no-location --sort-output --omit-header \
        -o src/entrypoints/marketplace_entrypoints/web/locale/messages.pot src/entrypoints/marketplace_entrypoints/web
    pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --omit-header -l ru -d src/entrypoints/marketplace_entrypoints/web/locale \
        -i src/entrypoints/marketplace_entrypoints/web/locale/messages.pot

# Resolve the dependencies anew and write the hashed exports.
lock:
    uv lock --upgrade --no-config
    python requirements/export.py

# Build Stripe's own mock server, which the tests of its adapter then ask too (needs Go and its module proxy).
stripe-mock version="v0.203.0":
    mkdir -p .tools/stripe-mock
    GOBIN="$PWD/.tools/stripe-mock" go install "github.com/stripe/stripe-mock@$1"

# Copy what the pages serve of other people's work out of its packages (needs npm).
frontend:
    cd src/entrypoints/frontend && npm ci --ignore-scripts --no-audit --no-fund && node vendor.mjs

# Draw the diagrams of docs/c4/ as SVG (needs npm and Chromium).
diagrams:
    sh docs/c4/render.sh
