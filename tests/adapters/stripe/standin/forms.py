"""Form fields as Stripe reads them: ``a[b]=1`` is a field in a field, ``a[0]=1`` an entry of a list."""

import re
from collections.abc import Sequence
from typing import Any, Final

_NAME: Final = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_INNER: Final = re.compile(r"\[([^\[\]]*)\]")


def nested(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the fields in the shape that their names say."""
    whole: dict[str, Any] = {}
    for name, value in pairs:
        found = _NAME.fullmatch(name)
        if found is None:
            raise ValueError(f"This is no name of a field: {name}")
        *way, last = [found.group(1), *_INNER.findall(found.group(2))]
        place = whole
        for step in way:
            place = place.setdefault(step, {})
        place[last] = value
    return {name: _lists(value) for name, value in whole.items()}


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {name: _lists(one) for name, one in value.items()}
    return list(inner.values()) if inner and all(name == "" or name.isdigit() for name in inner) else inner
