"""What may be refused to an operator."""

from marketplace_core.kernel.errors import NotFound


class DeadLetterNotFound(NotFound):
    """No such letter lies there; somebody may have taken it up already."""

    code = "operations.dead_letter_not_found"
