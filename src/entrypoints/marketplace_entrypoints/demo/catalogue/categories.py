"""The tree of categories."""

from typing import Final

from marketplace_entrypoints.demo.catalogue.values import Place

CATEGORIES: Final[tuple[Place, ...]] = (
    Place(slug="home", name="At home"),
    Place(slug="table", name="Kitchen & table", parent="home"),
    Place(slug="vases", name="Vases", parent="home"),
    Place(slug="lighting", name="Lighting", parent="home"),
    Place(slug="furniture", name="Furniture", parent="home"),
    Place(slug="textiles", name="Textiles", parent="home"),
    Place(slug="garden", name="Plants & garden"),
    Place(slug="plants", name="House plants", parent="garden"),
    Place(slug="planters", name="Pots & planters", parent="garden"),
    Place(slug="scent-and-care", name="Scent & skin"),
    Place(slug="candles", name="Candles", parent="scent-and-care"),
    Place(slug="care", name="Soaps & oils", parent="scent-and-care"),
    Place(slug="to-wear", name="To wear & to carry"),
    Place(slug="clothing", name="Clothing", parent="to-wear"),
    Place(slug="bags", name="Bags", parent="to-wear"),
    Place(slug="hats", name="Hats", parent="to-wear"),
    Place(slug="jewellery", name="Jewellery & watches", parent="to-wear"),
    Place(slug="sound-and-sight", name="Sound & cameras"),
    Place(slug="instruments", name="Instruments", parent="sound-and-sight"),
    Place(slug="headphones", name="Headphones", parent="sound-and-sight"),
    Place(slug="radios", name="Radios & speakers", parent="sound-and-sight"),
    Place(slug="cameras", name="Cameras", parent="sound-and-sight"),
    Place(slug="read-and-play", name="Books & play"),
    Place(slug="books", name="Books", parent="read-and-play"),
    Place(slug="toys", name="Wooden toys", parent="read-and-play"),
)
