"""What the demonstration is made of: shops with people behind them, things, and what people do with them."""

from collections.abc import Mapping

from attrs import field, frozen


@frozen(kw_only=True)
class Person:
    """Somebody with an account."""

    name: str
    email: str
    locale: str = "en"


@frozen(kw_only=True)
class Place:
    """A category; ``parent`` is the slug of the one above."""

    slug: str
    name: str
    parent: str | None = None


@frozen(kw_only=True)
class Form:
    """One form in which a thing is sold: a value per option, a price in minor units, units in stock."""

    options: tuple[str, ...] = ()
    sku: str
    price_minor: int
    stock: int


@frozen(kw_only=True)
class Item:
    """A thing for sale. ``subject`` and ``hue`` (degrees) say how its pictures are drawn, ``views`` how many there are.

    Of the many drawings of a subject ``look`` takes another one. With ``clip_seconds`` it also gets a video of that
    length, upright if ``is_upright``, with captions: lines by language.
    """

    handle: str
    title: str
    description: str
    category: str
    tags: tuple[str, ...]
    subject: str
    hue: float
    option_names: tuple[str, ...] = ()
    forms: tuple[Form, ...]
    views: int = 1
    look: int = 0
    clip_seconds: float | None = None
    is_upright: bool = False
    captions: Mapping[str, tuple[str, ...]] = field(factory=dict)


@frozen(kw_only=True)
class Shop:
    """A seller: who they are, what they say of themselves, and what they sell, the oldest thing first.

    ``hero`` is the handle of the thing whose video opens their page, ``shown`` are the handles below it.
    """

    slug: str
    name: str
    owner: Person
    country: str
    headline: str
    story: str
    call_to_action: str
    hero: str
    shown: tuple[str, ...]
    items: tuple[Item, ...]

    def item(self, handle: str) -> Item:
        """Return the thing of that handle. Raises ``KeyError``."""
        for item in self.items:
            if item.handle == handle:
                return item
        raise KeyError(handle)


def only(price_minor: int, *, stock: int, sku: str) -> tuple[Form, ...]:
    """Return the single form of a thing without options."""
    return (Form(sku=sku, price_minor=price_minor, stock=stock),)


def each(price_minor: int, *, sku: str, **stock: int) -> tuple[Form, ...]:
    """Return a form per value of a thing's one option, all at one price; a leading ``_`` is dropped (sizes)."""
    return tuple(
        Form(options=(value.removeprefix("_"),), sku=f"{sku}-{number}", price_minor=price_minor, stock=units)
        for number, (value, units) in enumerate(stock.items(), start=1)
    )
