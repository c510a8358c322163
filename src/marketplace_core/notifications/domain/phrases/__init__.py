"""The words of the letters, one module per language. English is the fallback."""

from collections.abc import Mapping
from typing import Final

from marketplace_core.notifications.domain.phrases.en import ENGLISH
from marketplace_core.notifications.domain.phrases.ru import RUSSIAN
from marketplace_core.notifications.domain.phrases.words import Phrases

LANGUAGES: Final[Mapping[str, Phrases]] = {"en": ENGLISH, "ru": RUSSIAN}
FALLBACK: Final = "en"


def phrases_for(locale: str) -> Phrases:
    """Return the words for a locale: those of its language (``ru`` for ``ru-RU``), or English."""
    return LANGUAGES.get(locale.partition("-")[0], LANGUAGES[FALLBACK])
