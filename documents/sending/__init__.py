"""Sending an issued paper: desks, e-mail, paper; who opened it first; the package for exchange."""
