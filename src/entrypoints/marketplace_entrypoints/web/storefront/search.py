"""Search: what was asked for, what was found, and what is found while somebody still types."""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from attrs import frozen
from starlette.responses import Response

from marketplace_core.catalog import CategoryView, ListCategories, ListProducts, ProductCard
from marketplace_core.kernel.errors import InvalidInput, Unavailable
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.search import (
    QUERY_LENGTH_MAX,
    Facets,
    FacetValue,
    InvalidFilter,
    Search,
    SearchFilters,
    SearchResults,
    Sort,
)
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.language import Language, msg
from marketplace_entrypoints.web.visit import Visit

RESULTS: Final = 24
NEWEST: Final = 8
SUGGESTED: Final = 6
SUGGESTED_PLACES: Final = 2
TYPED_MIN: Final = 2
"""Shorter words are not looked up while somebody types."""
NAME_LENGTH_MAX: Final = 100
CURRENCY: Final = "EUR"
"""What prices are typed in where nothing found says otherwise."""
SORTS: Final[Mapping[str, str]] = {
    Sort.RELEVANCE.value: msg("Best match"),
    Sort.NEWEST.value: msg("Newest"),
    Sort.PRICE_UP.value: msg("Price, low to high"),
    Sort.PRICE_DOWN.value: msg("Price, high to low"),
}


@frozen(kw_only=True)
class Wish:
    """What somebody looks for, as the address of the page says it."""

    text: str = ""
    category: str = ""
    seller: str = ""
    low: str = ""
    high: str = ""
    currency: str = ""
    in_stock: bool = False
    has_video: bool = False
    sort: str = ""

    def address(self, *without: str) -> str:
        """Return the address of the same search, some of its conditions taken away."""
        named = {
            "q": self.text,
            "category": self.category,
            "seller": self.seller,
            "min": self.low,
            "max": self.high,
            "currency": self.currency if self.low or self.high else "",
            "in_stock": "1" if self.in_stock else "",
            "has_video": "1" if self.has_video else "",
            "sort": self.sort,
        }
        kept = {name: value for name, value in named.items() if value and name not in without}
        return f"/search?{urlencode(kept)}" if kept else "/search"


@frozen(kw_only=True)
class Chip:
    """A condition that holds, and where it does not hold any more."""

    label: str
    address: str


@frozen(kw_only=True)
class Bounds:
    """A price range as it was typed, as far as it can be understood; ``errors`` say what cannot, by field."""

    low: Money | None
    high: Money | None
    errors: Mapping[str, str]


async def search(visit: Visit) -> Response:
    """Show what was found, how it can be narrowed, and what else to try where nothing was."""
    wish = _wish(visit)
    bounds = _bounds(wish, visit.language)
    asked = Search(text=wish.text, filters=_filters(wish, bounds), sort=Sort(wish.sort) if wish.sort else None)
    try:
        results, turned = await _results(visit, asked)
    except InvalidInput as refusal:  # the search as a whole cannot be understood: say so where it was typed
        return _page(visit, wish, bounds, errors={"q": visit.sentence(refusal)})
    newest: Sequence[ProductCard] = ()
    names: Sequence[CategoryView] = ()
    if not results.hits:
        newest = (await visit.ask(ListProducts(page=PageRequest(limit=NEWEST)))).items
        names = await visit.ask(ListCategories()) if wish.category else ()
    errors = {} if turned else {"cursor": visit.language.say("The list has changed; here it is from its beginning.")}
    return _page(visit, wish, bounds, results, errors=errors, newest=newest, names=names)


async def suggestions(visit: Visit) -> Response:
    """Show the first hits while somebody types, and the categories and shops they are in; nothing for one letter."""
    text = visit.asked("q", QUERY_LENGTH_MAX).strip()
    results: SearchResults | None = None
    if len(text) >= TYPED_MIN:
        try:
            results = await visit.ask(Search(text=text, page=PageRequest(limit=SUGGESTED)))
        except (InvalidInput, Unavailable):
            results = None
    return visit.page("storefront/parts/suggestions.html", text=text, results=results, places=SUGGESTED_PLACES)


