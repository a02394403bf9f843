"""Several homes, one cause: one letter written once, each home's own looked at and sent, and nobody learns of a neighbour (ruling 3)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.neighbours import told_of
from portal.complaints.record import ReadEvent
from portal.complaints.references import groups, new_code
from portal.complaints.settings import Service
from portal.complaints.verify import first_fault
from portal.letters.structure import as_text
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import CheckingClient, words_of
from tests.staff.conftest import SignIn
from tests.town import Town, answering

SEND, PUT_IN = "Send these letters", "Put the words in"
MONDAY, TUESDAY = date(2026, 5, 11), date(2026, 5, 12)
HOMES: tuple[tuple[str, str, dict[str, Any], dict[str, Any]], ...] = (
    ("Edna Marsh", "2 Low Row\nThornby", {"channels": ["email"], "email": "edna@mail.example"}, {}),
    ("Tom Okoro", "3 Low Row\nThornby", {"channels": ["post"], "post": "3 Low Row\nThornby"}, {"kinds": ["large_print"], "words": ""}),
    ("Leila Nasser", "4 Low Row\nThornby", {"channels": ["portal"]}, {}),
)
WRITTEN: dict[str, Any] = {
    "points": [{"number": 1, "text": "The stairs have had no light since March.", "responsibility": "ours"}],
    "outcomes": ["A light on the stairs"], "outcomes_asked_on": None,
}  # fmt: skip


@pytest.fixture
def homes(town: Town) -> Iterator[list[Complaint]]:
    """Three homes of one stair, each with the handler, tied as one cause; today is Tuesday."""
    made = []
    with clock.at(MONDAY):
        for name, address, safe, wish in HOMES:
            one = town.complains("No light on the stairs.", code=new_code(), name=name, address=address, safe_contact=safe, adjustments=wish)
            town.given_to(one)
            town.triaged(one)
            made.append(one)
    with clock.at(TUESDAY):
        first, second, third = made
        with town.writing():
            operations.tie([first, second], by=town.viewer(Role.TRIAGE))
        with town.writing():
            operations.tie([first, second, third], by=town.viewer(Role.TRIAGE))
        yield made


def at(home: Complaint, then: str = "/cause/acknowledgement") -> str:
    return f"/staff/complaints/{home.reference}{then}"


def writes(town: Town, home: Complaint, written: dict[str, Any], kind: str = "acknowledgement") -> None:
    """The handler writes for one home."""
    with town.writing():
        saved = home.draft(kind, home.stage_for(kind))
        operations.save_writing(home, kind, written, by=town.viewer(Role.HANDLER), seen=saved.version if saved else 0)


def copies(browser: CheckingClient, home: Complaint, others: list[Complaint], then: str = "/cause/acknowledgement") -> Any:
    return browser.send(at(home, then), {"homes": [str(one.id) for one in others]}, form=PUT_IN)


def again(town: Town, *homes: Complaint) -> None:
    town.register.rollback()
    town.register.expire_all()


def kinds(home: Complaint) -> list[str]:
    return [letter.kind for letter in home.letters]


def test_ruling_3_written_once_each_home_gets_a_letter_of_its_own_in_one_press(town: Town, signed_in: SignIn, homes: list[Complaint]) -> None:
    first, second, third = homes
    writes(town, first, WRITTEN)
    browser = signed_in(Role.HANDLER)
    page = words_of(browser.page(at(first)))
    assert "Nothing is written for this home yet." in page and "Letters in large print" in page
    assert copies(browser, first, [second, third]).location == at(first)
    page = words_of(browser.page(at(first)))
    assert page.count("Ready") == 3 and all(f"Read {name}’s letter" in page for name, *_rest in HOMES)
    assert browser.send(at(first), {}, form=SEND).location == at(first, "")
    again(town)
    for home in homes:
        letter = home.letters[-1]
        assert letter.kind == "acknowledgement" and letter.body["to"][0] == home.resident.name
        assert " ".join(groups(home.reference)) == letter.body["reference"] or groups(home.reference)[0] in letter.body["reference"]
        assert [one.step for one in home.happenings].count(Step.ACKNOWLEDGED) == 1
    assert [(issue.channel, issue.form) for issue in second.letters[-1].issues] == [("post", "large_print")], "made as they asked"
    assert first_fault(town.register) is None
    again(town)
    assert browser.send(at(first), {}, form=PUT_IN).status_code in (303, 422)
    again(town)
    assert all(kinds(home).count("acknowledgement") == 1 for home in homes)


def test_ruling_3_no_letter_holds_a_word_of_a_neighbour(town: Town, signed_in: SignIn, homes: list[Complaint]) -> None:
    first, *others = homes
    writes(town, first, WRITTEN)
    browser = signed_in(Role.HANDLER)
    copies(browser, first, others)
    browser.send(at(first), {}, form=SEND)
    again(town)
    for home in homes:
        said = as_text(home.letters[-1].body)
        assert "no light" in said
        for other in homes:
            if other is not home:
                assert not [told for told in (*told_of(other), *other.resident.name.split(), other.resident.home_as_given) if told in said]


@pytest.mark.parametrize(
    "names", ["Mrs Marsh told us first.", "Edna had no light.", "See 2 Low Row.", "We wrote to edna@mail.example too.", "As Edna Marsh says."]
)
def test_ruling_3_a_letter_that_names_a_neighbour_does_not_go_and_says_what_to_take_out(names: str, town: Town, signed_in: SignIn, homes: list[Complaint]) -> None:
    first, second, third = homes
    writes(town, first, {**WRITTEN, "outcomes": [names]})
    browser = signed_in(Role.HANDLER)
    copies(browser, first, [second, third])
    page = words_of(browser.page(at(first)))
    assert page.count("It names somebody or something of another home") == 2 and page.count("Not ready") == 2
    assert browser.send(at(first), {}, form=SEND).status_code == 303
    again(town)
    assert "acknowledgement" in kinds(first), "that is their own"
    assert "acknowledgement" not in kinds(second) + kinds(third)


def test_of_letters_sent_at_once_all_go_or_none_where_one_was_changed_meanwhile(town: Town, signed_in: SignIn, homes: list[Complaint]) -> None:
    first, second, third = homes
    writes(town, first, WRITTEN)
    browser = signed_in(Role.HANDLER)
    copies(browser, first, [second, third])
    again(town)
    values = [f"{home.id}.{home.version}.{draft.version}" for home in homes if (draft := home.draft("acknowledgement", 1))]
    writes(town, third, {**WRITTEN, "outcomes": ["Two lights"]})
    answer = browser.send(at(first), {"ready": values}, form=SEND)
    assert answer.status_code in (409, 422) and "Somebody changed one of these letters after you read them." in words_of(answer.get_data(as_text=True))
    again(town)
    assert not [home for home in homes if "acknowledgement" in kinds(home)]


def test_nothing_is_sent_at_once_that_has_not_one_cause(town: Town, homes: list[Complaint]) -> None:
    with clock.at(MONDAY):
        stranger = town.complains("No light.", code=new_code(), name="Ada Birch", address="9 High Row")
        town.given_to(stranger)
        town.triaged(stranger)
    writes(town, homes[0], WRITTEN)
    writes(town, stranger, WRITTEN)
    by = town.viewer(Role.HANDLER)
    with pytest.raises(RuleBroken, match="Only what has the same cause"), town.writing():
        operations.copy_writing(homes[0], [stranger], "acknowledgement", by=by)
    seen = {home.id: (home.version, 1) for home in (homes[0], stranger)}
    with pytest.raises(RuleBroken, match="Only what has the same cause"), town.writing():
        operations.send_together([homes[0], stranger], "acknowledgement", homes, by=by, seen=seen)
    with pytest.raises(RuleBroken, match="Only what has the same cause"), town.writing():
        operations.send_together([stranger], "acknowledgement", [stranger], by=by, seen=seen)


def test_a_home_that_somebody_else_answers_is_neither_written_to_nor_sent(town: Town, signed_in: SignIn, homes: list[Complaint]) -> None:
    first, second, third = homes
    with town.writing():
        operations.assign(third, town.staff[Role.SENIOR], by=town.viewer(Role.MANAGER), interest="None")
    writes(town, first, WRITTEN)
    browser = signed_in(Role.HANDLER)
    assert "It is not yours to send." in words_of(browser.page(at(first)))
    assert copies(browser, first, [second, third]).status_code == 422
    assert copies(browser, first, [second]).status_code == 303
    browser.send(at(first), {}, form=SEND)
    again(town)
    assert "acknowledgement" in kinds(second) and "acknowledgement" not in kinds(third)


def test_the_answer_follows_each_point_of_the_same_words_and_leaves_the_others_to_be_written(town: Town, signed_in: SignIn, homes: list[Complaint]) -> None:
    first, second, third = homes
    own = {**WRITTEN, "points": [*WRITTEN["points"], {"number": 2, "text": "Her lift stood still.", "responsibility": "ours"}]}
    for home, written in ((first, WRITTEN), (second, WRITTEN), (third, own)):
        with town.writing():
            letter = operations.acknowledge(home, written, by=town.viewer(Role.HANDLER))
            for issue in letter.issues:
                if issue.state == "waiting":
                    operations.mark_issued(home, issue, by=town.viewer(Role.TRIAGE))
    said = answering(1)
    point = said["points"][0] | {"text": WRITTEN["points"][0]["text"]}
    writes(town, first, {**said, "points": [point], "actions": []}, "response")
    browser = signed_in(Role.HANDLER)
    assert copies(browser, first, [second, third], "/cause/response").status_code == 303
    page = words_of(browser.page(at(first, "/cause/response")))
    assert page.count("Not ready") == 1 and "Something is still missing" in page
    assert browser.send(at(first, "/cause/response"), {}, form=SEND).status_code == 303
    again(town)
    assert [("response" in kinds(home)) for home in homes] == [True, True, False]
    assert [one.reasons for one in second.answers] == [point["reasons"]]


def test_staff_tie_homes_by_reference_and_nobody_is_told(town: Town, signed_in: SignIn) -> None:
    with clock.at(MONDAY):
        one = town.complains("No light.", code=new_code(), name="Edna Marsh", address="2 Low Row")
        other = town.complains("No light.", code=new_code(), name="Tom Okoro", address="3 Low Row")
        letters = [len(each.letters) for each in (one, other)]
        lewis = signed_in(Role.TRIAGE)
        for typed in ("", "nonsense", one.reference, "7K4QM2XD0"):
            assert lewis.send(at(one, "/cause"), {"reference": typed}).status_code == 422
        assert lewis.send(at(one, "/cause"), {"reference": " ".join(groups(other.reference))}).location == at(one, "")
        page = words_of(lewis.page(at(other, "")))
    assert "One of 2 complaints with one cause" in page and "has the same cause as the complaint of another home" in page
    again(town)
    assert [len(each.letters) for each in (one, other)] == letters


def test_two_of_one_person_are_joined_and_not_tied(town: Town, homes: list[Complaint]) -> None:
    with town.writing():
        homes[1].resident.person = homes[0].resident.person
    with pytest.raises(RuleBroken, match="joined with one another"), town.writing():
        operations.tie(homes[:2], by=town.viewer(Role.TRIAGE))


@pytest.fixture
def elsewhere(town: Town, homes: list[Complaint]) -> Complaint:
    """A fourth home of the stair, which another team has, with a letter begun."""
    with town.writing():
        lettings = Service(name="Lettings")
        town.register.add(lettings)
        town.register.flush()
        theirs = town._staff("Lettings Handler", [Role.HANDLER], teams=[lettings])
    with clock.at(MONDAY):
        made = town.complains("Zebra paint on the stairs.", code=new_code(), name="Ines Falk", address="5 Low Row", adjustments={"kinds": ["large_print"], "words": ""})
        town.triaged(made)
    with town.writing():
        made.service_id = lettings.id
        operations.assign(made, theirs, by=town.viewer(Role.MANAGER), interest="None")
        operations.tie([*homes, made], by=town.viewer(Role.MANAGER))
    writes(town, made, {**WRITTEN, "outcomes": ["A zebra"]})
    again(town)
    return made


def test_IN1_a_home_of_another_team_is_a_reference_alone_until_somebody_says_why(
    town: Town, signed_in: SignIn, homes: list[Complaint], elsewhere: Complaint
) -> None:
    handler = signed_in(Role.HANDLER)
    page = words_of(handler.page(at(homes[0])))
    assert not [word for word in ("Ines", "Falk", "zebra", "5 Low Row", "large print") if word in page.replace("Letters in large print", "", 1)]
    assert " ".join(groups(elsewhere.reference)) in page and "It is another team’s. Say why you open it" in page
    last = town.register.scalars(select(ReadEvent).order_by(ReadEvent.id.desc())).first()
    assert last is not None and str(elsewhere.id) not in (last.listed or "").split(","), "it was not read"
    assert handler.send(at(elsewhere, "/why"), {"reason": "It is one stair."}).status_code == 303
    page = words_of(handler.page(at(homes[0])))
    assert "Ines Falk" in page and "Say why you open it" not in page
    assert "Ines Falk" in words_of(signed_in(Role.MANAGER).page(at(homes[0]))), "managers are never asked"


def test_IN1_nothing_is_put_into_the_letter_of_another_team_s_home_by_who_has_not_said_why(
    town: Town, signed_in: SignIn, homes: list[Complaint], elsewhere: Complaint
) -> None:
    writes(town, homes[0], WRITTEN)
    triage = signed_in(Role.TRIAGE)
    assert "Ines" not in words_of(triage.page(at(homes[0])))
    sent = copies(triage, homes[0], [elsewhere])
    assert sent.status_code == 422 and "Choose one of the answers" in words_of(sent.get_data(as_text=True))
    again(town)
    draft = elsewhere.draft("acknowledgement", 1)
    assert draft is not None and draft.written["outcomes"] == ["A zebra"]


def test_IN1_no_letter_of_another_team_s_home_is_sent_by_who_has_not_said_why_even_where_its_number_is_known(
    town: Town, signed_in: SignIn, homes: list[Complaint], elsewhere: Complaint
) -> None:
    writes(town, homes[0], WRITTEN)
    triage, draft = signed_in(Role.TRIAGE), elsewhere.draft("acknowledgement", 1)
    assert draft is not None
    known = f"{elsewhere.id}.{elsewhere.version}.{draft.version}"
    sent = triage.send(at(homes[0]), {"ready": [known]}, form=SEND)
    assert sent.status_code == 422 and "Only what has the same cause" in words_of(sent.get_data(as_text=True))
    again(town)
    assert "acknowledgement" not in kinds(elsewhere)
    says = triage.send(at(elsewhere, "/why"), {"reason": "It is one stair."})
    assert says.status_code == 303 and triage.send(at(homes[0]), {"ready": [known]}, form=SEND).status_code == 303
    again(town)
    assert "acknowledgement" in kinds(elsewhere), "it is theirs to send once they have"
