"""Whose complaint it is, matched to our records: one press never sends another complaint of theirs somewhere else unless staff made sure, and may."""

from typing import Any

import pytest
from flask import Flask

from portal import accounts, clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.people import Person, Staff
from portal.complaints.references import new_code
from portal.complaints.settings import Service
from portal.complaints.verify import first_fault
from portal.rules.steps import Step
from tests.browser_client import words_of
from tests.doors import let_in_party
from tests.resident.posted import Posted
from tests.resident.test_codes import other
from tests.resident.test_proving import CASE
from tests.staff.conftest import SignIn
from tests.staff.test_casework import url
from tests.town import ACKNOWLEDGING, Town

OLD = {"channels": ["email", "post"], "email": "samira@home.example", "post": "PO Box 14"}
NEW_WAYS = {"channels": ["email"], "email": "impostor@elsewhere.example"}


def said_to_be_known(town: Town) -> tuple[Complaint, Complaint]:
    """Somebody's own complaint, and one in her name that wants its letters somewhere else."""
    return town.complains(safe_contact=OLD), town.complains(code=new_code(), safe_contact=NEW_WAYS)


def addresses(complaint: Complaint) -> tuple[list[str], str | None]:
    """How letters of a complaint go, and where by e-mail."""
    return complaint.resident.channels, complaint.resident.email


def test_matching_leaves_the_contact_on_record_alone_and_answers_a_complaint_where_it_said(town: Town, signed_in: SignIn) -> None:
    hers, other = said_to_be_known(town)
    known, browser = hers.resident.person_id, signed_in(Role.TRIAGE)
    page = words_of(browser.page(url(other, "match")))
    assert "impostor@elsewhere.example" in page and "s…@….example" in page and "Another address" in page
    assert "samira@home.example" not in page and "PO Box 14" not in page
    assert browser.send(url(other, "match"), {"who": str(known)}).location == url(other)
    town.register.rollback()
    assert other.resident.person_id == known
    assert addresses(hers) == (["email", "post"], "samira@home.example")
    assert addresses(other) == (["email"], "impostor@elsewhere.example")
    assert hers.resident.person.safe_contact == OLD and hers.resident.postal_address == "PO Box 14"
    assert "PO Box 14" not in other.resident.postal_address


def test_a_way_that_this_complaint_did_not_call_safe_is_not_used_for_it_after_matching(town: Town, signed_in: SignIn) -> None:
    hers, other = said_to_be_known(town)
    signed_in(Role.TRIAGE).send(url(other, "match"), {"who": str(hers.resident.person_id)})
    town.register.rollback()
    town.given_to(other)
    with town.writing():
        operations.acknowledge(other, ACKNOWLEDGING, by=town.viewer(Role.HANDLER))
    assert [issue.channel for issue in other.letters[-1].issues] == ["email"]
    page = words_of(signed_in(Role.TRIAGE).page(url(other)))
    assert "Post" not in page.split("Safe contact")[1].split("Not safe, so not used")[0]


def test_matching_again_takes_along_only_what_this_complaint_asked(town: Town, signed_in: SignIn) -> None:
    wish = {"kinds": ["large_print"], "words": ""}
    hers = town.complains(safe_contact=OLD, adjustments=wish)
    other = town.complains(code=new_code(), safe_contact=NEW_WAYS, adjustments={"kinds": ["step_free"], "words": ""})
    third = town.complains(code=new_code(), safe_contact={"channels": ["portal"]})
    for person in (hers.resident.person_id, third.resident.person_id):
        with town.writing():
            found = town.register.get_one(Person, person)
            operations.match_person(other, by=town.viewer(Role.TRIAGE), person=found, landlord_record="")
    town.register.expire_all()
    assert [each.wish["kinds"] for each in hers.resident.person.adjustments] == [["large_print"]]
    assert [each.wish["kinds"] for each in third.resident.person.adjustments] == [["step_free"]]
    assert addresses(other) == (["email"], "impostor@elsewhere.example")


USE = {"contact": "use", "came": "call", "known": "Rang the number on record, and she knew the last visit.", "tell_old": "yes"}


def use(complaint: Complaint, **more: Any) -> dict[str, Any]:
    """The press that says that what came with a new complaint holds for the person of this one."""
    return {"who": str(complaint.resident.person_id), **USE, **more}


def steps(town: Town, complaint: Complaint) -> list[tuple[Step, dict[str, Any]]]:
    """What happened to a complaint, with what its events say."""
    town.register.rollback()
    found = [(one.step, dict(one.details)) for one in complaint.happenings]
    town.register.rollback()
    return found


def of_lettings(town: Town) -> Staff:
    """A senior who works on lettings alone."""
    with town.writing():
        town.register.add(lettings := Service(name="Lettings"))
        town.register.flush()
        return town._staff("Lettings Senior", [Role.SENIOR], teams=[lettings])


