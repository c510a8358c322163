"""Commands typed in this process: what they print, and the exit codes they end with."""

import sys
from collections.abc import Mapping
from functools import cache
from typing import Final

from attrs import frozen
from typer import Typer
from typer.main import get_command
from typer.testing import CliRunner

_commands: Final = cache(get_command)
"""Building an application's tree of commands takes as long as a command does: each is built once."""


@frozen(kw_only=True)
class Ended:
    """How a command ended; ``output`` is both streams as a terminal shows them."""

    exit_code: int
    stdout: str
    stderr: str
    output: str


def type_in(app: Typer, *words: str, env: Mapping[str, str] | None = None, keys: str = "") -> Ended:
    """Type a command; ``keys`` are what is typed while it runs. A bug is raised as it is."""
    command = _commands(app)
    exit_code: str | int | None = None
    with CliRunner().isolation(input=keys, env=env) as streams:
        try:
            command.main(args=words, prog_name="marketplace")
        except SystemExit as ended:
            exit_code = ended.code
        sys.stdout.flush()
        sys.stderr.flush()
        stdout, stderr, output = (stream.getvalue().decode() for stream in streams)
    assert isinstance(exit_code, int), exit_code
    return Ended(exit_code=exit_code, stdout=stdout, stderr=stderr, output=output)
