"""What a scene tells: its steps with all that they moved, and how the books stand at its end."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from attrs import define, field, frozen

from marketplace_core.kernel.money import Money


@frozen(kw_only=True)
class Moved:
    """One amount that went from the debit of one account to the credit of another, and why."""

    why: str
    source: str
    target: str
    amount: Money


@frozen(kw_only=True)
class Step:
    """What somebody did, or what happened by itself; ``refused`` is why it did not happen."""

    at: datetime
    says: str
    refused: str | None = None
    moved: tuple[Moved, ...] = ()
    mails: tuple[str, ...] = ()


@frozen(kw_only=True)
class Claim:
    """Something that has to be true at that moment, and whether it is."""

    says: str
    holds: bool


@frozen(kw_only=True)
class Ending:
    """How the books stand: each kind of account, each shop, our balance at the provider by their books and by ours."""

    accounts: tuple[tuple[str, Money], ...]
    shops: tuple[tuple[str, tuple[tuple[str, Money], ...]], ...]
    ours: Money
    theirs: Money
    violations: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Tell whether the audit found nothing and the provider's books say what ours say."""
        return not self.violations and self.ours == self.theirs


@define(kw_only=True)
class Transcript:
    """A scene as it was played."""

    scene: str
    title: str
    seed: int
    began: datetime
    told: list[Step | Claim] = field(factory=list)
    ending: Ending | None = None

    @property
    def holds(self) -> bool:
        """Tell whether everything that had to be true was, and the books are sound."""
        claims = [one for one in self.told if isinstance(one, Claim)]
        return all(claim.holds for claim in claims) and self.ending is not None and self.ending.sound

    def lines(self) -> Iterator[str]:
        """Write it for people."""
        yield f"{self.scene}: {self.title} (seed {self.seed})"
        for one in self.told:
            match one:
                case Step():
                    yield from self._step(one)
                case Claim():
                    yield f"             {'✓' if one.holds else '✗'} {one.says}"
        if self.ending is not None:
            yield from _ending(self.ending)

    def _step(self, step: Step) -> Iterator[str]:
        yield ""
        yield f"{self._when(step.at)}  {step.says}"
        if step.refused is not None:
            yield f"             refused: {step.refused}"
        for moved in step.moved:
            yield f"             {moved.amount!s:>12}  {moved.source} → {moved.target}  ({moved.why})"
        for mail in step.mails:
            yield f"             mail: {mail}"

    def _when(self, at: datetime) -> str:
        return f"day {(at.date() - self.began.date()).days + 1:>2} {at:%H:%M}"

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "scene": self.scene,
            "title": self.title,
            "seed": self.seed,
            "holds": self.holds,
            "told": [_told(one) for one in self.told],
            "ending": None if self.ending is None else _ended(self.ending),
        }


def _ending(ending: Ending) -> Iterator[str]:
    yield ""
    yield "In the end"
    for shop, figures in ending.shops:
        yield f"  {shop}: " + (", ".join(f"{name} {amount}" for name, amount in figures) or "nothing")
    for kind, amount in ending.accounts:
        yield f"  {amount!s:>14}  {kind}"
    agree = "agree" if ending.ours == ending.theirs else "DIFFER"
    yield f"  at the provider {ending.theirs} by its books, {ending.ours} by ours: they {agree}"
    yield f"  audit: {'nothing found' if not ending.violations else f'{len(ending.violations)} found'}"
    for violation in ending.violations:
        yield f"    {violation}"


def _told(one: Step | Claim) -> dict[str, Any]:
    if isinstance(one, Claim):
        return {"claim": one.says, "holds": one.holds}
    return {
        "at": one.at.isoformat(),
        "says": one.says,
        "refused": one.refused,
        "moved": [
            {"why": moved.why, "from": moved.source, "to": moved.target, **_money(moved.amount)} for moved in one.moved
        ],
        "mails": list(one.mails),
    }


def _ended(ending: Ending) -> dict[str, Any]:
    return {
        "accounts": {kind: _money(amount) for kind, amount in ending.accounts},
        "shops": {shop: {name: _money(amount) for name, amount in figures} for shop, figures in ending.shops},
        "at_provider": {"ours": _money(ending.ours), "theirs": _money(ending.theirs)},
        "violations": list(ending.violations),
    }


def _money(amount: Money) -> dict[str, Any]:
    return {"amount_minor": amount.amount_minor, "currency": amount.currency}