def test_new_contact_details_hold_elsewhere_once_staff_made_sure_and_the_old_way_hears_of_it(town: Town, signed_in: SignIn, posted: Posted) -> None:
    hers, other = said_to_be_known(town)
    town.register.rollback()
    posted.goes()
    staff = signed_in(Role.TRIAGE)
    answer = staff.send(url(other, "match"), use(hers))
    assert answer.location == url(other)
    assert hers.reference in words_of(staff.page(url(other))), "they are told where it holds now"
    town.register.rollback()
    assert addresses(hers) == addresses(other) == (["email"], "impostor@elsewhere.example")
    town.register.rollback()
    assert posted.goes() == [("samira@home.example", "Something was changed")]
    assert not hers.resident.has_settled("email"), "for a day it shows nobody that it is them"
    for complaint in (hers, other):
        (contact,) = complaint.contacts
        assert (contact.kind, contact.incoming, contact.words, contact.shown_to_resident) == ("call", True, USE["known"], False)
    assert steps(town, hers)[-2:] == [
        (Step.CONTACTED, {"contact": hers.contacts[0].id, "proof": True}), (Step.CONTACT_CHANGED, {"proved": "staff", "contact": hers.contacts[0].id}),
    ]
    assert [step for step, _ in steps(town, other)][-2:] == [Step.PERSON_MATCHED, Step.CONTACTED]
    assert first_fault(town.register) is None
    town.register.rollback()


@pytest.mark.parametrize(("left_out", "said"), [
    ("came", "Choose how they told us"), ("known", "Write how you know that it is them"), ("tell_old", "Choose whether we may send one last message"),
])
def test_new_contact_details_hold_nowhere_until_staff_say_how_they_know(left_out: str, said: str, town: Town, signed_in: SignIn) -> None:
    hers, other = said_to_be_known(town)
    answer = signed_in(Role.TRIAGE).send(url(other, "match"), use(hers, **{left_out: ""}))
    assert answer.status_code == 422 and said in words_of(answer.get_data(as_text=True))
    town.register.rollback()
    assert hers.resident.person_id != other.resident.person_id and addresses(hers) == (["email", "post"], "samira@home.example")
    town.register.rollback()


def test_the_old_way_hears_nothing_where_that_is_not_safe(town: Town, signed_in: SignIn, posted: Posted) -> None:
    hers, other = said_to_be_known(town)
    town.register.rollback()
    posted.goes()
    assert signed_in(Role.TRIAGE).send(url(other, "match"), use(hers, tell_old="no")).status_code == 303
    town.register.rollback()
    assert "samira@home.example" not in [to for to, _ in posted.goes()]
    town.register.rollback()


def test_an_old_way_that_is_not_safe_is_left_in_all_of_their_complaints_at_once_and_nobody_has_to_find_another(town: Town, signed_in: SignIn) -> None:
    hers, new = said_to_be_known(town)
    second = town.complains(code=new_code(), safe_contact=OLD)
    with town.writing():
        operations.match_person(second, by=town.viewer(Role.TRIAGE), person=hers.resident.person, landlord_record="")
    assert signed_in(Role.TRIAGE).send(url(new, "match"), use(hers, tell_old="no")).status_code == 303
    for complaint in (hers, second):
        assert [step for step, _ in steps(town, complaint)][-2:] == [Step.CONTACTED, Step.CONTACT_CHANGED]
        assert Step.WAY_STOPPED not in [step for step, _ in steps(town, complaint)]
        assert addresses(complaint) == (["email"], "impostor@elsewhere.example") and complaint.waiting_since is None
        town.register.rollback()


def test_a_complaint_restricted_at_that_very_moment_is_left_alone(town: Town) -> None:
    hers, new = said_to_be_known(town)
    with town.writing():
        operations.match_person(new, by=town.viewer(Role.TRIAGE), person=hers.resident.person, landlord_record="")
        operations.restrict(hers, [], by=town.viewer(Role.MANAGER), because="Staff live next door.")
        told: Any = {"kind": "call", "known": "She knew.", "tell_old": True, "texts": False}
        assert operations.reach_elsewhere(new, [hers], by=town.viewer(Role.TRIAGE), **told) == []
    assert addresses(hers) == (["email", "post"], "samira@home.example")
    town.register.rollback()


def test_whoever_was_signed_in_to_another_complaint_of_theirs_is_signed_out_of_it(app: Flask, town: Town, signed_in: SignIn) -> None:
    hers, new = said_to_be_known(town)
    let_in_party(there := other(app), town.register, hers.resident, how=accounts.BY_EMAIL)
    town.register.rollback()
    assert there.get(CASE).status_code == 200
    assert signed_in(Role.TRIAGE).send(url(new, "match"), use(hers)).status_code == 303
    assert there.get(CASE).location == "/follow"


