"""The matrix: every Python that is installed × tests, lowest-direct, typing, conformance, wheels.

`./dev` runs one Python quickly; this proves the others. `nox -l` lists the sessions.
"""

import nox

nox.needs_version = ">=2025.10"
nox.options.default_venv_backend = "uv"
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_existing_virtualenvs = True

PYTHONS = ("3.11", "3.12", "3.13")
DISTRIBUTIONS = (".", "src/contracts", "src/adapters[embedded]", "src/entrypoints")


def editable() -> list[str]:
    """Return the arguments that install the four distributions from their sources."""
    return [argument for path in DISTRIBUTIONS for argument in ("-e", path)]


def install_pinned(session: nox.Session) -> None:
    """Install exactly what requirements/dev.txt pins, then the four distributions."""
    session.run_install("uv", "pip", "sync", "--quiet", "--require-hashes", "requirements/dev.txt")
    session.run_install("uv", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", *editable())


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run every test and feature at the pinned versions."""
    install_pinned(session)
    session.run("pytest", "-n", "2", "--dist", "loadscope", *session.posargs)


@nox.session(python=PYTHONS[0], name="lowest-direct")
def lowest_direct(session: nox.Session) -> None:
    """Run the tests at the oldest versions that the distributions say they accept."""
    resolution = ("--resolution", "lowest-direct")
    session.run_install("uv", "pip", "install", "--quiet", *resolution, *editable(), "--group", "test")
    session.run("pytest", "-n", "2", "--dist", "loadscope", "tests/core", "tests/adapters", "tests/entrypoints")


@nox.session(python=PYTHONS)
def typing(session: nox.Session) -> None:
    """Run the strict type checker against each Python's standard library."""
    install_pinned(session)
    session.run("mypy", "--python-version", str(session.python))


@nox.session(python=PYTHONS)
def conformance(session: nox.Session) -> None:
    """Run every port's conformance class against every adapter."""
    install_pinned(session)
    session.run("pytest", "-n", "2", "-m", "conformance", *session.posargs)


@nox.session(python=PYTHONS[0])
def wheels(session: nox.Session) -> None:
    """Build the wheels, look inside them, and run them in environments of their own."""
    install_pinned(session)
    session.run("pytest", "-m", "packaging", *session.posargs)
