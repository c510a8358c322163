"""Stripe through its official SDK: separate charges and transfers, manual payouts (ADR 0022)."""
