"""English."""

from typing import Final

from marketplace_core.notifications.domain.phrases.words import Phrases

ENGLISH: Final = Phrases(
    language="en",
    greeting="Hello {name},",
    closing="Your marketplace",
    delivery="Delivery",
    delivery_free="free",
    total="Total",
    whole_order="The whole order",
    voucher="Voucher",
    tax="Tax",
    service_fee="Service fee",
    welcome_subject="Welcome to the marketplace",
    welcome=(
        "Your account is ready. You can sign in with this e-mail address and the password you chose.",
        (
            "Products from many sellers come to you in one order and one payment. "
            "We hold the money until the goods have arrived."
        ),
    ),
    registration_repeated_subject="You already have an account with us",
    registration_repeated=(
        (
            "Somebody, probably you, tried to register with this e-mail address. It belongs to your account already: "
            "simply sign in."
        ),
        "If it was not you, there is nothing to do. Nothing was changed, and nobody was told that you have an account.",
    ),
    session_ended_subject="We signed you out on one device",
    session_ended=(
        (
            "A sign-in key that had been used before was used again. That can happen when a copy of it was stolen, "
            "so we ended that session."
        ),
        "Sign in again. If you did not expect this, change your password: that ends every other session as well.",
    ),
    order_confirmation_subject="Your order is confirmed: {sellers}",
    order_confirmation="Thank you for your order {order}. Your payment has arrived; "
    "the sellers are getting your parcels ready.",
    sold_by="From {seller}",
    order_confirmation_next="Each seller ships on their own, and we write to you when a parcel leaves. "
    "We hold your money until it has arrived.",
    order_page="See where your order stands:",
    order_page_by_link="See where your order stands. The link opens the order to whoever has it, for {days} days:",
    new_order_subject="New order {order}",
    new_order="You have sold something. This is your part of the order, paid and ready to be shipped:",
    new_order_next="The delivery address is with the order in your shop. "
    "Mark the order as shipped when the parcel has left.",
    shipped_subject="{seller} has shipped your parcel",
    shipped="{seller} handed these goods to {carrier}:",
    shipped_tracking="Tracking number: {tracking}",
    shipped_next="When the parcel is here, please confirm that you received it. The seller is paid after that.",
    paid_out_subject="Payout of {amount}",
    paid_out="We have paid {amount} to your bank account for {shop}.",
    paid_out_next="Payout number: {payout}. Which orders it covers is listed with the payout in your shop.",
    payout_returned_subject="Your bank sent {amount} back",
    payout_returned=(
        "Your bank sent back the payout of {amount} for {shop}. The money is still yours and waits with us.",
        "Please name a bank account that can be paid. As soon as there is one, we pay the money out again.",
        "Payout number: {payout}.",
    ),
    refund_asked_subject="A buyer asks for {amount} back",
    refund_asked="The buyer of order {order} asks for {amount} back:",
    refund_asked_next="Agree or refuse in your shop, where the order is. "
    "If nobody has decided after 7 days, the money goes back.",
    refund_sent_subject="{amount} is on its way back to you",
    refund_sent="We have sent {amount} back to you for order {order}.",
    refund_sent_next="It goes back the way you paid. Until your bank shows it, a few days may pass.",
    refund_rejected_subject="No money back for order {order}",
    refund_rejected="You asked for money back for order {order}. The answer is no, for this reason:",
    refund_reason="“{reason}”",
    refund_returned_subject="{amount} did not reach you",
    refund_returned=(
        "We sent {amount} back to you for order {order}, but your bank returned it.",
        "The money is still yours. We will write to you and find another way to pay it.",
    ),
    dispute_opened_subject="A buyer's bank has taken {amount} back",
    dispute_opened=(
        "The buyer of order {order} has asked their bank about the payment, and the bank has taken {amount} back.",
        (
            "We answer the bank. Until the card network has decided, this money is set apart; your parcels and your "
            "other orders go on as before. If you have something that proves the delivery, send it to us."
        ),
    ),
    dispute_won_subject="The dispute is won: {amount} is back",
    dispute_won=("The card network has decided about order {order}: the {amount} is back where it was.",),
    dispute_lost_subject="The dispute is lost: {amount} stays with the buyer",
    dispute_lost=(
        "The card network has decided about order {order} for the buyer, who keeps {amount}.",
        (
            "We give our commission on it back. What you were paid already is settled with your next sales; "
            "every line of it is with your money in your shop."
        ),
    ),
    soon="soon",
    evidence_due_subject="A card dispute is to be answered by {until}",
    evidence_due="Dispute {dispute} about order {order} waits for an answer until {until}. After that it is lost. "
    "The console has the evidence pack.",
    money_unsound_subject="Money to sellers stands still: the books do not fit",
    money_unsound="Since {since} nothing is released and no payout leaves, because something was found in the books. "
    "Refunds go on. What was found:",
    money_short_subject="Payouts stand still: our balance at the provider is too small",
    money_short="Since {since} no payout leaves: our balance at the provider is less than what is owed to others. "
    "Releases and refunds go on, and payouts do by themselves once the balance reaches again. What was found:",
    money_next="The console has the brakes, what is missing and what can be done.",
    events_stuck_subject="Something is not delivered",
    events_stuck="At {found} these events of ours or messages of the payment provider had waited for more than an "
    "hour, or nobody tries them any more. What follows from them has not happened: mails, orders, refunds, payouts.",
    events_stuck_next="The console says under Undelivered what moves each of them next; what was given up lies with "
    "the dead letters, to be tried again or discarded.",
    books_differ_subject="Our books and those of {provider} differ",
    books_differ="At {compared} our books were compared with those of {provider}. Differences that were not there the "
    "time before: {found}. The first of them:",
    books_differ_next="Nothing was changed. The console says under Comparison what to do about each. News that were "
    "still on their way are gone the next time.",
    hold_overdue_subject="Order {order} has been held too long",
    hold_overdue="The payment for part {part} of order {order} is held for nearly as long as the payment provider "
    "allows, and no rule says whose it is. Nothing more happens by itself: release it to the shop or give it back to "
    "the buyer, under Held payments in the console.",
    shop_closed_subject="{shop} is closed",
    shop_closed=(
        "Your shop {shop} is closed for good: every order is settled and every cent has been paid out.",
        "Your account stays. You can buy with it, and read the statements of your shop.",
    ),
    payout_stuck_subject="A payout of {amount} waits",
    payout_stuck="Payout {payout} of {amount} waits for somebody: {reason}. The console says what can be done.",
    refund_owed_subject="{amount} is still owed to a buyer",
    refund_owed="Refund {refund} of {amount} for order {order} did not reach the buyer's card, or came back from it. "
    "Pay it another way, then settle it in the console.",
    webhook_stopped_subject="Webhooks to {url} are switched off",
    webhook_gone="The program at {url} said that it is gone, so nothing more is sent to it.",
    webhook_failing="Nothing has arrived at {url} since {since}, so nothing more is sent to it.",
    webhook_next="When it is well again, enable it under Webhooks, and have what happened meanwhile sent again.",
    claim_raised_subject="Something is wrong with order {order}",
    claim_raised="The buyer of order {order} says that something is wrong with it and asks for {amount} back:",
    claim_raised_next="Answer in your shop by {until}: agree, offer a part of it, or say why not. "
    "Without an answer the money goes back to the buyer.",
    claim_answered_subject="The seller has answered your claim about order {order}",
    claim_offered="The seller offers you {amount} back:",
    claim_contested="The seller sees it differently:",
    claim_answered_next="If the two of you do not agree, we decide by {until}. On the page of your claim you can "
    "add to it, take an offer, or withdraw it.",
    claim_closed_subject="The claim about order {order} is closed",
    claim_closed="{amount} goes back to you.",
    claim_over="{amount} goes back to the buyer.",
    claim_without_refund="No money goes back because of it.",
    claim_page="All that was said, and what can be done next:",
    claim_page_by_link="All that was said, and what can be done next, in the browser in which you ordered; elsewhere "
    "the link opens the order to whoever has it, for {days} days:",
    standing_page="What your shop may do, and what it owes",
    debt_arose_subject="Your shop owes {amount}",
    debt_arose=(
        "More was given back to buyers of {shop} than there was of its money: {amount} are missing.",
        "What you sell next pays this first. If it is not paid by {until}, {shop} cannot take orders until it is.",
        "You can also pay it yourself; write to us, and we tell you how.",
    ),
    selling_stopped_subject="{shop} cannot take orders now",
    selling_stopped=(
        "{shop} owes {amount}: too much, or for too long. It takes no new orders until that is paid.",
        "Please send what was ordered; held payments are released as usual and pay the debt first.",
    ),
    shipped_part="{seller} handed a part of your order to {carrier}. What is in the parcel, and what is still to come, "
    "is on the page of your order.",
    called_off_subject="Something of order {order} will not be sent",
    called_off={
        "out_of_stock": "When your payment came, something you had ordered was sold out.",
        "declined": "A seller cannot send what you ordered.",
        "not_accepted": "A seller did not accept your order in time.",
        "not_shipped": "A seller did not send what you ordered in time.",
        "called_off_by_buyer": "You called something of your order off.",
        "called_off_by_seller": "A seller will not send something you ordered.",
        "called_off_by_operator": "We called something of your order off.",
    },
    called_off_money="You paid {amount} for it. What of that is not yours again already goes back the way you paid.",
    nothing_to_send_subject="Do not send order {order} any more",
    nothing_to_send={
        "not_accepted": "You did not accept this order within three days, so it was declined by itself.",
        "not_shipped": "What was still to be sent of this order was not sent in time, so it was called off by itself.",
        "called_off_by_buyer": "The buyer called this order off before you had sent it.",
        "called_off_by_operator": "The marketplace called off what was still to be sent of this order.",
    },
    nothing_to_send_next="The money goes back to the buyer, and the goods are for sale again.",
)
