"""What identity refuses, and how it says so."""

from typing import Final

from marketplace_core.kernel.errors import Conflict, InvalidInput, NotFound, NotSignedIn, RuleBroken

NO_SUCH_USER: Final = "There is no such user."
NO_SUCH_SELLER: Final = "There is no such shop."


class InvalidEmail(InvalidInput):
    """The text is not an e-mail address that can receive mail."""

    code = "identity.invalid_email"

    def __init__(self, message: str) -> None:
        super().__init__(message, errors=[{"field": "email", "message": message}])


class InvalidProfile(InvalidInput):
    """A name, locale, country or device label that cannot be shown or stored."""

    code = "identity.invalid_profile"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, errors=[{"field": field, "message": message}])


class WeakPassword(InvalidInput):
    """The password is too short, too long, common, or says who its owner is."""

    code = "identity.weak_password"

    def __init__(self, reason: str, message: str, field: str = "password") -> None:
        super().__init__(message, reason=reason, errors=[{"field": field, "message": message}])


class InvalidSlug(InvalidInput):
    """The address of a shop is malformed or reserved."""

    code = "identity.invalid_slug"

    def __init__(self, message: str) -> None:
        super().__init__(message, errors=[{"field": "slug", "message": message}])


class UserNotFound(NotFound):
    """No such user, or not for the actor to know."""

    code = "identity.user_not_found"

    def __init__(self) -> None:
        super().__init__(NO_SUCH_USER)


class SellerNotFound(NotFound):
    """No such shop, or not for the actor to know."""

    code = "identity.seller_not_found"

    def __init__(self) -> None:
        super().__init__(NO_SUCH_SELLER)


class WrongCredentials(NotSignedIn):
    """E-mail and password do not belong together; which of them is wrong is never said."""

    code = "identity.wrong_credentials"

    def __init__(self) -> None:
        super().__init__("E-mail or password is wrong.")


class WrongPassword(InvalidInput):
    """The present password, asked for before something delicate, is wrong."""

    code = "identity.wrong_password"

    def __init__(self) -> None:
        message = "The present password is wrong."
        super().__init__(message, errors=[{"field": "current_password", "message": message}])


class InvalidToken(NotSignedIn):
    """The access token is forged, foreign, expired, or its session is over."""

    code = "identity.invalid_token"

    def __init__(self) -> None:
        super().__init__("This access token is not valid; sign in again or refresh the session.")


class SessionEnded(NotSignedIn):
    """The refresh token is unknown, or its session was ended, expired, or revoked after a replay."""

    code = "identity.session_ended"

    def __init__(self) -> None:
        super().__init__("This session is over; sign in again.")


class RefreshRaced(Conflict):
    """Another request refreshed this session a moment ago; use the tokens that one got."""

    code = "identity.refresh_raced"

    def __init__(self) -> None:
        super().__init__("This session was refreshed by another request a moment ago; use the tokens it received.")


class RoleNotGrantable(RuleBroken):
    """The role comes with something else: selling with a shop, the system with nothing at all."""

    code = "identity.role_not_grantable"


class LastOperator(RuleBroken):
    """Somebody always operates the marketplace: nobody else could let anybody do it again."""

    code = "identity.last_operator"

    def __init__(self) -> None:
        super().__init__("Nobody else operates the marketplace. Make somebody else an operator first.")


class LongerPasswordNeeded(RuleBroken):
    """Whoever sells or operates needs a longer password than a buyer."""

    code = "identity.longer_password_needed"


class AccountNeeded(RuleBroken):
    """A guest only buys; whatever else it is, it takes an account."""

    code = "identity.account_needed"


class NotAGuest(RuleBroken):
    """Only guests do that: an account has what they would have to say."""

    code = "identity.not_a_guest"


class AlreadyHasShop(RuleBroken):
    """One account opens one shop."""

    code = "identity.already_has_shop"


class SlugTaken(Conflict):
    """Another shop lives at this address."""

    code = "identity.slug_taken"


class ShopHasOpenMatters(RuleBroken):
    """Something of the shop is still open, so it cannot be closed; ``facts`` name what, each by its identifiers."""

    code = "identity.shop_has_open_matters"


class SellerNotInState(RuleBroken):
    """The shop's state does not allow the step; ``facts`` name the state and the step."""

    code = "identity.seller_not_in_state"
