"""Mails over SMTP, handed to a server that delivers them."""
