"""What people asked for, and what is safe for them, against every way of reaching them: a table, and rules written apart from it."""

from hypothesis import given
from hypothesis import strategies as st

from portal.complaints.wishes import EASIER
from portal.rules.care import ASKED, SAFETY, Demand, Way, demands, forms_wanted, unmet

WISHES = st.sets(st.sampled_from(sorted(EASIER)))
LIMITS = st.sets(st.sampled_from(sorted(SAFETY)))
WAYS = st.sampled_from(list(Way))
SPEAKING = (Way.CALL, Way.VISIT, Way.MEETING)
LETTERS = (Way.PAGE, Way.EMAIL, Way.POST)


def broken(wishes: set[str], limits: set[str], way: Way, kept: set[str]) -> bool:
    """Whether reaching somebody so goes against what they said, in the plain words of the page on which they said it."""
    return any((
        way in SPEAKING and "write_to_me" in wishes,
        way in SPEAKING and bool({"language", "sign_language", "time_of_day", "same_person", "supporter", "other"} & wishes - kept),
        way is Way.VISIT and "knock" in wishes - kept,
        way in (Way.MEETING, Way.PANEL) and "step_free" in wishes - kept,
        way is Way.PANEL and bool({"language", "sign_language", "more_time", "write_to_me", "time_of_day", "supporter", "other"} & wishes - kept),
        way in (Way.PAGE, Way.EMAIL) and "plain_text" in wishes - kept,
        way in LETTERS and bool({"easy_read", "other_format", "braille", "language", "sign_language", "speak_to_me"} & wishes - kept),
        way is Way.POST and "large_print" in wishes - kept,
        way is Way.EMAIL and "not_email" in limits,
        way is Way.POST and "not_post" in limits,
        way is Way.TEXT and "not_texts" in limits,
        way is Way.CALL and "not_phone" in limits,
        way in (Way.VISIT, Way.MEETING) and "website_only" in limits,
        way is Way.CALL and bool({"times", "no_voicemail", "short_voicemail", "say_nothing"} & limits - kept),
    ))


@given(WISHES, LIMITS, WAYS, WISHES | LIMITS)
def test_item_60_whatever_somebody_asked_for_nothing_that_goes_against_it_passes_for_kept(wishes: set[str], limits: set[str], way: Way, kept: set[str]) -> None:
    assert bool(unmet(way, wishes | limits, kept)) is broken(wishes, limits, way, kept)


@given(WISHES, LIMITS, WAYS)
def test_somebody_who_kept_to_all_that_can_be_kept_is_stopped_only_by_what_must_not_be(wishes: set[str], limits: set[str], way: Way) -> None:
    asked = demands(way, wishes | limits)
    assert unmet(way, wishes | limits, set(asked)) == sorted(name for name, demand in asked.items() if demand in (Demand.NOT_SO, Demand.NEVER))


def test_every_answer_on_the_form_has_a_row_and_no_row_is_of_anything_else() -> None:
    assert set(ASKED) == set(EASIER)
    assert not set(ASKED) & set(SAFETY)
    assert {name for name, row in {**ASKED, **SAFETY}.items() if not row} == {"nothing"}


def test_no_way_but_a_letter_has_a_form() -> None:
    for way in Way:
        assert bool(forms_wanted(way, ASKED)) is (way in LETTERS)
