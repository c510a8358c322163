"""A month's statement: what there was, every movement, what there is; as a page and as a table for spreadsheets."""

import re
from datetime import MAXYEAR, UTC, datetime

from starlette.responses import Response

from marketplace_core.identity import SellerView
from marketplace_core.payments.books import SellerStatement, ViewStatement
from marketplace_entrypoints.statements import as_csv
from marketplace_entrypoints.web.studio.words import COUNTERPARTS, HEADINGS, JOURNALS
from marketplace_entrypoints.web.visit import Visit

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


async def statement(visit: Visit, shop: SellerView) -> Response:
    """Show the statement of a month; this one unless another is asked for."""
    found = await _statement(visit, shop)
    return visit.page(
        "studio/statement.html",
        shop=shop,
        statement=found,
        month=f"{found.since:%Y-%m}",
        headings=HEADINGS,
        journals=JOURNALS,
        counterparts=COUNTERPARTS,
    )


async def download(visit: Visit, shop: SellerView) -> Response:
    """Answer with the same statement as a table."""
    found = await _statement(visit, shop)
    return Response(
        as_csv(found),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="statement-{found.since:%Y-%m}.csv"'},
    )


async def _statement(visit: Visit, shop: SellerView) -> SellerStatement:
    since = _month(visit.asked("month", 7), visit.house.clock.now())
    until = since.replace(year=since.year + since.month // 12, month=since.month % 12 + 1)
    query = ViewStatement(seller_id=shop.seller_id, currency=shop.currency, since=since, until=until)
    return await visit.ask(query)


def _month(asked: str, now: datetime) -> datetime:
    """Return where a month begins; anything that names none, or the last year there is, is the present one."""
    named = _MONTH.fullmatch(asked)
    year, month = (int(named[1]), int(named[2])) if named else (now.year, now.month)
    if not 1 <= year < MAXYEAR:
        year, month = now.year, now.month
    return datetime(year, month, 1, tzinfo=UTC)
