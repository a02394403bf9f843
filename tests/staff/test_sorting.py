"""What each point is about: its service and its kind, and which of the things they want is for which point."""

from datetime import date

import pytest
from flask import Flask

from portal import clock
from portal.access import Role
from portal.complaints.models import Complaint
from portal.complaints.settings import Service
from tests.browser_client import Fields, form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_path import ACKNOWLEDGING, url
from tests.staff.test_refusing import resident
from tests.staff.test_understanding import sent
from tests.town import Town

PAGE = "acknowledgement"


@pytest.fixture
def complaint(town: Town) -> Complaint:
    with clock.at(date(2026, 5, 11)):
        with town.writing():
            town.register.add(Service(name="Lettings"))
        made = town.complains()
        town.given_to(made)
        town.triaged(made)
    return made


def service(town: Town, name: str) -> str:
    found = town.register.query(Service).filter_by(name=name).one().id
    town.register.rollback()
    return str(found)


def test_ruling_20_a_point_starts_with_the_service_that_was_weighed_and_keeps_what_is_chosen(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    repairs, lettings = service(town, "Repairs"), service(town, "Lettings")
    with clock.at(date(2026, 5, 12)):
        browser = signed_in(Role.HANDLER)
        begun = form_values(pick_form(browser.page(url(complaint, PAGE)), 0))
        assert begun["p1-service"] == repairs and begun["p1-category"] == ""
        chosen = {"p1-category": "not_done", "p2-service": lettings, "p3-text": "No lift.", "p3-responsibility": "ours", "p3-service": lettings}
        sent(signed_in, complaint, PAGE, ACKNOWLEDGING | chosen)
        case = words_of(browser.page(url(complaint)))
        assert "leaked since February. Repairs. Something was not done" in case and "Nobody rang back. Lettings" in case
        assert "Lettings" in words_of(browser.page(f"/staff/?service={lettings}")) and complaint.reference
        assert "Samira Haddad" in words_of(browser.page(f"/staff/?service={lettings}")), "most of its points are about that service"
        assert "Samira Haddad" not in words_of(browser.page(f"/staff/?service={repairs}"))
    town.register.rollback()
    definition = complaint.definition()
    assert definition and [(one.category, str(one.service_id)) for one in definition.points] == [("not_done", repairs), (None, lettings), (None, lettings)]


def test_ruling_20_what_they_want_is_for_the_points_that_were_ticked(app: Flask, town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 12)):
        browser = signed_in(Role.HANDLER)
        begun = form_values(pick_form(browser.page(url(complaint, PAGE)), 0))
        assert "o1-points" not in begun, "there is one point, and all of it is for that"
        page = browser.post(url(complaint, PAGE, "preview"), data=begun | ACKNOWLEDGING).get_data(as_text=True)
        assert "Say which point each of these is for" in words_of(page)
        sent(signed_in, complaint, PAGE, ACKNOWLEDGING | {"o1-words": "Mend the roof", "o1-points": ["1"], "o2-words": "Say sorry", "o2-points": ["1", "2"]})
        letter = words_of(resident(app, town, complaint).page("/your-complaint/letters/2"))
        assert "Mend the roof (for point 1)" in letter and "Say sorry" in letter and "Say sorry (for" not in letter
        assert words_of(browser.page(url(complaint))).count("They want: Say sorry") == 2
    town.register.rollback()
    definition = complaint.definition()
    assert definition and [(one.words, one.points) for one in definition.outcomes] == [("Mend the roof", [1]), ("Say sorry", [1, 2])]
    with clock.at(date(2026, 5, 13)):
        sent(signed_in, complaint, "points", {"why": "A third thing.", "p3-text": "The door too.", "p3-responsibility": "ours"})
    town.register.rollback()
    town.register.expire_all()
    newest = complaint.definition()
    assert newest and newest.version == 2 and [one.points for one in newest.outcomes] == [[1], [1, 2]], "a new version keeps them"
    assert newest.points[0].service_id == town.repairs.id


@pytest.mark.parametrize(
    ("typed", "linked"),
    [("Mend the roof\nSay sorry", [[1], [2]]), ("Say sorry\nMend the roof", [[2], [1]]), ("A visit\nMend the roof\nSay sorry", [[], [1], [2]]),
     ("Mend the whole roof\nSay sorry", [[1], [2]]), ("Say sorry", [[2]])],
)  # fmt: skip
def test_a_line_that_moves_takes_its_points_along(town: Town, signed_in: SignIn, complaint: Complaint, typed: str, linked: list[list[int]]) -> None:
    ticked: Fields = {"o1-words": "Mend the roof", "o1-points": ["1"], "o2-words": "Say sorry", "o2-points": ["2"]}
    with clock.at(date(2026, 5, 12)):
        signed_in(Role.HANDLER).send(url(complaint, PAGE), ACKNOWLEDGING | ticked | {"outcomes": typed, "then": "later"})
    town.register.rollback()
    draft = complaint.draft("acknowledgement", 1)
    assert draft and draft.written["outcome_points"] == linked


@pytest.mark.parametrize("odd", [{"p1-service": "999999"}, {"p1-category": "nothing"}, {"o1-words": "Mend the roof", "o1-points": ["x"]}, {"p1-service": "1; drop"}])
def test_what_was_not_offered_is_refused_beside_its_box(signed_in: SignIn, complaint: Complaint, odd: Fields) -> None:
    with clock.at(date(2026, 5, 12)):
        answer = signed_in(Role.HANDLER).send(url(complaint, PAGE), ACKNOWLEDGING | odd | {"then": "later"})
    assert answer.status_code == 422 and "Choose one of the answers" in words_of(answer.get_data(as_text=True))
