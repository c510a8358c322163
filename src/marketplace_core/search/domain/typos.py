"""What somebody probably meant: corrections of a word that nothing begins with."""

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

CORRECTIONS_MAX: Final = 5

Distance: TypeAlias = Callable[[str, str, int], int]
"""``distance(one, other, limit)``: single-letter slips between two words, or anything above ``limit`` beyond it."""


def slips_allowed(word: str) -> int:
    """Tell how many slips a word may hold: none below four letters or with digits in it, one below eight, then two."""
    if len(word) < 4 or any(character.isdigit() for character in word):
        return 0
    return 1 if len(word) < 8 else 2


def damerau_levenshtein(one: str, other: str, limit: int) -> int:
    """Count the letters to insert, delete, replace or swap with their neighbour to get from one word to the other.

    Between swapped letters others may have been inserted or deleted (Damerau 1964, Lowrance and Wagner 1975). Beyond
    ``limit`` the answer is ``limit + 1``.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    far = len(one) + len(other)
    last_row: dict[str, int] = {}
    rows: list[list[int]] = [[far] * (len(other) + 2), [far, *range(len(other) + 1)]]
    for i, letter in enumerate(one, 1):
        row = [far, i]
        last_match = 0
        for j, wanted in enumerate(other, 1):
            swap_row, swap_column = last_row.get(wanted, 0), last_match
            swapped = rows[swap_row][swap_column] + (i - swap_row - 1) + 1 + (j - swap_column - 1)
            if letter == wanted:
                last_match = j
            row.append(min(rows[i][j] + (letter != wanted), rows[i][j + 1] + 1, row[j] + 1, swapped))
        last_row[letter] = i
        rows.append(row)
    return min(rows[-1][-1], limit + 1)


def corrections(word: str, vocabulary: Iterable[str], distance: Distance = damerau_levenshtein) -> tuple[str, ...]:
    """Return the beginnings of known words that are closest to a word, at most five; none if all are too far away.

    Known words are considered if they begin with the first or second letter of the word. A correction is a known word
    or a beginning of one that ends like the word, so that ``gutiar`` finds *guitars*, and ``desk`` no *design*: all
    known words that begin with it are meant.
    """
    limit = slips_allowed(word)
    if not limit:
        return ()
    found: dict[str, int] = {}
    for known in vocabulary:
        if known[:1] in {word[0], word[1]}:
            beginning, slips = _closest_beginning(word, known, limit, distance)
            if slips <= limit:
                found[beginning] = slips
                limit = slips
    return tuple(sorted(beginning for beginning, slips in found.items() if slips == limit))[:CORRECTIONS_MAX]


def _closest_beginning(word: str, known: str, limit: int, distance: Distance) -> tuple[str, int]:
    best, least = known, limit + 1
    for length in range(min(len(known), len(word) + limit), max(0, len(word) - limit - 1), -1):
        beginning = known[:length]
        if length < len(known) and beginning[-1] != word[-1] and beginning[-2:] != word[:-3:-1]:
            continue
        slips = distance(word, beginning, limit)
        if slips < least:
            best, least = beginning, slips
    return best, least