def test_a_restricted_complaint_is_never_sent_elsewhere_by_somebody_who_does_not_see_it_and_nothing_tells_them_of_it(
    town: Town, signed_in: SignIn, posted: Posted
) -> None:
    hers, other = said_to_be_known(town)
    secret = town.complains(code=new_code(), safe_contact=OLD)
    with town.writing():
        operations.match_person(secret, by=town.viewer(Role.MANAGER), person=hers.resident.person, landlord_record="")
    town.acknowledged(secret)
    with town.writing():
        operations.restrict(secret, [], by=town.viewer(Role.MANAGER), because="Staff live next door.")
    before, reference = steps(town, secret), secret.reference
    town.register.rollback()
    staff = signed_in(of_lettings(town))
    answer = staff.send(url(other, "match"), use(hers))
    assert answer.location == url(other), "as it would be if there were no such complaint"
    page = words_of(staff.page(url(other)))
    assert reference not in page and hers.reference in page
    town.register.rollback()
    assert addresses(hers) == (["email"], "impostor@elsewhere.example")
    assert addresses(secret) == (["email", "post"], "samira@home.example") and steps(town, secret) == before
    assert secret.resident.person.safe_contact == OLD, "what else follows the record goes on as it did"
    town.register.rollback()


def test_somebody_known_by_restricted_complaints_alone_is_offered_to_nobody_else_not_even_by_their_number(town: Town, signed_in: SignIn) -> None:
    secret, new = said_to_be_known(town)
    with town.writing():
        operations.match_person(secret, by=town.viewer(Role.MANAGER), person=None, landlord_record="TH-30077")
        operations.restrict(secret, [], by=town.viewer(Role.MANAGER), because="Staff live next door.")
    town.register.rollback()
    staff = signed_in(Role.TRIAGE)
    assert "Nobody in our register" in words_of(staff.page(url(new, "match")))
    assert staff.send(url(new, "match"), {"who": "new", "record": "TH-30077"}).status_code == 303


def test_another_teams_complaint_keeps_its_contact_until_it_was_opened_with_a_reason(town: Town, signed_in: SignIn) -> None:
    hers, new = said_to_be_known(town)
    town.acknowledged(hers)
    stranger = signed_in(of_lettings(town))
    page = words_of(stranger.page(url(new, "match")))
    assert "s…@….example" not in page and "Another address" not in page and "It is another team’s" in page and "Not shown" in page
    refused = stranger.send(url(new, "match"), use(hers))
    assert refused.status_code == 422
    assert "Some of their complaints are another team’s" in words_of(refused.get_data(as_text=True))
    town.register.rollback()
    assert addresses(hers) == (["email", "post"], "samira@home.example")
    stranger.send(url(hers, "why"), {"reason": "I match a new complaint of hers."})
    assert "s…@….example" in words_of(stranger.page(url(new, "match")))
    assert stranger.send(url(new, "match"), use(hers)).status_code == 303
    town.register.rollback()
    assert addresses(hers) == (["email"], "impostor@elsewhere.example")
    town.register.rollback()


def test_new_contact_details_need_somebody_we_know(town: Town, signed_in: SignIn) -> None:
    hers, new = said_to_be_known(town)
    refused = signed_in(Role.TRIAGE).send(url(new, "match"), use(hers, who="new", record="TH-9"))
    assert refused.status_code == 422 and "Choose above whom we know" in words_of(refused.get_data(as_text=True))


def test_new_contact_details_hold_for_nobody_who_died(town: Town, signed_in: SignIn) -> None:
    hers, new = said_to_be_known(town)
    with town.writing():
        operations.record_death(hers, clock.today(), by=town.viewer(Role.TRIAGE))
    refused = signed_in(Role.TRIAGE).send(url(new, "match"), use(hers))
    assert refused.status_code == 422 and "We have written down that they died" in words_of(refused.get_data(as_text=True))


def test_a_number_that_is_somebody_elses_offers_the_match_and_is_shared_only_where_staff_say_so(town: Town, signed_in: SignIn) -> None:
    hers = town.complains(name="Zenobia Hart")
    with town.writing():
        operations.match_person(hers, by=town.viewer(Role.TRIAGE), person=None, landlord_record="TH-30077")
    new, husband = (town.complains(name=name, code=new_code()) for name in ("Zed Hart", "Lewin Hart"))
    staff = signed_in(Role.TRIAGE)
    assert "Zenobia" not in words_of(staff.page(url(new, "match")))
    refused = staff.send(url(new, "match"), {"who": "new", "record": " th-30077 "})
    page = words_of(refused.get_data(as_text=True))
    assert refused.status_code == 422 and "Zenobia Hart has this number in our records. Choose them above if this is them" in page
    hers_id = str(hers.resident.person_id)
    town.register.rollback()
    assert staff.send(url(new, "match"), {"who": hers_id, "record": "TH-30077"}).status_code == 303
    assert staff.send(url(husband, "match"), {"who": "new", "record": "TH-30077", "shared": "y"}).status_code == 303
    town.register.rollback()
    assert new.resident.person_id == hers.resident.person_id != husband.resident.person_id
    town.register.rollback()
