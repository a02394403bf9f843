"""The path staff take: from the queue to the final answer, in the plain client."""

from datetime import date

from portal import clock
from portal.access import Role
from portal.complaints.models import Complaint
from tests.browser_client import words_of
from tests.staff.conftest import SignIn
from tests.town import Town

ACKNOWLEDGING = {
    "p1-text": "The bedroom ceiling has leaked since February.",
    "p1-responsibility": "ours",
    "p2-text": "Nobody rang back.",
    "p2-responsibility": "not_ours",
    "p2-whose": "Thornby Council, 01632 960300",
    "outcomes": "Mend the roof\nSay sorry",
}
ANSWERING = {
    "opening": "You were right to complain, and we are sorry.",
    "p1-disposition": "upheld",
    "p1-reasons": "The first order was closed by mistake.",
    "p1-fault": "We did not mend the roof.",
    "p1-impact": "You lost a bedroom.",
    "p1-kind1": "money",
    "p1-remedy1": "For the lost room.",
    "p1-pounds1": "£1,350.50",
    "p2-disposition": "not_upheld",
    "p2-reasons": "Our records show two calls.",
    "p2-no_remedy_because": "We did ring.",
    "a1-what": "Mend the tiles",
    "a1-owner": "Dean Cole",
    "a1-due_on": "12 June 2026",
}


def url(complaint: Complaint, *more: str) -> str:
    return "/".join([f"/staff/complaints/{complaint.reference}", *more])


def test_a_complaint_goes_from_the_queue_to_the_final_answer_by_a_different_person(town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 18)):
        complaint = town.complains()
        triage = signed_in(Role.TRIAGE)
        assert "Acknowledge Samira Haddad’s complaint" in words_of(triage.page("/staff/"))
        match = triage.send(url(complaint, "match"), {"who": "new", "record": "TH-1"})
        assert match.status_code == 303
        weighed = {"complexity": "some", "vulnerability": "none", "risk": "low", "words": "One repair.", "service": ""}
        assert triage.send(url(complaint, "triage"), weighed).status_code == 303
        handler = town.staff[Role.HANDLER].id
        given = triage.send(url(complaint, "assign"), {"staff": handler, "interest": "no"})
        assert given.status_code == 303
    with clock.at(date(2026, 5, 20)):
        browser = signed_in(Role.HANDLER)
        saved = browser.send(url(complaint, "acknowledgement"), ACKNOWLEDGING | {"then": "read"})
        assert saved.location == url(complaint, "acknowledgement/letter")
        assert "Thornby Council" in words_of(browser.page(saved.location))
        assert browser.send(saved.location).location == url(complaint)
        assert "The stage 1 acknowledgement was put on their page" in words_of(browser.page(url(complaint)))
    with clock.at(date(2026, 5, 28)):
        browser = signed_in(Role.HANDLER)
        assert "Answer Samira Haddad at stage 1" in words_of(browser.page("/staff/"))
        saved = browser.send(url(complaint, "response"), ANSWERING | {"then": "read"})
        letter = words_of(browser.page(saved.location))
        assert "£1,350.50" in letter and "Friday 12 June 2026" in letter
        assert browser.send(saved.location).location == url(complaint)
    town.register.rollback()
    assert complaint.answered_on == date(2026, 5, 28)
    _stage_2(town, signed_in, complaint)


def _stage_2(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    town.escalated(complaint, on=date(2026, 6, 1))
    with clock.at(date(2026, 6, 2)):
        manager = signed_in(Role.MANAGER)
        form = words_of(manager.page(url(complaint, "assign")))
        assert "Handler Person, who considered the stage before this one" in form
        reviewer = town.staff[Role.REVIEWER].id
        assert manager.send(url(complaint, "assign"), {"staff": reviewer, "interest": "no"}).status_code == 303
        browser = signed_in(Role.REVIEWER)
        saved = browser.send(url(complaint, "acknowledgement"), {"then": "read"})
        assert "Thornby Council" in words_of(browser.page(saved.location))
        assert browser.send(saved.location).location == url(complaint)
    with clock.at(date(2026, 6, 10)):
        browser = signed_in(Role.REVIEWER)
        final = ANSWERING | {"then": "read", "contributors": "The repairs manager"}
        saved = browser.send(url(complaint, "response"), final)
        assert "our final answer" in words_of(browser.page(saved.location))
        assert browser.send(saved.location).location == url(complaint)
    town.register.rollback()
    assert complaint.answered_on == date(2026, 6, 10)
