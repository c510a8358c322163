@money
Feature: The buyer's bank takes a payment back
  The card network decides whose the money is. Until it has, nobody gets it; the parcels go on.

  Background:
    Given the shop "Clay and Co" sells "Blue Cup" for 10.00 EUR with 9 in stock
    And the shop "Luthier Lane" sells "Oak Guitar" for 100.00 EUR with 2 in stock
    And "Anna" is registered
    And "Anna" has paid for 1 of "Blue Cup" and 1 of "Oak Guitar"

  Scenario: What is disputed is set apart from one shop's held money, and the other shop has nothing to do with it
    When the bank of "Anna" disputes 10.00 EUR paid to "Clay and Co"
    Then the dispute of "Anna" is "needs_response"
    And 4.90 EUR is held for "Clay and Co"
    And 100.00 EUR is held for "Luthier Lane"
    And the books balance

  Scenario: Evidence is handed in, and the marketplace wins
    Given the bank of "Anna" disputes 10.00 EUR paid to "Clay and Co"
    When the marketplace answers the dispute of "Anna" about shipping: "Delivered on 2 March."
    Then the dispute of "Anna" is "under_review"
    When the card network decides against "Anna"
    Then the dispute of "Anna" is "won"
    And 14.90 EUR is held for "Clay and Co"
    And the books balance

  Scenario: It is lost after the payout, and the shop owes what it was paid
    Given "Clay and Co" ships the order of "Anna" with "DHL" and "JD0001"
    And "Anna" confirms the receipt from "Clay and Co"
    And the payouts run
    When the bank of "Anna" disputes 10.00 EUR paid to "Clay and Co"
    And the card network decides for "Anna"
    Then the dispute of "Anna" is "lost"
    And "Clay and Co" was paid out 13.70 EUR
    And "Clay and Co" owes 8.80 EUR
    And the books balance

  Scenario: It is given up
    Given the bank of "Anna" disputes 10.00 EUR paid to "Clay and Co"
    When the marketplace gives the dispute of "Anna" up
    Then the dispute of "Anna" is "lost"
    And 4.90 EUR is held for "Clay and Co"
    And the books balance

  Scenario: Evidence is handed in once
    Given the bank of "Anna" disputes 10.00 EUR paid to "Clay and Co"
    And the marketplace answers the dispute of "Anna" about shipping: "Delivered on 2 March."
    When the marketplace answers the dispute of "Anna" about shipping: "It really was."
    Then it is refused as "payments.wrong_state"

  Scenario: The same money is not given back while a dispute decides about it
    Given the bank of "Anna" disputes 10.00 EUR paid to "Clay and Co"
    When "Clay and Co" gives "Anna" 4.00 EUR back
    Then it is refused as "payments.refund_blocked_by_dispute"
