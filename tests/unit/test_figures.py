"""The pictures: each study in them, in words too, safe, and readable without colour."""

import copy
import re
from datetime import date

import pytest
from lxml import etree

from living_review.model import Conclusion
from living_review.reporting import figures
from living_review.reporting.figures import directions, forest, history, pools, prisma, timeline
from living_review.reporting.figures.canvas import WIDTH
from living_review.reporting.figures.estimates import IN_MIDS, by_version
from living_review.reporting.figures.inks import DARK
from living_review.reporting.figures.letters import fitted, room_of
from tests.report_builders import (
    HOSTILE,
    RECORDS,
    earlier_report,
    evidence,
    hostile_report,
    report,
)

SVG = "{http://www.w3.org/2000/svg}"
COLOUR = re.compile(r"#[0-9a-f]{6}")
VERSIONS = [earlier_report(), report()]
CLAIMS = [one["claim"] for one in VERSIONS[1]["conclusions"]]


def of(claim, told=None):
    told = told or VERSIONS[1]
    return next(one for one in told["conclusions"] if one["claim"] == claim)


def tree(picture):
    return etree.fromstring(picture)


def texts(picture):
    return [element.text or "" for element in tree(picture).iter(f"{SVG}text")]


def drawn(picture):
    """The picture without its words and its colours: what is left in grey."""
    root = tree(picture)
    for element in [*root.iter(f"{SVG}title"), *root.iter(f"{SVG}desc"), *root.iter(f"{SVG}style")]:
        element.getparent().remove(element)
    root.attrib.pop("aria-labelledby")
    return re.sub(
        r'(id|href)="[#mh][^"]*"|url\([^)]*\)', "", COLOUR.sub("", etree.tostring(root).decode())
    )


def every_picture(*told):
    pictures = {"timeline": timeline.draw(told)}
    for one in told:
        pictures |= {f"{one['version']}/{n}": p for n, p in figures.render(one, {}).items()}
    pictures |= {f"history of {claim}": history.draw(claim, told) for claim in CLAIMS}
    return pictures


@pytest.fixture(scope="module")
def pictures():
    return every_picture(*VERSIONS)


@pytest.fixture(scope="module")
def hostile_pictures():
    return every_picture(VERSIONS[0], hostile_report())


def test_every_picture_says_what_it_is_and_shows(pictures):
    for name, picture in pictures.items():
        root = tree(picture)
        assert root.get("role") == "img", name
        told = {element.get("id"): element.text for element in root if element.get("id")}
        assert list(told) == root.get("aria-labelledby").split(), name
        assert all(told.values()), name


def test_the_description_in_a_picture_is_the_alternative_to_it():
    newest = VERSIONS[1]
    placebo = of("pain-vs-placebo")
    pairs = [
        (timeline.draw(VERSIONS), timeline.alternative(VERSIONS)),
        (prisma.draw(newest), prisma.alternative(newest)),
        (figures.draw(placebo, RECORDS), figures.alternative(placebo, RECORDS)),
        (history.draw(CLAIMS[0], VERSIONS), history.alternative(CLAIMS[0], VERSIONS)),
    ]
    for picture, said in pairs:
        assert tree(picture).findtext(f"{SVG}desc") == said


def test_the_same_report_gives_the_same_bytes(pictures):
    for module in (forest, directions, prisma, timeline, history):
        module._drawn.cache_clear()
    assert every_picture(*copy.deepcopy(VERSIONS)) == pictures


def test_every_study_of_a_claim_is_named_in_its_picture():
    names = {"pmid:1": "Alder", "pmid:2": "Cedar", "pmid:3": "Hazel", "pmid:4": "Juniper",
             "pmid:5": "Larch", "doi:10.0000/made.up.6": "Oak"}  # fmt: skip
    for conclusion in VERSIONS[1]["conclusions"]:
        if figures.has_figure(conclusion):
            picture = figures.draw(conclusion, RECORDS)
            shown, told = " ".join(texts(picture)), figures.alternative(conclusion, RECORDS)
            for item in conclusion["evidence"]:
                assert names[item["records"][0]] in shown
                assert names[item["records"][0]] in told


