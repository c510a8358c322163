"""An endpoint: where somebody wants to be told what happens."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from attrs import define

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import EndpointId, SellerId
from marketplace_core.webhooks.domain.errors import InvalidEndpoint, SecretNotShown
from marketplace_core.webhooks.domain.events import EndpointDisabled

ENDPOINTS_MAX: Final = 10
"""How many endpoints one owner may have."""
DESCRIPTION_LENGTH_MAX: Final = 200
SHOWN_FOR: Final = timedelta(minutes=10)
"""How long a new secret can be read: long enough for an answer that was lost on its way, and a page read twice."""
BOTH_FOR: Final = timedelta(hours=24)
"""How long the secret before is valid beside a new one."""
FAILING_FOR: Final = timedelta(days=5)
"""After so long without a success an endpoint is disabled."""


class EndpointState(Enum):
    """Whether anything is sent to it."""

    ENABLED = "enabled"
    DISABLED = "disabled"
    REMOVED = "removed"


class DisabledBecause(Enum):
    """Why nothing is sent to it any more."""

    OWNER = "owner"
    GONE = "gone"
    FAILING = "failing"


@define(kw_only=True, eq=False)
class Endpoint(Aggregate):
    """Where an owner (a shop, or without ``seller_id`` the operators) is told of events.

    ``event_types`` are names of contracts; none stands for all that the owner may hear of. Secrets are numbered, and
    derived when they are needed: ``secret_number`` is the present one, the one before it is valid until
    ``previous_until``. ``failing_since`` is when the first attempt failed after the last success.
    """

    endpoint_id: EndpointId
    seller_id: SellerId | None
    url: str
    description: str
    event_types: tuple[str, ...]
    made_at: datetime
    secret_made_at: datetime
    secret_number: int = 1
    previous_until: datetime | None = None
    state: EndpointState = EndpointState.ENABLED
    disabled_because: DisabledBecause | None = None
    failing_since: datetime | None = None

    @classmethod
    def make(
        cls,
        endpoint_id: EndpointId,
        *,
        seller_id: SellerId | None,
        url: str,
        description: str,
        event_types: Sequence[str],
        known: Sequence[str],
        now: datetime,
    ) -> "Endpoint":
        """Make one. ``known`` are the events that the owner may hear of. Raises ``InvalidEndpoint``."""
        return cls(
            endpoint_id=endpoint_id,
            seller_id=seller_id,
            url=url,
            description=_described(description),
            event_types=_chosen(event_types, known),
            made_at=now,
            secret_made_at=now,
        )

    @property
    def is_enabled(self) -> bool:
        """Tell whether anything is sent to it."""
        return self.state is EndpointState.ENABLED

    def wants(self, event_type: str) -> bool:
        """Tell whether it is told of events of that type."""
        return self.is_enabled and (not self.event_types or event_type in self.event_types)

    def same_as(self, url: str, description: str, event_types: Sequence[str]) -> bool:
        """Tell whether somebody asks for what this one is already."""
        return (self.url, self.description, set(self.event_types)) == (url, description.strip(), set(event_types))

    def change(self, *, url: str, description: str, event_types: Sequence[str], known: Sequence[str]) -> None:
        """Have another address, description or choice of events. Raises ``InvalidEndpoint``."""
        self.description = _described(description)
        self.event_types = _chosen(event_types, known)
        if url != self.url:
            self.url, self.failing_since = url, None

    def enable(self) -> None:
        """Send to it again."""
        self.state, self.disabled_because, self.failing_since = EndpointState.ENABLED, None, None

    def disable(self) -> None:
        """Send nothing more to it, as its owner wishes."""
        if self.is_enabled:
            self.state, self.disabled_because = EndpointState.DISABLED, DisabledBecause.OWNER

    def remove(self) -> None:
        """Forget it, as far as its owner can see."""
        self.state, self.disabled_because = EndpointState.REMOVED, DisabledBecause.OWNER

    def rotate(self, now: datetime) -> None:
        """Sign with a new secret from now on, and for a day with the one before as well."""
        self.secret_number += 1
        self.secret_made_at = now
        self.previous_until = now + BOTH_FOR

    def secrets(self, now: datetime) -> tuple[int, ...]:
        """Return the numbers of the secrets that are valid now, the newest first."""
        both = self.previous_until is not None and now < self.previous_until
        return (self.secret_number, self.secret_number - 1) if both else (self.secret_number,)

    def secret_to_show(self, now: datetime) -> int:
        """Return the number of the secret that was made just now. Raises ``SecretNotShown``."""
        if now >= self.secret_made_at + SHOWN_FOR:
            raise SecretNotShown("A secret is shown when it is made and never again. Rotate it to get another one.")
        return self.secret_number

    def succeeded(self) -> bool:
        """Note that something was taken; tell whether that changes anything."""
        changed, self.failing_since = self.failing_since is not None, None
        return changed

    def failed(self, now: datetime, *, gone: bool) -> bool:
        """Note that an attempt failed, and give up after so long or when told to; tell whether anything changes."""
        if not self.is_enabled:
            return False
        if gone:
            self._give_up(DisabledBecause.GONE, now)
            return True
        if self.failing_since is None:
            self.failing_since = now
            return True
        if now - self.failing_since >= FAILING_FOR:
            self._give_up(DisabledBecause.FAILING, self.failing_since)
            return True
        return False

    def _give_up(self, because: DisabledBecause, since: datetime) -> None:
        self.state, self.disabled_because = EndpointState.DISABLED, because
        self.record(
            EndpointDisabled(
                endpoint_id=self.endpoint_id, seller_id=self.seller_id, url=self.url, reason=because.value, since=since
            )
        )


def _described(description: str) -> str:
    words = description.strip()
    if len(words) > DESCRIPTION_LENGTH_MAX or not words.isprintable():
        complaint = f"At most {DESCRIPTION_LENGTH_MAX} characters on one line."
        raise InvalidEndpoint(
            f"A description has {complaint[:1].lower()}{complaint[1:]}",
            errors=[{"field": "description", "message": complaint}],
        )
    return words


def _chosen(event_types: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    unknown = sorted(set(event_types) - set(known))
    if unknown:
        complaint = f"There is no event {unknown[0]!r} that you may hear of."
        raise InvalidEndpoint(complaint, errors=[{"field": "event_types", "message": complaint}])
    return tuple(sorted(set(event_types)))
