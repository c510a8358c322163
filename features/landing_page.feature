Feature: A seller's landing page
  Hero video, products and a call to action: drafted in peace, checked before it is published.

  Background:
    Given the shop "Clay and Co" sells "Blue Cup" for 12.00 EUR with 5 in stock
    And "Clay and Co" has a video that is ready

  Scenario: A page is published from its draft
    When "Clay and Co" drafts a page with its video, "Blue Cup" and the link "/search"
    Then the page of "Clay and Co" cannot be seen
    When "Clay and Co" publishes the page
    Then the page of "Clay and Co" shows "Blue Cup"

  Scenario: A later draft does not touch the published page
    Given "Clay and Co" has published a page with "Blue Cup"
    When "Clay and Co" drafts a page with the headline "Under construction"
    Then the page of "Clay and Co" does not say "Under construction"

  Scenario: Everything that is wrong is named at once
    Given "Clay and Co" has the unpublished product "Cracked Bowl" for 9.00 EUR with 1 in stock
    And "Clay and Co" has a video that failed
    When "Clay and Co" drafts a page with its failed video, "Cracked Bowl" and the link "/search"
    And "Clay and Co" publishes the page
    Then it is refused as "landing.not_ready"
    And the refusal names the video and "Cracked Bowl"

  Scenario: A link that could run a script is never published
    When "Clay and Co" drafts a page with its video, "Blue Cup" and the link "javascript:alert(1)"
    And "Clay and Co" publishes the page
    Then it is refused as "landing.not_ready"
    And the page of "Clay and Co" cannot be seen
