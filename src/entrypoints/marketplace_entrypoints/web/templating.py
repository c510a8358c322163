"""Templates, one environment per language. Everything is escaped; a name nobody set is an error."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup

from marketplace_core.kernel.money import Money
from marketplace_entrypoints.web.assets import Assets
from marketplace_entrypoints.web.language import CODES, NAMES, duration, language

FOLDER: Final = Path(__file__).parent / "templates"


class _Compiled(BytecodeCache):
    """Templates as they were compiled, for all languages and as long as the process lives."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what is kept of a template, if it is still the same."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


_compiled: Final = _Compiled()


def environments(assets: Assets, house: Mapping[str, Any]) -> Mapping[str, Environment]:
    """Return an environment for every language; ``house`` are names that every template knows."""
    return {code: _environment(code, assets, house) for code in CODES}


def _environment(code: str, assets: Assets, house: Mapping[str, Any]) -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        bytecode_cache=_compiled,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    words = language(code).words
    install: Callable[..., None] = made.install_gettext_translations  # type: ignore[attr-defined]
    install(words, newstyle=True)
    made.globals |= {"asset": assets.address, "icon": _icon(assets), "languages": NAMES, **house}
    made.filters |= {"money": _money, "date": _date, "moment": _moment, "length": len, "duration": duration}
    return made


def _icon(assets: Assets) -> Callable[..., Markup]:
    sprite = assets.address("vendor/icons.svg")

    def icon(name: str, label: str = "") -> Markup:
        """Draw an icon; without a label it only decorates."""
        spoken = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
        return Markup('<svg class="icon" {}><use href="{}#{}"/></svg>').format(spoken, sprite, name)

    return icon


@pass_context
def _money(context: Context, amount: Money) -> str:
    written: str = context["visit"].language.money(amount)
    return written


@pass_context
def _date(context: Context, moment: Any) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), context["visit"].language.date(moment))


@pass_context
def _moment(context: Context, moment: Any) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), context["visit"].language.moment(moment))
