"""One complaint, from first word to final response, told once and walked four ways: by hand, and in Chromium with a mouse, by keyboard without scripts, and without styles.

The database, the mail server and (three times of four) the browser are real.
"""

from datetime import date

import pytest
from playwright.sync_api import Locator, Page

from portal.access import Role
from portal.complaints.verify import first_fault
from tests.acts import (
    STORY,
    acknowledge,
    answer,
    code_on,
    comes_back,
    complains,
    give_out,
    reviewer_takes_it,
    staff,
)
from tests.post import mail_server
from tests.visitors import InChromium
from tests.world import EVERY_WAY, SCRIPTS, World


def item_9_back_loses_no_answer_and_sends_nothing_again(page: Page) -> None:
    """The browser's own Back, from the page before sending to the start of the story, and forwards again."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    back = 0
    while page.locator("h1").inner_text() != "What happened?" and back < 12:
        page.go_back()
        back += 1
    box = page.get_by_label("What happened?", exact=True)
    assert box.input_value() == STORY
    item_37_the_box_grows_with_its_words(box)
    for _ in range(back):
        page.go_forward()
    assert page.locator("h1").inner_text() == "Check your answers" and STORY in page.locator("main").inner_text() and sent == []


def item_37_the_box_grows_with_its_words(box: Locator) -> None:
    """However much is written, all of it is in sight, with nothing to scroll inside the box."""
    inner = "box => [box.clientHeight, box.scrollHeight]"
    before, _ = box.evaluate(inner)
    box.fill(f"{STORY}\n" * 40)
    high, needed = box.evaluate(inner)
    assert high > 2 * before and needed <= high + 1
    box.fill(STORY)


@pytest.mark.parametrize("world", EVERY_WAY, indirect=True)
def test_one_complaint_from_first_word_to_final_response(world: World, mailbox: mail_server.Server, request: pytest.FixtureRequest) -> None:
    world.day_is(date(2026, 5, 11))
    samira, walked = world.person(), request.node.callspec.params["world"]
    if walked == SCRIPTS and isinstance(samira, InChromium):
        page = samira.page
        complains(samira, before_sending=lambda: item_9_back_loses_no_answer_and_sends_nothing_again(page))
        page.go_back()
        assert "Send your complaint" not in samira.reads, "what was sent is not there to be sent again"
        page.go_forward()
    else:
        complains(samira)
    assert samira.heading == "We have your complaint"
    assert "Monday 18 May 2026" in samira.reads
    code = code_on(samira)
    assert world.letters_go_out() == 1

    world.day_is(date(2026, 5, 12))
    lewis, hana = staff(world, Role.TRIAGE), staff(world, Role.HANDLER)
    assert "Acknowledge Samira Haddad’s complaint" in lewis.reads
    give_out(lewis, "Handler Person, Handler at the landlord")
    acknowledge(hana)
    assert world.letters_go_out() == 1

    comes_back(samira, code)
    assert "Wednesday 27 May 2026" in samira.reads
    assert "The bedroom ceiling leaks." in samira.reads
    assert "Handler Person" in samira.reads

    world.day_is(date(2026, 5, 26))
    hana = staff(world, Role.HANDLER)
    answer(hana, "Answer Samira Haddad at stage 1", actions=True)
    assert world.letters_go_out() == 1

    comes_back(samira, code)
    samira.follows("Our answer to your complaint, Tuesday 26 May 2026")
    assert "The first order was closed by mistake." in samira.reads
    assert "We offer you £350." in samira.reads
    samira.opens("/your-complaint")
    assert "Mend the tiles" in samira.reads

    world.day_is(date(2026, 6, 1))
    comes_back(samira, code)
    samira.follows("Ask for stage 2")
    samira.presses("Ask for stage 2")
    assert "Monday 8 June 2026" in samira.reads

    world.day_is(date(2026, 6, 2))
    reviewer_takes_it(world)
    assert world.letters_go_out() >= 1
    comes_back(samira, code)
    assert "Tuesday 30 June 2026" in samira.reads

    world.day_is(date(2026, 6, 12))
    ruth = staff(world, Role.REVIEWER)
    answer(ruth, "Answer Samira Haddad at stage 2", contributors="The repairs manager")
    assert world.letters_go_out() == 1
    comes_back(samira, code)
    samira.follows("Our final answer to your complaint, Friday 12 June 2026")
    assert "We have no further stage." in samira.reads

    assert all(STORY not in message.words for message in mailbox.taken)
    world.town.register.rollback()
    assert first_fault(world.town.register) is None
