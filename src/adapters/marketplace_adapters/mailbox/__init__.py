"""Mails as files in a folder, to be read by people."""
