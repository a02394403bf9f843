"""Writing the acknowledgement and the answer: the live panel, drafts, two people at once, sending."""

from datetime import date

from flask import Flask
from lxml import html
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from portal import clock
from portal.access import Role
from portal.complaints.made_files import MadeFile
from portal.complaints.models import Complaint
from portal.complaints.papers import Letter
from portal.staff import reading
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_path import ACKNOWLEDGING, ANSWERING, url
from tests.staff.test_queue import counted
from tests.town import Town

LIVE = {"HX-Request": "true", "HX-Target": "written"}


def with_handler(town: Town) -> Complaint:
    complaint = town.complains()
    town.given_to(complaint)
    return complaint


def to_answer(town: Town) -> Complaint:
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains()
        town.acknowledged(complaint)
    return complaint


def typed(browser: CheckingClient, address: str, fields: dict[str, str]) -> dict[str, object]:
    """What the page's form would send after somebody typed into it."""
    return form_values(pick_form(browser.page(address), 0)) | fields


def panel(text: str) -> str:
    """What the Code still asks and the letter so far, as read."""
    found = html.fragment_fromstring(text, create_parent="div").xpath("//aside[@id='written']")
    return words_of(found[0])


def test_the_live_panel_says_what_checking_without_scripts_says_and_writes_nothing(
    town: Town, signed_in: SignIn, app: Flask
) -> None:
    complaint = with_handler(town)
    browser = signed_in(Role.HANDLER)
    fields = typed(browser, url(complaint, "acknowledgement"), {"p1-text": "The ceiling leaks.", "then": "check"})
    with counted(app) as said:
        live = browser.post(url(complaint, "acknowledgement/preview"), data=fields, headers=LIVE)
    writing = [each for each in said if each.split()[0] in ("INSERT", "UPDATE", "DELETE") and "read_event" not in each]
    whole = browser.post(url(complaint, "acknowledgement/preview"), data=fields)
    assert live.status_code == whole.status_code == 200
    assert "<h1" not in live.get_data(as_text=True) and "<h1" in whole.get_data(as_text=True)
    assert panel(live.get_data(as_text=True)) == panel(whole.get_data(as_text=True))
    assert "Point 1: Whether this point is ours to answer" in panel(live.get_data(as_text=True))
    assert "The ceiling leaks." in panel(live.get_data(as_text=True))
    assert not writing


def test_item_15_what_is_wrong_says_of_which_point_remedy_and_action_it_is(town: Town, signed_in: SignIn) -> None:
    browser, address = signed_in(Role.HANDLER), url(to_answer(town), "response")
    wrong = {"p1-disposition": "no such thing", "p2-disposition": "no such thing", "p2-pounds1": "some", "a1-due_on": "soon"}
    answer = browser.post(address, data=typed(browser, address, wrong))
    links = html.document_fromstring(answer.get_data(as_text=True)).xpath("//*[contains(@class, 'error-summary')]//li/a")
    assert {(each.get("href"), words_of(each)) for each in links} == {
        ("#p1-disposition", "Point 1. Our decision: Choose one of the answers"),
        ("#p2-disposition", "Point 2. Our decision: Choose one of the answers"),
        ("#p2-pounds1", "Point 2. Remedy 1: pounds, if any: Write the amount in pounds, like 350 or 35.50"),
        ("#a1-due_on", "Action 1. By when: Write the date like 12 June 2026"),
    }


def test_a_region_asked_of_a_page_that_has_none_gets_the_page(town: Town, signed_in: SignIn) -> None:
    page = signed_in(Role.HANDLER).get("/staff/", headers={"HX-Request": "true", "HX-Target": "written"})
    assert page.status_code == 200 and "<h1>" in page.get_data(as_text=True)


def test_item_74_what_is_missing_leads_to_its_box(town: Town, signed_in: SignIn) -> None:
    complaint = to_answer(town)
    browser = signed_in(Role.HANDLER)
    fields = typed(browser, url(complaint, "response"), {"p1-disposition": "upheld", "a1-what": "Mend it"})
    page = html.document_fromstring(browser.post(url(complaint, "response/preview"), data=fields).get_data(as_text=True))
    links = [a.get("href") for a in page.xpath("//section[@id='asks']//a")]
    ids = {element.get("id") for element in page.iter() if isinstance(element.tag, str)}
    assert {"#p1-fault", "#p1-kind1", "#p1-impact", "#p2-disposition", "#a1-owner", "#a1-due_on"} <= set(links)
    assert {link[1:] for link in links} <= ids


