"""Uploads to signed addresses, and the pictures that came of them."""
