"""The steps of the walk: each is told when it is done, and named when it fails."""

import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx
from attrs import define, field, frozen

from marketplace_entrypoints.demo.check.outsider import Unexpected
from marketplace_entrypoints.demo.tell import Teller


class StepFailed(Exception):
    """A step of the walk failed; the message names it and says why."""

    def __init__(self, step: str, why: str) -> None:
        super().__init__(f"The step “{step}” failed. {why}")
        self.step = step
        self.why = why


@frozen(kw_only=True)
class StepDone:
    """A step that was walked, and how long it took."""

    chapter: str
    step: str
    seconds: float


@frozen(kw_only=True)
class StepLeftOut:
    """A step that could not be made here, and why."""

    step: str
    why: str


@define
class Steps:
    """Takes one step after the other."""

    tell: Teller
    done: list[StepDone] = field(factory=list)
    left_out: list[StepLeftOut] = field(factory=list)
    chapter: str = ""

    def begin(self, chapter: str) -> None:
        """Begin a chapter."""
        self.chapter = chapter
        self.tell.chapter(chapter)

    @asynccontextmanager
    async def step(self, sentence: str) -> AsyncGenerator[None]:
        """Take a step. Raises ``StepFailed`` for whatever the marketplace did wrong in it."""
        began = time.monotonic()
        try:
            with self.tell.doing(sentence):
                yield
        except Unexpected as unexpected:
            raise StepFailed(sentence, str(unexpected)) from unexpected
        except httpx.HTTPError as failure:
            raise StepFailed(sentence, f"{type(failure).__name__}: {failure}") from failure
        except (KeyError, IndexError, TypeError, ValueError) as surprise:
            raise StepFailed(sentence, f"The answer was not as described: {surprise!r}") from surprise
        self.done.append(StepDone(chapter=self.chapter, step=sentence, seconds=round(time.monotonic() - began, 2)))

    def leave_out(self, sentence: str, why: str) -> None:
        """Say that a step cannot be made here."""
        self.tell.say(f"  not made  {sentence}: {why}")
        self.left_out.append(StepLeftOut(step=sentence, why=why))
