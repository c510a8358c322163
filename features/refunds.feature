@money
Feature: Money back
  A buyer gets money back at once, whoever bears it; no more than they paid, and to the cent.

  Background:
    Given the shop "Clay and Co" sells "Blue Cup" for 10.00 EUR with 9 in stock
    And the shop "Luthier Lane" sells "Oak Guitar" for 100.00 EUR with 2 in stock
    And "Anna" is registered
    And "Anna" has paid for 1 of "Blue Cup" and 1 of "Oak Guitar"

  Scenario: While it is held, it comes out of the held money of that seller
    When "Clay and Co" gives "Anna" 4.00 EUR back
    Then "Anna" got 4.00 EUR back
    And "Anna" has exactly one mail about "refund_sent"
    And 10.90 EUR is held for "Clay and Co"
    And 100.00 EUR is held for "Luthier Lane"
    And the books balance

  Scenario: After its release the marketplace gives its commission back, and the seller the rest
    Given "Clay and Co" ships the order of "Anna" with "DHL" and "JD0001"
    And "Anna" confirms the receipt from "Clay and Co"
    When "Clay and Co" gives "Anna" 4.00 EUR back
    Then "Anna" got 4.00 EUR back
    And "Clay and Co" may be paid 10.18 EUR
    And "Clay and Co" owes 0.00 EUR
    And the books balance

  Scenario: What a seller was paid out already becomes their debt, and the buyer does not wait for it
    Given "Clay and Co" ships the order of "Anna" with "DHL" and "JD0001"
    And "Anna" confirms the receipt from "Clay and Co"
    And the payouts run
    When "Clay and Co" gives "Anna" 4.00 EUR back
    Then "Anna" got 4.00 EUR back
    And "Clay and Co" owes 3.52 EUR
    And the books balance

  Scenario: An amount over the whole order is split over its sellers
    When the marketplace gives "Anna" 11.49 EUR back
    Then "Anna" got 11.49 EUR back
    And 13.41 EUR is held for "Clay and Co"
    And 90.00 EUR is held for "Luthier Lane"
    And the books balance

  Scenario: More than is left is refused
    Given "Clay and Co" gives "Anna" 4.00 EUR back
    When "Clay and Co" gives "Anna" 6.01 EUR back
    Then it is refused as "payments.refund_exceeds_remaining"
    And 10.90 EUR is held for "Clay and Co"
    And "Anna" got 4.00 EUR back

  Scenario: A shop does not give back what is another's
    When "Anna" asks for 4.00 EUR back from "Clay and Co": "It is chipped."
    And "Luthier Lane" agrees to the refund of "Anna"
    Then it is refused as "payments.refund_not_found"

  Scenario: The shop agrees to what a buyer asks for
    When "Anna" asks for 4.00 EUR back from "Clay and Co": "It is chipped."
    Then the refund of "Anna" is "requested"
    And "Clay and Co" has exactly one mail about "refund_asked"
    When "Clay and Co" agrees to the refund of "Anna"
    Then "Anna" got 4.00 EUR back

  Scenario: The shop refuses, and says why
    When "Anna" asks for 4.00 EUR back from "Clay and Co": "It is chipped."
    And "Clay and Co" refuses the refund of "Anna": "It left the shop whole."
    Then the refund of "Anna" is "rejected"
    And "Anna" reads that "It left the shop whole."
    And "Anna" has exactly one mail about "refund_rejected"
    And 14.90 EUR is held for "Clay and Co"

  Scenario: Nobody decides, and the buyer gets the money back
    When "Anna" asks for 4.00 EUR back from "Clay and Co": "It is chipped."
    And 6 days pass
    Then the refund of "Anna" is "requested"
    When 2 days pass
    Then "Anna" got 4.00 EUR back

  Scenario: A payout that the bank sends back is paid again
    Given "Clay and Co" ships the order of "Anna" with "DHL" and "JD0001"
    And "Anna" confirms the receipt from "Clay and Co"
    And the payouts run
    When the bank of "Clay and Co" sends the payout back
    Then the payout of "Clay and Co" is "returned"
    And "Clay and Co" has exactly one mail about "payout_returned"
    And "Clay and Co" was paid out 0.00 EUR
    And the books balance
    When the payout of "Clay and Co" is tried again
    Then the payout of "Clay and Co" is "paid"
    And "Clay and Co" was paid out 13.70 EUR
    And the books balance
