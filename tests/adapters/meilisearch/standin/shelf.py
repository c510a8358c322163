"""One index of the stand-in: its documents, the words in them, and in which order they are found."""

import bisect
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from tests.adapters.meilisearch.standin.filters import FilterRefused, read, values_of, words_of

DEFAULTS: Final[Mapping[str, Any]] = {
    "displayedAttributes": ["*"],
    "searchableAttributes": ["*"],
    "filterableAttributes": [],
    "sortableAttributes": [],
    "rankingRules": ["words", "typo", "proximity", "attribute", "sort", "exactness"],
    "stopWords": [],
    "nonSeparatorTokens": [],
    "separatorTokens": [],
    "dictionary": [],
    "synonyms": {},
    "distinctAttribute": None,
    "proximityPrecision": "byWord",
    "typoTolerance": {
        "enabled": True,
        "minWordSizeForTypos": {"oneTypo": 5, "twoTypos": 9},
        "disableOnWords": [],
        "disableOnAttributes": [],
        "disableOnNumbers": False,
    },
    "faceting": {"maxValuesPerFacet": 100, "sortFacetValuesBy": {"*": "alpha"}},
    "pagination": {"maxTotalHits": 1000},
    "searchCutoffMs": None,
    "localizedAttributes": None,
    "facetSearch": True,
    "prefixSearch": "indexingTime",
}
ENGINE: Final = import_module("milli") if find_spec("milli") else None
"""Meilisearch's own engine, where its wheel can be had: it finds the first twenty, and cannot be set up."""
ENGINE_DOCUMENTS_MAX: Final = 200
"""Its file is made for about a thousand."""
WORDS_MAX: Final = 10


_NO_ENGINE: Final[Any] = None


