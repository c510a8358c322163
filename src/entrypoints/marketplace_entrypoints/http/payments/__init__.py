"""Payments, held money, payouts and the books over HTTP."""
