"""What kind of study a record reports, read from title and abstract; PubMed's types confirm.

PubMed's publication types arrive months late (METHOD 1), so every design has its own words here.
The order of `_READERS` is the order of decision: a notice is a notice whatever else it says.
"""

import re
from collections.abc import Callable

from living_review.model import Design, Tag
from living_review.tagging.marked import MarkedText

VERSION = "1"

Quote = str | None
_FIELD = "from PubMed field PublicationType"


def _in(pattern: re.Pattern[str], text: MarkedText, *parts: str) -> Quote:
    for sentence in text.sentences:
        if (not parts or sentence.part in parts) and pattern.search(sentence.text):
            return sentence.text
    return None


def _typed(text: MarkedText, *types: str) -> Quote:
    have = {t.lower() for t in text.record.publication_types}
    return _FIELD if any(t.lower() in have for t in types) else None


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_NOTICE = _re(
    r"^\W*(?:retraction(?: note| notice)?\b|retracted:|erratum|corrigendum|correction(?: to)?\s*:|expression of concern|publisher'?s note)|\[retraction\]\s*$"
)
_LETTER = _re(
    r"^\W*(?:letters?\b(?: to the editor)?|comments?(?:ary)? on\b|editorial\b|(?:authors?'? )?repl(?:y|ies)\b|in response|re:)|-\s*reply\.?$|\bresponse to (?:the )?(?:letter|comment)"
)
_LETTER_TEXT = _re(
    r"\b(?:this|the present) (?:editorial|commentary|letter|correspondence)\b|\bin this (?:reply|letter|editorial|commentary)\b|^(?:we read with|to the editor)"
)
_PROTOCOL_TITLE = _re(
    r"\b(?:study|trial|review|research)?\s*protocols?\b(?!.{0,30}\b(?:versus|vs|compared)\b)|\brationale(?:,| and)?.{0,25}design\b|\bdesign(?:,| and)? (?:and )?rationale\b|\bdesign and methods?\b|\bstudy design (?:of|and)\b"
)
_PROTOCOL_FOR = _re(
    r"\b(?:protocol (?:for|of)|study protocol|trial protocol|review protocol|protocol:|:\s*(?:a )?protocol|rationale|design and)\b|\bprotocol\.?$"
)
_FUTURE = _re(
    r"\bwill (?:be|receive|undergo|include|compare|assess|evaluate|recruit|provide|complete|take|continue|investigate|determine|consist|examine|randomi[sz]e)\b|\bwe (?:plan|aim|intend) to\b"
)
_RESULT = _re(
    r"\bp\s*[<>=≤≥]\s*0?\.\d|\b(?:was|were) (?:significant|higher|lower|associated|found|observed)|\b\d\d\s*%\s*CI\b"
)
_REVIEW_TITLE = _re(
    r"\bsystematic(?:ally)?\b.{0,40}\b(?:review\w*|overview|search|synthesis|evaluation of)\b|\breview.{0,20}\bsystematic\b|\bmeta[- ]?(?:analy|regress|synthes)|\bcochrane\b|\bumbrella review\b|\boverview of (?:systematic|cochrane)|\bevidence synthesis\b|\b(?:bayesian )?network (?:meta|analysis)|\brapid review\b|\bintegrative review\b|\bliving (?:systematic )?review\b"
)
_REVIEW_TEXT = _re(
    r"\b(?:systematic(?:ally)?(?: literature)? (?:review(?:ed)?|search(?:ed|es)?|overview)|meta-?analys[ei]s (?:was|were|of|including|to)|network meta-analysis\b|pooled by meta-analysis|random[- ]effects?)\b|\bsystematic review\b"
)
_SEARCHED = _re(
    r"\b(?:(?:databases?|medline|pubmed|embase|cochrane|cinahl|web of science|psycinfo|scopus|literature) (?:\w+ ){0,6}search(?:ed|es)?|search(?:ed|es|ing)?\b.{0,80}\b(?:databases?|medline|pubmed|embase|cochrane|cinahl|web of science|psycinfo|scopus|literature|studies|trials))\b"
)
_RETAINED = _re(
    r"\b(?:\w+ (?:hundred )?|\d+ )(?:articles?|studies|trials|rcts?|papers|publications|reports|citations|records)\b.{0,40}\b(?:were |was )?(?:included|retained|identified|eligible|met (?:the|our|inclusion)|qualified|analy[sz]ed|reviewed|selected|fulfilled)|\b(?:we )?(?:included|identified|retrieved)\b.{0,25}\b(?:articles|studies|trials|rcts|papers|publications)\b|\bstudies were included\b"
)
_SCOPING = _re(r"\bscoping\b|\bbibliometric")
_RANDOM_TITLE = _re(
    r"(?<!non-)(?<!non )(?<!quasi-)(?<!non)\brandomi[sz]ed\b(?!.{0,25}\btrials\b)|\brandomi[sz]ed (?:controlled |clinical )*trial\b|\brct\b|\bplacebo[- ]controlled\b(?!.{0,25}\btrials\b)|\bdouble[- ]blind(?:ed)?\b"
)
_RANDOM_DONE = _re(
    r"(?<!not )\b(?:was|were|are|been|being|be|and|then|patients|participants|subjects|women|men|children|adults|we|who|volunteers|individuals|persons|infants|couples|clusters|practices|schools|hospitals)\s+(?:\w+\s+){0,3}?(?:randomi[sz]ed|randomly (?:\w+ ){0,2}?(?:assigned|allocated|divided|distributed|selected (?:in)?to|given|treated|received|separated|split|grouped|placed|categori[sz]ed|chosen to|put))"
    r"|\brandom(?:ly)?,? (?:\w+,? ){0,3}?(?:assigned|allocated|divided|distributed|separated|grouped)|\b(?:assigned|allocated|divided|received|given|administered|treated|enrolled|split) (?:\w+ ){0,6}?(?:randomly|at random|by randomi[sz]ation|in (?:a )?random(?:i[sz]ed)? (?:order|sequence|fashion|manner))"
    r"|\brandom(?:i[sz]ed)? (?:assignment|allocation|order|sequence)|\b(?:underwent|after|before|at|following|by|stratified|block|computer\w*|cluster|1:1|post) randomi[sz]ation\b|\brandomi[sz]ed (?:in (?:a )?|1:1|2:1|1:1:1|\d+|to|into|between|patients|participants|subjects|women|men|children|adults)\b|\b\d+ (?:\w+ ){0,4}(?:were )?randomi[sz]ed\b|\brandomi[sz]ed (?:\w+ ){0,2}(?:groups?|arms?)\b"
)
_RANDOM_STUDY = _re(
    r"(?<!non-)(?<!non )(?<!quasi-)\brandomi[sz]ed[,-]?\s+(?:[\w-]+[,/]?\s+(?:and |or )?){0,9}?(?:trial|study|design|experiment|comparison|evaluation|investigation|pilot|crossover|cross-over|withdrawal)\b"
    r"|\b(?:double|single|triple|observer|assessor)[- ](?:blind(?:ed)?|mask(?:ed)?)\b.{0,60}\b(?:trial|study|design|crossover|comparison)\b|\bplacebo[- ]controlled\b.{0,40}\b(?:trial|study|crossover)\b|\brct\b"
)
_OTHERS_TRIALS = _re(
    r"\b(?:randomi[sz]ed (?:\w+[- ]?,? ?){0,5}(?:trials|studies)|rcts)\b|\b(?:further|future|large[rd]?|more|well-designed|needed|required|warranted|awaited|should be|previous|published|recent|earlier|lack of|no|few|an ongoing|participated in|data from|part of|within|from (?:a|the)|enrolled in|mendelian|are needed|is needed|is warranted|is required|is justified)\b.{0,90}\brandomi[sz]ed\b|\brandomi[sz]ed\b.{0,90}\b(?:is|are) (?:needed|warranted|required|necessary|justified|awaited)\b|\bmendelian randomi[sz]ation"
)
_NON_RANDOM = _re(
    r"\bnon-?\s?randomi[sz]ed\b|\bnot randomi[sz]ed\b|\bquasi-?\s?(?:experimental|randomi[sz]ed)\b|\bwithout randomi[sz]ation\b"
)
_RANDOM_OTHER = _re(
    r"\brandom(?:ly)? (?:sampl\w+|selected|chosen|forest|effects?|number|walk|error|digit|survey|drawn|intercept|mutagenesis|urine|blood|plasma|amplif\w+|regression|coil|network|matrix|primer\w*|pick\w*)\b"
)
_GUIDELINE = _re(
    r"\b(?:(?:clinical )?practice guidelines?|guidelines? (?:for|on|from|of)|: guidelines?|consensus (?:statement|conference|recommendation|guideline)s?|recommendations (?:for|of|from|on)|position (?:statement|paper)|best practice statement|evidence review [a-z]\b|\bng\d+\b|guideline\b)"
)
_REGULATOR = _re(
    r"\b(?:fda|ema|mhra|regulator\w*|drug safety (?:communication|update)|health canada)\b.{0,60}\b(?:warn\w*|safety|approv\w*|label\w*|alert\w*)|\blabel changes\b|\bboxed warning\b|\bsafety (?:communication|alert)\b"
)
_ECONOMIC = _re(
    r"\bcosts?\b|\beconomic|\bcost[- ]?(?:effectiveness|utility|benefit|minimi[sz]ation|consequences?|comparison|analysis)\b|\bhealth ?care resource"
)
_KINETIC = _re(
    r"\bpharmacokinetic|\bbioavailab|\bbioequivalen|\babsorption of\b|\bplasma (?:levels?|concentrations?) of\b|\bdrug[- ]drug interaction|\bpopulation pk\b|\bserum concentrations?\b|\bblood levels?\b"
)
_CASE_TITLE = _re(
    r"\bcase (?:reports?|series|study|studies)\b|\b(?:a|an|two|three|four|five) cases?\b(?!-)|\breport of (?:a|an|one|two|three|four|five|\d+) (?:cases?|patients?)|\bin (?:a|an|one|two|three) (?:\d+[- ]year[- ]old|patients?\b(?! with .{0,60}\btrial))|\bcase-based\b|\bcase of\b"
)
_CASE_TEXT = _re(
    r"\bwe (?:report|describe|present)\b.{0,30}\b(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d|the) (?:\w+[- ]){0,5}?(?:cases?|patients?|man|woman|boy|girl|child|year|series|infant)\b|\b(?:case reports?|case series|this case|two cases|three cases|present case)\b|\ba \d+[- ]year[- ]old\b|\bthe (?:first|second) (?:case|patient)\b|\bis (?:described|reported) (?:who|in whom)\b|\b(?:cases?|patients?) (?:is|are|was|were) (?:reported|described|presented)\b"
)
_COHORT = _re(
    r"\bcohort\b|\bretrospective|\bregistry\b|\bchart (?:review|audit)|\bcharts\b|\blongitudinal\b|\bfollow-up study\b|\bobservational\b|\bmedical records?\b|\brecords (?:of|were reviewed|from)\b|\bdatabase\b|\bclaims data\b|\bpost-?marketing\b|\bpropensity\b|\bself-controlled\b|\bpopulation[- ]based\b|\bprospectively followed\b|\bhistorical controls?\b|\bwere followed\b|\breviewed (?:all )?(?:patients|cases|\d+)\b|\bwe looked back\b|\bsurveillance\b|\bhazards? ratios?\b"
)
_CASE_CONTROL = _re(
    r"\bcase[- ](?:control|case|crossover|time)(?:[- ](?:control|time))*\b|\bmatched controls\b.{0,40}\bodds\b"
)
_CROSS = _re(
    r"\bcross[- ]sectional\b|\bsurvey(?:ed|s)?\b|\bquestionnaires?\b.{0,40}\b(?:sent|mailed|completed by|survey)|\bprevalence\b|\bdelphi\b|\bfocus groups?\b|\binterviews?\b"
)
_TRIAL = _re(
    r"\bopen[- ]label|\bopen[, ]+(?:\w+,? ){0,3}(?:pilot|trial|study|non|prospective|add-on|multicent)|\bopen (?:gbp|gabapentin|trial|study|treatment)\b|\bclinical trial\b|\bpilot (?:study|trial)\b|\bphase (?:[1234]|i{1,3}v?|iv)[ab]?\b|\bsingle[- ]arm\b|\buncontrolled\b|\bnon-?randomi[sz]ed\b|\bquasi-experimental\b|\bprospective(?:ly)?\b|\bcontrolled (?:trial|study)\b|\badd-on (?:therapy|treatment|trial|study)\b|\bwere treated with\b|\bbefore[- ]and[- ]after\b|\bcross-?over\b|\bopen study\b|\btitrated\b|\bno control group\b|\bwere (?:started|initiated) on\b|\btrial\b|\bdouble[- ]blind"
)
_VITRO = _re(
    r"\bin vitro\b|\bcell lines?\b|\bcultured\b|\bpatch[- ]clamp\b|\bisolated (?:neurons?|cells|tissue|nerve)|\bslices?\b|\bneurons were obtained\b|\boocytes?\b|\bhek ?293\b|\btransfected\b|\bdissociated\b"
)
_IN_VIVO = _re(
    r"\b(?:behaviou?r\w*|animals received|rats received|mice received|were injected|injected|administered (?:orally|intra)|intraperitoneal|gavage|i\.p\.|in vivo|intrathecal(?:ly)?|withdrawal threshold|were given|were treated|subcutaneous)\b"
)
_NARRATIVE = _re(
    r"\breview(?:s|ed)?\b|\boverview\b|\bupdate on\b|\bstate of the art\b|\bperspectives?\b|\bcurrent (?:concepts|evidence|status|management)\b|\bare discussed\b|\bis discussed\b|\bwill be discussed\b|\bthis (?:article|paper|chapter) (?:discusses|describes|outlines|summari[sz]es|provides|presents)\b|\bwhat (?:is|are)\b|\bthe literature\b|\bdiscuss\w*\b"
)
_OUTSIDE_PATIENTS = _re(r"\bin vitro\b|\bsimulat|\bmodel(?:l?ing)\b|\balgorithm\b")


