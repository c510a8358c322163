"""Orders keep the rules of checkout that they were placed under, by value.

Orders that name a stored version get that version's. Of those from before the first version nothing is known: the
terms in use decide about them, as they did.
"""

import json
import re
from collections.abc import Mapping

from alembic import op
from sqlalchemy import text

revision = "r0022b"
down_revision = "r0022"
branch_labels = None
depends_on = None

_TABLES = ("orders_orders", "orders_seller_orders")
_ORDERS = "UPDATE orders_orders SET rules = {rules} WHERE policy_number = :number"
_PARTS = (
    "UPDATE orders_seller_orders SET rules = {rules}"
    " WHERE order_id IN (SELECT order_id FROM orders_orders WHERE policy_number = :number)"
)
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_LENGTHS = ("processing_wait", "accept_within", "ship_within", "return_window", "late_money_grace")
_SWITCH = "accepts_by_hand"


def upgrade() -> None:
    """Add the columns, and fill them as far as versions of the terms are stored."""
    connection = op.get_bind()
    is_postgresql = connection.dialect.name == "postgresql"
    for table in _TABLES:
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN rules {'JSONB' if is_postgresql else 'TEXT'}")
    rules = "CAST(:rules AS JSONB)" if is_postgresql else ":rules"
    for number, document in connection.exec_driver_sql("SELECT number, document FROM policies").fetchall():
        kept = _kept(json.loads(document) if isinstance(document, str) else document)
        if kept is not None:
            values = {"number": number, "rules": json.dumps(kept, separators=(",", ":"))}
            connection.execute(text(_ORDERS.format(rules=rules)), values)
            connection.execute(text(_PARTS.format(rules=rules)), values)


def downgrade() -> None:
    """Drop them: the terms in use decide again."""
    for table in _TABLES:
        op.get_bind().exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN rules")


def _kept(document: Mapping[str, object]) -> dict[str, object] | None:
    """Return the rules of a stored document, lengths in seconds; None if it does not say them all."""
    found = {name: _DURATION.fullmatch(str(document.get(name))) for name in _LENGTHS}
    if _SWITCH not in document or None in found.values():
        return None
    return {_SWITCH: document[_SWITCH]} | {name: _seconds(one) for name, one in found.items() if one is not None}


def _seconds(found: re.Match[str]) -> float:
    days, hours, minutes, seconds = (int(one or 0) for one in found.groups())
    return float(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
