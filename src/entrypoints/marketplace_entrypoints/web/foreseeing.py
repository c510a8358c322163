"""What a refund would come to, asked before it is given or asked for."""

from marketplace_core.kernel.errors import ErrorKind, MarketplaceError
from marketplace_core.payments import PreviewRefund, RefundPreview
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.visit import Visit


async def foreseen(visit: Visit, form: Form, question: PreviewRefund) -> RefundPreview | None:
    """Return it; None, with the reason in the form, if the form does not fit or the refund would be refused."""
    if not form.fits:
        return None
    try:
        return await visit.ask(question)
    except MarketplaceError as refusal:
        if refusal.kind not in {ErrorKind.INVALID, ErrorKind.RULE_BROKEN, ErrorKind.CONFLICT}:
            raise
        form.refusal = visit.sentence(refusal)
        return None