def test_item_74_what_is_hard_to_read_is_told_as_it_is_written_and_stops_nobody(town: Town, signed_in: SignIn) -> None:
    complaint = to_answer(town)
    browser, address = signed_in(Role.HANDLER), url(complaint, "response")
    hard = "We looked at it. Prior to the inspection it was deemed sufficient. You claim that nobody rang. " + "and then " * 13 + "he left."
    fields = typed(browser, address, ANSWERING | {"p1-reasons": hard, "then": "check"})
    live, whole = (browser.post(f"{address}/preview", data=fields, headers=headers).get_data(as_text=True) for headers in (LIVE, {}))
    assert panel(live) == panel(whole), "with scripts and without"
    for words in (
        "“Prior to” is a word of the office. Say it as you would to a neighbour. Prior to the inspection it was deemed sufficient.",
        "“deemed” is a word of the office.", "“sufficient” is a word of the office.",
        "“You claim” may sound as if we doubt or blame them. Say it another way. You claim that nobody rang.",
        "This sentence has 28 words. Make two or three of it. and then and then",
        "This is advice. You can send the letter as it is.",
    ):  # fmt: skip
        assert words in panel(live), words
    assert "We looked at it." not in panel(live).split("The letter so far")[0], "what is easy is left alone"
    browser.post(address, data=fields | {"then": "read"})
    letter = browser.page(f"{address}/letter")
    large = [each.get("href") for each in letter.iter("a") if "In large print, 18 point" in words_of(each)]
    assert [browser.get(each).get_data()[:4] for each in large] == [b"%PDF"] and browser.get(f"{address}/letter?size=braille-2").status_code == 404
    town.register.rollback()
    assert town.register.scalar(select(func.count(MadeFile.id))) == 0, "what is not sent is kept in no form"
    assert "“Prior to” is a word of the office." in words_of(letter) and pick_form(letter, "Send this letter") is not None


def test_item_74_a_letter_that_does_not_say_what_comes_next_is_told_so() -> None:
    said, owed = {"kind": "said", "text": "We are sorry. The roof was not mended."}, {"kind": "actions", "rows": [{"what": "Mend the roof", "by": "", "who": ""}]}
    missing = [("Nothing that you wrote says what happens next. Say who does what, and by which day.", "")]
    assert reading.advice("response", {"blocks": [said]}, "en") == reading.advice("update", {"blocks": [said]}, "en") == missing
    for kind, blocks in (("response", [said, owed]), ("update", [{"kind": "said", "text": "Ann will mend it on Friday 12 June 2026."}]), ("response", []), ("acknowledgement", [said])):
        assert reading.advice(kind, {"blocks": blocks}, "en") == [], (kind, blocks)


def test_item_74_of_another_language_only_the_length_of_its_sentences_is_counted() -> None:
    blocks = [{"kind": "said", "text": "Mae customers yn aros. " + "gair " * 26 + "olaf."}]
    assert [words for words, _start in reading.advice("response", {"blocks": blocks}, "cy")] == ["This sentence has 27 words. Make two or three of it."]


def test_another_point_another_remedy_and_another_action_are_added_without_scripts(town: Town, signed_in: SignIn) -> None:
    complaint = with_handler(town)
    browser = signed_in(Role.HANDLER)
    fields = typed(browser, url(complaint, "acknowledgement"), {"p1-text": "Kept.", "then": "add"})
    more = browser.post(url(complaint, "acknowledgement/preview"), data=fields).get_data(as_text=True)
    assert 'id="p2-text"' in more and "Kept." in more
    town.acknowledged(complaint)
    fields = typed(browser, url(complaint, "response"), {"then": "add-p2"})
    more = browser.post(url(complaint, "response/preview"), data=fields).get_data(as_text=True)
    assert 'id="p2-kind2"' in more and 'id="p1-kind2"' not in more
    fields["then"] = "add-action"
    assert 'id="a2-what"' in browser.post(url(complaint, "response/preview"), data=fields).get_data(as_text=True)