def _notice(t: MarkedText) -> Quote:
    if t.record.kind == "notice":
        return t.record.title
    return _typed(t, "Retraction of Publication", "Published Erratum", "Expression of Concern") or (
        t.record.title if _NOTICE.search(t.record.title) else None
    )


def _registration(t: MarkedText) -> Quote:
    return t.record.title if t.record.kind == "registration" else None


def _editorial(t: MarkedText) -> Quote:
    return (
        _typed(t, "Letter", "Editorial", "Comment", "News", "Newspaper Article", "Biography")
        or (t.record.title if _LETTER.search(t.record.title) else None)
        or _in(_LETTER_TEXT, t)
    )


def _protocol(t: MarkedText) -> Quote:
    title = t.record.title
    future = sum(1 for s in t.sentences if _FUTURE.search(s.text))
    reports = _RESULT.search(t.flat) is not None
    if _typed(t, "Clinical Trial Protocol"):
        return _FIELD
    if _PROTOCOL_FOR.search(title) and _PROTOCOL_TITLE.search(title) and (future or not reports):
        return title
    if future >= 3 and not reports and not any(s.part == "results" for s in t.sentences):
        return _in(_FUTURE, t)
    if future >= 2 and not reports:
        return _in(_re(r"\bprotocol\b|\bwill be (?:randomi[sz]ed|recruited|randomly)"), t)
    return None


