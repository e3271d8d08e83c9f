"""`CITATION.cff`: how to cite this version, in the Citation File Format 1.2.0."""

from typing import Any

import yaml

from living_review.reporting.canonical import Json
from living_review.reporting.plain import plain

NAME = "CITATION.cff"


def render(report: Json, _diff: Json) -> bytes:
    """Write title, version, date (as of) and authors.

    The authors are those of the protocol; the review stands for itself where it names none.
    """
    told = {
        "cff-version": "1.2.0",
        "message": "If you use this version of the review, please cite it as below.",
        "type": "dataset",  # the format knows software and data sets only
        "title": f"{plain(report['review']['title'])}: living systematic review, "
        f"version {report['version']}",
        "abstract": plain(report["review"]["question"]),
        "authors": authors(report),
        "version": report["version"],
        "date-released": report["as_of"],
    }
    text = yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=100)
    return text.encode("utf-8", "replace")


def authors(report: Json) -> list[dict[str, Any]]:
    """Each author as the format knows them: `Family, Given` is a person, any other name is not.

    Which part of a name is the family's cannot be told without the comma.
    """
    named = [plain(author["name"]) for author in report["review"].get("authors") or ()]
    return [_author(name) for name in named or [plain(report["review"]["title"])]]


def _author(name: str) -> dict[str, Any]:
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma and family and given:
        return {"family-names": family, "given-names": given}
    return {"name": name}
