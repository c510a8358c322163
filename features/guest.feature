Feature: Buying without an account
  A guest buys like anybody else, says where to write to, and reads the order by the link in the mail.

  Background:
    Given the shop "Clay and Co" sells "Blue Cup" for 12.00 EUR with 5 in stock
    And the shop "Luthier Lane" sells "Oak Guitar" for 350.00 EUR with 2 in stock
    And "Gus" is a guest

  Scenario: A guest who left no address orders nothing
    Given "Gus" puts 2 of "Blue Cup" into the cart
    When "Gus" places the order
    Then it is refused as "orders.contact_needed"
    And the cart of "Gus" holds 24.00 EUR from "Clay and Co"
    And 5 of "Blue Cup" are left

  Scenario: A guest opens no shop
    When "Gus" opens the shop "Guest House"
    Then it is refused as "identity.account_needed"

  Scenario: Whoever has an account is written to there
    Given "Anna" is registered
    When "Anna" leaves a contact
    Then it is refused as "identity.not_a_guest"

  Scenario: A guest buys from two sellers and reads the order by its link
    Given "Gus" puts 2 of "Blue Cup" into the cart
    And "Gus" puts 1 of "Oak Guitar" into the cart
    When "Gus" leaves a contact
    And "Gus" places the order
    And "Gus" pays with the card "4242424242424242"
    Then the order of "Gus" is "confirmed"
    And "Gus" has exactly one mail about "order_confirmation"
    When "Gus" keeps the link in the confirmation
    Then the link shows a "confirmed" order from "Clay and Co" and "Luthier Lane"
    And 3 of "Blue Cup" are left
    And the books balance

  Scenario: A link opens nothing without its key, nor after 90 days
    Given "Gus" leaves a contact
    And "Gus" has paid for 1 of "Blue Cup"
    And "Gus" keeps the link in the confirmation
    When somebody follows the link without its key
    Then it is refused as "orders.not_found"
    When 90 days pass
    And somebody follows the link
    Then it is refused as "orders.not_found"

  Scenario: A guest's cart joins the account's
    Given "Anna" is registered
    And "Anna" puts 1 of "Blue Cup" into the cart
    And "Gus" puts 2 of "Blue Cup" into the cart
    And "Gus" puts 1 of "Oak Guitar" into the cart
    When "Anna" takes over the cart of "Gus"
    Then the cart of "Anna" holds 36.00 EUR from "Clay and Co"
    And the cart of "Anna" holds 350.00 EUR from "Luthier Lane"
    And the cart of "Gus" is empty
    When "Anna" takes over the cart of "Gus"
    Then the cart of "Anna" comes to 386.00 EUR
