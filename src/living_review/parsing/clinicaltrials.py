"""One study as ClinicalTrials.gov gives it → a Record of kind registration."""

import re
from collections.abc import Iterable, Iterator

from pydantic import ValidationError

from living_review.errors import UnreadableRecord
from living_review.model import Link, PartialDate, Record, Section
from living_review.parsing.clinicaltrials_fields import (
    Arms,
    Day,
    Design,
    Identification,
    Outcomes,
    Protocol,
    References,
    Status,
    Study,
)
from living_review.parsing.registrations import find_registrations

# Texts are CommonMark: a backslash stands before a sign that is meant as printed.
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# Publications of the study's own results: given by its sponsor, or found by its number in PubMed.
OF_RESULTS = ("RESULT", "DERIVED")


def parse(payload: bytes) -> Record:
    """Read one study; UnreadableRecord names the first field that is not as documented."""
    try:
        study = Study.model_validate_json(payload)
    except ValidationError as error:
        raise UnreadableRecord(_sentence(error)) from None
    protocol = study.protocol_section
    named, status = protocol.identification_module, protocol.status_module
    posted = _date(status.study_first_post_date_struct)
    sponsor = _plain(protocol.sponsor_collaborators_module.lead_sponsor.name)
    return Record(
        record_id=f"nct:{named.nct_id}",
        kind="registration",
        title=_plain(named.official_title) or _plain(named.brief_title),
        registrations=_registrations(named),
        abstract=tuple(_sections(protocol, study.has_results)),
        collective_authors=(sponsor,) if sponsor else (),
        journal="ClinicalTrials.gov",
        published=posted,
        entered=posted,
        revised=_date(status.last_update_post_date_struct),
        publication_types=("Registration",),
        keywords=tuple(dict.fromkeys(
            _plain(word)
            for word in (*protocol.conditions_module.conditions,
                         *protocol.conditions_module.keywords)
        )),
        links=tuple(_links(protocol.references_module)),
    )  # fmt: skip


def _registrations(named: Identification) -> tuple[str, ...]:
    """The study's number, those it had, and what among its other numbers is a registration."""
    others = [
        f"EudraCT {each.id}" if each.type == "EUDRACT_NUMBER" else each.id
        for each in (named.org_study_id_info, *named.secondary_id_infos)
    ]
    return find_registrations([named.nct_id, *named.nct_id_aliases, *others])


def _sections(protocol: Protocol, has_results: bool) -> Iterator[Section]:
    for label, parts in (
        ("SUMMARY", [protocol.description_module.brief_summary]),
        ("CONDITIONS", protocol.conditions_module.conditions),
        ("INTERVENTIONS", _interventions(protocol.arms_interventions_module)),
        ("DESIGN", _design(protocol.design_module)),
        ("ELIGIBILITY", [protocol.eligibility_module.eligibility_criteria]),
        ("OUTCOMES", _outcomes(protocol.outcomes_module)),
        ("STATUS", _status(protocol.status_module, protocol.design_module)),
        ("RESULTS", _results(protocol.status_module) if has_results else ()),
    ):
        text = "; ".join(filter(None, map(_plain, parts)))
        if text:
            yield Section(label, text)


def _interventions(arms: Arms) -> Iterator[str]:
    for one in arms.interventions:
        names = f"{one.name} ({', '.join(one.other_names)})" if one.other_names else one.name
        kind = f"{_words(one.type)}: " if one.type else ""
        yield f"{kind}{names}" + (f", {one.description}" if one.description else "")


def _design(design: Design) -> Iterator[str]:
    info = design.design_info
    yield _words(design.study_type)
    yield from (
        _words(phase).replace("phase", "phase ") for phase in design.phases if phase != "NA"
    )
    for said in (info.allocation, info.intervention_model, info.observational_model):
        yield _words(said) if said != "NA" else ""
    if info.masking_info.masking:
        yield f"masking: {_words(info.masking_info.masking)}"


def _outcomes(outcomes: Outcomes) -> Iterator[str]:
    for rank, measures in (
        ("primary", outcomes.primary_outcomes),
        ("secondary", outcomes.secondary_outcomes),
    ):
        for one in measures:
            yield f"{rank}: {one.measure}" + (f" [{one.time_frame}]" if one.time_frame else "")


def _status(status: Status, design: Design) -> Iterator[str]:
    """`completed 2019-05; 160 participants (actual)`: a date that has not passed is "expected"."""
    said = _words(status.overall_status)
    ended = status.completion_date_struct or status.primary_completion_date_struct
    if ended is None:
        yield said
    elif ended.type == "ESTIMATED":
        yield from (said, f"completion expected {ended.date}")
    else:
        yield f"{said} {ended.date}"
    if status.why_stopped:
        yield f"because: {status.why_stopped}"
    enrolment = design.enrollment_info
    if enrolment.count is not None:
        kind = f" ({_words(enrolment.type)})" if enrolment.type else ""
        yield f"{enrolment.count} participants{kind}"


def _results(status: Status) -> Iterator[str]:
    day = _date(status.results_first_post_date_struct)
    yield "posted on ClinicalTrials.gov" + (f" {day}" if day else "")


def _links(references: References) -> Iterator[Link]:
    for one in references.references:
        if one.type in OF_RESULTS:
            yield Link("ResultsIn", f"pmid:{one.pmid}" if one.pmid else None, _plain(one.citation))


def _date(day: Day | None) -> PartialDate | None:
    return day.date if day is not None else None


def _plain(text: str) -> str:
    return " ".join(ESCAPED.sub(r"\1", text).split())


def _words(name: str) -> str:
    """`ACTIVE_NOT_RECRUITING` as a reader says it."""
    return name.lower().replace("_", " ")


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(map(str, first["loc"])) or "the study"
    said: Iterable[str] = first["msg"].split("\n")[:1]
    return f"no study as ClinicalTrials.gov describes one: '{field}': {''.join(said)}"