def test_every_ink_turns_on_a_dark_page(pictures):
    for name, picture in pictures.items():
        root = tree(picture)
        sheet = root.findtext(f"{SVG}style")
        assert "prefers-color-scheme:dark" in sheet
        for element in root.iter():
            for key in ("fill", "stroke"):
                ink = element.get(key, "none")
                if COLOUR.match(ink):
                    assert ink in DARK, name
                    assert f'[{key}="{ink}"]' in sheet, name
                assert element.tag != f"{SVG}text" or element.get("fill"), name


def places(picture):
    """Each text with its line, its left and its right end in the letters of a phone."""
    for element in tree(picture).iter(f"{SVG}text"):
        bold = element.get("font-weight") == "700"
        wide = room_of(element.text, float(element.get("font-size")), bold=bold)
        share = {"middle": 0.5, "end": 1.0}.get(element.get("text-anchor"), 0.0)
        left = float(element.get("x")) - share * wide
        yield float(element.get("y")), left, left + wide, element.text


def assert_nothing_overlaps(picture):
    found = sorted(places(picture))
    for place, (y, left, right, said) in enumerate(found):
        assert left >= -1, said
        assert right <= WIDTH + 1, said
        for below, start, end, other in found[place + 1 :]:
            assert below - y > 5 or end <= left or start >= right, (said, other)


def test_no_text_runs_into_another_or_out_even_in_the_letters_of_a_phone(
    pictures, hostile_pictures
):
    for picture in (*pictures.values(), *hostile_pictures.values()):
        assert_nothing_overlaps(picture)


def test_hostile_names_are_shown_as_text_and_cut_short(hostile_pictures):
    for name, picture in hostile_pictures.items():
        assert len(picture) < 25_000, name
        assert not [e for e in tree(picture).iter() if e.tag == f"{SVG}script"], name
        assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e]", picture.decode()), name
    shown = figures.draw(of("pain-vs-placebo", hostile_report()), hostile_report()["records"])
    assert any(text.startswith("<script>alert('x')") for text in texts(shown))


def test_a_name_in_another_script_or_with_a_dollar_is_drawn_as_it_is():
    for author in ("坐骨神经痛研究组", "مجموعة", "$x^2$ a"):
        records = {**RECORDS, "pmid:1": {**RECORDS["pmid:1"], "authors": [author]}}
        shown = texts(figures.draw(of("pain-vs-placebo"), records))
        assert any(text.startswith(author) for text in shown)


def test_text_that_is_cut_fits_and_says_that_it_was_cut():
    assert fitted("short", 200, 11) == "short"
    cut = fitted("x" * 20_000, 100, 11)
    assert cut.endswith("…")
    assert room_of(cut, 11) <= 100


def directed(direction):
    item = evidence("spinal-glia", "s1", "pmid:1", direction)
    weighed = Conclusion(
        claim="spinal-glia", statement="S.", direction="uncertain", certainty="low", wording="W.",
        method="direction_counts", studies=1, participants=0, evidence=(item,),
    )  # fmt: skip
    return report(conclusions=[weighed])["conclusions"][0]


def test_what_studies_found_is_told_apart_without_colour():
    kinds = ("favours_intervention", "no_difference", "favours_comparator", "mixed_unclear")
    seen = {drawn(directions.draw(directed(kind), RECORDS)) for kind in kinds}
    assert len(seen) == len(kinds)


def one_claim(direction, certainty="low", classes=()):
    return {
        "version": "1.0.0", "as_of": "2020-01-01",
        "conclusions": [{"claim": "c", "label": "C", "group": "people", "statement": "S.",
                         "direction": direction, "certainty": certainty}],
        "changes": [{"claim": "c", "class": name, "records": []} for name in classes],
        "records": {},
    }  # fmt: skip


def test_what_was_concluded_is_told_apart_without_colour():
    states = ("benefit", "little_or_none", "harm", "uncertain", "no_evidence", None)
    for draw in (timeline.draw, lambda told: history.draw("c", told)):
        assert len({drawn(draw([one_claim(state)])) for state in states}) == len(states)