def test_adding_a_point_keeps_every_word_typed_at_whatever_letter_it_stands(town: Town, signed_in: SignIn) -> None:
    complaint = with_handler(town)
    browser = signed_in(Role.HANDLER)
    asked = typed(browser, url(complaint, "acknowledgement"), {"p1-text": "The ceiling leaks.", "outcomes": "Mend it", "then": "add"})
    more = browser.post(url(complaint, "acknowledgement/preview"), data=asked)
    goes_on = form_values(pick_form(html.document_fromstring(more.get_data(as_text=True)), 0))
    assert goes_on["p1-text"].strip() == "The ceiling leaks." and goes_on["p2-text"].strip() == ""
    back = form_values(pick_form(browser.page(url(complaint, "acknowledgement")), 0))
    assert (back["p1-text"].strip(), back["outcomes"].strip()) == ("The ceiling leaks.", "Mend it"), "whoever leaves now has lost nothing"
    again = browser.post(url(complaint, "acknowledgement/preview"), data=asked)
    assert again.location == url(complaint, "acknowledgement"), "the page loaded again is the one that was kept"
    ready = goes_on | {"p2-text": "Nobody rang back.", "then": "later"}
    assert browser.post(url(complaint, "acknowledgement"), data=ready).location == url(complaint)
    for page, then, box in (("points", "add", "p1-text"), ("response", "add-action", "p1-reasons"), ("response", "add-p1", "p1-fault")):
        if page == "points":
            town.acknowledged(complaint)
        typing = typed(browser, url(complaint, page), {box: f"Typed before {then}.", "then": then})
        assert browser.post(url(complaint, page, "preview"), data=typing).status_code == 200
        back = form_values(pick_form(browser.page(url(complaint, page)), 0))
        assert back[box].strip() == f"Typed before {then}.", page


def test_adding_a_point_over_what_somebody_else_saved_meanwhile_shows_both(town: Town, signed_in: SignIn) -> None:
    complaint = with_handler(town)
    one, two = signed_in(Role.HANDLER), signed_in(Role.MANAGER)
    mine = typed(one, url(complaint, "acknowledgement"), {"p1-text": "Mine.", "then": "add"})
    two.send(url(complaint, "acknowledgement"), {"p1-text": "Theirs.", "then": "later"})
    met = one.post(url(complaint, "acknowledgement/preview"), data=mine)
    said = words_of(met.get_data(as_text=True))
    assert met.status_code == 409 and "Mine." in said and "Theirs." in said and "Point 2" in said


