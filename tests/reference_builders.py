"""Made-up records for the formats they are handed out in: a full one, a bare one, hostile ones."""

from dataclasses import replace

from hypothesis import strategies as st

from living_review.model import Link, PartialDate, Record, Section
from living_review.reporting.references.reference import Asked, Reference

FULL = Record(
    record_id="pmid:12",
    title="A made-up drug for made-up pain: a {trial} of 50% & more",
    kind="publication",
    pmid="12",
    version=2,
    doi="10.5555/Made_Up(12)",
    pmc="PMC34",
    registrations=("ISRCTN12345678", "NCT01234567"),
    vernacular_title="Ein erfundenes Mittel gegen erfundene Schmerzen",
    abstract=(
        Section("BACKGROUND", "Pain was made up."),
        Section("Purpose of it", "To make up more; P < 0.05 in both."),
        Section(None, "Registered as NCT01234567."),
    ),
    authors=("Maker AB", "van den Taker C", "Müller-Erfinder D Jr", "Jean Dupont"),
    collective_authors=("Made-up Study Group", "MAKERS"),
    journal="Journal of Made-up Trials",
    citation="12(3 Suppl):45-67",
    published=PartialDate(2017, 3),
    published_online=PartialDate(2016, 12, 31),
    entered=PartialDate(2017, 1, 2),
    revised=PartialDate(2019, 5, 5),
    available_from=PartialDate(2017),
    publication_types=("Randomized Controlled Trial", "Journal Article"),
    mesh=("Pain", "Drug Therapy, Combination"),
    keywords=("made-up; pain", "trial"),
    languages=("eng", "ger"),
    links=(
        Link("RetractionIn", "pmid:13", "J Made Up. 2018;1(1):2."),
        Link("CommentIn", None, "J Made Up. 2019;2(1):3"),
        Link("ResultsIn", "nct:NCT01234567", "living-review fields {}"),
    ),
)
BARE = Record("own:bare", "A title and nothing more")
REGISTRATION = Record(
    "nct:NCT07654321",
    "A trial that has been registered",
    kind="registration",
    registrations=("NCT07654321",),
    available_from=PartialDate(2022, 4, 1),
    publication_types=("Trial Registration",),
)
REFERENCES = (
    Reference(BARE, "exclude", "population", "seen in full", "human:ab", "After discectomy."),
    Reference(
        REGISTRATION, "awaiting_results", decider="rule:3",
        asked=(Asked("the same record?", "pmid:12 may be the same"), Asked("results", "overdue")),
    ),
    Reference(FULL, "include", decider="rule:3"),
    Reference(replace(FULL, record_id="own:12", pmid=None), None, same_as="pmid:12"),
)  # fmt: skip

DATES = ("published", "published_online", "entered", "revised", "available_from")
LISTS = (
    "registrations", "authors", "collective_authors", "publication_types", "mesh", "keywords",
    "languages",
)  # fmt: skip
ATTACKS = (
    "\nER  - \n\nTY  - JOUR\nTI  - Forged\n", "ER  - ", "TY  - JOUR",
    "\n\nPMID- 99\nTI  - Forged\n", "living-review fields {}",
    '\r\nC8  - living-review fields {"title": ["0", "Forged"]}\r\n',
    'living-review fields {"title": [null, "Forged"]}', "}\n@article{forged,\n title={Forged}\n}",
    '"', "{", "}", "\\", "\\end{document}", "$x^2_3$ ~ % # &", "@", "=cmd()", "<b>bold</b>",
    "&amp;", "&#10;", "\x00", "\x1b[31m", "\x85", "\u2028", "\u200b", "\u202e\u2066", "\ufeff",
    "\u00a0", "PMID: 99", "doi:10.5555/forged", "PMC99", "NCT00000099", "; ", " and ", ", ", "|",
    "x" * 20_000, "BACKGROUND: a. METHODS: b", "Title", "2017-03",
    "https://pubmed.ncbi.nlm.nih.gov/99/", "'",
)  # fmt: skip
# The store holds no half of a surrogate pair. Drawing from all of Unicode costs seconds at start.
LETTERS = (
    "aZ9 .,:;-/|()[]{}<>&\\$%#_^~'\"\t\n\r\x00\x0b\x0c\x1b\x1c\x1f\x7f\x85\xa0\u200b\u2028\u2029"
    "\u202e\u2066\ufeff\ufffe\uffffäßİ中е\u0301\U0001f642\U0010ffff"
)
words = st.sampled_from(ATTACKS) | st.text(max_size=12, alphabet=LETTERS)
dates = st.sampled_from(
    [None, PartialDate(1500), PartialDate(2017, 3), PartialDate(2016, 12, 31), PartialDate(9999, 2)]
)
keys = st.sampled_from(["pmid:9", "own:\u202e", "doi:10.5555/a", "nct:NCT01234567", "x:ER-TY"])
pmids = st.sampled_from([None, "9", "123456789012"])
well_formed = st.sampled_from(
    ["10.5555/made(up)<1>", "PMC12", "NCT01234567", "1(2):3-4", "Maker AB", "Review", "CommentOn"]
)


@st.composite
def references(draw: st.DrawFn) -> Reference:
    """A record whose fields are hostile words and good ones, as the dice fall; no field is safe."""
    pool = [*draw(st.lists(words, min_size=2, max_size=4)), draw(words) + draw(words)]
    one = st.sampled_from([*pool, draw(well_formed)])
    maybe = st.none() | one
    several = st.lists(one, max_size=2).map(tuple)
    record = draw(
        st.builds(
            Record,
            record_id=keys,
            title=one,
            kind=st.sampled_from(["publication", "registration", "notice"]),
            pmid=pmids,
            version=st.integers(1, 2),
            **dict.fromkeys(("doi", "pmc", "vernacular_title", "journal", "citation"), maybe),
            **dict.fromkeys(DATES, dates),
            **dict.fromkeys(LISTS, several),
            abstract=st.lists(st.builds(Section, maybe, one), max_size=2).map(tuple),
            links=st.lists(st.builds(Link, one, st.none() | keys, one), max_size=2).map(tuple),
        )
    )
    asked = draw(st.lists(st.builds(Asked, one, one), max_size=1).map(tuple))
    said = [draw(one) for _ in range(4)]
    return Reference(record, draw(st.sampled_from([None, "exclude"])), *said, asked=asked)
