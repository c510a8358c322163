"""What people type, read with patience: every field that does not fit is named, and nothing they typed is lost."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from attrs import Factory, define
from starlette.datastructures import FormData, UploadFile

from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.money import Money, exponent
from marketplace_entrypoints.web.language import Language

TEXT_LENGTH_MAX: Final = 20_000
WHOLE_MAX: Final = 10**9


@define(kw_only=True)
class Form:
    """A form as it was sent, and what is wrong with it, by field."""

    language: Language
    values: Mapping[str, str] = Factory(dict)
    lists: Mapping[str, Sequence[str]] = Factory(dict)
    files: Mapping[str, UploadFile] = Factory(dict)
    file_lists: Mapping[str, Sequence[UploadFile]] = Factory(dict)
    errors: dict[str, str] = Factory(dict)
    refusal: str = ""
    """One sentence about the form as a whole."""
    steps: Sequence[str] | None = None
    """What would happen if it were sent in earnest; None if it was not asked."""

    @classmethod
    def of(cls, data: FormData, language: Language) -> "Form":
        """Read what a browser sent; half of a surrogate pair, which nothing can store, is dropped."""
        pairs = [(name, value) for name, value in data.multi_items() if isinstance(value, str)]
        texts = [(name, value.encode("utf-8", "ignore").decode()[:TEXT_LENGTH_MAX]) for name, value in pairs]
        lists: dict[str, list[str]] = {}
        for name, value in texts:
            lists.setdefault(name, []).append(value)
        sent = [(name, value) for name, value in data.multi_items() if isinstance(value, UploadFile)]
        file_lists: dict[str, list[UploadFile]] = {}
        for name, file in sent:
            file_lists.setdefault(name, []).append(file)
        return cls(language=language, values=dict(texts), lists=lists, files=dict(sent), file_lists=file_lists)

    @property
    def fits(self) -> bool:
        """Tell whether nothing is wrong with it."""
        return not self.errors and not self.refusal

    def text(self, name: str, *, required: bool = False) -> str:
        """Return a text without white space around it."""
        value = self.values.get(name, "").replace("\r\n", "\n").strip()
        if required and not value:
            self.errors[name] = self.language.say("Please fill this in.")
        return value

    def whole(self, name: str, otherwise: int | None = None) -> int:
        """Return a whole number; 0 with an error if it is none."""
        value = self.text(name)
        if not value and otherwise is not None:
            return otherwise
        if value.isascii() and value.isdigit() and int(value) <= WHOLE_MAX:
            return int(value)
        self.errors[name] = self.language.say("This is not a whole number.")
        return 0

    def money(self, name: str, currency: str) -> Money:
        """Return an amount written with a comma or a point; nothing of the currency, with an error, if it is none."""
        value = self.text(name).replace("\u00a0", "").replace(" ", "").replace(",", ".")
        digits = exponent(currency)
        try:
            major = Decimal(value)
            minor = major.scaleb(digits)
            if not major.is_finite() or minor != minor.to_integral_value() or not 0 <= minor <= WHOLE_MAX:
                raise InvalidOperation
        except InvalidOperation:
            self.errors[name] = self.language.say("This is not a price in %(currency)s.", currency=currency)
            return Money.zero(currency)
        return Money(int(minor), currency)

    def all_files(self, name: str) -> Sequence[UploadFile]:
        """Return all files that were chosen under a name."""
        return self.file_lists.get(name, ())

    def ticked(self, name: str) -> bool:
        """Tell whether a box is ticked."""
        return bool(self.values.get(name))

    def blame(self, refusal: MarketplaceError, sentence: str, fields: Sequence[str] = ()) -> None:
        """Take a refusal of the marketplace to the fields it names, or to the form as a whole."""
        errors: Any = refusal.facts.get("errors", ())
        named = {str(error["field"]): self.language.say(str(error["message"])) for error in errors} if errors else {}
        if not named and "field" in refusal.facts:
            named = {str(refusal.facts["field"]): sentence}
        self.errors |= {field: message for field, message in named.items() if not fields or field in fields}
        if not named or any(fields and field not in fields for field in named):
            self.refusal = sentence
