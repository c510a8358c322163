"""Every mail that was written, as its reader sees it. Nothing in a mail runs here, and nothing is loaded for it."""

from starlette.responses import Response

from marketplace_core.kernel.ids import MailId
from marketplace_core.notifications import ListMails, MailState, MailView, RetryMail, ViewMail
from marketplace_entrypoints.web.console.desk import carry_out, picked, turned
from marketplace_entrypoints.web.console.words import said
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.letters import framed
from marketplace_entrypoints.web.visit import Visit


async def mails(visit: Visit) -> Response:
    """List them, the newest first."""
    state = picked(visit, "state", MailState)
    found = await visit.ask(ListMails(state=state, page=turned(visit)))
    return visit.page(
        "console/mails.html", said=said(visit.language), mails=found, chosen_state=state, states=list(MailState)
    )


async def mail(visit: Visit) -> Response:
    """Show one, in both its dresses."""
    return await _mail(visit, Form(language=visit.language), 200)


async def mail_html(visit: Visit) -> Response:
    """Answer with the HTML of a mail, for a frame of ours alone."""
    return framed(await _named(visit))


async def retry(visit: Visit) -> Response:
    """Send a failed one again."""
    view = await _named(visit)
    after = f"/console/mails/{view.mail_id}"
    return await carry_out(visit, RetryMail(mail_id=view.mail_id), again=_mail, after=after, notice="mail-retried")


async def _mail(visit: Visit, form: Form, status: int) -> Response:
    return visit.page(
        "console/mail.html",
        status=status,
        framing=True,
        said=said(visit.language),
        form=form,
        mail=await _named(visit),
    )


async def _named(visit: Visit) -> MailView:
    return await visit.ask(ViewMail(mail_id=MailId(visit.named("mail_id"))))
