"""The JSON Schema of a deck file and of what commands print, made from the structs themselves."""

from __future__ import annotations

from typing import Any

import msgspec

from newsdeck.head import Head
from newsdeck.kinds import KINDS
from newsdeck.marked import MOST_ITEMS
from newsdeck.question import IDENTITY

# What ``question.IDENTITY`` says, in the words that every editor's regular expressions know.
_IDENTITY = r"^[^\s\x00-/:-@\[-^`{-\x7f][^\s\x00-,/:-@\[-^`{-\x7f]{0,63}$"

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def printed(found: object) -> str:
    """Return structs as the JSON that commands print."""
    return msgspec.json.format(msgspec.json.encode(found)).decode()


def schema_of(printed: Any) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the structs of a type that a command prints."""
    return {"$schema": DIALECT, **msgspec.json.schema(printed)}


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a deck file."""
    _, components = msgspec.json.schema_components(
        (Head, *KINDS.values()), ref_template="#/$defs/{name}"
    )
    components["Head"]["properties"]["questions"] = {
        "description": "The questions; the first key of each names its kind.",
        "examples": [[{"claim": "The talks took two days.", "id": "talks", "answer": True}]],
        "type": "array",
        "minItems": 1,
        "maxItems": MOST_ITEMS,
        "items": {"anyOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in KINDS.values()]},
    }
    components["Head"]["required"].append("questions")
    root = {"$schema": DIALECT, **components.pop("Head")}
    root["title"] = "Newsdeck deck"
    written: dict[str, Any] = _for_editors({**root, "$defs": components})
    return written


def _for_editors(node: Any) -> Any:
    """Let an unquoted 123 or true stand where text is meant, as the reader does.

    Empty defaults go, which editors would write into a deck, and so does Python's ``\\Z``.
    """
    if isinstance(node, list):
        return [_for_editors(item) for item in node]
    if not isinstance(node, dict):
        return node
    result = {
        key: value if key in ("default", "examples") else _for_editors(value)
        for key, value in node.items()
        if key != "default" or value
    }
    if result.get("type") == "string":
        result["type"] = ["string", "number", "boolean"]
    if "pattern" in result:
        pattern = result["pattern"].replace(r"\Z", "$")
        result["pattern"] = _IDENTITY if result["pattern"] == IDENTITY else pattern
    return result
