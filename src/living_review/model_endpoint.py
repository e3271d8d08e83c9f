"""The endpoint of a language model: the only module that imports openai, and only when it is asked.

Any server that speaks OpenAI's chat completions will do. Its answer is untrusted: it is read for
no longer than a given time, up to a given size, and given on as text. The key is in no error.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from living_review.errors import SourceError, SourceRefused, SourceUnavailable

KEY = "LIVING_REVIEW_MODEL_KEY"
CONNECT_SECONDS = 5
ANSWER_SECONDS: float = 60  # for all of an answer, which a model makes word by word
LARGEST = 2_000_000  # bytes
PAUSES: tuple[float, ...] = (1, 4)  # seconds before another try; what is not asked waits anyway


class _TooSlow(SourceUnavailable):
    """An answer that takes too long: asking again would take as long again."""


@dataclass(frozen=True)
class Reply:
    """What the model said; `cut_off` where it was stopped before its end."""

    text: str
    cut_off: bool


@dataclass(frozen=True)
class Endpoint:
    """One model behind one address."""

    url: str
    model: str
    key: str = field(repr=False)

    def ask(self, instructions: str, question: str) -> Reply:
        """The model's answer, at temperature 0; SourceError says what is wrong and what to do.

        SourceUnavailable after a few tries; SourceRefused at once, also for an answer that is no
        chat completion.
        """
        for pause in PAUSES:
            try:
                return _reply(self._once(instructions, question))
            except _TooSlow:
                raise
            except SourceUnavailable:
                time.sleep(pause)
        return _reply(self._once(instructions, question))

    def _once(self, instructions: str, question: str) -> bytes:
        import httpx2
        import openai

        until = time.monotonic() + ANSWER_SECONDS
        try:
            with (
                _client(self.url, self.key) as client,
                client.chat.completions.with_streaming_response.create(
                    model=self.model,
                    messages=[
                        {"role": "system", "content": instructions},
                        {"role": "user", "content": question},
                    ],
                    temperature=0,
                    response_format={"type": "json_object"},
                ) as response,
            ):
                body = b""
                for chunk in response.iter_bytes():
                    body += chunk
                    if time.monotonic() > until:
                        raise _TooSlow(self._too_slow)
                    if len(body) > LARGEST:
                        raise SourceRefused(f"{self.url} answers with more than {LARGEST} bytes")
                return body
        except openai.APIStatusError as error:
            raise self._refusal(error.status_code) from None
        except (openai.APITimeoutError, httpx2.TimeoutException):
            raise _TooSlow(self._too_slow) from None
        except (openai.APIConnectionError, httpx2.HTTPError):
            # No cause is chained: those of the library hold whole requests.
            raise SourceUnavailable(f"{self.url} cannot be reached") from None
        except (openai.OpenAIError, httpx2.InvalidURL, UnicodeError) as error:
            raise SourceRefused(f"{self.url}: {type(error).__name__}") from None

    @property
    def _too_slow(self) -> str:
        return f"{self.url} takes longer than {ANSWER_SECONDS:g} s to answer"

    def _refusal(self, status: int) -> SourceError:
        if status == 429 or status >= 500:
            return SourceUnavailable(f"{self.url} is busy or unwell (HTTP {status})")
        way_out = f"check rules.reading.second_reader and {KEY}"
        return SourceRefused(
            f"{self.url} refuses to answer as {self.model} (HTTP {status}); {way_out}"
        )


def endpoint(url: str, model: str, environment: Mapping[str, str]) -> Endpoint:
    """The endpoint, ready to be asked; SourceRefused says what is missing, and how to get it."""
    key = environment.get(KEY, "").strip()
    if not is_installed():
        raise SourceRefused("openai is not installed; pip install 'living-review[second-reader]'")
    if not key:
        raise SourceRefused(f"no key is set; set {KEY} (any text where the server wants none)")
    if not (key.isascii() and key.isprintable()):
        raise SourceRefused(f"{KEY} holds something that no key is made of; set it anew")
    return Endpoint(url, model, key)


def is_installed() -> bool:
    """Whether the optional client is there."""
    try:
        import openai  # noqa: F401
    except ImportError:
        return False
    return True


def _client(url: str, key: str) -> Any:
    """A client that knows our key and no other account's, and sends it to this address only."""
    import openai

    own: dict[str, Any] = {
        "Authorization": f"Bearer {key}",
        "OpenAI-Organization": openai.omit,
        "OpenAI-Project": openai.omit,
    }
    return openai.OpenAI(
        base_url=url,
        api_key=key,
        max_retries=0,
        timeout=openai.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
        # A redirect could carry the key elsewhere.
        http_client=openai.DefaultHttpxClient(follow_redirects=False),
        # Else it takes these from the environment, where they belong to another account.
        default_headers=own,
    )


def _reply(body: bytes) -> Reply:
    """The text of a chat completion, read with care."""
    try:
        choice = json.loads(body)["choices"][0]
        text, reason = choice["message"]["content"], choice.get("finish_reason")
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        raise SourceRefused(
            "the endpoint answers with something else than a chat completion"
        ) from None
    if not isinstance(text, str | None):
        raise SourceRefused("the endpoint answers with something else than a chat completion")
    return Reply(text or "", cut_off=reason == "length")
