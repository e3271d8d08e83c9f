"""The second reader's endpoint at the wire: what is sent, what is taken, and how it fails."""

import sys
import time

import openai
import pytest

from living_review import model_endpoint
from living_review.errors import SourceRefused, SourceUnavailable
from living_review.model_endpoint import KEY, Endpoint, endpoint
from tests.fakes import entrez_faults as faults
from tests.fakes.model_server import NOTHING, FakeModel

RECORD = '{"title": "a record"}'


@pytest.fixture
def fake():
    with FakeModel() as server:
        yield server


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch):
    monkeypatch.setattr(model_endpoint, "PAUSES", (0.0, 0.0))


def ask(fake, **other):
    return Endpoint(**{"url": fake.url, "model": "m", "key": fake.key} | other).ask("read", RECORD)


def test_one_request_at_temperature_0_that_asks_for_json(fake):
    reply = ask(fake)

    assert (reply.text, reply.cut_off, fake.refused) == (NOTHING, False, [])
    (asked,) = fake.requests
    assert (asked.model, asked.instructions, asked.record) == ("m", "read", {"title": "a record"})


def test_nothing_of_another_account_is_sent_along(fake, monkeypatch):
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-someone")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-of-someone")
    monkeypatch.setenv("OPENAI_API_KEY", "key-of-someone")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "Authorization: Bearer key-of-someone")

    assert ask(fake).text == NOTHING


def test_an_answer_that_was_stopped_says_so(fake):
    fake.finish_reason = "length"
    assert ask(fake).cut_off


@pytest.mark.parametrize("fault", [faults.status(429), faults.status(500), faults.reset()])
def test_what_may_pass_is_tried_again(fake, fault):
    fake.fail(fault, fault)
    assert ask(fake).text == NOTHING


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (faults.status(429, "60"), "is busy or unwell \\(HTTP 429\\)"),
        (faults.status(503), "is busy or unwell \\(HTTP 503\\)"),
        (faults.reset(), "cannot be reached"),
        (faults.truncated(), "cannot be reached"),
    ],
)
def test_what_does_not_pass_is_unavailable(fake, fault, said):
    fake.fail(fault, fault, fault)
    with pytest.raises(SourceUnavailable, match=said):
        ask(fake)
    assert len(fake.requests) == 3


@pytest.mark.parametrize("fault", [faults.hang(), faults.drips()], ids=["hangs", "drips"])
def test_an_answer_that_takes_too_long_is_given_up_at_once(fake, fault, monkeypatch):
    monkeypatch.setattr(model_endpoint, "ANSWER_SECONDS", 0.3)
    fake.fail(fault)
    started = time.monotonic()

    with pytest.raises(SourceUnavailable, match="takes longer than"):
        ask(fake)
    assert time.monotonic() - started < 3
    assert len(fake.requests) == 1


def test_an_answer_without_end_is_refused(fake, monkeypatch):
    monkeypatch.setattr(model_endpoint, "LARGEST", 1000)
    fake.answers["a record"] = "x" * 2000
    with pytest.raises(SourceRefused, match="more than 1000 bytes"):
        ask(fake)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html>not here</html>", b"[]", b'"text"', b"{}", b'{"choices": []}',
        b'{"choices": [{"message": null}]}', b'{"choices": [{"message": {"content": 7}}]}',
        b"[" * 100_000, b'{"choices": "\xff"}',
    ],
)  # fmt: skip
def test_an_answer_that_is_no_completion_is_refused(fake, body):
    fake.fail(faults.says(body))
    with pytest.raises(SourceRefused, match="something else than a chat completion"):
        ask(fake)


def test_an_answer_of_no_words_is_one(fake):
    fake.fail(faults.says(b'{"choices": [{"message": {"content": null}}]}'))
    assert ask(fake).text == ""


@pytest.mark.parametrize("key", ["wrong", "the key of the test"])
def test_a_wrong_key_is_refused_and_said_nowhere(fake, key):
    with pytest.raises(SourceRefused, match=f"HTTP 401.*{KEY}") as refused:
        ask(fake, key=key)
    assert key not in str(refused.value)
    assert len(fake.refused) == 1


def test_a_wrong_path_is_refused(fake):
    with pytest.raises(SourceRefused, match="HTTP 404"):
        ask(fake, url=f"{fake.url}/v2")


def test_a_key_is_not_carried_to_where_a_redirect_points(fake):
    with FakeModel() as elsewhere:
        moved = {"Location": f"{elsewhere.url}/chat/completions"}
        fake.fail(lambda handler, good, stopping: handler.send(307, b"", moved))
        with pytest.raises(SourceRefused, match="HTTP 307"):
            ask(fake)
        assert (elsewhere.requests, elsewhere.refused) == ([], [])


def test_a_server_that_is_not_there_is_unavailable():
    with FakeModel() as gone:
        url = gone.url
    with pytest.raises(SourceUnavailable, match="cannot be reached"):
        Endpoint(url, "m", "k").ask("read", RECORD)


def test_the_key_is_not_shown_with_the_endpoint():
    assert "secret" not in repr(Endpoint("http://localhost/v1", "m", "secret"))


def test_without_a_key_the_way_out_is_said():
    with pytest.raises(SourceRefused, match=f"set {KEY}"):
        endpoint("http://localhost/v1", "m", {})


@pytest.mark.parametrize("key", ["ключ", "two\nlines", "\x00"])
def test_a_key_that_no_header_can_carry_is_refused_and_not_shown(key):
    with pytest.raises(SourceRefused, match=f"{KEY} holds something") as refused:
        endpoint("http://localhost/v1", "m", {KEY: key})
    assert key not in str(refused.value)


def test_a_line_break_behind_a_key_is_no_part_of_it():
    assert endpoint("http://localhost/v1", "m", {KEY: "k\n"}).key == "k"


def test_an_address_that_is_none_is_refused(fake):
    with pytest.raises(SourceRefused, match="InvalidURL"):
        ask(fake, url="http://\x00/v1")


def test_without_the_library_the_way_out_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(SourceRefused, match=r"pip install 'living-review\[second-reader\]'"):
        endpoint("http://localhost/v1", "m", {KEY: "k"})


# The stand-in is as strict as it says.


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"temperature": 0.5}, "temperature is not 0"),
        ({"temperature": openai.omit}, "temperature is not 0"),
        ({"response_format": openai.omit}, "no JSON is asked for"),
        ({"messages": [{"role": "user", "content": "{}"}]}, "messages should be"),
    ],
)
def test_the_stand_in_refuses_another_request(fake, change, said):
    asked = {
        "model": "m", "temperature": 0, "response_format": {"type": "json_object"},
        "messages": [{"role": "system", "content": ""}, {"role": "user", "content": "{}"}],
    }  # fmt: skip
    client = openai.OpenAI(base_url=fake.url, api_key=fake.key, max_retries=0)
    with client, pytest.raises(openai.BadRequestError):
        client.chat.completions.create(**asked | change)
    assert said in fake.refused[0]
