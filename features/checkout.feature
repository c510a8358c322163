@money
Feature: Checkout
  The buyer pays exactly what they saw; stock is held before money moves; a decline leaves nothing behind.

  Background:
    Given the shop "Clay and Co" sells "Blue Cup" for 12.00 EUR with 1 in stock
    And "Anna" is registered
    And "Boris" is registered

  Scenario: A declined card can be replaced
    Given "Anna" puts 1 of "Blue Cup" into the cart
    And "Anna" places the order
    When "Anna" pays with the card "4000000000000002"
    Then the order of "Anna" is "pending_payment"
    And there is no ledger entry
    When "Anna" pays with the card "4242424242424242"
    Then the order of "Anna" is "confirmed"
    And the books balance

  Scenario: A declined card leaves no order paid, no stock held after expiry, and no ledger entry
    Given "Anna" puts 1 of "Blue Cup" into the cart
    And "Anna" places the order
    And "Anna" pays with the card "4000000000000002"
    When 16 minutes pass
    Then the order of "Anna" is "expired"
    And 1 of "Blue Cup" is left
    And there is no ledger entry

  Scenario: A card that needs confirmation waits for it
    Given "Anna" puts 1 of "Blue Cup" into the cart
    And "Anna" places the order
    When "Anna" pays with the card "4000000000003220"
    Then the order of "Anna" is "pending_payment"
    When "Anna" approves the payment at her bank
    Then the order of "Anna" is "confirmed"

  Scenario: A payment that succeeds late still confirms the order
    Given "Anna" puts 1 of "Blue Cup" into the cart
    And "Anna" places the order
    When "Anna" pays with the card "4000000000000077"
    Then the order of "Anna" is "pending_payment"
    When 5 minutes pass
    Then the order of "Anna" is "confirmed"
    And the books balance

  Scenario: The last unit is sold once
    Given "Anna" puts 1 of "Blue Cup" into the cart
    And "Boris" puts 1 of "Blue Cup" into the cart
    And "Boris" has looked at the quote
    And "Anna" places the order
    When "Boris" places the order he looked at
    Then it is refused as "catalog.out_of_stock"

  Scenario: A price that changed after the quote needs a new look
    Given "Anna" puts 1 of "Blue Cup" into the cart
    And "Anna" has looked at the quote
    And "Clay and Co" changes the price of "Blue Cup" to 13.00 EUR
    When "Anna" places the order she looked at
    Then it is refused as "orders.quote_changed"
    And 1 of "Blue Cup" is left

  Scenario: An empty cart cannot be ordered
    When "Anna" places the order
    Then it is refused as "orders.cart_empty"

  Scenario: The same request twice is one order
    Given "Anna" puts 1 of "Blue Cup" into the cart
    When "Anna" places the order twice with the same key
    Then "Anna" has exactly 1 order
