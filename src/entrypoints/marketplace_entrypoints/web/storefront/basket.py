"""How much is in the cart, as the browser remembers it for the top of every page."""

from marketplace_core.cart import CartView
from marketplace_entrypoints.web import cookies
from marketplace_entrypoints.web.visit import Visit


def remember(visit: Visit, view: CartView) -> None:
    """Have the browser remember how many units are in the cart."""
    visit.cookies.put(cookies.BASKET, str(units(view)), hidden=False)


def units(view: CartView) -> int:
    """Count the units in a cart."""
    return sum(line.quantity for group in view.groups for line in group.lines)
