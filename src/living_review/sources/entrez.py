"""The E-utilities over HTTP: who asks, how often, and what goes by POST."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import requests

from living_review.sources.entrez_replies import RELAYED, refuse_failures
from living_review.sources.http import Http
from living_review.sources.pacing import pace_of

BASE_URL = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
TOOL = "living-review"
# NCBI's published limits: requests a second without and with an API key.
PER_SECOND, PER_SECOND_WITH_KEY = 3, 10
LONGEST_GET = 1000  # characters of parameters; more goes by POST

T = TypeVar("T")


@dataclass(frozen=True)
class Entrez:
    """How to reach the E-utilities: base URL, and who is asking."""

    base_url: str = BASE_URL
    email: str | None = field(default=None, repr=False)
    api_key: str | None = field(default=None, repr=False)
    session: requests.Session = field(default_factory=requests.Session)

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Entrez":
        """Read LIVING_REVIEW_ENTREZ_URL, NCBI_EMAIL and NCBI_API_KEY; empty ones count as unset."""
        return cls(
            (environ.get("LIVING_REVIEW_ENTREZ_URL") or BASE_URL).rstrip("/"),
            environ.get("NCBI_EMAIL") or None,
            environ.get("NCBI_API_KEY") or None,
        )

    def ask(self, utility: str, parameters: Mapping[str, str], read: Callable[[bytes], T]) -> T:
        """Send one request and give what `read` makes of the answer, as `Http.ask` does.

        Errors in disguise of HTTP 200 count as the failures they are.
        """
        http = self._http()

        def read_good(body: bytes) -> T:
            refuse_failures(body, http.masked)
            return read(body)

        asked = {"tool": TOOL, **parameters}
        asked |= {"email": self.email} if self.email else {}
        asked |= {"api_key": self.api_key} if self.api_key else {}
        # Who asks goes by POST: an address stands in the logs of every proxy.
        by_post = bool(self.email or self.api_key) or sum(map(len, asked.values())) > LONGEST_GET
        return http.ask(f"{utility}.fcgi", asked, read_good, by_post)

    def _http(self) -> Http:
        return Http(
            self.base_url,
            "PubMed",
            pace_of(self.base_url, PER_SECOND_WITH_KEY if self.api_key else PER_SECOND),
            "run again later, or try `make demo`, which needs no network",
            "correct the search in config.yaml, or NCBI_API_KEY if it names the key",
            secrets=tuple(filter(None, (self.api_key, self.email))),
            passing=RELAYED,
            session=self.session,
        )
