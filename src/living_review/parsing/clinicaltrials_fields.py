"""What is read of a study as ClinicalTrials.gov gives it, and nothing converted.

Names are its own (clinicaltrials.gov/data-api/about-api/study-data-structure) in our spelling.
A module may be missing; one that is there must be what its name says.
"""

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from living_review.parsing.json_lines import Date


class _Part(BaseModel):
    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="ignore",
        alias_generator=to_camel,
        hide_input_in_errors=True,
    )


class OtherId(_Part):
    """A number that the study bears elsewhere; `type` says whose it is."""

    id: str = ""
    type: str = ""


class Identification(_Part):
    """Numbers and titles."""

    nct_id: str = Field(pattern=r"^NCT[0-9]{8}$")
    nct_id_aliases: tuple[str, ...] = ()
    org_study_id_info: OtherId = OtherId()
    secondary_id_infos: tuple[OtherId, ...] = ()
    brief_title: str = Field(pattern=r"\S")
    official_title: str = ""


class Day(_Part):
    """A date, `type` being ACTUAL or ESTIMATED where it says."""

    date: Date
    type: str = ""


class Status(_Part):
    """How far the study is."""

    overall_status: str = Field(min_length=1)
    why_stopped: str = ""
    primary_completion_date_struct: Day | None = None
    completion_date_struct: Day | None = None
    study_first_post_date_struct: Day | None = None
    results_first_post_date_struct: Day | None = None
    last_update_post_date_struct: Day | None = None


class Sponsor(_Part):
    """Who is responsible."""

    name: str = ""


class Sponsors(_Part):
    """The lead sponsor; collaborators are not read."""

    lead_sponsor: Sponsor = Sponsor()


class Description(_Part):
    """What the study is about, in its own words."""

    brief_summary: str = ""


class Conditions(_Part):
    """Conditions and keywords, as registered."""

    conditions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


class Masking(_Part):
    """Who does not know the treatment."""

    masking: str = ""


class DesignInfo(_Part):
    """Allocation, model and masking."""

    allocation: str = ""
    intervention_model: str = ""
    observational_model: str = ""
    masking_info: Masking = Masking()


class Enrolment(_Part):
    """Participants, ACTUAL or ESTIMATED."""

    count: int | None = Field(default=None, ge=0)
    type: str = ""


class Design(_Part):
    """What kind of study it is."""

    study_type: str = ""
    phases: tuple[str, ...] = ()
    design_info: DesignInfo = DesignInfo()
    enrollment_info: Enrolment = Enrolment()


class Intervention(_Part):
    """One thing done to participants."""

    type: str = ""
    name: str = Field(min_length=1)
    description: str = ""
    other_names: tuple[str, ...] = ()


class Arms(_Part):
    """The interventions; arms repeat them."""

    interventions: tuple[Intervention, ...] = ()


class Outcome(_Part):
    """One thing measured."""

    measure: str = Field(min_length=1)
    time_frame: str = ""


class Outcomes(_Part):
    """Primary and secondary outcomes."""

    primary_outcomes: tuple[Outcome, ...] = ()
    secondary_outcomes: tuple[Outcome, ...] = ()


class Eligibility(_Part):
    """Who may take part, in the study's own words."""

    eligibility_criteria: str = ""


class Reference(_Part):
    """A publication, of type BACKGROUND, RESULT or DERIVED."""

    pmid: str = Field(default="", pattern=r"^([1-9][0-9]{0,8})?$")
    type: str = ""
    citation: str = ""


class References(_Part):
    """Publications."""

    references: tuple[Reference, ...] = ()


class Protocol(_Part):
    """The section that a sponsor fills in."""

    identification_module: Identification
    status_module: Status
    sponsor_collaborators_module: Sponsors = Sponsors()
    description_module: Description = Description()
    conditions_module: Conditions = Conditions()
    design_module: Design = Design()
    arms_interventions_module: Arms = Arms()
    outcomes_module: Outcomes = Outcomes()
    eligibility_module: Eligibility = Eligibility()
    references_module: References = References()


class Study(_Part):
    """One registration."""

    protocol_section: Protocol
    has_results: bool = False
