"""Reads the fields of a request one by one, and refuses what is missing, wrong or unknown."""

import re
import unicodedata
from collections.abc import Mapping
from typing import final

from marketplace_adapters.fakepay.provider.listing import LIMIT_DEFAULT, LIMIT_MAX
from marketplace_adapters.fakepay.provider.refusals import Refusal, invalid

AMOUNT_MINOR_MAX = 10**12
TEXT_LENGTH_MAX = 200
EMAIL_LENGTH_MAX = 320
ADDRESS_LENGTH_MAX = 2_000
TEXTS_MAX = 20
METADATA_KEYS_MAX = 50
METADATA_KEY_LENGTH_MAX = 40
METADATA_VALUE_LENGTH_MAX = 500

_CURRENCY = re.compile(r"[A-Za-z]{3}", re.ASCII)
_COUNTRY = re.compile(r"[A-Za-z]{2}", re.ASCII)
_MOMENT = re.compile(r"[0-9]{1,11}", re.ASCII)
_WHOLE_NUMBER = re.compile(r"[0-9]{1,6}", re.ASCII)


@final
class Fields:
    """Take fields out of a JSON object or a query string; call `done` when all that is known was taken.

    Every method raises Refusal: missing_field, invalid_field or unknown_field.
    """

    def __init__(self, values: Mapping[str, object]) -> None:
        self._left = dict(values)

    def text(self, name: str, *, length_max: int = TEXT_LENGTH_MAX) -> str:
        """Take a text that is not empty."""
        value = self.optional_text(name, length_max=length_max)
        if value is None:
            raise invalid("missing_field", f"{name} is required.")
        return value

    def optional_text(self, name: str, *, length_max: int = TEXT_LENGTH_MAX) -> str | None:
        """Take a text that may be absent or null, but not empty."""
        value = self._left.pop(name, None)
        if value is None:
            return None
        if not isinstance(value, str) or not 1 <= len(value) <= length_max or not _is_plain(value):
            raise _wrong(name, f"a text of 1 to {length_max} characters without control characters")
        return value

    def amount_minor(self, name: str = "amount_minor") -> int:
        """Take a positive whole number of minor units."""
        value = self._left.pop(name, None)
        if value is None:
            raise invalid("missing_field", f"{name} is required.")
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= AMOUNT_MINOR_MAX:
            raise _wrong(name, f"a whole number of minor units from 1 to {AMOUNT_MINOR_MAX}")
        return value

    def optional_amount_minor(self, name: str = "amount_minor") -> int | None:
        """Take a positive whole number of minor units that may be absent or null."""
        return self.amount_minor(name) if self._has(name) else None

    def number(self, name: str, *, least: int, most: int, default: int | None = None) -> int:
        """Take a whole number."""
        value = self._left.pop(name, None)
        value = default if value is None else value
        if value is None:
            raise invalid("missing_field", f"{name} is required.")
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise _wrong(name, f"a whole number from {least} to {most}")
        return value

    def yes_or_no(self, name: str, *, default: bool) -> bool:
        """Take true or false from a body."""
        value = self._left.pop(name, default)
        if not isinstance(value, bool):
            raise _wrong(name, "true or false")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Take a list of texts; empty when absent."""
        value = self._left.pop(name, None)
        if value is None:
            return ()
        if not isinstance(value, list) or len(value) > TEXTS_MAX or not all(_is_name(one) for one in value):
            raise _wrong(name, f"a list of at most {TEXTS_MAX} texts")
        return tuple(value)

    def small_object(self, name: str, *, length_max: int) -> dict[str, str]:
        """Take an object of texts that is not empty."""
        value = self._left.pop(name, None)
        if not isinstance(value, dict) or not 1 <= len(value) <= METADATA_KEYS_MAX:
            raise _wrong(name, f"an object with 1 to {METADATA_KEYS_MAX} keys")
        for key, one in value.items():
            if not _is_name(key) or not isinstance(one, str) or len(one) > length_max or not _is_text(one):
                raise _wrong(name, f"an object of texts of at most {length_max} characters")
        return dict(value)

    def moment(self, name: str) -> int | None:
        """Take unix seconds from a query, if given."""
        value = self._left.pop(name, None)
        if value is None:
            return None
        if not isinstance(value, str) or not _MOMENT.fullmatch(value):
            raise _wrong(name, "a time in unix seconds")
        return int(value)

    def web_address(self, name: str) -> str:
        """Take an http(s) address."""
        value = self.text(name, length_max=ADDRESS_LENGTH_MAX)
        if not value.startswith(("http://", "https://")):
            raise _wrong(name, "an address that starts with http:// or https://")
        return value

    def left(self) -> frozenset[str]:
        """Return the names that were not taken yet."""
        return frozenset(self._left)

    def optional_currency(self) -> str | None:
        """Take a currency code that may be absent or null."""
        return self.currency() if self._has("currency") else None

    def currency(self) -> str:
        """Take a currency code, in upper case."""
        value = self.text("currency")
        if not _CURRENCY.fullmatch(value):
            raise _wrong("currency", "a currency code of three letters")
        return value.upper()

    def optional_country(self) -> str | None:
        """Take a country code, in upper case."""
        value = self.optional_text("country")
        if value is not None and not _COUNTRY.fullmatch(value):
            raise _wrong("country", "a country code of two letters")
        return None if value is None else value.upper()

    def choice(self, name: str, choices: frozenset[str]) -> str:
        """Take one of the given words."""
        value = self.text(name)
        if value not in choices:
            raise _wrong(name, f"one of {', '.join(sorted(choices))}")
        return value

    def metadata(self) -> dict[str, str]:
        """Take a small object of texts."""
        value = self._left.pop("metadata", None)
        if value is None:
            return {}
        if not isinstance(value, dict) or len(value) > METADATA_KEYS_MAX:
            raise _wrong("metadata", f"an object with at most {METADATA_KEYS_MAX} keys")
        return {_metadata_key(key): _metadata_value(one) for key, one in value.items()}

    def flag(self, name: str) -> bool:
        """Take a query parameter that says true or false; false when absent."""
        value = self._left.pop(name, "false")
        if value not in {"true", "false"}:
            raise _wrong(name, "true or false")
        return value == "true"

    def limit(self) -> int:
        """Take a page size from a query."""
        value = self._left.pop("limit", None)
        if value is None:
            return LIMIT_DEFAULT
        if not isinstance(value, str) or not _WHOLE_NUMBER.fullmatch(value) or not 1 <= int(value) <= LIMIT_MAX:
            raise _wrong("limit", f"a whole number from 1 to {LIMIT_MAX}")
        return int(value)

    def _has(self, name: str) -> bool:
        if self._left.get(name) is not None:
            return True
        self._left.pop(name, None)  # null is the same as absent
        return False

    def done(self) -> None:
        """Refuse whatever was not taken: a misspelt field must not be ignored."""
        if self._left:
            raise invalid("unknown_field", f"The request has {len(self._left)} field(s) that do not exist here.")


def _metadata_key(key: object) -> str:
    if not isinstance(key, str) or not 1 <= len(key) <= METADATA_KEY_LENGTH_MAX or not _is_plain(key):
        raise _wrong("metadata", f"an object whose keys have 1 to {METADATA_KEY_LENGTH_MAX} characters")
    return key


def _metadata_value(value: object) -> str:
    if not isinstance(value, str) or len(value) > METADATA_VALUE_LENGTH_MAX or not _is_plain(value):
        raise _wrong("metadata", f"an object of texts of at most {METADATA_VALUE_LENGTH_MAX} characters")
    return value


def _is_name(text: object) -> bool:
    return isinstance(text, str) and 1 <= len(text) <= METADATA_KEY_LENGTH_MAX and _is_plain(text)


def _is_text(text: str) -> bool:
    return _is_plain(text.replace("\n", "").replace("\t", ""))


def _is_plain(text: str) -> bool:
    # Neither control characters nor lone surrogates: JSON can spell both, and no file can hold the latter.
    return not any(unicodedata.category(character) in {"Cc", "Cs"} for character in text)


def _wrong(name: str, expected: str) -> Refusal:
    return invalid("invalid_field", f"{name} must be {expected}.")
