"""The bodies of requests about accounts, sessions and shops, and of their answers."""

from datetime import datetime
from typing import Any, Literal

from pydantic import ConfigDict, Field, field_validator

from marketplace_core.identity import SellerStatus
from marketplace_core.kernel.access import Role
from marketplace_entrypoints.http.dependencies import Incoming, MoneyOut, Outgoing

EMAIL_EXAMPLE = "ann@example.org"
PASSWORD_EXAMPLE = "a long walk by the sea"  # noqa: S105 - an example
# Generous: what a name or a password may be is the core's to say, in words; these only bound what is read.
TEXT_MAX = 1_000
TOKEN_MAX = 4_096


def _example(**fields: Any) -> ConfigDict:
    return ConfigDict(extra="forbid", frozen=True, strict=True, json_schema_extra={"examples": [fields]})


class RegistrationIn(Incoming):
    """Somebody who wants an account."""

    model_config = _example(email=EMAIL_EXAMPLE, password=PASSWORD_EXAMPLE, name="Ann Berg", locale="en")

    email: str = Field(max_length=TEXT_MAX)
    password: str = Field(max_length=TEXT_MAX, repr=False, description="8 to 128 characters; 15 for whoever will sell")
    name: str = Field(max_length=TEXT_MAX)
    locale: str = Field(default="en", max_length=35, description="The language of mails: en or ru; others get English")


class RegistrationOut(Outgoing):
    """The same words for a new address and for one that has an account; a mail tells its owner which it was."""

    status: Literal["accepted"] = "accepted"
    detail: str = "If this address had no account, it has one now. A mail with the details is on its way."


class SignInIn(Incoming):
    """Address and password."""

    model_config = _example(email=EMAIL_EXAMPLE, password=PASSWORD_EXAMPLE, device="Firefox on Linux")

    email: str = Field(max_length=TEXT_MAX)
    password: str = Field(max_length=TEXT_MAX, repr=False)
    device: str = Field(default="", max_length=200, description="How you will recognise this session")


class GuestIn(Incoming):
    """Somebody who buys without an account."""

    model_config = _example(locale="en", device="Firefox on Linux")

    locale: str = Field(default="en", max_length=35, description="The language of mails: en or ru; others get English")
    device: str = Field(default="", max_length=200, description="How this session is recognised")


class ContactIn(Incoming):
    """Where mails about a guest's orders go, and whom they address."""

    model_config = _example(email=EMAIL_EXAMPLE, name="Ann Berg")

    email: str = Field(max_length=TEXT_MAX)
    name: str = Field(max_length=TEXT_MAX)


class RefreshIn(Incoming):
    """A refresh token, which works once."""

    model_config = _example(refresh_token="GZ1s1QkqV2a7vQ6mG4y2m0oJm4tX8m2qk1bXw3m5c0A")  # noqa: S106 - an example

    refresh_token: str = Field(max_length=TOKEN_MAX, repr=False)


class SessionOut(Outgoing):
    """Send ``access_token`` as ``Authorization: Bearer`` until ``expires_at``; then refresh, once."""

    user_id: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the name of a scheme
    access_token: str = Field(repr=False)
    expires_at: datetime
    refresh_token: str = Field(repr=False)


class PasswordIn(Incoming):
    """The present password and the next."""

    model_config = _example(current_password=PASSWORD_EXAMPLE, new_password="a walk in the mountains")  # noqa: S106

    current_password: str = Field(max_length=TEXT_MAX, repr=False)
    new_password: str = Field(max_length=TEXT_MAX, repr=False)


class ShopIn(Incoming):
    """The shop to open."""

    model_config = _example(name="Ann's Teas", slug="anns-teas", country="DE", currency="EUR")

    name: str = Field(max_length=TEXT_MAX)
    slug: str = Field(max_length=TEXT_MAX, description="The shop's address: 3 to 40 of a-z, 0-9 and inner hyphens")
    country: str = Field(max_length=TEXT_MAX, description="ISO 3166-1, two capital letters")
    currency: str = Field(default="EUR", max_length=TEXT_MAX, description="ISO 4217, three capital letters")


class SuspensionIn(Incoming):
    """Why; for operators only, never mailed."""

    model_config = _example(reason="Parcels that never left")

    reason: str = Field(default="", max_length=500)


class SellerOut(Outgoing):
    """A shop. ``user_id`` and ``status_reason`` are for its owner and operators; others get null."""

    seller_id: str
    name: str
    slug: str
    country: str
    currency: str
    status: SellerStatus
    applied_at: datetime
    user_id: str | None
    status_reason: str | None


class ShopMattersOut(Outgoing):
    """What is open about a shop, at most 20 of each kind.

    ``orders`` are unpaid, to be sent or under way; they, claims, card disputes, refunds and debts keep a shop from
    being closed. ``arrived`` may still be claimed about; ``due`` is held, in reserve, payable or on its way to the
    bank. A closing shop is closed once nothing of all this is left.
    """

    orders: list[str]
    claims: list[str]
    disputes: list[str]
    refunds: list[str]
    debts: list[MoneyOut]
    arrived: list[str]
    due: list[MoneyOut]
    hinders: bool
    is_settled: bool


class SellerPageOut(Outgoing):
    """A page of shops."""

    items: list[SellerOut]
    next_cursor: str | None


class UserOut(Outgoing):
    """An account or a guest. A guest's ``email`` and ``name`` are empty until they have left them."""

    user_id: str
    email: str
    name: str
    locale: str
    roles: list[Role]
    registered_at: datetime
    guest: bool
    seller: SellerOut | None

    @field_validator("roles", mode="before")
    @classmethod
    def _in_order(cls, roles: frozenset[Role]) -> list[Role]:
        return sorted(roles, key=lambda role: role.value)


class UserPageOut(Outgoing):
    """A page of accounts."""

    items: list[UserOut]
    next_cursor: str | None
