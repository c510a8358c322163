Feature: A buyer's journey
  A buyer registers, finds a product, watches its video, buys from two sellers in one checkout, and gets a mail.

  Background:
    Given the shop "Clay and Co" sells "Blue Cup" for 12.00 EUR with 5 in stock
    And the shop "Luthier Lane" sells "Oak Guitar" for 350.00 EUR with 2 in stock
    And "Anna" is registered

  Scenario: From registration to a paid order from two sellers
    When "Anna" searches for "gutiar"
    Then she finds "Oak Guitar"
    When "Anna" puts 2 of "Blue Cup" into the cart
    And "Anna" puts 1 of "Oak Guitar" into the cart
    And "Anna" places the order
    And "Anna" pays with the card "4242424242424242"
    Then the order of "Anna" is "confirmed"
    And the order has a part for "Clay and Co" and a part for "Luthier Lane"
    And "Anna" has exactly one mail about "order_confirmation"
    And "Clay and Co" has exactly one mail about "new_order"
    And "Luthier Lane" has exactly one mail about "new_order"
    And 3 of "Blue Cup" are left
    And the books balance

  Scenario: A welcome for everyone who registers, once
    Then "Anna" has exactly one mail about "welcome"

  Scenario: A product that is not published cannot be found
    Given "Clay and Co" has the unpublished product "Secret Bowl" for 9.00 EUR with 1 in stock
    When "Anna" searches for "Secret Bowl"
    Then she does not find "Secret Bowl"

  Scenario: Another buyer's order does not exist for me
    Given "Boris" is registered
    And "Anna" has paid for 1 of "Blue Cup"
    When "Boris" looks at the order of "Anna"
    Then it is refused as "orders.not_found"

  Scenario: A password that everybody uses is refused
    When "Carl" registers with the password "password"
    Then it is refused as "identity.weak_password"
