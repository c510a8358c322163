Feature: Claims
  When something is wrong with what was bought, its money waits: the seller answers, silence decides, an operator decides
  what the two cannot. Other sellers of the order are not touched.

  Background:
    Given the shop "Clay and Co" sells "Blue Cup" for 10.00 EUR with 9 in stock
    And the shop "Luthier Lane" sells "Oak Guitar" for 100.00 EUR with 2 in stock
    And "Anna" is registered
    And "Anna" has paid for 1 of "Blue Cup" and 1 of "Oak Guitar"
    And "Clay and Co" ships the order of "Anna" with "DHL" and "JD0001"
    And "Clay and Co" marks the order of "Anna" as delivered

  Scenario: The seller agrees, and the money goes back
    When "Anna" claims about "Clay and Co" that "It is chipped."
    And "Clay and Co" agrees to the claim of "Anna": "Sorry."
    Then the claim of "Anna" is "resolved_refund"
    And "Anna" got 14.90 EUR back
    And 100.00 EUR is held for "Luthier Lane"
    And the books balance

  Scenario: A seller who says nothing for three days has agreed
    Given "Anna" claims about "Clay and Co" that "It is chipped."
    When 3 days pass
    Then the claim of "Anna" is "resolved_refund"
    And "Anna" got 14.90 EUR back

  Scenario: The buyer takes a part, and the seller gets the rest
    Given "Anna" claims about "Clay and Co" that "It is chipped."
    And "Clay and Co" offers "Anna" 4.00 EUR: "Would that do?"
    When "Anna" takes the offer of 4.00 EUR
    Then the claim of "Anna" is "resolved_partial"
    And "Anna" got 4.00 EUR back
    And "Clay and Co" may be paid 10.18 EUR
    And the books balance

  Scenario: An operator decides for the seller
    Given "Anna" claims about "Clay and Co" that "It is chipped."
    And "Clay and Co" contests the claim of "Anna": "The photo shows it whole."
    When an operator decides the claim of "Anna" for the seller: "It left whole."
    Then the claim of "Anna" is "resolved_release"
    And "Clay and Co" may be paid 13.70 EUR
    And the books balance

  Scenario: After an operator's silence the buyer is refunded
    Given "Anna" claims about "Clay and Co" that "It is chipped."
    And "Clay and Co" contests the claim of "Anna": "The photo shows it whole."
    When 7 days pass
    Then the claim of "Anna" is "resolved_refund"
    And "Anna" got 14.90 EUR back

  Scenario: A claim that is withdrawn leaves the money where it was
    Given "Anna" claims about "Clay and Co" that "It is chipped."
    When "Anna" withdraws the claim
    Then the claim of "Anna" is "withdrawn"
    And 14.90 EUR is held for "Clay and Co"
