Feature: Webhooks
  A program of a shop, or of whoever operates the marketplace, is told what happens: signed, and again until it has it.

  Background:
    Given the shop "Clay and Co" sells "Blue Cup" for 12.00 EUR with 9 in stock
    And the shop "Luthier Lane" sells "Oak Guitar" for 350.00 EUR with 2 in stock
    And "Anna" is registered
    And "Clay and Co" has a webhook for confirmed orders

  Scenario: A shop's webhook is told of its part of a confirmed order, once and signed with its secret
    Given "Luthier Lane" has a webhook for confirmed orders
    When "Anna" has paid for 1 of "Blue Cup" and 1 of "Oak Guitar"
    And 60 minutes pass
    Then the webhook of "Clay and Co" was told of an order over 16.90 EUR and nothing else
    And the webhook of "Luthier Lane" was told of an order over 350.00 EUR and nothing else
    And what the webhook of "Clay and Co" was told fits the secret of "Clay and Co"
    And what the webhook of "Clay and Co" was told does not fit the secret of "Luthier Lane"
    And the log of "Clay and Co" says "delivered" after 1 attempt, answered 204

  Scenario: The operators' webhook is told of the whole order
    Given the operators have a webhook for confirmed orders
    When "Anna" has paid for 1 of "Blue Cup" and 1 of "Oak Guitar"
    Then the webhook of the operators was told of an order over 366.90 EUR and nothing else
    And what the webhook of the operators was told fits the secret of the operators

  Scenario: A webhook that is answered 500 is tried again with the same message
    Given the webhook of "Clay and Co" is answered 500
    When "Anna" has paid for 1 of "Blue Cup"
    Then the log of "Clay and Co" says "queued" after every attempt, answered 500
    When the webhook of "Clay and Co" is answered 204
    And 10 minutes pass
    Then the log of "Clay and Co" says "delivered" after every attempt, answered 204
    And the webhook of "Clay and Co" was told the same again
    And what the webhook of "Clay and Co" was told fits the secret of "Clay and Co"

  Scenario: What a webhook was told is sent again by hand under the id it had
    Given "Anna" has paid for 1 of "Blue Cup"
    When 2 days pass
    And "Clay and Co" has what its webhook was told sent again
    Then the webhook of "Clay and Co" was told the same again, 2 days later
    And what the webhook of "Clay and Co" was told fits the secret of "Clay and Co"
    And the log of "Clay and Co" says "delivered" after 2 attempts, answered 204

  Scenario: A webhook's old secret is good for a day beside a new one
    When "Clay and Co" gives its webhook a new secret
    And "Anna" has paid for 1 of "Blue Cup"
    Then what the webhook of "Clay and Co" was told fits the secret of "Clay and Co"
    And what the webhook of "Clay and Co" was told fits the old secret of "Clay and Co"
    When 2 days pass
    And "Clay and Co" has what its webhook was told sent again
    Then what the webhook of "Clay and Co" was told last fits the secret of "Clay and Co"
    And what the webhook of "Clay and Co" was told last does not fit the old secret of "Clay and Co"

  Scenario Outline: A webhook inside a private network is refused
    When "Clay and Co" asks for a webhook at "<address>"
    Then it is refused as "webhooks.url_not_allowed"
    And the refusal says "<host> is not on the public internet"

    Examples:
      | address                                  | host            |
      | https://10.0.0.7/in                      | 10.0.0.7        |
      | https://169.254.169.254/latest/meta-data | 169.254.169.254 |
      | https://[fd00::7]/in                     | fd00::7         |

  Scenario: A shop's webhook is nobody else's to see
    Given "Anna" has paid for 1 of "Blue Cup"
    When "Luthier Lane" looks at the log of "Clay and Co"
    Then it is refused as "webhooks.endpoint_not_found"
    When "Luthier Lane" has what the webhook of "Clay and Co" was told sent again
    Then it is refused as "webhooks.delivery_not_found"
    When "Luthier Lane" gives the webhook of "Clay and Co" a new secret
    Then it is refused as "webhooks.endpoint_not_found"
    And the webhook of "Clay and Co" was told of an order over 16.90 EUR and nothing else
