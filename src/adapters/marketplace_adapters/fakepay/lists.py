"""Lists of FakePay's from their beginning to their end."""

from collections.abc import AsyncIterator
from typing import TypeVar

from marketplace_adapters.fakepay.connection import FakepayConnection
from marketplace_adapters.fakepay.money_objects import (
    BalanceTransactionObject,
    DisputeObject,
    RefundObject,
    ReversalObject,
)
from marketplace_adapters.fakepay.objects import AccountObject, ListObject, PaymentObject, PayoutObject, TransferObject
from marketplace_core.kernel.paging import PAGE_SIZE_MAX
from marketplace_core.payments import ProviderUnavailable

Listed = (
    PaymentObject
    | RefundObject
    | DisputeObject
    | AccountObject
    | TransferObject
    | ReversalObject
    | PayoutObject
    | BalanceTransactionObject
)
ListedT = TypeVar("ListedT", bound=Listed)


async def every(
    connection: FakepayConnection,
    path: str,
    kind: type[ListedT],
    *,
    page_size: int = PAGE_SIZE_MAX,
    **wanted: str | int,
) -> AsyncIterator[ListedT]:
    """Go through a list, the oldest first. Raises ``ProviderUnavailable``, also when it breaks off."""
    has_more = True
    after: dict[str, str] = {}
    while has_more:
        page = await connection.look(path, ListObject[kind], limit=page_size, **wanted, **after)  # type: ignore[valid-type]
        told: list[ListedT] = page.data
        for one in told:
            yield one
        has_more = page.has_more
        if has_more and not told:
            raise ProviderUnavailable("The payment provider breaks off in the middle of a list.")
        after = {"after": told[-1].id} if told else {}
