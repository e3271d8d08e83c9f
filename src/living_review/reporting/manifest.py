"""`manifest.json`: hashes of what went in and came out, and the versions that made it."""

import hashlib
from collections.abc import Mapping

from living_review.reporting.canonical import dump

NAME_IN_FOLDER = "manifest.json"


def manifest(
    files: Mapping[str, bytes], inputs: Mapping[str, str], versions: Mapping[str, str]
) -> bytes:
    """List `files` by SHA-256 beside hashes of inputs and versions of code, schema, method."""
    outputs = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return dump({"schema": 1, "files": outputs, "inputs": dict(inputs), "versions": dict(versions)})
