@money
Feature: Money is held until delivery
  Each seller's part is held on its own and released by the buyer's word or by a deadline.

  Background:
    Given the shop "Clay and Co" sells "Blue Cup" for 10.00 EUR with 9 in stock
    And the shop "Luthier Lane" sells "Oak Guitar" for 100.00 EUR with 2 in stock
    And "Anna" is registered
    And "Anna" has paid for 1 of "Blue Cup" and 1 of "Oak Guitar"

  Scenario: Paid money is held, per seller
    Then 14.90 EUR is held for "Clay and Co"
    And 100.00 EUR is held for "Luthier Lane"
    And the books balance

  Scenario: The buyer's confirmation releases one seller's part and no other
    Given "Clay and Co" ships the order of "Anna" with "DHL" and "JD0001"
    When "Anna" confirms the receipt from "Clay and Co"
    Then 0.00 EUR is held for "Clay and Co"
    And "Clay and Co" may be paid 13.70 EUR
    And 100.00 EUR is held for "Luthier Lane"
    And the books balance

  Scenario: Silence releases after fourteen days
    Given "Luthier Lane" ships the order of "Anna" with "DHL" and "JD0002"
    And "Luthier Lane" marks the order of "Anna" as delivered
    When 13 days pass
    Then 100.00 EUR is held for "Luthier Lane"
    When 2 days pass
    Then 0.00 EUR is held for "Luthier Lane"
    And "Luthier Lane" may be paid 88.00 EUR
    And the books balance

  Scenario: What was not shipped cannot be confirmed
    When "Anna" confirms the receipt from "Clay and Co"
    Then it is refused as "orders.illegal_transition"
    And 14.90 EUR is held for "Clay and Co"

  Scenario: Confirming twice releases once
    Given "Clay and Co" ships the order of "Anna" with "DHL" and "JD0001"
    And "Anna" confirms the receipt from "Clay and Co"
    When "Anna" confirms the receipt from "Clay and Co"
    Then "Clay and Co" may be paid 13.70 EUR
    And the books balance
