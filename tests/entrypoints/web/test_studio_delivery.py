"""What a parcel of the shop costs, in the studio."""

from tests.entrypoints.web.street import ADA, Street


async def test_a_shop_says_what_a_parcel_costs_and_goes_back_to_what_it_costs_elsewhere(street: Street) -> None:
    ada = await street.signed_in(ADA)

    before = await ada.see("/studio/delivery")
    kept = await ada.send("/studio/delivery", {"fee_minor": "5,00", "free_from_minor": ""}, follow=True)
    back = await ada.send("/studio/delivery/reset", follow=True)

    assert "/studio/delivery" in (await ada.see("/studio/orders")).links
    assert "You have said nothing yet" in before.words
    assert (before.value("fee_minor"), before.value("free_from_minor")) == ("4.90", "50.00")
    assert "Kept." in kept.words
    assert "You have said nothing yet" not in kept.words
    assert (kept.value("fee_minor"), kept.value("free_from_minor")) == ("5.00", "")
    assert back.value("fee_minor") == "4.90"


async def test_what_makes_no_sense_is_named_and_what_was_typed_stays(street: Street) -> None:
    ada = await street.signed_in(ADA)

    worded = await ada.send("/studio/delivery", {"fee_minor": "cheap", "free_from_minor": "-1"})
    endless = await ada.send("/studio/delivery", {"fee_minor": "5", "free_from_minor": "9000000"})

    assert (worded.status, worded.value("fee_minor")) == (422, "cheap")
    assert worded.words.count("This is not a price in EUR.") == 2
    assert (endless.status, endless.value("free_from_minor")) == (422, "9000000")
    assert "no shop waits for so large an order" in endless.words
    assert "You have said nothing yet" in (await ada.see("/studio/delivery")).words
