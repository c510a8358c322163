@money
Feature: Tax and the marketplace's fee
  What a buyer pays beyond the shops' prices is told line by line, kept apart in the books, and goes back with what is given
  back: the tax whole, the fee as long as it is not earned.

  Background:
    Given a marketplace that remits 19 % tax in "DE"
    And the marketplace charges buyers a fee of 0.50 EUR and 1 % of the goods
    And the shop "Clay and Co" sells "Blue Cup" for 20.00 EUR with 9 in stock
    And the shop "Loom" sells "Shawl" for 60.00 EUR with 5 in stock
    And "Clay and Co" charges 5.00 EUR for a parcel
    And "Loom" charges 0.00 EUR for a parcel
    And "Anna" is registered

  Scenario: Tax and fee are paid, held apart, and nobody's share
    When "Anna" has paid for 1 of "Blue Cup" and 1 of "Shawl"
    Then the order of "Anna" comes to 102.45 EUR
    And 25.00 EUR is held for "Clay and Co"
    And 60.00 EUR is held for "Loom"
    And the marketplace owes 16.15 EUR of tax
    And the fee that is not earned yet is 1.30 EUR
    And the order of "Anna" was placed under version 1 of the terms
    And the books balance

  Scenario: Of goods that are given back in part the tax and the fee go back in the same part
    Given "Anna" has paid for 1 of "Shawl"
    When "Loom" gives "Anna" 30.00 EUR back
    Then "Anna" got 36.25 EUR back
    And 30.00 EUR is held for "Loom"
    And the marketplace owes 5.70 EUR of tax
    And the fee that is not earned yet is 0.55 EUR
    And the books balance
    When "Loom" gives "Anna" 30.00 EUR back
    Then the marketplace owes 0.00 EUR of tax
    And the fee that is not earned yet is 0.00 EUR
    And nothing is held for the order of "Anna"
    And the books balance

  Scenario: Before another version of the terms, and after
    Given "Anna" has paid for 1 of "Shawl"
    When the marketplace charges buyers a fee of 2.00 EUR and 0 % of the goods
    And "Anna" has paid for 1 of "Shawl"
    Then the order of "Anna" comes to 73.40 EUR
    And the order of "Anna" was placed under version 2 of the terms
    And the fee that is not earned yet is 3.10 EUR
    And the books balance

  Scenario: A fee is earned when the order closes, and the tax stays owed
    Given "Anna" has paid for 1 of "Shawl"
    And "Loom" ships the order of "Anna" with "DHL" and "JD0001"
    And "Anna" confirms the receipt from "Loom"
    When 16 days pass
    Then the order of "Anna" is "closed"
    And the fee that is not earned yet is 0.00 EUR
    And the marketplace has earned a fee of 1.10 EUR
    And the books balance

  Scenario: Parcels are paid one by one where the terms say so
    Given the terms release each parcel by itself
    And "Anna" has paid for 3 of "Blue Cup"
    When "Clay and Co" ships 1 of "Blue Cup" of the order of "Anna" as "T1"
    And "Anna" receives the parcel "T1" of "Clay and Co"
    Then 45.00 EUR is held for "Clay and Co"
    And "Clay and Co" may be paid 17.60 EUR
    When "Clay and Co" gives "Anna" 10.00 EUR back
    And "Clay and Co" ships 2 of "Blue Cup" of the order of "Anna" as "T2"
    And "Anna" receives the parcel "T2" of "Clay and Co"
    Then 0.00 EUR is held for "Clay and Co"
    And the part of "Clay and Co" of the order of "Anna" is "delivered"
    And the books balance
