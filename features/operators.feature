Feature: Operating the marketplace
  Somebody always operates the marketplace.

  Background:
    Given "Olga" and "Otto" operate the marketplace, and nobody else

  Scenario: An operator steps down, and whoever is left stays
    When "Olga" steps down
    And "Otto" steps down
    Then it is refused as "identity.last_operator"

  Scenario: Whoever has stepped down operates no more
    When "Otto" steps down
    And "Otto" steps down
    Then it is refused as "kernel.not_allowed"
