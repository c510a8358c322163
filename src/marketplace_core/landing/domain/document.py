"""A seller page as data. Template v1: a hero video, products, a call to action, and a text."""

import re
from typing import Final

from attrs import frozen

from marketplace_core.kernel.errors import Json
from marketplace_core.kernel.ids import ProductId, VideoId
from marketplace_core.landing.domain.errors import InvalidDocument
from marketplace_core.landing.domain.link import LINK_LENGTH_MAX
from marketplace_core.landing.domain.text import text_problem

TEMPLATE: Final = "v1"
HEADLINE_LENGTH_MAX: Final = 120
TEXT_LENGTH_MAX: Final = 4_000
LABEL_LENGTH_MAX: Final = 40
PRODUCTS_MAX: Final = 12
_ID: Final = re.compile(r"[a-z]{3,4}_[0-9A-Za-z]{1,40}", re.ASCII)


@frozen(kw_only=True)
class CallToAction:
    """What the visitor is asked to do: a label, and where it leads. Publishing checks the target."""

    label: str
    target: str


@frozen(kw_only=True)
class PageDocument:
    """Everything a seller says on their page. It may be incomplete while it is a draft.

    ``headline`` and ``text`` are plain texts; ``products`` are at most 12, in the order in which they are shown.
    Raises ``InvalidDocument`` naming every field that no page may hold, at once.
    """

    template: str = TEMPLATE
    headline: str = ""
    text: str = ""
    hero_video: VideoId | None = None
    products: tuple[ProductId, ...] = ()
    call_to_action: CallToAction | None = None

    def __attrs_post_init__(self) -> None:
        problems = {
            "template": None if self.template == TEMPLATE else f"The only template is {TEMPLATE!r}.",
            "headline": text_problem(self.headline, length_max=HEADLINE_LENGTH_MAX, lines=False),
            "text": text_problem(self.text, length_max=TEXT_LENGTH_MAX, lines=True),
            "hero_video": None if self.hero_video is None else _id_problem(self.hero_video),
            "products": _products_problem(self.products),
        }
        if self.call_to_action is not None:
            label, target = self.call_to_action.label, self.call_to_action.target
            problems["call_to_action.label"] = text_problem(label, length_max=LABEL_LENGTH_MAX, lines=False)
            problems["call_to_action.target"] = text_problem(target, length_max=LINK_LENGTH_MAX, lines=False)
        errors: list[Json] = [{"field": field, "message": said} for field, said in problems.items() if said]
        if errors:
            raise InvalidDocument("The page holds something no page may hold.", errors=errors)


def _products_problem(products: object) -> str | None:
    if not isinstance(products, tuple) or len(products) > PRODUCTS_MAX:
        return f"A page shows at most {PRODUCTS_MAX} products."
    if len(set(products)) < len(products):
        return "A product appears once."
    return next((problem for problem in map(_id_problem, products) if problem), None)


def _id_problem(value: object) -> str | None:
    return None if isinstance(value, str) and _ID.fullmatch(value) else "This is not an identifier."
