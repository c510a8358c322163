"""Passwords under Argon2id."""
