"""What may be refused to an operator."""

from marketplace_core.kernel.errors import NotFound, RuleBroken


class DeadLetterNotFound(NotFound):
    """No such letter lies there; somebody may have taken it up already."""

    code = "operations.dead_letter_not_found"


class PolicyNotFound(NotFound):
    """There is no version of the terms of trade with that number."""

    code = "operations.policy_not_found"


class PolicyNameTaken(RuleBroken):
    """Other terms have that name already."""

    code = "operations.policy_name_taken"


class NoEventBus(RuleBroken):
    """The marketplace runs without an event bus."""

    code = "operations.no_event_bus"
