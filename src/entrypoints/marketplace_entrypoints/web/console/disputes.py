"""Card disputes: what a buyer's bank has taken back, until when to answer, with what, and how it was decided."""

from typing import Final

from starlette.responses import Response

from marketplace_core.kernel.ids import DisputeId
from marketplace_core.payments import AcceptDispute, AnswerDispute, DisputeState, ListDisputes, ListJournals
from marketplace_entrypoints.evidence import EvidencePack, evidence_pack
from marketplace_entrypoints.web.console.desk import carry_out, move_money, picked, turned
from marketplace_entrypoints.web.console.words import said
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.language import msg
from marketplace_entrypoints.web.visit import Visit

ABOUT: Final = {
    "product_description": msg("What was sold"),
    "shipping": msg("How it was sent, and that it arrived"),
    "customer_communication": msg("What was written to the buyer"),
    "uncategorized_text": msg("What else there is to say"),
}
"""What can be said about a dispute, as the provider calls it, and as the form does."""


async def disputes(visit: Visit) -> Response:
    """List them, the newest first."""
    state = picked(visit, "state", DisputeState)
    states = frozenset({state}) if state else frozenset[DisputeState]()
    found = await visit.ask(ListDisputes(states=states, page=turned(visit)))
    return visit.page(
        "console/disputes.html",
        said=said(visit.language),
        disputes=found,
        chosen_state=state,
        states=list(DisputeState),
    )


async def dispute(visit: Visit) -> Response:
    """Show one: on whom it falls, what was booked for it, and what can be said."""
    return await _dispute(visit, Form(language=visit.language), 200)


async def pack(visit: Visit) -> Response:
    """Hand out what speaks for us, as a file."""
    found = await _pack(visit, photos=True)
    headers = {"Content-Disposition": f'attachment; filename="{found.filename}"', "Cache-Control": "private, no-store"}
    return Response(found.archive(), media_type="application/zip", headers=headers)


async def answer(visit: Visit) -> Response:
    """Hand in what is said, once."""
    form = await visit.form()
    statements = tuple((about, words) for about in ABOUT if (words := form.text(about)))
    if not statements:
        form.refusal = visit.language.say("Say something before you hand it in: it can be done once.")
        return await _dispute(visit, form, 422)
    command = AnswerDispute(dispute_id=_named(visit), statements=statements)
    return await carry_out(visit, command, again=_dispute, after=_at(visit), notice="dispute-answered")


async def accept(visit: Visit) -> Response:
    """Give it up."""
    command = AcceptDispute(dispute_id=_named(visit))
    return await move_money(visit, command, again=_dispute, after=_at(visit), notice="dispute-accepted")


async def _dispute(visit: Visit, form: Form, status: int) -> Response:
    found = await _pack(visit)
    prepared = dict(found.statements)
    return visit.page(
        "console/dispute.html",
        status=status,
        said=said(visit.language),
        form=form,
        dispute=found.dispute,
        order=found.order,
        shops={part.seller_order_id: part.seller_name for part in found.order.seller_orders},
        documents=found.documents,
        fields=[(about, label, prepared.get(about, "")) for about, label in ABOUT.items()],
        journals=(await visit.ask(ListJournals(source_id=found.dispute.dispute_id))).items,
    )


async def _pack(visit: Visit, *, photos: bool = False) -> EvidencePack:
    return await evidence_pack(visit.house.opened.market, _named(visit), visit.by, photos=photos)


def _named(visit: Visit) -> DisputeId:
    return DisputeId(visit.named("dispute_id"))


def _at(visit: Visit) -> str:
    return f"/console/disputes/{visit.named('dispute_id')}"