def _systematic(t: MarkedText) -> Quote:
    title = t.record.title
    if _SCOPING.search(title):
        return None
    if _typed(t, "Systematic Review", "Meta-Analysis", "Network Meta-Analysis"):
        return title if _REVIEW_TITLE.search(title) else _FIELD
    if _REVIEW_TITLE.search(title) and not _re(r"\bprotocol\b").search(title):
        return title
    said = _in(_REVIEW_TEXT, t, "title", "objective", "methods", "results", "other", "conclusion")
    searched = _in(_SEARCHED, t)
    retained = _in(_RETAINED, t)
    if said and (searched or retained) and not _randomised_people(t):
        return said
    if searched and retained and not _randomised_people(t):
        return searched
    if retained and _re(r"\breviewed the literature\b|\breview of the literature\b").search(t.flat):
        return retained
    return None


def _randomised_people(t: MarkedText) -> Quote:
    return next(
        (
            s.text
            for s in t.sentences
            if s.part not in ("background", "conclusion")
            and _RANDOM_DONE.search(s.text)
            and not _OTHERS_TRIALS.search(s.text)
            and not _NON_RANDOM.search(s.text)
        ),
        None,
    )


def _randomised(t: MarkedText) -> Quote:
    title = t.record.title
    if _NON_RANDOM.search(t.flat):
        return None
    if _RANDOM_TITLE.search(title) and not _re(
        r"\bmendelian\b|\banalysis of .{0,30}trials\b"
    ).search(title):
        return title
    people = _randomised_people(t)
    if people:
        return people
    for s in t.sentences:
        if s.part in ("background",):
            continue
        if _RANDOM_STUDY.search(s.text) and not _OTHERS_TRIALS.search(s.text):
            return s.text
    return _typed(t, "Randomized Controlled Trial", "Randomized Controlled Trial, Veterinary")