class Refused(Exception):
    """A request that Meilisearch refuses, with its code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Shelf:
    """Documents that are searched as Meilisearch documents it: every word, the last of them by its beginning."""

    def __init__(self, uid: str, created: str) -> None:
        self.uid, self.created, self.updated = uid, created, created
        self.settings: dict[str, Any] = {}
        self.documents: dict[str, dict[str, Any]] = {}
        self._folder: str | None = None
        self._engine: Any = _NO_ENGINE
        self._forget()

    @property
    def whole_settings(self) -> dict[str, Any]:
        """What was set, and what is so where nothing was."""
        typos = {**DEFAULTS["typoTolerance"], **(self.settings.get("typoTolerance") or {})}
        return {**DEFAULTS, **self.settings, "typoTolerance": typos}

    def set_up(self, settings: Mapping[str, Any]) -> None:
        """Change settings."""
        self.settings |= settings
        self._forget()

    def put(self, rows: Sequence[dict[str, Any]]) -> None:
        """Replace documents."""
        for row in rows:
            self.documents[str(row["id"])] = row
        self._forget()

    def remove(self, ids: Collection[str]) -> None:
        """Forget documents."""
        for name in ids:
            self.documents.pop(name, None)
        self._forget()

    def matching(self, text: str) -> list[str]:
        """Return the identifiers of what a filter lets pass. Raises ``Refused``."""
        passes = self._filter("invalid_document_filter", text)
        return [name for name, row in self.documents.items() if passes(row)]

    def search(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Answer one query. Raises ``Refused``."""
        settings = self.whole_settings
        passes = self._filter("invalid_search_filter", asked.get("filter"))
        found = [name for name in self._ranked(str(asked.get("q") or "")) if passes(self.documents[name])]
        for rule in reversed(asked.get("sort") or []):
            attribute, _, direction = rule.partition(":")
            if attribute not in settings["sortableAttributes"]:
                raise Refused("invalid_search_sort", f"Attribute `{attribute}` is not sortable.")
            found.sort(key=lambda name: _sort_key(self.documents[name], attribute), reverse=direction == "desc")
        offset, limit = int(asked.get("offset") or 0), int(asked.get("limit", 20))
        end = min(offset + limit, settings["pagination"]["maxTotalHits"])
        retrieved = asked.get("attributesToRetrieve") or ["*"]
        answer: dict[str, Any] = {
            "indexUid": self.uid,
            "hits": [_shown(self.documents[name], retrieved) for name in found[offset:end]],
            "query": asked.get("q") or "",
            "processingTimeMs": 0,
            "limit": limit,
            "offset": offset,
            "estimatedTotalHits": min(len(found), settings["pagination"]["maxTotalHits"]),
        }
        if asked.get("facets"):
            answer["facetDistribution"] = {
                name: self._spread(name, found) for name in asked["facets"] if name in settings["filterableAttributes"]
            }
            answer["facetStats"] = {}
        return answer

    def facet_search(self, attribute: str, beginning: str) -> dict[str, Any]:
        """Return the values of an attribute with a beginning, counted. Raises ``Refused``."""
        settings = self.whole_settings
        if attribute not in settings["filterableAttributes"]:
            raise Refused("invalid_facet_search_facet_name", f"Attribute `{attribute}` is not facet-searchable.")
        counts = Counter(words_of(one) for row in self.documents.values() for one in values_of(row, attribute))
        rows = [
            (value, count) for value, count in sorted(counts.items()) if value.lower().startswith(beginning.lower())
        ]
        if settings["faceting"]["sortFacetValuesBy"].get("*") == "count":
            rows.sort(key=lambda row: -row[1])
        most = settings["faceting"]["maxValuesPerFacet"]
        return {
            "facetHits": [{"value": value, "count": count} for value, count in rows[:most]],
            "facetQuery": beginning,
            "processingTimeMs": 0,
        }

    def close(self) -> None:
        """Let go of the engine's files."""
        self._engine = _NO_ENGINE
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _filter(self, code: str, text: Any) -> Any:
        try:
            return read(text, self.whole_settings["filterableAttributes"])
        except FilterRefused as refusal:
            raise Refused(code, str(refusal)) from refusal

    def _spread(self, attribute: str, found: Sequence[str]) -> dict[str, int]:
        counts = Counter(words_of(one) for name in found for one in values_of(self.documents[name], attribute))
        by_count = self.whole_settings["faceting"]["sortFacetValuesBy"].get("*") == "count"
        ordered = sorted(counts.items(), key=lambda row: (-row[1], row[0]) if by_count else (0, row[0]))
        return dict(ordered[: self.whole_settings["faceting"]["maxValuesPerFacet"]])

    # ------------------------------------------------------------ words

    def _forget(self) -> None:
        self._known: list[str] | None = None
        self._places: dict[str, dict[str, int]] = {}
        self._found: dict[str, list[str]] = {}
        self._engine = _NO_ENGINE

    def _searchable(self) -> Sequence[str]:
        named: Sequence[str] = self.whole_settings["searchableAttributes"]
        if named != ["*"]:
            return named
        return list(dict.fromkeys(name for row in self.documents.values() for name in row))

    def _look(self) -> None:
        places: dict[str, dict[str, int]] = defaultdict(dict)
        for name, row in self.documents.items():
            for rank, attribute in enumerate(self._searchable()):
                for value in values_of(row, attribute):
                    for word in words_of(value).lower().split():
                        places[word].setdefault(name, rank)
        self._places = dict(places)
        self._known = sorted(places)

    def _ranked(self, text: str) -> list[str]:
        if self._known is None:
            self._look()
        if text not in self._found:
            self._found[text] = self._by_rules(text)
        return list(self._found[text])

    def _by_rules(self, text: str) -> list[str]:
        words = text.lower().split()[:WORDS_MAX]
        newest = sorted(self.documents, key=lambda name: self._custom(name), reverse=True)
        if not words:
            return newest
        ranks: Counter[str] = Counter()
        exact: Counter[str] = Counter()
        matched = set(self.documents)
        for place, word in enumerate(words):
            best = self._having(word, by_beginning=place == len(words) - 1)
            matched &= best.keys()
            for name, rank in best.items():
                ranks[name] += rank
                exact[name] += name in self._places.get(word, {})
        own = [name for name in newest if name in matched]
        own.sort(key=lambda name: (ranks[name], -exact[name]))
        first = [name for name in self._by_engine(text) if name in matched]
        return [*first, *(name for name in own if name not in {*first})]

    def _having(self, word: str, *, by_beginning: bool) -> dict[str, int]:
        assert self._known is not None
        meant = [word, *self.whole_settings["synonyms"].get(word, [])]
        found: dict[str, int] = {}
        for one in meant:
            forms = [one]
            if by_beginning:
                start, end = bisect.bisect_left(self._known, one), bisect.bisect_left(self._known, one + "\U0010ffff")
                forms += self._known[start:end]
            for form in forms:
                for name, rank in self._places.get(form, {}).items():
                    found[name] = min(rank, found.get(name, rank))
        return found

    def _custom(self, name: str) -> tuple[Any, ...]:
        rules = [rule.partition(":")[0] for rule in self.whole_settings["rankingRules"] if rule.endswith(":desc")]
        return tuple(_sort_key(self.documents[name], attribute) for attribute in rules)

    def _by_engine(self, text: str) -> list[str]:
        """Return what Meilisearch's own engine finds first, which finds by slips as well: whoever asks picks."""
        if ENGINE is None or not 0 < len(self.documents) <= ENGINE_DOCUMENTS_MAX:
            return []
        if self._engine is _NO_ENGINE:
            self.close()
            self._folder = tempfile.mkdtemp(prefix="milli")
            self._engine = ENGINE.Index(str(Path(self._folder)))
            named = self._searchable()
            self._engine.add_documents(
                [{"id": name, **{key: row.get(key, "") for key in named}} for name, row in self.documents.items()]
            )
        return [self._engine.get_document(number)["id"] for number in self._engine.search(text)]


def _sort_key(row: Mapping[str, Any], attribute: str) -> tuple[bool, float, str]:
    value = row.get(attribute)
    if isinstance(value, int | float):
        return (False, float(value), "")
    return (value is None, 0.0, words_of(value).lower())


def _shown(row: Mapping[str, Any], wanted: Sequence[str]) -> dict[str, Any]:
    return dict(row) if "*" in wanted else {name: row[name] for name in wanted if name in row}
