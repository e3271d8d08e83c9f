"""Studies in the shape of ClinicalTrials.gov; every number is made up."""

from typing import Any


def study(
    number: int,
    title: str = "A trial of alphacin in toothache",
    posted: str | None = "2016-03-01",
    updated: str | None = None,
    status: str = "RECRUITING",
    **modules: Any,
) -> dict[str, Any]:
    """One study NCT0000…<number>, with further modules by their name."""
    dates = {"studyFirstPostDateStruct": posted, "lastUpdatePostDateStruct": updated or posted}
    return {
        "protocolSection": {
            "identificationModule": {"nctId": f"NCT{number:08d}", "briefTitle": title},
            "statusModule": {
                "overallStatus": status,
                **{name: {"date": day, "type": "ACTUAL"} for name, day in dates.items() if day},
            },
            **modules,
        },
        "hasResults": False,
    }
