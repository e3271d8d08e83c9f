"""The template environments: what is put into a page is escaped for that page, always."""

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from living_review.reporting import amounts, axis, citations, words
from living_review.reporting.addresses import claim_file, record_file
from living_review.reporting.diff import told
from living_review.reporting.plain import markdown, shorten, visible
from living_review.reporting.wording import word_diff


class MarkdownText(str):
    """Text that is Markdown already: a macro's output, not a record's title."""

    __slots__ = ()


def html(template: str, **data: Any) -> bytes:
    """Render an HTML page or part; every string is made plain and escaped."""
    return _html().get_template(template).render(**data).encode("utf-8", "replace")


def source(template: str) -> str:
    """Return a template's own text, such as the style sheet."""
    return files(__package__).joinpath("templates", template).read_text("utf-8")


def encoded(name: object) -> str:
    """Make any name one part of an address."""
    return quote(str(name), safe="")


@cache
def looks() -> str:
    """A digest of all templates, styles and scripts: pages made with others look otherwise."""
    found = files(__package__).joinpath("templates").iterdir()
    texts = (f"{file.name}\n{file.read_text('utf-8')}" for file in found)
    return hashlib.sha256("\n".join(sorted(texts)).encode()).hexdigest()[:16]


def markdown_page(template: str, **data: Any) -> bytes:
    """Render a Markdown page; every string is escaped for Markdown."""
    text = _markdown().get_template(template).render(**data)
    return (text.strip() + "\n").encode("utf-8", "replace")


@cache
def _html() -> Environment:
    return _environment(autoescape=True, finalize=_visible_unless_markup)


@cache
def _markdown() -> Environment:
    # Jinja's autoescape knows HTML only; finalize sees every value that is put into the page.
    environment = _environment(autoescape=False, finalize=_markdown_unless_marked)
    environment.filters["md"] = MarkdownText
    return environment


def _environment(**options: Any) -> Environment:
    environment = Environment(  # noqa: S701  # both callers say how they escape
        loader=PackageLoader("living_review.reporting"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        **options,
    )
    environment.filters["rule_in_words"] = words.rule
    environment.globals |= {
        "amounts": amounts,
        "words": words,
        "cite": citations,
        "axis_for": axis.axis_for,
        "mark": axis.mark,
        "told": told,
        "claim_file": lambda claim: quote(claim_file(claim)),
        "record_file": record_file,
        "word_diff": word_diff,
        "shorten": shorten,
        "anchor": encoded,
    }
    return environment


def _visible_unless_markup(value: Any) -> Any:
    is_markup = hasattr(value, "__html__")  # the sign by which jinja2 knows what it has escaped
    return visible(value) if isinstance(value, str) and not is_markup else value


def _markdown_unless_marked(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, MarkdownText):
        return markdown(value)
    return value
