"""What the report of an import says, field by field and fault by fault, as the catalogue words it."""

from collections.abc import Mapping
from typing import Final

from marketplace_entrypoints.web.language import msg

IMPORT_FIELDS: Final[Mapping[str, str]] = {
    "title": msg("Title"),
    "description": msg("Description"),
    "category": msg("Category"),
    "tags": msg("Tags"),
    "status": msg("Status"),
    "price": msg("Price"),
    "sku": msg("SKU"),
    "stock": msg("Stock"),
    "options": msg("Options"),
    "option_names": msg("Names of the options"),
    "variant default": msg("Variant"),
    "price of default": msg("Price"),
    "SKU of default": msg("SKU"),
    "stock of default": msg("Stock"),
    "variant %(variant)s": msg("Variant %(variant)s"),
    "price of %(variant)s": msg("Price of %(variant)s"),
    "SKU of %(variant)s": msg("SKU of %(variant)s"),
    "stock of %(variant)s": msg("Stock of %(variant)s"),
}
"""What the report of an import calls a field → what the page calls it."""
IMPORT_NOTES: Final[Mapping[str, str]] = {
    "stays a draft: %(problems)s": msg("It stays a draft. %(problems)s"),
    "picture not fetched: %(address)s": msg("The picture was not fetched: %(address)s"),
}
IMPORT_REASONS: Final = (
    msg("%(reason)s (lines %(first)s to %(last)s were skipped)"),
    msg("Handle is missing"),
    msg("Title is missing"),
    msg("Variant Price is missing"),
    msg("Variant Price %(value)s is negative"),
    msg("Variant Price %(value)s is not a number such as 19.99"),
    msg("Variant Inventory Qty %(value)s is negative"),
    msg("Variant Inventory Qty %(value)s is not a whole number"),
    msg("Variant Inventory Qty %(value)s is more than %(most)s"),
    msg("Published %(value)s is neither true nor false"),
    msg("a quotation mark is opened and never closed"),
    msg("a quotation mark is out of place (%(detail)s)"),
    msg("an option without a name stands before one with a name"),
    msg("has %(fields)s fields, the header has %(wanted)s"),
    msg("its options are %(shop)s in the shop and %(file)s in the file"),
    msg("the SKU %(sku)s is on line %(line)s as well"),
    msg("the same variant (%(variant)s) is on line %(line)s"),
    msg("the shop's product with this handle is archived"),
    msg("the value of the option %(option)s is missing"),
    msg("A product has at most %(most)s variants"),
    msg("Open orders hold %(held)s units; the count cannot fall to %(wanted)s"),
    msg("The product has another variant with the SKU %(sku)s"),
    msg("The product has this variant already (%(variant)s)"),
    msg("The shop has another variant with the SKU %(sku)s"),
    msg("%(field)s: %(price)s has more decimals than %(currency)s has"),
    msg("%(field)s: has at most %(most)s names"),
    msg("%(field)s: has at most %(most)s tags"),
    msg("%(field)s: is 0 to %(most)s minor units"),
    msg("%(field)s: is 0 to %(most)s units"),
    msg("%(field)s: is at most %(most)s visible ASCII characters"),
    msg("%(field)s: may have at most %(most)s characters"),
    msg("%(field)s: must differ from each other"),
    msg("%(field)s: must not be empty"),
    msg("%(field)s: must not contain the character %(character)s"),
    msg("%(field)s: needs one value for each option of the product (%(options)s)"),
)
"""Why a line of an import is refused, word for word as the catalogue says it."""