def test_certainty_and_marks_are_told_apart_without_colour():
    levels = {drawn(timeline.draw([one_claim("benefit", level)]))
              for level in ("very_low", "low", "moderate", "high")}  # fmt: skip
    marks = {drawn(timeline.draw([one_claim("benefit", classes=classes)]))
             for classes in ((), ("CHANGED",), ("SIGNAL",))}  # fmt: skip
    assert (len(levels), len(marks)) == (4, 3)


# Forest plots.


def test_a_pool_is_shown_with_its_interval_its_prediction_and_how_studies_differ():
    shown = " ".join(texts(figures.draw(of("pain-vs-placebo"), RECORDS)))
    for said in (
        "Pooled", "k = 3, I² 64 %, τ² 0.21", "−0.47 to 1.31", "−2.06 to 2.90",
        "The pool as it grew", "too small to matter, up to 1 point of 10",
    ):  # fmt: skip
        assert said in shown


def test_a_prediction_interval_is_turned_the_way_of_benefit():
    pool = of("pain-vs-placebo")["pool"]
    low, high = pools.predicted(pool)
    assert (round(low, 2), round(high, 2)) == (-pool["pi_high"], -pool["pi_low"])
    assert pools.predicted({**pool, "pi_low": None}) is None


def test_a_pool_of_two_is_drawn_and_said_not_to_be_used():
    placebo = of("pain-vs-placebo")
    two = {**placebo, "pool": {**placebo["pool"], "k": 2, "used": False, "pi_low": None}}
    assert "Pool of two, not used" in texts(forest.draw(two, RECORDS))
    assert "shown and not used" in forest.alternative(two, RECORDS)


def test_how_a_pool_grew_is_told_study_by_study():
    placebo = of("pain-vs-placebo")
    assert [text for text in texts(forest.draw(placebo, RECORDS)) if text.startswith("+")] == [
        "+ Alder 2003", "+ Cedar 2009", "+ Hazel 2016",
    ]  # fmt: skip
    assert "1 by 31 May 2003: 1.30 points of 10 better" in forest.alternative(placebo, RECORDS)


def test_a_report_of_before_growth_was_kept_is_drawn_without_it():
    placebo = {key: value for key, value in of("pain-vs-placebo").items() if key != "cumulative"}
    assert "The pool as it grew" not in texts(figures.draw(placebo, RECORDS))


def test_one_number_alone_compares_with_nothing_and_is_no_forest():
    assert forest.compares(of("pain-vs-placebo"))
    assert not forest.compares(of("harms-vs-placebo"))
    assert "▲ better" in texts(figures.draw(of("harms-vs-placebo"), RECORDS))


# Pictures over versions.


def test_the_timeline_has_a_row_for_each_claim_under_its_group():
    shown = texts(timeline.draw(VERSIONS))
    assert [text for text in shown if text in (
        "In patients", "Leg pain vs placebo", "In experimental models", "Ectopic discharge",
        "On the evidence itself", "Evidence quality",
    )] == ["In patients", "Leg pain vs placebo", "In experimental models", "Ectopic discharge",
           "On the evidence itself", "Evidence quality"]  # fmt: skip


def test_the_timeline_in_words_says_what_held_since_when_and_what_changed():
    said = timeline.alternative(VERSIONS)
    assert (
        "Leg pain vs pregabalin: benefit, very low certainty from version 2.1.0 "
        "(31 December 2015); little or no difference, low certainty from version 3.0.0 "
        "(31 December 2024); changed in 3.0.0."
    ) in said


def test_a_claim_without_a_group_and_one_given_up_keep_their_rows():
    old = copy.deepcopy(VERSIONS[0])
    for conclusion in old["conclusions"]:
        del conclusion["group"]
    old["conclusions"].append({**old["conclusions"][0], "claim": "given-up", "label": "Given up"})
    shown = texts(timeline.draw([old, VERSIONS[1]]))
    assert {"Other claims", "Given up", "Leg pain vs placebo"} <= set(shown)


