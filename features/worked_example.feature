Feature: The worked example of the money design, to the cent
  One order of two sellers from the card to the bank and back. Delivery costs what checkout charges: nothing from 50.00
  EUR on, so that this order comes to 99.90 EUR; every other figure is computed as in the design.

  Scenario: A refund, a release, a payout that comes back
    Given a marketplace that keeps 5 % in reserve and whose provider charges 3.20 EUR a payment
    And the shop "Clay and Co" sells "Blue Cup" for 15.00 EUR with 9 in stock
    And the shop "Luthier Lane" sells "Strings" for 35.00 EUR with 9 in stock
    And "Anna" is registered
    When "Anna" has paid for 4 of "Blue Cup" and 1 of "Strings"
    Then the marketplace has 96.70 EUR at its provider
    And 60.00 EUR is held for "Clay and Co"
    And 39.90 EUR is held for "Luthier Lane"

    When "Clay and Co" gives "Anna" 15.00 EUR back
    Then 45.00 EUR is held for "Clay and Co"
    And the marketplace has 81.70 EUR at its provider

    When "Clay and Co" ships the order of "Anna" with "DHL" and "JD0001"
    And "Anna" confirms the receipt from "Clay and Co"
    Then "Clay and Co" may be paid 37.62 EUR
    And 1.98 EUR of "Clay and Co" is in reserve

    When the payouts run
    Then "Clay and Co" was paid out 37.62 EUR
    And the marketplace has 44.08 EUR at its provider

    When the bank of "Clay and Co" sends the payout back
    Then "Clay and Co" was paid out 0.00 EUR
    And the marketplace has 44.08 EUR at its provider
    When the payout of "Clay and Co" is tried again
    Then "Clay and Co" was paid out 37.62 EUR
    And the marketplace has 44.08 EUR at its provider

    When "Luthier Lane" ships the order of "Anna" with "DHL" and "JD0002"
    And "Anna" confirms the receipt from "Luthier Lane"
    Then "Luthier Lane" may be paid 33.92 EUR
    And 1.78 EUR of "Luthier Lane" is in reserve
    And the marketplace has earned 8.00 EUR and owes 1.60 EUR of tax
    And the books balance
