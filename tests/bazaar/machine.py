"""Anything that may happen in a marketplace, in any order: people, time, the provider, its messages and its faults."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.bazaar.ground import FAULTS, OPERATIONS, TIMES, WEBHOOKS
from tests.bazaar.money_matters import MoneyMatters
from tests.bazaar.second_thoughts import SecondThoughts
from tests.bazaar.trade import Trade


class Marketplace(Trade, MoneyMatters, SecondThoughts):
    """Everybody's rules, and what nobody decides: time, messages, faults."""

    @rule(pause=st.booleans())
    def workers_stop_or_go_on(self, pause: bool) -> None:
        self.paused = pause
        self.done["pause" if pause else "work"] += 1

    @rule(much=TIMES)
    def time_passes(self, much: timedelta) -> None:
        self.act("time", self.bazaar.pass_time(seconds=much.total_seconds()))

    @rule(behaviour=WEBHOOKS)
    def messages_go_wrong(self, behaviour: str) -> None:
        self.act(f"webhooks {behaviour}", self.bazaar.script("webhooks", {"behaviour": behaviour, "number": 3}))

    @rule(order=st.sampled_from(["as_emitted", "reversed", "shuffled"]), as_usual=st.booleans())
    def held_messages_come(self, order: str, as_usual: bool) -> None:
        self.act(f"webhooks {order}", self.bazaar.script("webhooks/release", {"order": order}))
        if as_usual:
            assert self.bazaar.fakepay.script is not None
            self.act("webhooks as usual", self.bazaar.fakepay.script.forget("webhooks"))

    @rule(fault=FAULTS, operation=OPERATIONS, times=st.integers(1, 3))
    def the_provider_fails(self, fault: str, operation: str, times: int) -> None:
        body = {"fault": fault, "operation": operation, "times": times}
        self.act(f"fault {fault}", self.bazaar.script("faults", body))
