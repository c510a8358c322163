"""Events, commands and results as JSON, by their type hints."""

import hashlib
import json
from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from typing import Any, get_args

from cattrs import Converter
from cattrs.preconf.json import make_converter

from marketplace_core.kernel.messages import Command, Event


def _made() -> Converter:
    converter = make_converter()
    converter.register_unstructure_hook(datetime, lambda moment: moment.isoformat())
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    converter.register_unstructure_hook(timedelta, lambda length: length.total_seconds())
    converter.register_structure_hook(timedelta, lambda seconds, _: timedelta(seconds=seconds))
    converter.register_unstructure_hook(bytes, lambda octets: b64encode(octets).decode())
    converter.register_structure_hook(bytes, lambda text, _: b64decode(text))
    return converter


_converter = _made()


def encode(value: Any, as_type: Any = None) -> Any:
    """Return a JSON document of an attrs value."""
    return _converter.unstructure(value, unstructure_as=as_type)


def decode(document: Any, kind: Any) -> Any:
    """Return the attrs value of the given type that a document describes."""
    return _converter.structure(document, kind)


def fingerprint(command: Command[Any]) -> bytes:
    """Return the SHA-256 of a command's type and contents."""
    text = json.dumps([type(command).__name__, encode(command)], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def result_type(command: type[Command[Any]]) -> Any:
    """Return the ``R`` of a ``Command[R]``."""
    for base in command.__orig_bases__:  # type: ignore[attr-defined]
        if getattr(base, "__origin__", None) is Command:
            return get_args(base)[0]
    raise TypeError(f"{command.__name__} does not say what it returns.")


_event_types: dict[str, type[Event]] = {}


def event_type(name: str) -> type[Event]:
    """Return the event class of that name. Raises ``KeyError`` for an unknown one."""
    if name not in _event_types:  # classes appear as their modules are imported
        _event_types.update({kind.__name__: kind for kind in Event.__subclasses__()})
    return _event_types[name]
