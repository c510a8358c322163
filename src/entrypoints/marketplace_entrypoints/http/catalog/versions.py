"""What an ETag of a product says: its version, which a change may name, and how its stock stood."""

import hashlib
import re
from typing import Annotated, Final

from fastapi import Depends, Header

from marketplace_core.catalog import ProductView
from marketplace_entrypoints.http.dependencies import MalformedVersion

_TAG: Final = re.compile(r'(?:W/)?"(\d{1,12})(?:-[0-9a-f]{12})?"', re.ASCII)


def tag_of(view: ProductView) -> str:
    """Return the ETag of a product as shown: orders change its stock without another version of it."""
    stock = ",".join(f"{variant.offer_id}:{variant.available}" for variant in view.variants)
    return f'"{view.version}-{hashlib.sha256(stock.encode()).hexdigest()[:12]}"'


async def _version(
    if_match: Annotated[str | None, Header(description="The ETag of the version you changed", examples=['"3"'])] = None,
) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return None
    named = _TAG.fullmatch(if_match.strip())
    if named is None:
        raise MalformedVersion('If-Match takes the ETag of the last answer, such as "3".')
    return int(named.group(1))


ProductVersion = Annotated[int | None, Depends(_version)]
"""The version that ``If-Match`` names; stock that was sold meanwhile is no reason to refuse a change."""
