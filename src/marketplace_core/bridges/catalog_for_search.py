"""The catalog as search needs it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from marketplace_core.catalog import CatalogReader, CategoryView, ProductDocument
from marketplace_core.kernel.ids import ProductId
from marketplace_core.search import CategoryLabel, SearchDocument
from marketplace_core.search.ports import DocumentSource


@frozen(kw_only=True)
class CatalogDocuments(DocumentSource):
    """Products that buyers see, as the catalog has them, with their categories by name."""

    reader: CatalogReader

    async def documents(self, product_ids: Collection[ProductId]) -> Mapping[ProductId, SearchDocument]:
        """Read them, and the tree of categories once."""
        if not product_ids:
            return {}
        labels = {label.slug: label for label in _labels(await self.reader.categories())}
        found = [await self.reader.product_document(product_id) for product_id in product_ids]
        return {document.product_id: _searchable(document, labels) for document in found if document is not None}

    async def visible_ids(self, after: ProductId | None, limit: int) -> Sequence[ProductId]:
        """Read the next ones."""
        return await self.reader.listed_ids(after, limit)


def _labels(categories: Iterable[CategoryView]) -> Iterator[CategoryLabel]:
    for category in categories:
        yield CategoryLabel(category_id=category.category_id, slug=category.slug, name=category.name)
        yield from _labels(category.children)


def _searchable(document: ProductDocument, labels: Mapping[str, CategoryLabel]) -> SearchDocument:
    return SearchDocument(
        product_id=document.product_id,
        seller_id=document.seller_id,
        seller_name=document.seller_name,
        seller_slug=document.seller_slug,
        handle=document.handle,
        title=document.title,
        description=document.description,
        categories=tuple(labels[slug] for slug in document.category_slugs if slug in labels),
        keywords=(*document.tags, *document.options, *document.skus),
        price_from=document.price_from,
        price_to=document.price_to,
        in_stock=document.in_stock,
        has_video=document.has_video,
        image_url=document.image_url,
        poster_url=document.poster_url,
        published_at=document.published_at,
    )
