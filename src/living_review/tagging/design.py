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
    if not pattern.search(text.low):
        return None
    for sentence in text.sentences:
        if (not parts or sentence.part in parts) and pattern.search(sentence.low):
            return sentence.text
    return None


def _typed(text: MarkedText, *types: str) -> Quote:
    have = {t.lower() for t in text.record.publication_types}
    return _FIELD if any(t.lower() in have for t in types) else None


def _re(pattern: str) -> re.Pattern[str]:
    """A pattern for lower-case text: much faster than one that ignores case."""
    return re.compile(pattern)


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
    r"\bsystematic(?:ally)?\b.{0,40}\b(?:review\w*|overview|search|synthesis|evaluation of)\b|\breview.{0,20}\bsystematic\b|\bmeta[- ]?(?:analy|regress|synthes)|\bcochrane\b|\bumbrella review\b|\boverview of (?:systematic|cochrane)|\bevidence synthesis\b|\bbayesian network analysis\b|\bnetwork meta|\brapid review\b|\bliving (?:systematic )?review\b"
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
_STRONG_REVIEW = _re(
    r"\b(?:we|this|our|present|a|an) (?:\w+ ){0,3}(?:systematic(?:ally)?|meta-?analysis|network meta)|\bmeta-?analys[ei]s (?:was|were)|\bsystematic(?: literature)? (?:review|search) (?:was|were|of)|\bsystematically (?:reviewed|searched)"
)
_NUMBERED = _re(r"\b\d+ (?:\w+ ){0,3}(?:articles?|studies|trials|rcts?|papers|publications)\b|\b(?:included|retained)\b")
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
    r"\brandomi[sz]ed,? (?:[\w-]+,? ){0,5}(?:trials|studies)\b|\brcts\b|\bmendelian randomi[sz]ation|\brandomi[sz]ed study data\b"
    r"|\b(?:further|future|larger?|more|well-designed|previous(?:ly)?|published|recent|earlier|lack of|ongoing|we are studying in) (?:[\w,-]+ ){0,6}(?:randomi[sz]ed|placebo-controlled)\b"
    r"|\b(?:randomi[sz]ed|placebo-controlled)\b.{0,120}\b(?:is|are|was|were|would be) (?:\w+ )?(?:needed|warranted|required|necessary|justified|awaited)\b"
    r"|\b(?:needed|warranted|required)\b.{0,60}\brandomi[sz]ed\b|\ba (?:clinical )?randomi[sz]ed (?:clinical |controlled )?trial (?:showed|has shown|comparing .{0,80} would)|\bthe results of a randomi[sz]ed\b|\bfollowing an? .{0,20}randomi[sz]ed\b|\blevel of evidence\b|\breview(?:s|ed|ing)?\b.{0,90}\brandomi[sz]ed\b|\bcross-validation\b|\btraining and (?:testing|test|validation) sets?\b"
)
_NON_RANDOM = _re(
    r"\bnon-?\s?randomi[sz]ed\b|\bnot randomi[sz]ed\b|\bquasi-?\s?(?:experimental|randomi[sz]ed)\b|\bwithout randomi[sz]ation\b"
)
_RANDOM_OTHER = _re(
    r"\brandom(?:ly)? (?:sampl\w+|selected(?! (?:in)?to)|chosen(?! to)|forest|effects?|number|walk|error|digit|survey|drawn|intercept|mutagenesis|urine|blood|plasma|amplif\w+|regression|coil|network|matrix|primer\w*|pick\w*)\b"
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
    r"\bwe (?:report|describe|present)\b.{0,30}\b(?:a|an|two|three|four|five|six|seven|eight|nine|ten|[2-9]|the) (?:\w+[- ]){0,5}?(?:cases?|patients?|man|woman|boy|girl|child|infant)\b|\bwe report on\b|\b(?:this|the present|our) case\b|\b(?:two|three) cases\b|\ba \d+[- ]year[- ]old\b|\bthe (?:first|second) (?:case|patient)\b|\b(?:case|patients?) .{0,60}\b(?:is|are) (?:reported|described|presented)\b|\bcase series\b|\b(?:one|two|three|four|five|six) patients\b.{0,80}\b(?:is|are|were) (?:reported|described|presented)\b"
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
    r"\bopen[- ]label|\bopen[, ]+(?:\w+,? ){0,3}(?:pilot|trial|study|non|prospective|add-on|multicent)|\bopen (?:gbp|gabapentin|trial|study|treatment)\b|\bclinical trial\b|\bpilot (?:study|trial)\b|\bphase (?:[1234]|i{1,3}v?|iv)[ab]?\b|\bsingle[- ]arm\b|\buncontrolled\b|\bnon-?randomi[sz]ed\b|\bquasi-experimental\b|\bprospective(?:ly)?\b|\bcontrolled (?:trial|study)\b|\badd-on (?:therapy|treatment|trial|study)\b|\bwere treated with\b|\bbefore[- ]and[- ]after\b|\bcross-?over\b|\bopen study\b|\btitrated\b|\bno control group\b|\bwere (?:started|initiated) on\b|\b(?:was|were) (?:given|administered|added|enrolled|titrated)\b|\bpatients? (?:received|took|were studied)\b|\b(?:effectiveness|efficacy) of\b.{0,40}\b(?:as )?adjunctive|\btrial\b|\bdouble[- ]blind"
)
_VITRO = _re(
    r"\bin vitro\b|\bcell lines?\b|\bcultured\b|\bpatch[- ]clamp\b|\bisolated (?:neurons?|cells|tissue|nerve)|\bslices?\b|\bneurons were obtained\b|\boocytes?\b|\bhek ?293\b|\btransfected\b|\bdissociated\b"
)
_IN_VIVO = _re(
    r"\b(?:behaviou?r\w*|animals received|rats received|mice received|were injected|injected|administered (?:orally|intra)|intraperitoneal|gavage|i\.p\.|in vivo|intrathecal(?:ly)?|withdrawal threshold|were given|were treated|subcutaneous)\b"
)