def test_fifty_versions_have_ticks_and_only_the_names_there_is_room_for():
    days = [date(2000 + n // 2, 1 + 6 * (n % 2), 1) for n in range(1, 51)]
    told = [
        {**one_claim("benefit"), "version": f"{n}.0.0", "as_of": str(day)}
        for n, day in enumerate(days, start=1)
    ]
    names = [text for text in texts(timeline.draw(told)) if text.endswith(".0.0")]
    assert {"1.0.0", "50.0.0"} <= set(names)
    assert 5 < len(names) < 20


def test_without_a_version_the_timeline_says_so():
    assert "No version has been published." in texts(timeline.draw([]))


def test_a_history_names_the_records_that_moved_the_claim_at_their_version():
    shown = texts(history.draw("pain-vs-pregabalin", VERSIONS))
    assert "3.0.0, 2024-12-31: Larch 2024" in shown
    assert "3.0.0 by Larch 2024" in history.alternative("pain-vs-pregabalin", VERSIONS)


def test_many_records_are_counted_where_they_cannot_all_be_named():
    said = history.fitting([f"Somebody {n}" for n in range(40)], 300)
    assert re.fullmatch(r"Somebody 0, .* and \d+ more", said)


def test_a_claim_that_no_version_has_has_no_history():
    assert history.draw("never-asked", VERSIONS) is None
    assert history.alternative("never-asked", VERSIONS) == ""


def test_estimates_on_two_units_compare_in_differences_that_matter():
    def pooled(unit, benefit, mid):
        effect = {
            "unit": unit,
            "mid": mid,
            "benefit": benefit,
            "benefit_low": 0.0,
            "benefit_high": 2.0,
        }
        told = one_claim("benefit")
        told["conclusions"][0]["effect"] = effect
        return told

    same = by_version("c", [pooled("0-10", 1.0, 1.0), pooled("0-10", 2.0, 1.0)])
    assert [effect["benefit"] for effect in same.values()] == [1.0, 2.0]
    mixed = by_version("c", [pooled("SMD", 1.0, 0.5), pooled("0-10", 1.0, 1.0)])
    assert [(e["benefit"], e["unit"]) for e in mixed.values()] == [(2.0, IN_MIDS), (1.0, IN_MIDS)]
    unsized = by_version("c", [pooled("SMD", 1.0, None), pooled("0-10", 1.0, 1.0)])
    assert list(unsized) == [1]


# The flow.


def test_the_flow_tells_totals_and_what_this_version_added():
    before = {**VERSIONS[1]["flow"], "identified": 375, "included_studies": 25,
              "excluded": {"population": 210, "design": 96, "age": 2}}  # fmt: skip
    shown = texts(prisma.draw(report(previous_flow=before)))
    for said in ("412", "+37", "Version 2.1.0", "25 studies", "237", "+27", "age", "−2"):
        assert said in shown


def test_the_first_version_has_totals_only():
    told = report(previous_version=None)
    assert not [text for text in texts(prisma.draw(told)) if text.startswith(("+", "−"))]
    del told["flow_before"]  # as in versions published before it was kept
    assert prisma.draw(told) == prisma.draw(report(previous_version=None))


def test_a_long_reason_is_broken_and_stays_in_its_box():
    reason = "the participants were not adults with pain of the leg for at least three months"
    flow = {**VERSIONS[1]["flow"], "excluded": {reason: 12_345, "x" * 300: 5}}
    picture = prisma.draw(report(flow=flow, previous_flow=flow))
    assert_nothing_overlaps(picture)
    said = " ".join(texts(picture))
    assert all(word in said for word in reason.split())
    assert reason in prisma.alternative(report(flow=flow)).lower()


def test_the_flow_and_a_claim_of_its_name_have_files_of_their_own():
    names = {figures.file_name(claim) for claim in ("prisma", "Prisma", "prisma-", "pain")}
    assert len(names) == 4
    assert not {name for name in names if name.lower() == figures.FLOW}
    assert HOSTILE not in names
