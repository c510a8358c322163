"""A consumer of today meets the contracts of tomorrow: new fields are ignored, new values not taken for old ones."""

import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass

from marketplace_adapters.protobuf import UnknownContract, UnreadableContract, decode, encode
from marketplace_core.kernel.ids import OrderId, SellerId, SellerOrderId, UserId
from marketplace_core.kernel.money import Money
from marketplace_core.orders import ConfirmedShare, OrderConfirmed
from tests.architecture.source_tree import ROOT

ORDERS: Final = "marketplace_contracts/orders/v1/events.proto"
CONFIRMED: Final = OrderConfirmed(
    order_id=OrderId("ord_1"),
    buyer_id=UserId("usr_1"),
    total=Money(1250, "EUR"),
    seller_orders=(
        ConfirmedShare(seller_order_id=SellerOrderId("sor_1"), seller_id=SellerId("sel_1"), total=Money(1250, "EUR")),
    ),
)


@pytest.fixture(scope="module")
def tomorrow(tmp_path_factory: pytest.TempPathFactory) -> DescriptorPool:
    """Return the contracts as somebody who is ahead of us has them."""
    folder = tmp_path_factory.mktemp("proto")
    shutil.copytree(ROOT / "proto", folder, dirs_exist_ok=True)
    source = folder / ORDERS
    text = source.read_text(encoding="utf-8")
    for old, new in (
        (
            "repeated ConfirmedShare seller_orders = 4;",
            "repeated ConfirmedShare seller_orders = 4;\n  string gift = 5;",
        ),
        ("DELIVERY_PROOF_SELLER = 4;", "DELIVERY_PROOF_SELLER = 4;\n  DELIVERY_PROOF_LOCKER = 5;"),
        (
            "// Nobody paid in time;",
            "// A gift.\nmessage GiftWrapped {\n  string order_id = 1;\n}\n\n// Nobody paid in time;",
        ),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    source.write_text(text, encoding="utf-8")
    subprocess.run(["buf", "build", "-o", "image.binpb"], cwd=folder, check=True)
    subprocess.run(["buf", "breaking", "--against", "baseline.binpb"], cwd=folder, check=True)
    pool = DescriptorPool()
    for file in FileDescriptorSet.FromString(Path(folder, "image.binpb").read_bytes()).file:
        pool.Add(file)
    return pool


def message(pool: DescriptorPool, name: str, **fields: Any) -> Any:
    """Make a message of those contracts."""
    return GetMessageClass(pool.FindMessageTypeByName(f"marketplace.orders.v1.{name}"))(**fields)


def test_a_field_of_tomorrow_is_ignored(tomorrow: DescriptorPool) -> None:
    sent = message(tomorrow, "OrderConfirmed")
    sent.ParseFromString(encode(CONFIRMED))
    sent.gift = "with a ribbon"

    assert sent.SerializeToString() != encode(CONFIRMED)
    assert decode("marketplace.orders.v1.OrderConfirmed", sent.SerializeToString()) == CONFIRMED


def test_what_we_write_is_read_tomorrow(tomorrow: DescriptorPool) -> None:
    received = message(tomorrow, "OrderConfirmed")
    received.ParseFromString(encode(CONFIRMED))

    assert (received.order_id, received.total.amount_minor, received.gift) == ("ord_1", 1250, "")


def test_a_value_of_tomorrow_is_refused_and_not_taken_for_another(tomorrow: DescriptorPool) -> None:
    sent = message(
        tomorrow,
        "SellerOrderDelivered",
        seller_order_id="sor_1",
        order_id="ord_1",
        seller_id="sel_1",
        buyer_id="usr_1",
        proof=5,
    )
    sent.delivered_at.GetCurrentTime()

    with pytest.raises(UnreadableContract, match="proof has the value 5"):
        decode("marketplace.orders.v1.SellerOrderDelivered", sent.SerializeToString())


def test_an_event_of_tomorrow_is_unknown(tomorrow: DescriptorPool) -> None:
    sent = message(tomorrow, "GiftWrapped", order_id="ord_1")

    with pytest.raises(UnknownContract):
        decode("marketplace.orders.v1.GiftWrapped", sent.SerializeToString())