def _notice(t: MarkedText) -> Quote:
    if t.record.kind == "notice":
        return t.record.title
    return _typed(t, "Retraction of Publication", "Published Erratum", "Expression of Concern") or (
        t.record.title if _NOTICE.search(t.record.title.lower()) else None
    )


def _registration(t: MarkedText) -> Quote:
    return t.record.title if t.record.kind == "registration" else None


def _editorial(t: MarkedText) -> Quote:
    return (
        _typed(t, "Letter", "Editorial", "Comment", "News", "Newspaper Article", "Biography")
        or (t.record.title if _LETTER.search(t.record.title.lower()) else None)
        or _in(_LETTER_TEXT, t)
    )


def _protocol(t: MarkedText) -> Quote:
    title = t.record.title
    future = sum(1 for s in t.sentences if _FUTURE.search(s.low))
    reports = _RESULT.search(t.low) is not None
    if _typed(t, "Clinical Trial Protocol"):
        return _FIELD
    if _re(r"\[protocol\]").search(title.lower()) or "this is the protocol for a review" in t.low:
        return title
    if _PROTOCOL_FOR.search(title.lower()) and _PROTOCOL_TITLE.search(title.lower()) and (future or not reports):
        return title
    if (
        future >= 3
        and not reports
        and not any(s.part == "results" for s in t.sentences)
        and _re(r"\b(?:trial|study|participants|patients|randomi[sz]\w+|recruit\w*|cohort)\b").search(t.low)
        and not _re(r"\breview\b").search(title.lower())
    ):
        return _in(_FUTURE, t)
    if future >= 2 and not reports:
        return _in(_re(r"\bprotocol\b|\bwill be (?:randomi[sz]ed|recruited|randomly)"), t)
    return None


_ABOUT_REVIEWS = _re(
    r"\b(?:quality|conduct|reporting|automat\w*|corpus|extraction|methods?|assessment) .{0,40}\b(?:systematic reviews|meta-analyses)\b|^systematic reviews and meta-analyses\b|\buse in systematic reviews\b"
)


def _systematic(t: MarkedText) -> Quote:
    title = t.record.title
    if _SCOPING.search(title.lower()):
        return None
    if _typed(t, "Systematic Review", "Meta-Analysis", "Network Meta-Analysis"):
        return title if _REVIEW_TITLE.search(title.lower()) else _FIELD
    if (
        _REVIEW_TITLE.search(title.lower())
        and not _re(r"\bprotocol\b|\b(?:for|in) systematic reviews\b").search(title.lower())
        and not _ABOUT_REVIEWS.search(title.lower())
    ):
        return title
    said = _in(_REVIEW_TEXT, t, "title", "objective", "methods", "results", "other", "conclusion")
    searched = _in(_SEARCHED, t)
    retained = _in(_RETAINED, t)
    if _randomised_people(t):
        return None
    if said and _STRONG_REVIEW.search(said.lower()) and (searched or retained):
        return said
    if said and searched and retained:
        return said
    if searched and retained and _NUMBERED.search(retained.lower()):
        return searched
    if retained and _re(r"\breviewed the literature\b|\breview of the literature\b").search(t.low):
        return retained
    return None