async def _results(visit: Visit, asked: Search) -> tuple[SearchResults, bool]:
    """Search; tell whether the page that was asked for is there. A cursor of another search begins this one anew."""
    cursor = visit.asked("cursor", 600)
    if cursor:
        try:
            page = PageRequest(limit=RESULTS, cursor=cursor)
            return await visit.ask(Search(text=asked.text, filters=asked.filters, sort=asked.sort, page=page)), True
        except InvalidCursor:
            pass  # shared long ago, or of another search
    page = PageRequest(limit=RESULTS)
    found = await visit.ask(Search(text=asked.text, filters=asked.filters, sort=asked.sort, page=page))
    return found, not cursor


def _page(
    visit: Visit,
    wish: Wish,
    bounds: Bounds,
    results: SearchResults | None = None,
    *,
    errors: Mapping[str, str],
    newest: Sequence[ProductCard] = (),
    names: Sequence[CategoryView] = (),
) -> Response:
    language, facets = visit.language, results.facets if results else Facets()
    category = _label(facets.categories, wish.category) or _name(names, wish.category) or wish.category
    seller = _label(facets.sellers, wish.seller) or wish.seller
    # A script puts a new list in the place of the old one, and appends the next page of the same list.
    part = "storefront/parts/hits.html" if visit.asked("cursor") else "storefront/parts/found.html"
    response = visit.page(
        part if visit.piecewise else "storefront/search.html",
        status=422 if results is None else 200,
        wish=wish,
        results=results,
        facets=facets,
        category=category,
        seller=seller,
        chips=_chips(wish, bounds, category, seller, language),
        currency=wish.currency or (facets.prices[0].lowest.currency if facets.prices else CURRENCY),
        currencies=[span.lowest.currency for span in facets.prices],
        sorts=[(key, language.say(said)) for key, said in SORTS.items() if wish.text or key != Sort.RELEVANCE.value],
        sort=wish.sort or (Sort.RELEVANCE if wish.text else Sort.NEWEST).value,
        errors={**bounds.errors, **errors},
        newest=newest,
    )
    if visit.piecewise and not visit.asked("cursor"):
        response.headers["HX-Push-Url"] = wish.address()
    return response


def _wish(visit: Visit) -> Wish:
    sort = visit.asked("sort")
    currency = visit.asked("currency")
    known = len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()
    return Wish(
        text=visit.asked("q", QUERY_LENGTH_MAX + 1).strip(),
        category=visit.asked("category", NAME_LENGTH_MAX),
        seller=visit.asked("seller", NAME_LENGTH_MAX),
        low=visit.asked("min", 20).strip(),
        high=visit.asked("max", 20).strip(),
        currency=currency if known else "",
        in_stock=bool(visit.asked("in_stock")),
        has_video=bool(visit.asked("has_video")),
        sort=sort if sort in SORTS else "",
    )


def _bounds(wish: Wish, language: Language) -> Bounds:
    """Read the price range; what makes no sense is left out of the search and named."""
    form = Form(language=language, values={"min": wish.low, "max": wish.high})
    currency = wish.currency or CURRENCY
    low, high = (form.money(name, currency) if form.text(name) else None for name in ("min", "max"))
    errors = dict(form.errors)
    low, high = (None if name in errors else amount for name, amount in (("min", low), ("max", high)))
    try:
        SearchFilters(price_min=low, price_max=high)
    except InvalidFilter:
        errors["max"] = language.say("The highest price is below the lowest.")
        high = None
    return Bounds(low=low, high=high, errors=errors)


def _filters(wish: Wish, bounds: Bounds) -> SearchFilters:
    return SearchFilters(
        category=wish.category or None,
        seller=wish.seller or None,
        price_min=bounds.low,
        price_max=bounds.high,
        in_stock=wish.in_stock,
        has_video=wish.has_video,
    )


def _chips(wish: Wish, bounds: Bounds, category: str, seller: str, language: Language) -> Sequence[Chip]:
    conditions = (
        ("category", category),
        ("seller", seller),
        ("min", language.say("from %(price)s", price=language.money(bounds.low)) if bounds.low else ""),
        ("max", language.say("up to %(price)s", price=language.money(bounds.high)) if bounds.high else ""),
        ("in_stock", language.say("In stock") if wish.in_stock else ""),
        ("has_video", language.say("With video") if wish.has_video else ""),
    )
    return [Chip(label=label, address=wish.address(name)) for name, label in conditions if label]


def _label(values: Sequence[FacetValue], wanted: str) -> str:
    return next((value.label for value in values if value.value == wanted), "")


def _name(categories: Sequence[CategoryView], slug: str) -> str:
    for category in categories:
        found = category.name if category.slug == slug else _name(category.children, slug)
        if found:
            return found
    return ""
