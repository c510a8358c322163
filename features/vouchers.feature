Feature: Vouchers
  A code takes something off, at a shop's expense or at the marketplace's, as often as was agreed and no more.

  Background:
    Given the shop "Clay and Co" sells "Blue Cup" for 12.00 EUR with 5 in stock
    And the shop "Loom" sells "Shawl" for 60.00 EUR with 5 in stock
    And "Clay and Co" charges 5.00 EUR for a parcel
    And "Anna" is registered
    And "Boris" is registered

  Scenario: The marketplace pays what its voucher takes off, and the shops get what they would get without it
    Given the marketplace has the voucher "WELCOME" of 10.00 EUR
    And "Anna" puts 1 of "Blue Cup" into the cart
    And "Anna" puts 1 of "Shawl" into the cart
    When "Anna" uses the voucher "welcome"
    And "Anna" places the order
    And "Anna" pays with the card "4242424242424242"
    Then the order of "Anna" comes to 67.00 EUR
    And 77.00 EUR is held for the order of "Anna"
    And the voucher "WELCOME" has been used 1 time
    And the books balance

  Scenario: A shop pays what its own voucher takes off, and nobody else does
    Given "Loom" has the voucher "LOOM-20" of 20 percent
    And "Anna" puts 1 of "Blue Cup" into the cart
    And "Anna" puts 1 of "Shawl" into the cart
    When "Anna" uses the voucher "LOOM-20"
    And "Anna" places the order
    And "Anna" pays with the card "4242424242424242"
    Then the order of "Anna" comes to 65.00 EUR
    And 65.00 EUR is held for the order of "Anna"
    And the books balance

  Scenario: What is given back of a reduced order is what was paid for it
    Given the marketplace has the voucher "WELCOME" of 12.00 EUR
    And "Anna" puts 1 of "Shawl" into the cart
    And "Anna" uses the voucher "WELCOME"
    And "Anna" places the order
    And "Anna" pays with the card "4242424242424242"
    When "Loom" gives "Anna" 30.00 EUR back
    Then "Anna" got 24.00 EUR back
    And 30.00 EUR is held for the order of "Anna"
    And the books balance

  Scenario Outline: A voucher that takes nothing off this cart is refused, always in the same words
    Given <voucher>
    And "Anna" puts 1 of "Blue Cup" into the cart
    When <minutes> minutes pass
    And "Anna" uses the voucher "CODE"
    Then it is refused as "orders.voucher_not_applicable"
    When "Anna" places the order
    Then the order of "Anna" comes to 17.00 EUR

    Examples:
      | voucher                                                              | minutes |
      | the marketplace has the voucher "OTHER" of 5.00 EUR                  | 0       |
      | the marketplace has the voucher "CODE" of 5.00 USD                   | 0       |
      | the marketplace has the voucher "CODE" of 5.00 EUR for 10 minutes    | 11      |
      | the marketplace has the voucher "CODE" of 5.00 EUR from 12.01 EUR on | 0       |
      | "Loom" has the voucher "CODE" of 20 percent                          | 0       |

  Scenario: A voucher that is used up is refused, and nothing is reserved
    Given the marketplace has the voucher "FIRST" of 5.00 EUR, once in all
    And "Anna" puts 1 of "Blue Cup" into the cart
    And "Boris" puts 1 of "Blue Cup" into the cart
    And "Anna" uses the voucher "FIRST"
    And "Boris" uses the voucher "FIRST"
    And "Boris" has looked at the quote
    And "Anna" places the order
    When "Boris" places the order he looked at
    Then it is refused as "orders.voucher_exhausted"
    And 4 of "Blue Cup" is left
    And the voucher "FIRST" has been used 1 time

  Scenario: Once per buyer is once
    Given the marketplace has the voucher "ONCE" of 5.00 EUR, once per buyer
    And "Anna" puts 1 of "Blue Cup" into the cart
    And "Anna" uses the voucher "ONCE"
    And "Anna" places the order
    And "Anna" puts 1 of "Shawl" into the cart
    When "Anna" uses the voucher "ONCE"
    Then it is refused as "orders.voucher_exhausted"

  Scenario: An order that nobody pays gives its voucher back
    Given the marketplace has the voucher "FIRST" of 5.00 EUR, once in all
    And "Anna" puts 1 of "Blue Cup" into the cart
    And "Anna" uses the voucher "FIRST"
    And "Anna" places the order
    When 16 minutes pass
    Then the order of "Anna" is "expired"
    And the voucher "FIRST" has been used 0 times
    Given "Boris" puts 1 of "Blue Cup" into the cart
    When "Boris" uses the voucher "FIRST"
    And "Boris" places the order
    Then the order of "Boris" comes to 12.00 EUR

  Scenario: A voucher that was stopped is not used any more, and orders keep it
    Given the marketplace has the voucher "WELCOME" of 5.00 EUR
    And "Anna" puts 1 of "Blue Cup" into the cart
    And "Boris" puts 1 of "Blue Cup" into the cart
    And "Anna" uses the voucher "WELCOME"
    And "Boris" uses the voucher "WELCOME"
    And "Boris" has looked at the quote
    And "Anna" places the order
    When the marketplace stops the voucher "WELCOME"
    And "Boris" places the order he looked at
    Then it is refused as "orders.voucher_not_applicable"
    And the order of "Anna" comes to 12.00 EUR
    When "Boris" takes the voucher out
    And "Boris" places the order
    Then the order of "Boris" comes to 17.00 EUR

  Scenario: A shop makes vouchers of its own goods and no others
    When "Anna" makes a voucher of the marketplace
    Then it is refused as "kernel.not_allowed"
    When "Loom" makes a voucher of "Clay and Co"
    Then it is refused as "kernel.not_found"