_NEEDED = _re(r"\b(?:needed|warranted|required)\b|\bcross-validation\b|\btraining and (?:testing|test|validation)\b")


def _randomised_people(t: MarkedText) -> Quote:
    if "random" not in t.low:
        return None
    return next(
        (
            s.text
            for s in t.sentences
            if s.part not in ("background", "conclusion")
            and _RANDOM_DONE.search(s.low)
            and not _NEEDED.search(s.low)
            and not _RANDOM_OTHER.search(s.low)
            and not _NON_RANDOM.search(s.low)
        ),
        None,
    )


def _randomised(t: MarkedText) -> Quote:
    title = t.record.title
    if not any(word in t.low for word in ("random", "rct", "blind", "placebo", "mask")):
        return _typed(t, "Randomized Controlled Trial", "Randomized Controlled Trial, Veterinary")
    if (
        _RANDOM_TITLE.search(title.lower())
        and not _NON_RANDOM.search(title.lower())
        and not _OTHERS_TRIALS.search(title.lower())
    ):
        return title
    people = _randomised_people(t)
    if people:
        return people
    for s in t.sentences:
        if s.part == "background" or not (_RANDOM_STUDY.search(s.low) or _PLACEBO_ARM.search(s.low)):
            continue
        if not (_OTHERS_TRIALS.search(s.low) or _NON_RANDOM.search(s.low)):
            return s.text
    return _typed(t, "Randomized Controlled Trial", "Randomized Controlled Trial, Veterinary")


# A trial that gave some people placebo allotted them at random, whether or not it says so.
_PLACEBO_ARM = _re(
    r"\bplacebo\s*\(\s*n\b|\b(?:received|receive|given|took|taking|treated with|administered|ingested|assigned to|either)\b.{0,80}\bor (?:a |matching |an? identical )?placebo\b|\bplacebo (?:group|arm|patients|recipients|phase|period|treatment)\b|\b(?:versus|vs\.?|v) (?:oral |transdermal )?placebo\b|\bplacebo and \w+ (?:group|phase|condition)|\band (?:transdermal |oral )?placebo\b"
)


_OVERVIEW = _re(r"\breviews?\b|\boverview\b|\bplace of\b|\bprofile of its use\b|\bupdate\b")


def _case_title(t: MarkedText) -> bool:
    return _CASE_TITLE.search(t.record.title.lower()) is not None


def _animal(t: MarkedText, species: str | None) -> Design | None:
    if species is None or species == "human":
        if _VITRO.search(t.record.title.lower()) and "fertili" not in t.low:
            return "in_vitro"
        return None
    if _VITRO.search(t.low) and not _IN_VIVO.search(t.low):
        return "in_vitro"
    return "animal"


def _first(pattern: re.Pattern[str], t: MarkedText, *parts: str) -> Quote:
    return t.record.title if pattern.search(t.record.title.lower()) else _in(pattern, t, *parts)


_BODY = ("objective", "methods", "results", "other")


def _trial(t: MarkedText) -> Quote:
    return _first(_TRIAL, t, *_BODY) or _typed(t, "Clinical Trial", "Controlled Clinical Trial")


def _cohort(t: MarkedText) -> Quote:
    return _first(_COHORT, t, *_BODY) or _typed(t, "Observational Study")


def _case(t: MarkedText) -> Quote:
    if _case_title(t):
        return t.record.title
    return _in(_CASE_TEXT, t) or _typed(t, "Case Reports")


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
        if _typed(t, "Review") or _re(r"\breview\b").search(t.record.title.lower()):
            return "narrative_review", t.record.title
        return beast, t.record.title
    title = t.record.title
    if _typed(t, "Practice Guideline", "Guideline"):
        return "guideline", _FIELD
    review = _typed(t, "Review") or _OVERVIEW.search(title.lower())
    quote = (_randomised_people(t) if review else _randomised(t)) if not _case_title(t) else None
    if quote:
        return "rct", quote
    if _GUIDELINE.search(title.lower()) or _REGULATOR.search(title.lower()):
        return "guideline", title
    if _ECONOMIC.search(title.lower()):
        return "economic", title
    if _KINETIC.search(title.lower()):
        return "pharmacokinetic", title
    return _unrandomised(t)


