"""Seller pages over HTTP."""
