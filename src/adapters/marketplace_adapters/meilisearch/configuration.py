"""How the index is set up, as code; what a server has is held against it by a fingerprint."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from marketplace_adapters.meilisearch.documents import Attribute
from marketplace_core.search import words_of

VOCABULARY_MAX: Final = 5_000
"""How many known words with one beginning are looked at to find out what was meant."""
_SEARCHED: Final = (Attribute.TITLE, Attribute.KEYWORDS, Attribute.DESCRIPTION)
_FILTERED: Final = (
    *(Attribute.ID, Attribute.VOCABULARY, Attribute.CATEGORIES, Attribute.CATEGORY_LABELS, Attribute.SELLER),
    *(Attribute.SELLER_LABEL, Attribute.CURRENCY, Attribute.PRICE_FROM, Attribute.PRICE_TO, Attribute.IN_STOCK),
    *(Attribute.HAS_VIDEO, Attribute.PUBLISHED_AT),
)
_SORTED: Final = (Attribute.ID, Attribute.CURRENCY, Attribute.PRICE_FROM, Attribute.PRICE_TO, Attribute.PUBLISHED_AT)


def settings_of(synonyms: Mapping[str, Sequence[str]], hits_max: int) -> dict[str, Any]:
    """Return the settings of the index, in the words of Meilisearch.

    Its own typo tolerance is off: it would find *guitars* for a book called *Gutiar*. What was meant is looked up in
    the vocabulary, and only where a word is in no document at all, by the rules that every engine of ours has.
    """
    return {
        "searchableAttributes": _names(_SEARCHED),
        "filterableAttributes": sorted(_names(_FILTERED)),
        "sortableAttributes": sorted(_names(_SORTED)),
        "displayedAttributes": ["*"],
        # An order that was asked for comes first; without one the rule does nothing. The newest of equals comes first.
        "rankingRules": [
            *("sort", "words", "typo", "attribute", "proximity", "exactness"),
            *(f"{Attribute.PUBLISHED_AT.value}:desc", f"{Attribute.ID.value}:desc"),
        ],
        "typoTolerance": {"enabled": False},
        "synonyms": _synonyms(synonyms),
        "stopWords": [],
        "localizedAttributes": [{"attributePatterns": _names(_SEARCHED), "locales": ["eng", "rus"]}],
        "faceting": {"maxValuesPerFacet": VOCABULARY_MAX, "sortFacetValuesBy": {"*": "count"}},
        "pagination": {"maxTotalHits": hits_max},
        "proximityPrecision": "byWord",
    }


def fingerprint(settings: Mapping[str, Any]) -> str:
    """Return a short name of settings, the same however they are ordered where order means nothing."""
    return hashlib.sha256(json.dumps(normal(settings), sort_keys=True).encode()).hexdigest()[:12]


def differences(wanted: Mapping[str, Any], present: Mapping[str, Any]) -> Sequence[str]:
    """Name the settings that are not as wanted; what a server has beyond them is its own."""
    there = {name: present.get(name) for name in wanted}
    if fingerprint(there) == fingerprint(wanted):
        return ()
    here, there = normal(wanted), normal(there)
    return tuple(sorted(name for name in here if here[name] != there[name]))


def normal(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings as they are compared: a server adds its defaults to some, and orders names as it likes."""
    made = dict(settings)
    for name in ("filterableAttributes", "sortableAttributes", "stopWords"):
        if isinstance(made.get(name), list):
            made[name] = sorted(made[name], key=str)
    for name, kept in (("typoTolerance", "enabled"), ("pagination", "maxTotalHits")):
        if isinstance(made.get(name), Mapping):
            made[name] = {kept: made[name].get(kept)}
    if isinstance(made.get("synonyms"), Mapping):
        made["synonyms"] = {word: sorted(others) for word, others in made["synonyms"].items()}
    return made


def _synonyms(given: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return synonyms as words are indexed: without case and accents."""
    return {_plain(word): sorted({_plain(other) for other in others}) for word, others in given.items()}


def _plain(words: str) -> str:
    return " ".join(words_of(words))


def _names(attributes: Sequence[Attribute]) -> list[str]:
    return [attribute.value for attribute in attributes]
