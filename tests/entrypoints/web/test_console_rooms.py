"""The console: every room is in its navigation, and the one where somebody stands is marked."""

import re

from marketplace_entrypoints.web.console.routes import PAGES
from tests.entrypoints.web.console import operator
from tests.entrypoints.web.street import Street

WITHIN = {"/console/suppressions": "/console/mails"}
"""What is reached from a room and belongs to it."""
ROOMS = {page.path for page in PAGES if "GET" in page.methods and "{" not in page.path} - set(WITHIN)


async def test_every_room_is_in_the_navigation(street: Street) -> None:
    olga = await operator(street)

    overview = await olga.see("/console")
    nav = overview.html.split('id="rooms"', 1)[1].split("</nav>", 1)[0]

    assert set(re.findall('<a href="([^"]+)"', nav)) == ROOMS


async def test_a_room_marks_itself_and_no_other(street: Street) -> None:
    olga = await operator(street)

    for path in (*sorted(ROOMS), *WITHIN):
        page = await olga.see(path)
        assert re.findall('href="([^"]+)" aria-current="page"', page.html) == [WITHIN.get(path, path)]
