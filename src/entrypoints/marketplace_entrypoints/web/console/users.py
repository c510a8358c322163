"""Users, and who of them is an operator."""

from typing import Final

from starlette.responses import Response

from marketplace_core.identity import GrantRole, ListUsers, RevokeRole, UserView, ViewUser
from marketplace_core.kernel.access import Role
from marketplace_core.kernel.ids import UserId
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.notifications import ListMails
from marketplace_entrypoints.web.console.desk import carry_out, picked, turned
from marketplace_entrypoints.web.console.words import said
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.visit import Visit

LISTED: Final = (Role.BUYER, Role.SELLER, Role.OPERATOR)
MAILS: Final = 5


async def users(visit: Visit) -> Response:
    """List them, the newest first."""
    role = picked(visit, "role", Role)
    role = role if role in LISTED else None
    found = await visit.ask(ListUsers(role=role, page=turned(visit)))
    return visit.page("console/users.html", said=said(visit.language), users=found, role=role, roles=LISTED)


async def user(visit: Visit) -> Response:
    """Show one."""
    return await _user(visit, Form(language=visit.language), 200)


async def grant(visit: Visit) -> Response:
    """Make somebody an operator."""
    view = await _named(visit)
    command = GrantRole(user_id=view.user_id, role=Role.OPERATOR)
    return await carry_out(visit, command, again=_user, after=_at(view), notice="role-granted")


async def revoke(visit: Visit) -> Response:
    """Take the operator's role away."""
    view = await _named(visit)
    command = RevokeRole(user_id=view.user_id, role=Role.OPERATOR)
    return await carry_out(visit, command, again=_user, after=_at(view), notice="role-revoked")


async def _user(visit: Visit, form: Form, status: int) -> Response:
    view = await _named(visit)
    return visit.page(
        "console/user.html",
        status=status,
        said=said(visit.language),
        form=form,
        user=view,
        operates=Role.OPERATOR in view.roles,
        mails=(await visit.ask(ListMails(recipient=view.user_id, page=PageRequest(limit=MAILS)))).items,
    )


async def _named(visit: Visit) -> UserView:
    return await visit.ask(ViewUser(user_id=UserId(visit.named("user_id"))))


def _at(view: UserView) -> str:
    return f"/console/users/{view.user_id}"
