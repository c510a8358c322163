"""What the provider answers to one request."""

from collections.abc import Mapping

from attrs import field, frozen


@frozen
class Answer:
    """Hold a status, a JSON body and headers."""

    status: int
    body: Mapping[str, object]
    headers: Mapping[str, str] = field(factory=dict)
