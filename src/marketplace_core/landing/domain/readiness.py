"""What keeps a draft from being published: every reason, not the first."""

from collections.abc import Iterator, Mapping

from attrs import frozen

from marketplace_core.kernel.errors import Json
from marketplace_core.kernel.ids import ProductId, VideoId
from marketplace_core.landing.domain.document import PageDocument
from marketplace_core.landing.domain.errors import PageNotReady
from marketplace_core.landing.domain.link import link_problem
from marketplace_core.landing.domain.parts import PageProduct, PageSeller, PageVideo


@frozen(kw_only=True)
class PageProblem:
    """One reason: which field, a stable code, a sentence, and the identifier of the video or product at fault."""

    field: str
    code: str
    message: str
    reference: str | None = None


def page_problems(
    document: PageDocument,
    *,
    seller: PageSeller,
    videos: Mapping[VideoId, PageVideo],
    products: Mapping[ProductId, PageProduct],
) -> tuple[PageProblem, ...]:
    """List everything that keeps the document from being published, in the order of its fields."""
    return (
        *_about_the_seller(seller),
        *_about_the_video(document, seller, videos),
        *_about_the_products(document, seller, products),
        *_about_the_action(document),
    )


def require_ready(problems: tuple[PageProblem, ...]) -> None:
    """Pass if there are none; otherwise raise ``PageNotReady`` naming each."""
    if not problems:
        return
    named: list[Json] = [
        {
            "field": problem.field,
            "code": problem.code,
            "message": problem.message,
            "reference": problem.reference,
        }
        for problem in problems
    ]
    raise PageNotReady(" ".join(problem.message for problem in problems), problems=named)


def _about_the_seller(seller: PageSeller) -> Iterator[PageProblem]:
    if not seller.active:
        yield PageProblem(field="seller", code="seller_not_active", message="The shop may not sell at the moment.")


def _about_the_video(
    document: PageDocument, seller: PageSeller, videos: Mapping[VideoId, PageVideo]
) -> Iterator[PageProblem]:
    def problem(code: str, message: str) -> PageProblem:
        return PageProblem(field="hero_video", code=code, message=message, reference=document.hero_video)

    if document.hero_video is None:
        yield problem("video_missing", "The page needs a hero video.")
        return
    video = videos.get(document.hero_video)
    # Somebody else's video looks exactly like none: a page must not tell what others have.
    if video is None or video.seller_id != seller.seller_id:
        yield problem("video_not_found", "The hero video does not exist.")
        return
    if not video.ready:
        yield problem("video_not_ready", "The hero video cannot be played.")
    if not video.poster_url:
        yield problem("poster_missing", "The hero video has no poster.")


def _about_the_products(
    document: PageDocument, seller: PageSeller, products: Mapping[ProductId, PageProduct]
) -> Iterator[PageProblem]:
    if not document.products:
        yield PageProblem(field="products", code="products_missing", message="The page needs at least one product.")
    for position, product_id in enumerate(document.products):
        product = products.get(product_id)
        if product is None or product.seller_id != seller.seller_id:
            code, message = "product_not_found", f"The product {product_id} is not for sale in this shop."
        elif not product.purchasable:
            code = "product_not_purchasable"
            message = f"{product.title} cannot be bought ({product.reason or 'not offered'})."
        else:
            continue
        yield PageProblem(field=f"products.{position}", code=code, message=message, reference=product_id)


def _about_the_action(document: PageDocument) -> Iterator[PageProblem]:
    action = document.call_to_action
    if action is None:
        yield PageProblem(field="call_to_action", code="action_missing", message="The page needs a call to action.")
        return
    if not action.label.strip():
        yield PageProblem(field="call_to_action.label", code="label_missing", message="The button needs a label.")
    problem = link_problem(action.target)
    if problem:
        yield PageProblem(field="call_to_action.target", code="link_invalid", message=problem)
