Feature: One cart, many sellers
  The cart is grouped by seller; every seller's part of the order is exact to the cent.

  Background:
    Given the shop "Clay and Co" sells "Blue Cup" for 12.00 EUR with 5 in stock
    And the shop "Clay and Co" sells "Red Plate" for 7.50 EUR with 10 in stock
    And the shop "Luthier Lane" sells "Oak Guitar" for 350.00 EUR with 2 in stock
    And "Anna" is registered

  Scenario: Lines are grouped by seller with a subtotal each
    When "Anna" puts 2 of "Blue Cup" into the cart
    And "Anna" puts 1 of "Red Plate" into the cart
    And "Anna" puts 1 of "Oak Guitar" into the cart
    Then the cart of "Anna" holds 31.50 EUR from "Clay and Co"
    And the cart of "Anna" holds 350.00 EUR from "Luthier Lane"
    And the cart of "Anna" comes to 381.50 EUR

  Scenario: Delivery belongs to exactly one part, and is free from 50.00 EUR on
    When "Anna" puts 1 of "Blue Cup" into the cart
    And "Anna" puts 1 of "Oak Guitar" into the cart
    And "Anna" places the order
    Then the part of "Clay and Co" comes to 16.90 EUR
    And the part of "Luthier Lane" comes to 350.00 EUR
    And the order comes to 366.90 EUR

  Scenario: Removing the last line of a seller removes the seller
    When "Anna" puts 1 of "Blue Cup" into the cart
    And "Anna" puts 1 of "Oak Guitar" into the cart
    And "Anna" removes "Oak Guitar" from the cart
    Then the cart of "Anna" comes to 12.00 EUR
    And the cart of "Anna" holds nothing from "Luthier Lane"

  Scenario Outline: A quantity that makes no sense is refused
    When "Anna" puts <quantity> of "Blue Cup" into the cart
    Then it is refused
    And the cart of "Anna" is empty

    Examples:
      | quantity |
      | 0        |
      | -1       |
      | 1001     |

  Scenario: A changed price is shown and never silently applied
    Given "Anna" puts 1 of "Blue Cup" into the cart
    When "Clay and Co" changes the price of "Blue Cup" to 13.00 EUR
    Then the cart of "Anna" says that "Blue Cup" changed from 12.00 EUR to 13.00 EUR
