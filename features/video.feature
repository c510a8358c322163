Feature: A product's video
  Uploaded straight to the store, made into a ladder that any player takes, or refused with a reason.

  Background:
    Given the shop "Clay and Co" sells "Blue Cup" for 12.00 EUR with 5 in stock

  Scenario: A real clip becomes playable
    When "Clay and Co" uploads the clip "cup.mp4" for "Blue Cup"
    Then the video of "Blue Cup" becomes "ready"
    And it has three renditions, a poster and a storyboard
    And the product page of "Blue Cup" offers it

  Scenario Outline: What is no video fails with its reason
    When "Clay and Co" uploads the file "<file>" for "Blue Cup"
    Then the video of "Blue Cup" becomes "failed"
    And the reason is "<reason>"

    Examples:
      | file        | reason         |
      | garbage.mp4 | not_a_video    |
      | sound.mp4   | no_video_track |
      | empty.mp4   | empty_file     |

  Scenario: A file of a wrong type is refused before it is uploaded
    When "Clay and Co" asks to upload "notes.pdf" of type "application/pdf" for "Blue Cup"
    Then it is refused as "video.unsupported_type"

  Scenario: A product whose video failed can still be bought
    Given "Anna" is registered
    And "Clay and Co" uploads the file "garbage.mp4" for "Blue Cup"
    And the video of "Blue Cup" becomes "failed"
    When "Anna" has paid for 1 of "Blue Cup"
    Then the order of "Anna" is "confirmed"
