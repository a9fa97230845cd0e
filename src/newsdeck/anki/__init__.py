"""Decks as Anki packages that can be corrected for years: notes, note types, package."""