def test_what_they_asked_for_stands_ready_and_blank_rows_are_no_points(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains(wanted={"kinds": ["repair", "sorry"], "words": "And pay for the mattress."})
    town.given_to(complaint)
    browser = signed_in(Role.HANDLER)
    fields = {"p2-text": "Nobody rang back.", "p2-responsibility": "ours", "then": "later"}
    assert browser.send(url(complaint, "acknowledgement"), fields).location == url(complaint)
    town.register.rollback()
    draft = complaint.draft("acknowledgement", 1)
    assert draft is not None
    assert [point["number"] for point in draft.written["points"]] == [2]
    assert draft.written["outcomes"] == ["Do the repair, or fix the problem", "Say sorry", "And pay for the mattress."]


def test_half_an_answer_is_kept_for_later_and_comes_back(town: Town, signed_in: SignIn) -> None:
    complaint = to_answer(town)
    browser = signed_in(Role.HANDLER)
    assert browser.send(url(complaint, "response"), ANSWERING | {"p2-reasons": "", "then": "later"}).status_code == 303
    back = form_values(pick_form(browser.page(url(complaint, "response")), 0))
    assert back["p1-pounds1"] == "1350.50" and back["a1-due_on"] == "12/6/2026" and back["p1-disposition"] == "upheld"
    case = words_of(browser.page(url(complaint)))
    assert "Point 2: The reasons for the decision on this point" in case


def test_two_people_writing_one_letter_lose_no_words(town: Town, signed_in: SignIn) -> None:
    complaint = with_handler(town)
    one, two = signed_in(Role.HANDLER), signed_in(Role.MANAGER)
    late = typed(two, url(complaint, "acknowledgement"), {"p1-text": "Words of the second.", "then": "later"})
    assert one.send(url(complaint, "acknowledgement"), {"p1-text": "Words of the first.", "then": "later"}).status_code == 303
    refused = two.post(url(complaint, "acknowledgement"), data=late)
    text = refused.get_data(as_text=True)
    assert refused.status_code == 409
    assert "Handler Person saved this letter while you were writing" in words_of(text)
    assert "Words of the first." in text and "Words of the second." in text
    again = form_values(pick_form(html.document_fromstring(text), 0)) | {"then": "later"}
    assert two.post(url(complaint, "acknowledgement"), data=again).status_code == 303
    town.register.rollback()
    draft = complaint.draft("acknowledgement", 1)
    assert draft is not None and draft.written["points"][0]["text"] == "Words of the second."


def test_a_letter_changed_after_it_was_read_is_not_sent(town: Town, signed_in: SignIn) -> None:
    complaint = with_handler(town)
    one, two = signed_in(Role.HANDLER), signed_in(Role.MANAGER)
    one.send(url(complaint, "acknowledgement"), ACKNOWLEDGING | {"then": "read"})
    reading = form_values(pick_form(one.page(url(complaint, "acknowledgement/letter")), 0))
    assert two.send(url(complaint, "acknowledgement"), {"p1-text": "Something else.", "then": "later"}).status_code == 303
    refused = one.post(url(complaint, "acknowledgement/letter"), data=reading)
    assert refused.status_code == 409
    assert "Somebody changed this letter after you read it" in words_of(refused.get_data(as_text=True))
    assert "Something else." in words_of(refused.get_data(as_text=True))


def letters(town: Town, complaint: Complaint, kind: str) -> int:
    town.register.rollback()
    asked = select(func.count()).where(Letter.complaint_id == complaint.id, Letter.kind == kind)
    return town.register.scalar(asked) or 0


def test_sending_twice_sends_one_letter_and_gives_the_same_answer(town: Town, signed_in: SignIn) -> None:
    complaint = with_handler(town)
    browser = signed_in(Role.HANDLER)
    browser.send(url(complaint, "acknowledgement"), ACKNOWLEDGING | {"then": "read"})
    fields = form_values(pick_form(browser.page(url(complaint, "acknowledgement/letter")), 0))
    answers = [browser.post(url(complaint, "acknowledgement/letter"), data=fields) for _ in range(2)]
    assert [answer.location for answer in answers] == [url(complaint)] * 2
    assert letters(town, complaint, "acknowledgement") == 1


def sent_all_the_same(browser: CheckingClient, complaint: Complaint) -> TestResponse:
    """The press of a button that the page does not offer: what the desk's own form carries, sent to the letter."""
    carried = form_values(pick_form(browser.page(url(complaint, "response")), 0))
    return browser.post(url(complaint, "response/letter"), data=carried)


def test_a_letter_that_lacks_a_part_has_no_button_and_is_refused_if_sent_all_the_same(town: Town, signed_in: SignIn) -> None:
    complaint = to_answer(town)
    browser = signed_in(Role.HANDLER)
    lacking = {name: words for name, words in ANSWERING.items() if name not in ("p1-fault", "p2-reasons")}
    browser.send(url(complaint, "response"), lacking | {"then": "read"})
    page = browser.page(url(complaint, "response/letter"))
    assert "Point 1: An acknowledgement of what went wrong (Code 7.1)" in words_of(page)
    assert "Send this letter" not in words_of(page)
    refused = sent_all_the_same(browser, complaint)
    assert refused.status_code == 422
    assert "Say what went wrong on point 1" in words_of(refused.get_data(as_text=True))
    assert letters(town, complaint, "response") == 0


def test_a_blank_box_does_not_pass_for_a_part_of_the_letter(town: Town, signed_in: SignIn) -> None:
    complaint = to_answer(town)
    browser = signed_in(Role.HANDLER)
    browser.send(url(complaint, "response"), ANSWERING | {"p2-reasons": "  ", "then": "read"})
    refused = sent_all_the_same(browser, complaint)
    assert refused.status_code == 422
    assert "The letter has to say: the reasons for each decision." in words_of(refused.get_data(as_text=True))
    assert letters(town, complaint, "response") == 0


def test_an_answer_waits_for_triage_and_says_so(town: Town, signed_in: SignIn) -> None:
    complaint = with_handler(town)
    browser = signed_in(Role.HANDLER)
    browser.send(url(complaint, "acknowledgement"), ACKNOWLEDGING | {"then": "read"})
    browser.send(url(complaint, "acknowledgement/letter"))
    browser.send(url(complaint, "response"), ANSWERING | {"then": "read"})
    page = browser.page(url(complaint, "response/letter"))
    assert "Weigh complexity, vulnerability and risk (Code 6.1)" in words_of(page)
    assert "Weigh first how complex it is" in words_of(sent_all_the_same(browser, complaint).get_data(as_text=True))


def test_a_sent_letter_is_written_no_more(town: Town, signed_in: SignIn) -> None:
    complaint = to_answer(town)
    browser = signed_in(Role.HANDLER)
    for page in ("acknowledgement", "acknowledgement/letter"):
        assert browser.get(url(complaint, page)).location == url(complaint)
    refused = browser.post(url(complaint, "acknowledgement/letter"), data={"key": "a", "seen": "0"})
    assert refused.status_code == 303
    unread = town.complains(code="8K4QM2XDR7K4QM2XDR7K4QM2")
    town.given_to(unread)
    assert browser.get(url(unread, "response")).location == url(unread)
    assert browser.get(url(unread, "acknowledgement/letter")).location == url(unread, "acknowledgement")


def test_stage_2_is_acknowledged_with_every_point_and_outcome_of_stage_1_ready(town: Town, signed_in: SignIn) -> None:
    complaint = to_answer(town)
    town.answered(complaint, on=date(2026, 5, 20))
    town.escalated(complaint, on=date(2026, 6, 1))
    with clock.at(date(2026, 6, 2)):
        town.given_to(complaint, Role.REVIEWER)
        fields = form_values(pick_form(signed_in(Role.REVIEWER).page(url(complaint, "acknowledgement")), 0))
    assert fields["p1-text"].strip() == "The bedroom ceiling has leaked since February."
    assert fields["p2-text"].strip() == "Nobody rang back." and fields["p2-responsibility"] == "ours"
    assert fields["outcomes"].strip() == "Mend the roof\nSay sorry"


def test_a_point_that_stage_1_did_not_settle_cannot_be_left_out_of_stage_2(town: Town, signed_in: SignIn) -> None:
    complaint = to_answer(town)
    town.answered(complaint, on=date(2026, 5, 20))
    town.escalated(complaint, on=date(2026, 6, 1))
    with clock.at(date(2026, 6, 2)):
        town.given_to(complaint, Role.REVIEWER)
        browser = signed_in(Role.REVIEWER)
        browser.send(url(complaint, "acknowledgement"), {"p2-text": "", "p2-responsibility": "", "then": "read"})
        page = browser.page(url(complaint, "acknowledgement/letter"))
        assert "This cannot be sent yet" in words_of(page)
        assert "Point 2: What we understand this point to be" in words_of(page)


def test_outcomes_not_known_and_asked_for_today_are_enough(town: Town, signed_in: SignIn) -> None:
    complaint = with_handler(town)
    browser = signed_in(Role.HANDLER)
    fields = {"p1-text": "The ceiling leaks.", "p1-responsibility": "ours", "outcomes": "", "then": "read"}
    browser.send(url(complaint, "acknowledgement"), fields)
    assert "What would put it right, or the day we asked" in words_of(browser.page(url(complaint, "acknowledgement/letter")))
    browser.send(url(complaint, "acknowledgement"), fields | {"not_known": "y"})
    assert "This cannot be sent yet" not in words_of(browser.page(url(complaint, "acknowledgement/letter")))
