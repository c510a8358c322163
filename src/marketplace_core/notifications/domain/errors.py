"""What notifications refuse, and how they say so."""

from marketplace_core.kernel.errors import InvalidInput, NotFound, RuleBroken


class MailNotFound(NotFound):
    """No such mail, or not for the actor to know."""

    code = "notifications.mail_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such mail.")


class MailRefused(RuleBroken):
    """The mailer will never deliver this mail: the address does not exist, or its host wants nothing from us."""

    code = "notifications.mail_refused"


class MailNotFailed(RuleBroken):
    """Only a mail that failed is sent again."""

    code = "notifications.mail_not_failed"


class MalformedAddress(InvalidInput):
    """This is no e-mail address."""

    code = "notifications.malformed_address"

    def __init__(self) -> None:
        super().__init__("This is no e-mail address.")


class NotSuppressed(NotFound):
    """Mails go to this address; there is nothing to lift."""

    code = "notifications.not_suppressed"

    def __init__(self) -> None:
        super().__init__("Mails go to this address; there is nothing to lift.")


class MalformedReturn(InvalidInput):
    """This is no report of a mail of ours that could not be delivered."""

    code = "notifications.malformed_return"
