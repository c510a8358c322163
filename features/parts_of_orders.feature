Feature: Parts of orders
  Every seller's part of an order goes its own way to its end. What is not sent goes back to the shelf, what was paid for
  it goes back to the buyer, and the other parts do not notice.

  Background:
    Given a marketplace in which shops accept their orders by hand
    And the shop "Clay and Co" sells "Blue Cup" for 10.00 EUR with 9 in stock
    And the shop "Luthier Lane" sells "Oak Guitar" for 100.00 EUR with 2 in stock
    And "Anna" is registered
    And "Anna" has paid for 3 of "Blue Cup" and 1 of "Oak Guitar"

  Scenario: A shop declines, and its part goes back while the other is sent
    When "Clay and Co" declines the order of "Anna": "The kiln broke."
    And "Luthier Lane" accepts the order of "Anna"
    And "Luthier Lane" ships the order of "Anna" with "DHL" and "JD0001"
    Then the part of "Clay and Co" of the order of "Anna" is "declined"
    And the part of "Luthier Lane" of the order of "Anna" is "shipped"
    And "Anna" got 34.90 EUR back
    And 100.00 EUR is held for "Luthier Lane"
    And "Anna" has exactly one mail about "called_off"
    And "Clay and Co" has no mail about "nothing_to_send"
    And the books balance

  Scenario: A shop that says nothing for three days has declined
    Given "Luthier Lane" accepts the order of "Anna"
    When 3 days pass
    Then the part of "Clay and Co" of the order of "Anna" is "declined"
    And the part of "Luthier Lane" of the order of "Anna" is "accepted"
    And "Anna" got 34.90 EUR back
    And "Clay and Co" has exactly one mail about "nothing_to_send"

  Scenario: A shop sends a part and calls off the rest
    Given "Clay and Co" accepts the order of "Anna"
    When "Clay and Co" ships 2 of "Blue Cup" of the order of "Anna" as "T1"
    Then the part of "Clay and Co" of the order of "Anna" is "part_shipped"
    When "Clay and Co" calls off what is left of the order of "Anna": "The third one has a crack."
    Then the part of "Clay and Co" of the order of "Anna" is "shipped"
    And "Anna" got 10.00 EUR back
    And 24.90 EUR is held for "Clay and Co"
    And the books balance

  Scenario: More than is open is not sent
    Given "Clay and Co" accepts the order of "Anna"
    And "Clay and Co" ships 2 of "Blue Cup" of the order of "Anna" as "T1"
    When "Clay and Co" ships 2 of "Blue Cup" of the order of "Anna" as "T2"
    Then it is refused as "orders.not_open"

  Scenario: What was accepted and not sent in two weeks is called off
    Given "Clay and Co" accepts the order of "Anna"
    And "Luthier Lane" accepts the order of "Anna"
    And "Luthier Lane" ships the order of "Anna" with "DHL" and "JD0001"
    When 14 days pass
    Then the part of "Clay and Co" of the order of "Anna" is "cancelled"
    And the part of "Luthier Lane" of the order of "Anna" is "shipped"
    And "Anna" got 34.90 EUR back

  Scenario: A buyer calls off what is not sent yet, and nothing that is
    Given "Clay and Co" accepts the order of "Anna"
    And "Luthier Lane" accepts the order of "Anna"
    And "Luthier Lane" ships the order of "Anna" with "DHL" and "JD0001"
    When "Anna" calls off what "Clay and Co" has to send: "I found one at home."
    Then "Anna" got 34.90 EUR back
    And "Clay and Co" has exactly one mail about "nothing_to_send"
    When "Anna" calls off what "Luthier Lane" has to send: "And that too."
    Then it is refused as "orders.illegal_transition"

  Scenario: A refund before leaves less to go back
    Given "Clay and Co" gives "Anna" 4.00 EUR back
    When "Anna" calls off what "Clay and Co" has to send: "I found one at home."
    Then "Anna" got 34.90 EUR back
    And the books balance

  Scenario: A buyer calls all of an order off while nothing is sent
    Given "Clay and Co" accepts the order of "Anna"
    When "Anna" calls the whole order off
    Then the order of "Anna" is "cancelled"
    And nothing is held for the order of "Anna"
    And the books balance

  Scenario: A parcel that comes back keeps its money held
    Given "Clay and Co" accepts the order of "Anna"
    And "Clay and Co" ships the order of "Anna" with "DHL" and "JD0001"
    When the parcel of "Anna" comes back to "Clay and Co"
    And 20 days pass
    Then the part of "Clay and Co" of the order of "Anna" is "returned_to_sender"
    And 34.90 EUR is held for "Clay and Co"
    When "Clay and Co" gives "Anna" 30.00 EUR back
    Then 4.90 EUR is held for "Clay and Co"

  Scenario: An order is closed when all of it is settled
    Given "Luthier Lane" declines the order of "Anna": "It is promised to somebody."
    And "Clay and Co" accepts the order of "Anna"
    And "Clay and Co" ships the order of "Anna" with "DHL" and "JD0001"
    And "Anna" confirms the receipt from "Clay and Co"
    When 16 days pass
    Then the part of "Clay and Co" of the order of "Anna" is "completed"
    And the order of "Anna" is "closed"
    And the books balance
