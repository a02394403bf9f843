"""What a complaint can be found by; both databases answer alike, whatever is typed (decision 20)."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, text

from portal import db
from portal.access import Role, Viewer
from portal.complaints import operations, searching
from portal.complaints.models import Complaint
from portal.complaints.people import Person
from portal.complaints.references import new_code
from portal.db import Register
from tests.town import Town

TOLD = {
    "Samira Haddad": "Rain comes through the bedroom ceiling.",
    "Łukasz O’Brien-Żak": "The lift is broken. My mother isn't able to leave.",
    "سميرة حداد": "المصعد معطل منذ أسبوعين",
    "李伟": "电梯坏了两个星期",
    "51E0ZK Straße": "Room 12a at 1e5 Quarry Bank: www.example.org/damp-and-mould",
}
FOUND: dict[str, set[str]] = {
    "rain": {"Samira Haddad"},
    "RAIN bed": {"Samira Haddad"},
    "bed rain haddad": {"Samira Haddad"},
    "rain lift": set(),
    "ain": set(),
    "lukasz": {"Łukasz O’Brien-Żak"},
    "OBrien zak": {"Łukasz O’Brien-Żak"},
    "o'brien": {"Łukasz O’Brien-Żak"},
    "isn’t": {"Łukasz O’Brien-Żak"},
    "حداد": {"سميرة حداد"},
    "المصع": {"سميرة حداد"},
    "电梯": {"李伟"},
    "两个": {"李伟"},
    "strasse": {"51E0ZK Straße"},
    "51e0": {"51E0ZK Straße"},
    "1e5": {"51E0ZK Straße"},
    "12a": {"51E0ZK Straße"},
    "mould": {"51E0ZK Straße"},
    "quarry": set(TOLD),
}
HOSTILE = (
    "rain' OR 1=1 --", 'rain" OR "lift', "rain AND lift", "rain OR lift", "NOT rain", "NEAR(rain lift)", "rain*", "^rain", "{search_text}: rain",
    "search_text:rain", "rain & !lift", "rain:*", "rain <-> comes", "%", "_", "r_in", "ra%n", "\x00rain", "rain\x00", "\ud800rain",
    "\u202erain", "rain " * 5000, "x" * 100_000, "' ; DROP TABLE complaint; --", "(", ")", '"', "''", "\\", "rain\\", "1e5", "²³", "🔥",
)  # fmt: skip


@pytest.fixture
def told(town: Town) -> dict[str, Complaint]:
    """One open complaint of each person, and an archived one beside it."""
    made = {}
    for name, words in TOLD.items():
        made[name] = town.complains(words, name=name, code=new_code())
        ended = town.complains(words, name=name, code=new_code())
        with town.writing():
            operations.withdraw(ended, by=town.resident(ended))
    town.register.rollback()
    return made


def names(register: Register, question: str, *, archive: bool, viewer: Viewer) -> set[str]:
    """Whose complaints are found."""
    find = searching.find_ended if archive else searching.find_open
    found = find(register, viewer, searching.asked(question))
    return {row.name for row in found.rows}


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("archive", [False, True], ids=["open", "archive"])
def test_words_names_homes_and_references_are_found_by_their_beginnings(town: Town, archive: bool) -> None:
    viewer = town.viewer(Role.HANDLER)
    for question, expected in FOUND.items():
        assert names(town.register, question, archive=archive, viewer=viewer) == expected, question


def test_each_complaint_is_found_by_its_reference_or_the_beginning_of_it(town: Town, told: dict[str, Complaint]) -> None:
    viewer = town.viewer(Role.HANDLER)
    for name, complaint in told.items():
        for typed in (complaint.reference, complaint.reference.lower(), complaint.reference[:7]):
            assert name in names(town.register, typed, archive=False, viewer=viewer)
    ended = town.register.scalars(select(Complaint).where(Complaint.next_due.is_(None))).first()
    assert ended is not None
    assert names(town.register, ended.reference, archive=True, viewer=viewer) == {ended.resident.name}


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("archive", [False, True], ids=["open", "archive"])
def test_whatever_is_typed_is_words_to_look_for_and_never_part_of_the_question(town: Town, archive: bool) -> None:
    viewer = town.viewer(Role.HANDLER)
    kept = {
        complaint.resident.name: f"{complaint.reference} {complaint.resident.name} {complaint.words} 14 Quarry Bank Thornby TH4 0ZZ"
        for complaint in town.register.scalars(select(Complaint).where(Complaint.next_due.is_(None) == archive))
    }
    for question in HOSTILE:
        words = searching.asked(question)
        expected = {name for name, text in kept.items() if holds(text, words)}
        if words or not archive:
            assert names(town.register, question, archive=archive, viewer=viewer) == expected, question
    assert town.register.query(Complaint).count() == 2 * len(TOLD)


def holds(text: str, words: list[str]) -> bool:
    """The plainest way to say it: every word looked for begins a word of the text."""
    return all(any(kept.startswith(word) for kept in searching.words_in(text)) for word in words)


LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)
SAID = st.one_of(LETTERS, st.text("0123456789eEzk .-'’", max_size=30), st.text("abÅß漢字ก١ْ \u0301", max_size=30))


@pytest.mark.usefixtures("told")
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@example(words="9E0K1 12e45", question="9e0k1")
@given(words=SAID, question=SAID)
def test_on_both_databases_a_complaint_is_found_when_every_word_begins_one_of_its_own(
    town: Town, words: str, question: str
) -> None:
    ended = town.register.scalars(select(Complaint).where(Complaint.next_due.is_(None))).first()
    assert ended is not None
    number, asked = ended.id, searching.asked(question)
    with db.transaction(town.register):
        found = town.register.get_one(Complaint, number)
        found.words = words
        searching.make_findable(found)
        kept = " ".join(found.search_text.split())
    rows = searching.find_ended(town.register, town.viewer(Role.HANDLER), asked).rows
    assert (number in {row.id for row in rows}) == holds(kept, asked)
    town.register.rollback()


def test_a_story_of_fifty_thousand_signs_can_be_kept_and_found(town: Town) -> None:
    story = "".join(chr(0x4E00 + n % 20_000) for n in range(50_000))
    town.complains(story, name="Long Story", code=new_code())
    with town.writing():
        ended = town.complains(" ".join(f"w{n}" for n in range(9_000)), name="Many Words", code=new_code())
    assert names(town.register, chr(0x4E00 + 7), archive=False, viewer=town.viewer(Role.HANDLER)) == {"Long Story"}
    assert len(ended.search_text) <= searching.LONGEST_TEXT


def test_a_person_matched_to_a_record_is_found_by_both_names(town: Town) -> None:
    first = town.complains(name="Samira Haddad", code=new_code())
    second = town.complains(name="Quill Hopper", code=new_code())
    with town.writing():
        operations.match_person(second, by=town.viewer(Role.TRIAGE), person=first.resident.person, landlord_record="")
    found = searching.find_open(town.register, town.viewer(Role.HANDLER), searching.asked("Hopper Haddad"))
    assert [row.id for row in found.rows] == [second.id]


@pytest.mark.usefixtures("told")
def test_a_search_finds_only_what_the_viewer_may_see(town: Town) -> None:
    for role in (Role.NOBODY, Role.COLLEAGUE):
        viewer = Viewer(role, staff_id=town.staff[Role.COLLEAGUE].id if role is Role.COLLEAGUE else None)
        for archive in (False, True):
            assert names(town.register, "quarry", archive=archive, viewer=viewer) == set()
        assert searching.how_many(town.register, viewer, ["quarry"], is_open=True) == 0


def test_what_is_sealed_is_not_among_what_can_be_found(town: Town) -> None:
    complaint = town.complains(
        safe_contact={"channels": ["portal"], "times": "CANARYONE"},
        adjustments={"kinds": ["large_print"], "words": "CANARYTWO"},
    )
    assert "canary" not in complaint.search_text


def test_what_is_kept_is_what_the_normaliser_makes_and_the_index_holds_it(
    town: Town, told: dict[str, Complaint], engine: Engine
) -> None:
    for complaint in town.register.scalars(select(Complaint)):
        assert complaint.search_text == searching.text_of(complaint)
    town.register.rollback()
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO complaint_search (complaint_search, rank) VALUES ('integrity-check', 1)"))


def test_what_was_erased_is_gone_from_the_index_once_it_is_built_again(town: Town, told: dict[str, Complaint]) -> None:
    ended = town.register.scalars(select(Complaint).where(Complaint.next_due.is_(None))).first()
    assert ended is not None
    name = ended.resident.name_as_given
    with town.writing():
        town.register.get_one(Complaint, ended.id).search_text = ""
        town.register.flush()
        searching.rebuild(town.register)
    assert name not in names(town.register, name, archive=True, viewer=town.viewer(Role.HANDLER))
    assert town.register.query(Person).count() > 0


@pytest.mark.usefixtures("told")
def test_the_archive_is_found_newest_first_a_page_at_a_time(town: Town) -> None:
    viewer = town.viewer(Role.HANDLER)
    for _ in range(30):
        ended = town.complains("Gutter", code=new_code())
        with town.writing():
            operations.withdraw(ended, by=town.resident(ended))
    first = searching.find_ended(town.register, viewer, ["gutter"])
    second = searching.find_ended(town.register, viewer, ["gutter"], after=first.rows[-1].id)
    back = searching.find_ended(town.register, viewer, ["gutter"], before=second.rows[0].id)
    numbers = [row.id for row in (*first.rows, *second.rows)]
    assert numbers == sorted(set(numbers), reverse=True) and len(numbers) == 30
    assert [row.id for row in back.rows] == [row.id for row in first.rows]
    assert searching.how_many(town.register, viewer, ["gutter"], is_open=False) == 30
