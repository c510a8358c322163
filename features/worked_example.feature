@money
Feature: The worked example of the money design, to the cent
  One order of two sellers, from the card to the bank and back, through everything that can go wrong with it. Every
  figure is the design's. The shops say themselves what a parcel costs.

  Scenario: A refund, two releases, a payout that comes back, a dispute that is lost, and the next order
    Given a marketplace that keeps 5 % in reserve and whose provider charges 3.20 EUR a payment
    And the shop "Clay and Co" sells "Blue Cup" for 15.00 EUR with 9 in stock
    And the shop "Clay and Co" sells "Big Bowl" for 40.00 EUR with 1 in stock
    And the shop "Luthier Lane" sells "Strings" for 35.00 EUR with 9 in stock
    And "Clay and Co" charges 5.00 EUR for a parcel
    And "Luthier Lane" charges 0.00 EUR for a parcel
    And "Anna" is registered
    And "Ben" is registered

    When "Anna" has paid for 4 of "Blue Cup" and 1 of "Strings"
    Then the order comes to 100.00 EUR
    And the marketplace has 96.80 EUR at its provider
    And the provider has charged 3.20 EUR
    And 65.00 EUR is held for "Clay and Co"
    And 35.00 EUR is held for "Luthier Lane"

    When "Clay and Co" gives "Anna" 15.00 EUR back
    Then "Anna" got 15.00 EUR back
    And nothing is missing at the provider, and payouts go on
    And 50.00 EUR is held for "Clay and Co"
    And 35.00 EUR is held for "Luthier Lane"
    And the marketplace has 81.80 EUR at its provider

    When "Clay and Co" ships the order of "Anna" with "DHL" and "JD0001"
    And "Anna" confirms the receipt from "Clay and Co"
    Then "Clay and Co" may be paid 42.37 EUR
    And 2.23 EUR of "Clay and Co" is in reserve
    And the marketplace has earned 4.50 EUR and owes 0.90 EUR of tax

    When the payouts run
    Then "Clay and Co" was paid out 42.37 EUR
    And the marketplace has 39.43 EUR at its provider

    When the bank of "Clay and Co" sends the payout back
    Then "Clay and Co" was paid out 0.00 EUR
    And the marketplace has 39.43 EUR at its provider
    When the payout of "Clay and Co" is tried again
    Then "Clay and Co" was paid out 42.37 EUR
    And the marketplace has 39.43 EUR at its provider

    When "Luthier Lane" ships the order of "Anna" with "DHL" and "JD0002"
    And "Anna" confirms the receipt from "Luthier Lane"
    Then "Luthier Lane" may be paid 29.26 EUR
    And 1.54 EUR of "Luthier Lane" is in reserve
    And the marketplace has earned 8.00 EUR and owes 1.60 EUR of tax

    When the bank of "Anna" disputes 20.00 EUR paid to "Clay and Co"
    Then the dispute of "Anna" is "needs_response"
    And the marketplace has 4.43 EUR at its provider
    When the card network decides for "Anna"
    Then the dispute of "Anna" is "lost"
    And the marketplace has 4.43 EUR at its provider
    And the marketplace has earned 6.00 EUR and owes 1.20 EUR of tax
    And 0.00 EUR of "Clay and Co" is in reserve
    And "Clay and Co" owes 15.37 EUR
    And "Luthier Lane" may be paid 29.26 EUR
    And 1.54 EUR of "Luthier Lane" is in reserve
    And 26.37 EUR is missing at the provider, and payouts stand still

    Given "Clay and Co" charges 0.00 EUR for a parcel
    When "Ben" has paid for 1 of "Big Bowl"
    Then the order comes to 40.00 EUR
    When "Clay and Co" ships the order of "Ben" with "DHL" and "JD0003"
    And "Ben" confirms the receipt from "Clay and Co"
    Then "Clay and Co" may be paid 18.07 EUR
    And "Clay and Co" owes 0.00 EUR
    And 1.76 EUR of "Clay and Co" is in reserve
    And the marketplace has earned 10.00 EUR and owes 2.00 EUR of tax
    And the books balance

    When the payouts run
    Then no payout leaves
    And 9.40 EUR is missing at the provider, and payouts stand still
    When the marketplace puts 9.40 EUR of its own in
    Then nothing is missing at the provider, and payouts go on
    When the payouts run
    Then "Clay and Co" was paid out 60.44 EUR
    And "Luthier Lane" was paid out 29.26 EUR
    And the books balance
