"""The sellers' side of the stand-in: connected accounts, transfers to them, and their payouts to banks."""

from typing import Any

from attrs import define

from tests.adapters.stripe.standin import shapes
from tests.adapters.stripe.standin.basics import PLATFORM, Basics
from tests.adapters.stripe.standin.refusals import Refused, missing, required
from tests.adapters.stripe.standin.shapes import Thing


@define(kw_only=True)
class Sellers(Basics):
    """What Stripe does for those who sell."""

    def create_account(self, form: Thing) -> Thing:
        """Open an account for a seller."""
        account = shapes.account(self.name("acct"), form, enabled=self.enables_at_once, now=self.now)
        self.accounts[account["id"]] = account
        return account

    def account(self, name: str) -> Thing:
        """Return one. Raises ``Refused``: what is not ours is not shown either."""
        if name not in self.accounts or name in self.left:
            raise Refused(
                f"The provided key does not have access to account '{name}' (or that account does not exist).",
                status=403,
                code="account_invalid",
                is_kept=False,
            )
        return self.accounts[name]

    def enable_account(self, name: str, *, enabled: bool = True) -> None:
        """Let Stripe be content with what it knows of a seller, or not any more."""
        account = self.account(name)
        account.update(payouts_enabled=enabled, charges_enabled=enabled, details_submitted=True)
        account["capabilities"] = dict.fromkeys(account["capabilities"], "active" if enabled else "inactive")
        self.tell("account.updated", account, account=name)

    def create_link(self, form: Thing) -> Thing:
        """Say where a seller tells Stripe what it wants to know."""
        name = self.account(form.get("account", ""))["id"]
        for param in ("refresh_url", "return_url", "type"):
            if param not in form:
                raise required(param)
        url = f"https://connect.stripe.com/setup/e/{name}/{self.name('lnk')}"
        return {"object": "account_link", "created": self.now, "expires_at": self.now + 300, "url": url}

    def create_transfer(self, form: Thing) -> Thing:
        """Move money to a connected account."""
        destination, amount, source = form.get("destination", ""), int(form["amount"]), form.get("source_transaction")
        if destination not in self.accounts:
            raise missing("destination", destination, param="destination", status=400)
        if self.accounts[destination]["capabilities"].get("transfers") != "active":
            raise Refused("The destination may not receive transfers.", code="insufficient_capabilities_for_transfer")
        group = form.get("transfer_group")
        if source is not None:
            if source not in self.charges:
                raise missing("charge", source, param="source_transaction", status=400)
            group = self.charges[source]["transfer_group"]
            self._require_rest(source, amount)
        elif self.balance(PLATFORM, form["currency"]) < amount:
            raise Refused("You have insufficient available funds.", code="balance_insufficient")
        transfer = shapes.transfer(self.name("tr"), form, group=group, now=self.now)
        self.transfers[transfer["id"]] = transfer
        moved = self.move(PLATFORM, "transfer", -amount, transfer)
        transfer["balance_transaction"] = moved["id"]
        received = shapes.received(transfer, now=self.now)
        self.arrivals[received["id"]] = received
        self.move(destination, "payment", amount, received)
        self.tell("transfer.created", transfer)
        return transfer

    def _require_rest(self, source: str, amount: int) -> None:
        sent = sum(
            one["amount"] - one["amount_reversed"]
            for one in self.transfers.values()
            if one["source_transaction"] == source
        )
        if sent + amount > self.charges[source]["amount"]:
            raise Refused("The transfers of a charge may not exceed it.", param="amount")

    def create_reversal(self, name: str, form: Thing) -> Thing:
        """Take a transfer back."""
        if name not in self.transfers:
            raise missing("transfer", name, param="id")
        transfer = self.transfers[name]
        left = transfer["amount"] - transfer["amount_reversed"]
        amount = int(form.get("amount", left))
        if amount > left:
            raise Refused("More than is left of the transfer.", param="amount")
        if self.balance(transfer["destination"], transfer["currency"]) < amount:
            raise Refused("Insufficient funds in the connected account.", code="balance_insufficient")
        reversal = shapes.reversal(self.name("trr"), form, transfer, amount=amount, now=self.now)
        self.reversals[reversal["id"]] = reversal
        transfer["amount_reversed"] += amount
        transfer["reversed"] = transfer["amount_reversed"] == transfer["amount"]
        reversal["balance_transaction"] = self.move(PLATFORM, "transfer_cancel", amount, reversal)["id"]
        given_back = shapes.given_back(self.name("pyr"), reversal, transfer, now=self.now)
        self.arrivals[given_back["id"]] = given_back
        reversal["destination_payment_refund"] = given_back["id"]
        self.move(transfer["destination"], "payment_refund", -amount, given_back)
        return reversal

    def create_payout(self, account: str, form: Thing) -> Thing:
        """Send money from a connected account to its bank."""
        amount = int(form["amount"])
        if not self.account(account)["payouts_enabled"]:
            raise Refused("Payouts are not enabled for this account.", code="payouts_not_allowed")
        if self.balance(account, form["currency"]) < amount:
            raise Refused("You have insufficient funds in your Stripe account.", code="balance_insufficient")
        payout = shapes.payout(self.name("po"), form, arrives=self.now + self.bank_seconds, now=self.now)
        self.payouts[payout["id"]] = (account, payout)
        payout["balance_transaction"] = self.move(account, "payout", -amount, payout)["id"]
        self.tell("payout.created", payout, account=account)
        self._due.append((self.now + self.bank_seconds, lambda: self.arrive(payout["id"])))
        return payout

    def return_payout(self, name: str, why: str) -> None:
        """Let the bank send a payout back, whether it said "paid" or not."""
        account, payout = self.payouts[name]
        moved = self.move(account, "payout_failure", payout["amount"], payout)
        payout.update(status="failed", failure_code=why, failure_message="No.", failure_balance_transaction=moved["id"])
        self.tell("payout.failed", payout, account=account)

    def payout(self, account: str, name: str) -> Thing:
        """Return one of an account. Raises ``Refused``."""
        owner, payout = self.payouts.get(name, ("", {}))
        if not payout or owner != account:
            raise missing("payout", name, param="payout")
        return payout

    def arrive(self, name: str) -> None:
        """Let the bank have a payout."""
        account, payout = self.payouts[name]
        if payout["status"] != "failed":
            payout["status"] = "paid"
            self.tell("payout.paid", payout, account=account)

    def balances(self, owner: str) -> Thing:
        """Return what an account has, in all currencies."""
        currencies = sorted({one["currency"] for holder, one in self.movements.values() if holder == owner} | {"eur"})
        funds = [
            {"amount": self.balance(owner, one), "currency": one, "source_types": {"card": self.balance(owner, one)}}
            for one in currencies
        ]
        nothing: list[dict[str, Any]] = [
            {"amount": 0, "currency": one, "source_types": {"card": 0}} for one in currencies
        ]
        return {"object": "balance", "available": funds, "livemode": False, "pending": nothing}
