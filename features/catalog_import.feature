Feature: A seller brings the catalogue they have
  The Shopify product CSV is read as sellers export it; what is wrong is named by line, and nothing is half done.

  Background:
    Given "Clay and Co" is an approved shop

  Scenario: A dry run writes nothing
    When "Clay and Co" tries out the import of "apparel.csv"
    Then the import would create 20 products with 22 variants
    And "Clay and Co" has 0 products

  Scenario: Twenty products with twenty-two variants
    When "Clay and Co" imports "apparel.csv"
    Then the import created 20 products with 22 variants
    And "Clay and Co" has 20 products

  Scenario: The second import changes nothing
    Given "Clay and Co" imports "apparel.csv"
    When "Clay and Co" imports "apparel.csv"
    Then the import changed nothing

  Scenario: Rows in error are named and their products left out
    When "Clay and Co" imports "apparel-broken.csv"
    Then the import names line 2 because of its price
    And the import names line 6 because of its stock
    And the import names line 21 because of its quotes
    And "Clay and Co" has 17 products

  Scenario: A file that is no product list is refused
    When "Clay and Co" imports "not-a-list.csv"
    Then it is refused as "catalog.unreadable_import"
    And "Clay and Co" has 0 products
