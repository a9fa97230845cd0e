"""The JSON Schema of a deck file, made from the structs that read it."""

from __future__ import annotations

from typing import Any

import msgspec

from newsdeck.deck import Head
from newsdeck.question import KINDS


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a deck file, made from the structs that read it."""
    _, components = msgspec.json.schema_components(
        (Head, *KINDS.values()), ref_template="#/$defs/{name}"
    )
    components["Head"]["properties"]["questions"] = {
        "description": "The questions; the first key of each names its kind.",
        "type": "array",
        "minItems": 1,
        "items": {"anyOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in KINDS.values()]},
    }
    components["Head"]["required"].append("questions")
    root = {"$schema": "https://json-schema.org/draft/2020-12/schema", **components.pop("Head")}
    root["title"] = "Newsdeck deck"
    loosened: dict[str, Any] = _loosen({**root, "$defs": components})
    return loosened


def _loosen(node: Any) -> Any:
    """Let an unquoted 123 or true stand where text is meant, as the reader does."""
    if isinstance(node, list):
        return [_loosen(item) for item in node]
    if not isinstance(node, dict):
        return node
    result = {
        key: value if key in ("default", "examples") else _loosen(value)
        for key, value in node.items()
    }
    if result.get("type") == "string":
        result["type"] = ["string", "number", "boolean"]
    return result
