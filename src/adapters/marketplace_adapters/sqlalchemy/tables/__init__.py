"""The tables, one module per context. Importing this package declares them all."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from marketplace_adapters.sqlalchemy.tables import (
    brakes,
    cart,
    catalog,
    claims,
    comparisons,
    debts,
    disputes,
    identity,
    landing,
    ledger,
    lookouts,
    machinery,
    notifications,
    orders,
    payments,
    payouts,
    refunds,
    search,
    video,
    vouchers,
    watches,
    webhooks,
)
from marketplace_adapters.sqlalchemy.tables.postgresql import in_postgresql
from marketplace_adapters.sqlalchemy.types import metadata

__all__ = ["EXTRA_DDL", "brakes", "comparisons", "definitions", "lookouts", "machinery", "metadata", "watches"]

EXTRA_DDL: Final[tuple[str, ...]] = (
    *identity.EXTRA_DDL,
    *catalog.EXTRA_DDL,
    *search.EXTRA_DDL,
    *cart.EXTRA_DDL,
    *orders.EXTRA_DDL,
    *vouchers.EXTRA_DDL,
    *payments.EXTRA_DDL,
    *refunds.EXTRA_DDL,
    *disputes.EXTRA_DDL,
    *claims.EXTRA_DDL,
    *debts.EXTRA_DDL,
    *payouts.EXTRA_DDL,
    *ledger.EXTRA_DDL,
    *video.EXTRA_DDL,
    *landing.EXTRA_DDL,
    *notifications.EXTRA_DDL,
    *webhooks.EXTRA_DDL,
    *machinery.EXTRA_DDL,
    *machinery.POLICY_DDL,
)
"""Triggers, views and full-text tables, in the order in which they can be made."""


for _table in metadata.tables.values():
    for _index in _table.indexes:
        # An index over some of the rows is one on every database.
        _index.dialect_options["postgresql"]["where"] = _index.dialect_options["sqlite"]["where"]


def definitions(dialect: Dialect) -> Sequence[str]:
    """Return the statements that make the present schema in an empty database."""
    made: list[str] = []
    for table in metadata.sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=dialect)).strip())
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        made += [str(CreateIndex(index).compile(dialect=dialect)).strip() for index in indexes]
    extra = EXTRA_DDL if dialect.name == "sqlite" else [part for one in EXTRA_DDL for part in in_postgresql(one)]
    return [*made, *(statement.strip() for statement in extra)]