def _animal(t: MarkedText, species: str | None) -> Design | None:
    if species is None or species == "human":
        if _VITRO.search(t.record.title):
            return "in_vitro"
        return None
    if _VITRO.search(t.flat) and not _IN_VIVO.search(t.flat):
        return "in_vitro"
    return "animal"


def _first(pattern: re.Pattern[str], t: MarkedText, *parts: str) -> Quote:
    return t.record.title if pattern.search(t.record.title) else _in(pattern, t, *parts)


_BODY = ("objective", "methods", "results", "other")


def _trial(t: MarkedText) -> Quote:
    return _first(_TRIAL, t, *_BODY) or _typed(t, "Clinical Trial", "Controlled Clinical Trial")


def _cohort(t: MarkedText) -> Quote:
    return _first(_COHORT, t, *_BODY) or _typed(t, "Observational Study")


def _case(t: MarkedText) -> Quote:
    if _CASE_TITLE.search(t.record.title):
        return t.record.title
    return _in(_CASE_TEXT, t) or _typed(t, "Case Reports")


def _narrative(t: MarkedText) -> Quote:
    reported = _RESULT.search(t.flat) is not None
    if _re(r"\breview\b|\bscoping\b|\boverview\b").search(t.record.title) or _typed(t, "Review"):
        return t.record.title
    return None if reported else _in(_NARRATIVE, t)


