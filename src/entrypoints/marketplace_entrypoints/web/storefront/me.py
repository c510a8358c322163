"""One's own account: who one is, what one has ordered, which mails were sent, and the password."""

from collections.abc import Sequence
from typing import Final

from starlette.responses import Response

from marketplace_core.identity import ChangePassword, SignIn, UserView, ViewMe
from marketplace_core.kernel.access import ANONYMOUS, Permission
from marketplace_core.kernel.errors import MarketplaceError, NotSignedIn
from marketplace_core.kernel.ids import MailId
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.notifications import ListOwnMails, MailView, ViewMail
from marketplace_core.orders import ListOrders
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.letters import framed
from marketplace_entrypoints.web.storefront.entering import device, enter
from marketplace_entrypoints.web.storefront.orders import Row, rows
from marketplace_entrypoints.web.visit import Visit

ORDERS: Final = 5
MAILS: Final = 10


async def account(visit: Visit) -> Response:
    """Show who they are and what is theirs."""
    return await _shown(visit, Form(language=visit.language), await visit.ask(ViewMe()))


async def change_password(visit: Visit) -> Response:
    """Replace the password; every other browser is signed out, this one stays."""
    form = await visit.form()
    me = await visit.ask(ViewMe())
    current, new = form.values.get("current_password", ""), form.values.get("new_password", "")
    try:
        async with visit.tries.signing_in(visit.by.principal, visit.host):
            await visit.execute(ChangePassword(current_password=current, new_password=new))
    except NotSignedIn:
        raise
    except MarketplaceError as refusal:
        visit.blame(form, refusal, "current_password", "new_password")
        return await _shown(visit, form, me, status=status_of(refusal))
    again = SignIn(email=me.email, password=new, device=device(visit))
    await enter(visit, await visit.market.execute(again, by=ANONYMOUS))
    return visit.go("/account", "password-changed")


async def mail(visit: Visit) -> Response:
    """Show a mail that was written to them."""
    return visit.page("storefront/mail.html", framing=True, mail=await _mail(visit))


async def mail_html(visit: Visit) -> Response:
    """Answer with the HTML of a mail that was written to them, for a frame of ours."""
    return framed(await _mail(visit))


async def _mail(visit: Visit) -> MailView:
    return await visit.ask(ViewMail(mail_id=MailId(visit.named("mail_id"))))


async def _shown(visit: Visit, form: Form, me: UserView, *, status: int = 200) -> Response:
    latest: Sequence[Row] = ()
    if visit.by.may(Permission.BUYER):
        found = await visit.ask(ListOrders(page=PageRequest(limit=ORDERS)))
        latest = rows(visit.language, found.items)
    asked = PageRequest(limit=MAILS, cursor=visit.asked("mails") or None)
    mails = await visit.ask(ListOwnMails(page=asked))
    return visit.page("storefront/account.html", status=status, form=form, me=me, rows=latest, mails=mails)
