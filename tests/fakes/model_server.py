"""A stand-in for any OpenAI-compatible endpoint on 127.0.0.1, strict about what it is asked.

    with FakeModel(key="secret") as fake:
        fake.says("Some title", finding("a", "placebo", "pain", "no_difference", "words of it"))
        fake.fail(faults.status(503))                    the next request

It refuses a wrong path, a missing or wrong key, a temperature other than 0, an answer that is not
asked for as JSON, and a record that is not handed over as one JSON object. Headers that belong to
another account are a fault of ours, and are refused too.
"""

import json
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.fakes.entrez_faults import Fault
from tests.fakes.serving import Answering, Served

NOT_OURS = ("OpenAI-Organization", "OpenAI-Project")
NOTHING = '{"findings": []}'


@dataclass(frozen=True)
class Asked:
    """One request as it came in: who was asked, what it was told, and of which record."""

    model: str
    instructions: str
    record: dict[str, Any]


@dataclass
class FakeModel(Served):
    """The stand-in server; `answers` by title, and NOTHING for every other record."""

    key: str = "the key of the tests"
    answers: dict[str, str] = field(default_factory=dict)
    finish_reason: str = "stop"
    requests: list[Asked] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._faults: deque[Fault] = deque()
        super().__init__(_handler(self), "/v1")

    def says(self, title: str, *findings: dict[str, str]) -> None:
        """Answer for the record of this title with these findings."""
        self.answers[title] = json.dumps({"findings": list(findings)})

    def fail(self, *faults: Fault) -> None:
        """Answer the next requests with these faults, one each, before serving again."""
        self._faults.extend(faults)

    def next_fault(self) -> Fault | None:
        return self._faults.popleft() if self._faults else None

    def answer(self, asked: dict[str, Any]) -> bytes:
        system, user = asked["messages"]
        record = json.loads(user["content"])
        self.requests.append(Asked(asked["model"], system["content"], record))
        content = self.answers.get(record.get("title", ""), NOTHING)
        return json.dumps({
            "id": "chatcmpl-1", "object": "chat.completion", "created": 0, "model": asked["model"],
            "choices": [{
                "index": 0, "finish_reason": self.finish_reason, "logprobs": None,
                "message": {"role": "assistant", "content": content, "refusal": None},
            }],
        }).encode()  # fmt: skip

    def fault_of(self, path: str, headers: Any, body: bytes) -> tuple[int, str] | None:
        """What is wrong with a request; None where it is well."""
        if path != "/v1/chat/completions":
            return 404, f"no such path {path}"
        if headers.get("Authorization") != f"Bearer {self.key}":
            return 401, "Incorrect API key provided"
        if foreign := [name for name in NOT_OURS if name in headers]:
            return 400, f"headers of another account: {foreign}"
        asked = json.loads(body)
        if asked.get("temperature") != 0:
            return 400, "temperature is not 0"
        if asked.get("response_format") != {"type": "json_object"}:
            return 400, "no JSON is asked for"
        if [message["role"] for message in asked["messages"]] != ["system", "user"]:
            return 400, "messages should be one of the system and one of the user"
        if not isinstance(json.loads(asked["messages"][1]["content"]), dict):
            return 400, "the record is no JSON object"
        return None


def finding(
    intervention: str, comparator: str, outcome: str, direction: str, quote: str
) -> dict[str, str]:
    return {
        "intervention": intervention, "comparator": comparator, "outcome": outcome,
        "direction": direction, "quote": quote,
    }  # fmt: skip


def _handler(fake: FakeModel) -> type[BaseHTTPRequestHandler]:
    class Handler(Answering, BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            wrong = fake.fault_of(self.path, self.headers, body)
            if wrong is not None:
                fake.refused.append(wrong[1])
                error = {"error": {"message": wrong[1], "type": "invalid_request_error"}}
                self.send(wrong[0], json.dumps(error).encode())
                return
            good, fault = fake.answer(json.loads(body)), fake.next_fault()
            if fault is None:
                self.send(200, good, {"Content-Type": "application/json"})
            else:
                fault(self, good, fake.stopping)

    return Handler
