"""The catalogue's tables: who carries out which command, who answers which question, what happens in time."""

from typing import Final

from marketplace_core.catalog.ports import CatalogWork, Sellers
from marketplace_core.catalog.queries import (
    AuditStock,
    AuditStockHandler,
    CatalogReader,
    ListCategories,
    ListCategoriesHandler,
    ListOwnProducts,
    ListOwnProductsHandler,
    ListProducts,
    ListProductsHandler,
    ViewProduct,
    ViewProductHandler,
    ViewStock,
    ViewStockHandler,
)
from marketplace_core.catalog.usecases.add_variant import AddVariant, AddVariantHandler
from marketplace_core.catalog.usecases.adjust_stock import AdjustStock, AdjustStockHandler
from marketplace_core.catalog.usecases.archive_product import ArchiveProduct, ArchiveProductHandler
from marketplace_core.catalog.usecases.arrange_images import ArrangeImages, ArrangeImagesHandler
from marketplace_core.catalog.usecases.attach_video import AttachVideo, AttachVideoHandler
from marketplace_core.catalog.usecases.change_price import ChangePrice, ChangePriceHandler
from marketplace_core.catalog.usecases.change_product import ChangeProduct, ChangeProductHandler
from marketplace_core.catalog.usecases.commit_stock import CommitStock, CommitStockHandler
from marketplace_core.catalog.usecases.confirm_image import ConfirmImage, ConfirmImageHandler
from marketplace_core.catalog.usecases.create_category import CreateCategory, CreateCategoryHandler
from marketplace_core.catalog.usecases.create_product import CreateProduct, CreateProductHandler
from marketplace_core.catalog.usecases.detach_video import DetachVideo, DetachVideoHandler
from marketplace_core.catalog.usecases.discard_image import DiscardImage, DiscardImageHandler
from marketplace_core.catalog.usecases.follow_seller import FollowSeller, FollowSellerHandler
from marketplace_core.catalog.usecases.hold_part import HoldPart, HoldPartHandler
from marketplace_core.catalog.usecases.hold_stock import HoldStock, HoldStockHandler
from marketplace_core.catalog.usecases.import_products import ImportProducts, ImportProductsHandler
from marketplace_core.catalog.usecases.publish_product import PublishProduct, PublishProductHandler
from marketplace_core.catalog.usecases.release_stock import ReleaseStock, ReleaseStockHandler
from marketplace_core.catalog.usecases.remove_image import RemoveImage, RemoveImageHandler
from marketplace_core.catalog.usecases.remove_variant import RemoveVariant, RemoveVariantHandler
from marketplace_core.catalog.usecases.rename_variant import RenameVariant, RenameVariantHandler
from marketplace_core.catalog.usecases.request_image_upload import RequestImageUpload, RequestImageUploadHandler
from marketplace_core.catalog.usecases.restock_sold import RestockSold, RestockSoldHandler
from marketplace_core.catalog.usecases.unpublish_product import UnpublishProduct, UnpublishProductHandler
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.files import FileStore
from marketplace_core.kernel.ids import IdFactory, SellerId
from marketplace_core.kernel.messages import Answers, Handlers, Timers
from marketplace_core.kernel.work import Begin

TIMERS: Final[Timers] = {
    "catalog.discard_image": DiscardImage.of,
    "catalog.follow_seller": lambda seller_id: FollowSeller(seller_id=SellerId(seller_id)),
}


def handlers(
    *, begin: Begin[CatalogWork], sellers: Sellers, files: FileStore, clock: Clock, ids: IdFactory
) -> Handlers:
    """Return who carries out the catalogue's commands."""
    return {
        CreateCategory: CreateCategoryHandler(begin=begin, ids=ids),
        CreateProduct: CreateProductHandler(begin=begin, sellers=sellers, clock=clock, ids=ids),
        ChangeProduct: ChangeProductHandler(begin=begin, clock=clock),
        AddVariant: AddVariantHandler(begin=begin, clock=clock, ids=ids),
        RenameVariant: RenameVariantHandler(begin=begin, clock=clock),
        RemoveVariant: RemoveVariantHandler(begin=begin, clock=clock),
        ChangePrice: ChangePriceHandler(begin=begin, clock=clock),
        AdjustStock: AdjustStockHandler(begin=begin, clock=clock),
        RequestImageUpload: RequestImageUploadHandler(begin=begin, files=files, clock=clock, ids=ids),
        ConfirmImage: ConfirmImageHandler(begin=begin, files=files, clock=clock),
        RemoveImage: RemoveImageHandler(begin=begin, clock=clock),
        ArrangeImages: ArrangeImagesHandler(begin=begin, clock=clock),
        DiscardImage: DiscardImageHandler(begin=begin, files=files, clock=clock),
        AttachVideo: AttachVideoHandler(begin=begin, clock=clock),
        DetachVideo: DetachVideoHandler(begin=begin, clock=clock),
        PublishProduct: PublishProductHandler(begin=begin, sellers=sellers, clock=clock),
        UnpublishProduct: UnpublishProductHandler(begin=begin, clock=clock),
        ArchiveProduct: ArchiveProductHandler(begin=begin, clock=clock),
        FollowSeller: FollowSellerHandler(begin=begin, sellers=sellers, clock=clock),
        ImportProducts: ImportProductsHandler(begin=begin, sellers=sellers, clock=clock, ids=ids),
        HoldStock: HoldStockHandler(begin=begin, clock=clock),
        CommitStock: CommitStockHandler(begin=begin, clock=clock),
        HoldPart: HoldPartHandler(begin=begin, clock=clock),
        RestockSold: RestockSoldHandler(begin=begin, clock=clock),
        ReleaseStock: ReleaseStockHandler(begin=begin, clock=clock),
    }


def answers(*, reader: CatalogReader) -> Answers:
    """Return who answers the questions about the catalogue."""
    return {
        ViewProduct: ViewProductHandler(reader=reader),
        ListProducts: ListProductsHandler(reader=reader),
        ListOwnProducts: ListOwnProductsHandler(reader=reader),
        ListCategories: ListCategoriesHandler(reader=reader),
        ViewStock: ViewStockHandler(reader=reader),
        AuditStock: AuditStockHandler(reader=reader),
    }
