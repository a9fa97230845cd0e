"""Newsdeck turns a news article into question decks that people can trust."""

__version__ = "0.1.0"