def _unrandomised(t: MarkedText) -> tuple[Design, str]:
    title = t.record.title
    review = _REVIEW_WORD.search(_CHART_REVIEW.sub(" ", title.lower())) or _typed(t, "Review")
    if review and not _in(_OWN_PEOPLE, t, *_BODY):
        return "narrative_review", title
    case = _case(t)
    if case and (_case_title(t) or case == _FIELD or not _COHORT.search(t.low)):
        return "case_report", case
    if not t.record.abstract:
        return "unclear", title
    if _QUALITATIVE.search(t.low):
        return "other", _in(_QUALITATIVE, t) or title
    if _reports(t):
        return _observed(t)
    if any(s.part in ("methods", "results") for s in t.sentences if _DONE.search(s.low)):
        return "other", title
    return "narrative_review", title


_REVIEW_WORD = _re(r"\breviews?\b|\boverview\b|\bscoping\b|\bplace of\b|\bupdate\b|\bprofile of\b")
_CHART_REVIEW = _re(r"\b(?:chart|record|file|case|retrospective) reviews?\b")
_OWN_PEOPLE = _re(
    r"\b(?:we|was|were) (?:\w+ ){0,3}(?:treated|enrolled|studied|included|recruited|given|analy[sz]ed)\b.{0,60}\bpatients\b|\b\d+ (?:\w+ ){0,4}(?:patients|subjects|participants|adults|women|men|children|outpatients) (?:\w+ ){0,4}(?:were|with|who|received|took|completed)\b|\bchart review\b"
)
_PEOPLE_COUNTED = _re(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)(?:[- ]\w+)? (?:[\w-]+ ){0,6}?(?:patients?|participants?|subjects?|adults|people|persons|women|men|children|volunteers|outpatients|individuals|users|cases|males|females|charts)\b"
)
_DONE = _re(
    r"\b(?:were|was) (?:treated|given|administered|enrolled|studied|recruited|followed|measured|recorded|observed|evaluated|assessed|compared|investigated|started|examined|determined|performed|undertaken|conducted|analy[sz]ed|added|titrated)\b|\bthere were \d|\bwe (?:enrolled|included|recruited|obtained|followed|reviewed|report|administered|gave|performed|collected|studied|treated|evaluated|assessed|measured|compared|investigated|examined|conducted|performed|undertook|analy[sz]ed|used|looked|found)\b"
)
_QUALITATIVE = _re(
    r"\bqualitative\b|\bsemi-structured\b|\bfocus groups?\b|\bdelphi\b|\bconsensus (?:study|was generated|process)\b|\bnominal group\b|\bfaers\b|\bpharmacovigilance\b|\bspontaneous report"
)


def _reports(t: MarkedText) -> bool:
    """Whether the text tells of data of its own rather than of others' work."""
    people = _PEOPLE_COUNTED.search(t.low)
    done = _DONE.search(t.low)
    if _RESULT.search(t.low) and (done or people):
        return True
    return bool(people and (done or _TREATING.search(t.low)))


_RECORDS = _re(
    r"\bretrospective|\bcohort\b|\bregistry\b|\bchart|\bdatabase\b|\bobservational\b|\bmedical records\b|\bclinical practice\b|\blongitudinal\b|\bclaims\b|\bpost-?marketing\b|\blooked back\b|\bpopulation[- ]based\b|\bhazard ratio"
)
_TREATING = _re(
    r"\bopen\b|\bphase\b|\bsingle[- ]arm|\bnon-?random|\bpilot|\btreated with\b|\btrial\b|\btitrated|\badd(?:ed|-on|ing)\b|\badjunctive\b|\breceived\b|\bwas given|\bwere given|\badministered\b|\btreatment with\b|\btherapy with\b|\bdosage"
)


def _observed(t: MarkedText) -> tuple[Design, str]:
    title = t.record.title
    control = _first(_CASE_CONTROL, t, *_BODY)
    if control:
        return "case_control", control
    records = _first(_RECORDS, t, *_BODY)
    surveyed = _re(r"\bcross-sectional\b|\bsurvey(?:ed)?\b|\bprevalence\b").search(t.low)
    if records and not (surveyed and "cross-sectional" in t.low):
        return "cohort", records
    treating = _first(_TREATING, t, *_BODY)
    if treating and not surveyed:
        return "nonrandomised_trial", treating
    cross = _first(_CROSS, t, *_BODY)
    if cross:
        return "cross_sectional", cross
    if treating or _typed(t, "Clinical Trial"):
        return "nonrandomised_trial", treating or _FIELD
    cohort = _cohort(t)
    return ("cohort", cohort) if cohort else ("other", title)


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
