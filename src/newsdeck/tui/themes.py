"""Textual's dark and light themes, with 4.5:1 between every letter and its ground."""

from __future__ import annotations

from dataclasses import replace

from textual.theme import BUILTIN_THEMES

_DARK, _LIGHT = BUILTIN_THEMES["textual-dark"], BUILTIN_THEMES["textual-light"]

CLEARER = {
    _DARK.name: replace(_DARK, primary="#0166B1", variables={"text-disabled": "auto 60%"}),
    _LIGHT.name: replace(
        _LIGHT,
        success="#2C7A47",
        error="#A83350",
        variables={
            "text-disabled": "auto 70%",
            "text-success": "#1B5E33",
            "text-warning": "#744600",
            "text-accent": "#744600",
            "text-error": "#8E2440",
            "footer-key-foreground": "#00508C",
        },
    ),
}
"""The themes by their names, which are Textual's own."""
