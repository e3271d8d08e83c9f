"""Words by which a title says that it is about another paper, or says nothing."""

import re

MARKS = [
    (mark, re.compile(pattern))
    for mark, pattern in (
        ("erratum", r"^(?:(?:author|publisher) )?(?:errat\w+|corrigend\w+|addendum|corrections?"
                    r"(?: to| of|:| -|$))|[:-] ?(?:erratum|corrigendum|correction)$"),
        ("retraction", r"^(?:notice of |partial )?(?:retract|withdraw)"),
        ("concern", r"^(?:editorial )?expression of concern"),
        ("reply", r"^(?:the |an )?(?:authors?\W*s?\W* )?(?:reply|response|rejoinder)"
                  r"(?: to\b|:| -|$)|^in (?:reply|response)\b|\b(?:reply|rejoinder)$"
                  r"|\bauthors?\W*s?\W* response$"),
        ("comment", r"^(?:invited |editorial )*(?:comment|comments|commentary|editorial)"
                    r"(?: on\b| to\b|:| -|$)|^re(?::| -)|^regarding\b"
                    r"|^letter(?: to\b|:| -| regarding)|^discussion(?: of\b|:| -)"
                    r"|[:-] ?(?:invited )?(?:comment|commentary)$"),
        ("protocol", r"\bprotocol$|\b(?:study|trial|review) protocol\b"
                     r"|^(?:a )?protocol (?:for|of)\b|\bprotocol for (?:a|an|the)\b"
                     r"|\brationale(?:,| and) (?:study )?design\b"),
        ("abstract", r"[\[(](?:meeting |conference )?(?:abstracts?|proceedings)[\])]$"),
    )
]  # fmt: skip
# Most titles hold none of these, and need no search for seven marks.
MAY_BE_MARKED = re.compile(
    r"errat|corr|addend|retract|withdr|concern|repl|resp|rejoin|comment|editor|^re\b|regard|letter"
    r"|discuss|protocol|rationale|abstract|proceed"
)
GENERIC = frozenset((
    "a", "abstract", "abstracts", "acknowledgement", "acknowledgements", "an", "and",
    "announcement", "announcements", "annual", "article", "author", "authors", "book", "case",
    "cases", "clinical", "comment", "commentary", "comments", "conclusion", "conclusions",
    "contents", "correction", "corrections", "corrigenda", "corrigendum", "cover", "department",
    "discussion", "editor", "editorial", "editorials", "editors", "errata", "erratum", "error",
    "expression", "for", "foreword", "from", "guest", "highlights", "images", "in", "index",
    "instructions", "introduction", "invited", "issue", "journal", "letter", "letters", "meeting",
    "memoriam", "message", "minutes", "new", "news", "note", "notes", "notice", "number",
    "obituary", "of", "on", "our", "overview", "paper", "papers", "preface", "president",
    "presidential", "proceedings", "publication", "question", "questions", "quiz", "reply",
    "report", "reports", "response", "retraction", "review", "reviewer", "reviewers", "reviews",
    "s", "section", "society", "special", "statement", "summary", "symposium", "thank", "the",
    "this", "to", "update", "volume", "year", "you",
))  # fmt: skip


def marks_of(title: str) -> frozenset[str]:
    """What a title, folded, says it is: a reply, an erratum, a protocol … of something else."""
    marked = MARKS if MAY_BE_MARKED.search(title) else ()
    return frozenset(mark for mark, pattern in marked if pattern.search(title))


def is_generic(words: str) -> bool:
    """Whether any issue of any journal may have this title: `Editorial`, `In this issue`."""
    return all(word in GENERIC or word.isdigit() for word in words.split())
