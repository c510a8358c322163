Feature: A seller's journey
  A seller registers, opens a shop, adds products, ships what was bought, and gets paid.

  Background:
    Given "Anna" is registered

  Scenario: From an empty shop to money in the bank
    Given the shop "Clay and Co" sells "Blue Cup" for 12.00 EUR with 5 in stock
    And "Anna" has paid for 2 of "Blue Cup"
    When "Clay and Co" ships the order of "Anna" with "DHL" and "JD0001"
    Then "Anna" has exactly one mail about "shipped"
    When "Anna" confirms the receipt from "Clay and Co"
    And the payouts run
    Then "Clay and Co" was paid out 26.02 EUR
    And "Clay and Co" has exactly one mail about "paid_out"
    And nothing is held for the order of "Anna"
    And the books balance

  Scenario: A shop that nobody has approved cannot publish
    Given "Mallory" has opened the shop "Dark Corner" that nobody approved
    When "Dark Corner" publishes a product "Shady Lamp" for 5.00 EUR
    Then it is refused as "catalog.not_publishable"

  Scenario: Two shops cannot have the same address
    Given the shop "Clay and Co" sells "Blue Cup" for 12.00 EUR with 5 in stock
    When "Anna" opens the shop "Clay and Co"
    Then it is refused as "identity.slug_taken"

  Scenario: A seller cannot ship another seller's part
    Given the shop "Clay and Co" sells "Blue Cup" for 12.00 EUR with 5 in stock
    And the shop "Luthier Lane" sells "Oak Guitar" for 350.00 EUR with 2 in stock
    And "Anna" has paid for 1 of "Blue Cup"
    When "Luthier Lane" tries to ship the part of "Clay and Co"
    Then it is refused as "orders.seller_order_not_found"

  Scenario: Shipping twice is refused
    Given the shop "Clay and Co" sells "Blue Cup" for 12.00 EUR with 5 in stock
    And "Anna" has paid for 1 of "Blue Cup"
    And "Clay and Co" ships the order of "Anna" with "DHL" and "JD0001"
    When "Clay and Co" ships the order of "Anna" with "DHL" and "JD0002"
    Then it is refused as "orders.illegal_transition"