def design(t: MarkedText, species: str | None) -> tuple[Design, str]:
    """The design of a record and the words that show it; `unclear` where none does."""
    early: tuple[tuple[Design, Callable[[MarkedText], Quote]], ...] = (
        ("notice", _notice), ("registration", _registration), ("editorial_letter", _editorial),
        ("protocol", _protocol), ("systematic_review", _systematic),
    )  # fmt: skip
    for name, reader in early:
        quote = reader(t)
        if quote:
            return name, quote
    beast = _animal(t, species)
    if beast:
        if _typed(t, "Review") or _re(r"\breview\b").search(t.record.title):
            return "narrative_review", t.record.title
        return beast, t.record.title
    title = t.record.title
    if _typed(t, "Practice Guideline", "Guideline"):
        return "guideline", _FIELD
    if _GUIDELINE.search(title) or _REGULATOR.search(title):
        return "guideline", title
    if _ECONOMIC.search(title):
        return "economic", title
    quote = _randomised(t)
    if quote and not (_typed(t, "Review") and not _randomised_people(t)):
        return ("pharmacokinetic", title) if _KINETIC.search(title) else ("rct", quote)
    if _KINETIC.search(title):
        return "pharmacokinetic", title
    return _unrandomised(t)


def _unrandomised(t: MarkedText) -> tuple[Design, str]:
    title = t.record.title
    review = _re(r"\breview\b|\boverview\b").search(title) or _typed(t, "Review")
    case = _case(t)
    if case and (_CASE_TITLE.search(title) or case == _FIELD) and not review:
        return "case_report", case
    control = _first(_CASE_CONTROL, t, *_BODY)
    if control:
        return "case_control", control
    if review and not _RESULT.search(t.flat):
        return "narrative_review", title
    if case and not _COHORT.search(title) and not review:
        return "case_report", case
    cohort, trial = _cohort(t), _trial(t)
    if cohort and _re(
        r"\bretrospective|\bcohort\b|\bregistry\b|\bchart|\bdatabase\b|\bobservational\b|\bmedical records\b"
    ).search(t.flat):
        return "cohort", cohort
    cross = _first(_CROSS, t, *_BODY)
    if trial and _re(
        r"open|phase|single[- ]arm|non-?random|pilot|treated with|trial|titrated|add-on|prospective"
    ).search(trial):
        if not (cross and _re(r"cross[- ]sectional|survey").search(cross)):
            return "nonrandomised_trial", trial
    if cohort:
        return "cohort", cohort
    if cross:
        return "cross_sectional", cross
    narrative = _narrative(t)
    if narrative:
        return "narrative_review", narrative
    if not t.record.abstract:
        return "unclear", title
    return "other", title


_SECONDARY = _re(
    r"\b(?:post[- ]?hoc|secondary (?:and post hoc )?analys[ei]s|pooled (?:analys[ei]s|data)|sub-?analys[ei]s|(?:data|analysis) (?:of|from) (?:\w+ ){0,4}(?:randomi[sz]ed|clinical|controlled|flexible-dose)?\s?(?:clinical )?trials|were pooled|ancillary)\b"
)


def tag(text: MarkedText, species: str | None) -> list[Tag]:
    """The `design` tag, and `secondary` where data of earlier trials are analysed again."""
    name, quote = design(text, species)
    tags = [Tag("design", name, quote, f"design:{VERSION}")]
    if name not in ("systematic_review", "narrative_review", "protocol", "notice"):
        again = _first(_SECONDARY, text, "objective", "methods", "other")
        if again:
            tags.append(Tag("secondary", "yes", again, f"design:{VERSION}"))
    return tags


_POSTED = _re(
    r"\bresults? (?:were |are |have been )?(?:posted|show\w*|found)|\b(?:was|were) found\b|\bno (?:clear|significant) (?:effect|difference)|\bp\s*[<>=]\s*0?\.\d"
)


def results_posted(text: MarkedText) -> Quote:
    """The sentence in which a registration reports results of its own; None where it does not."""
    return _in(_POSTED, text)
