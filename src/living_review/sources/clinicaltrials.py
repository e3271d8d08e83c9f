"""ClinicalTrials.gov through its API, version 2: registrations, whole sets and in batches.

Names of parameters and fields are those of its OpenAPI description (clinicaltrials.gov/data-api).
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from living_review.errors import SourceRefused, SourceUnavailable
from living_review.parsing.payload import Payload
from living_review.protocol import Run, Search
from living_review.sources.contract import Found
from living_review.sources.http import Http
from living_review.sources.pacing import pace_of

BASE_URL = "https://clinicaltrials.gov/api/v2"
# No limit is published; users of the API report that it answers 429 above some 50 a minute.
PER_MINUTE = 50
PAGE_SIZE = 1000  # the API lowers whatever is more
MOST_PAGES = 500  # a page may be empty and not the last, so that their number says nothing
MOST_IDS = 100  # they stand in the address
# What is read (parsing/clinicaltrials.py). Of the rest, contacts name people, locations change
# weekly, and the derived section bears the date of the day: each would look like a revision.
FIELDS = (
    "IdentificationModule", "StatusModule", "SponsorCollaboratorsModule", "DescriptionModule",
    "ConditionsModule", "DesignModule", "ArmsInterventionsModule", "OutcomesModule",
    "EligibilityModule", "ReferencesModule", "HasResults",
)  # fmt: skip
RECORD_ID = re.compile(r"nct:NCT[0-9]{8}")

Study = dict[str, Any]


def open_clinicaltrials(
    search: Search, review: Path, run: Run, environ: Mapping[str, str]
) -> "ClinicalTrials":
    """Open ClinicalTrials.gov for one search; nothing is asked of the network yet.

    LIVING_REVIEW_CLINICALTRIALS_URL in `environ` stands in for its address.
    """
    del review  # a query is relative to nothing
    url = (environ.get("LIVING_REVIEW_CLINICALTRIALS_URL") or BASE_URL).rstrip("/")
    http = Http(
        url,
        "ClinicalTrials.gov",
        pace_of(url, PER_MINUTE, 60.0),
        "the next update asks again",
        "correct the query of the clinicaltrials search in config.yaml",
        secondary=True,
    )
    return ClinicalTrials(search.query or "", run, http)


@dataclass(frozen=True)
class ClinicalTrials:
    """One query to ClinicalTrials.gov."""

    query: str
    run: Run
    http: Http

    @property
    def remote(self) -> bool:
        """Asked over the network."""
        return True

    def find(self, as_of: date) -> Found:
        """Find every registration of the query first posted up to that day.

        Raises SourceRefused above `run.max_hits`.
        """
        record_ids = self._find(f"AREA[StudyFirstPostDate]RANGE[MIN,{as_of}]")
        return Found(record_ids, len(record_ids), self.query)

    def find_revised(self, since: date, as_of: date) -> tuple[str, ...]:
        """Find those whose last update was posted since: only the last date is kept there."""
        return self._find(
            f"AREA[StudyFirstPostDate]RANGE[MIN,{as_of}] "
            f"AND AREA[LastUpdatePostDate]RANGE[{since},MAX]"
        )

    def fetch(self, record_ids: Sequence[str]) -> Iterator[Payload]:
        """Give each record asked for once, in that order; one not sent has a problem."""
        numbers = [each[4:] for each in dict.fromkeys(record_ids) if RECORD_ID.fullmatch(each)]
        size = min(MOST_IDS, self.run.batch_size)
        for start in range(0, len(numbers), size):
            yield from self._fetch_batch(numbers[start : start + size])
        for each in dict.fromkeys(record_ids):
            if not RECORD_ID.fullmatch(each):
                yield _missing(each, "ClinicalTrials.gov has no records of such a key")

    def _find(self, limits: str) -> tuple[str, ...]:
        # In brackets: with a query of nothing but NCT numbers the API ignores every filter.
        asked = {"query.term": f"({self.query})", "filter.advanced": limits, "fields": "NCTId"}
        numbers = [_number(study) for study in self._studies(asked)]
        if None in numbers:
            raise SourceUnavailable("ClinicalTrials.gov listed a study without its number")
        return tuple(sorted(f"nct:{number}" for number in numbers))

    def _fetch_batch(self, numbers: Sequence[str]) -> Iterator[Payload]:
        asked = {"filter.ids": ",".join(numbers), "fields": ",".join(FIELDS)}
        sent = {_number(study): study for study in self._studies(asked)}
        # A registration entered twice is kept under one number; the other finds it still.
        kept_as = {old: number for number, study in sent.items() for old in _aliases(study)}
        for number in numbers:
            if number in sent:
                yield Payload(f"nct:{number}", "clinicaltrials_json", _canonical(sent[number]))
            elif number in kept_as:
                yield _missing(
                    f"nct:{number}", f"ClinicalTrials.gov keeps it as {kept_as[number]} now"
                )
            else:
                yield _missing(f"nct:{number}", "ClinicalTrials.gov did not send it")
        if None in sent:
            yield Payload(None, "clinicaltrials_json", _canonical(sent[None]))

    def _studies(self, asked: Mapping[str, str]) -> list[Study]:
        """The studies of all pages, which add up to what the first one counts, each once."""
        asked = {**asked, "pageSize": str(PAGE_SIZE), "countTotal": "true"}
        page = self.http.ask("studies", asked, _read_first_page)
        count, studies, tokens = page["totalCount"], list(page["studies"]), set[str]()
        if count > self.run.max_hits:
            raise SourceRefused(
                f"the search finds {count:,} registrations, more than run.max_hits "
                f"({self.run.max_hits:,}); narrow its query or raise run.max_hits in config.yaml"
            )
        while token := page.get("nextPageToken"):
            if token in tokens or len(tokens) == MOST_PAGES:
                raise SourceUnavailable("ClinicalTrials.gov sends the same pages again and again")
            tokens.add(token)
            page = self._next_page(asked, token)
            studies += page["studies"]
        listed = len({_canonical(study) for study in studies})
        if not listed == len(studies) == count:
            raise SourceUnavailable(
                f"ClinicalTrials.gov counted {count:,} registrations and listed {listed:,} in "
                f"{len(tokens) + 1} page(s); the next update asks again"
            )
        return studies

    def _next_page(self, asked: Mapping[str, str], token: str) -> Study:
        try:
            return self.http.ask("studies", {**asked, "pageToken": token}, _read_page)
        except SourceRefused as error:  # the query was good for the first page
            raise SourceUnavailable(
                f"ClinicalTrials.gov broke off between two pages: {error}"
            ) from None


def _read_page(body: bytes) -> Study:
    """One page; SourceUnavailable where it is none, since a good one may follow."""
    try:
        page = json.loads(body, parse_constant=_refuse)
        studies, token = page["studies"], page.get("nextPageToken", "")
        if isinstance(token, str) and all(isinstance(study, dict) for study in studies):
            for study in studies:
                _canonical(study)
            return dict(page)
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError):
        pass
    raise SourceUnavailable("gave an answer that is no page of studies")


def _read_first_page(body: bytes) -> Study:
    page = _read_page(body)
    if type(page.get("totalCount")) is not int:
        raise SourceUnavailable("did not count the studies of its answer")
    return page


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _canonical(study: Study) -> bytes:
    """The study as sent, its keys sorted: the API does not promise their order."""
    return json.dumps(study, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _identification(study: Study) -> Study:
    section = study.get("protocolSection")
    module = section.get("identificationModule") if isinstance(section, dict) else None
    return module if isinstance(module, dict) else {}


def _number(study: Study) -> str | None:
    number = str(_identification(study).get("nctId")).upper()
    return number if RECORD_ID.fullmatch(f"nct:{number}") else None


def _aliases(study: Study) -> list[str]:
    aliases = _identification(study).get("nctIdAliases")
    return [str(alias) for alias in aliases] if isinstance(aliases, list) else []


def _missing(record_id: str, problem: str) -> Payload:
    return Payload(record_id, "clinicaltrials_json", b"", problem=problem)
