"""Every page that can be reached, by everybody who can reach it: whole, translated, in both directions of reading."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from lxml import html
from sqlalchemy import inspect

from portal import clock, i18n
from portal.access import STAFF, Role
from portal.complaints import operations
from portal.complaints.calendar import calendar
from portal.complaints.issues import issues_of
from portal.complaints.landlord import Landlord
from portal.complaints.models import Complaint
from portal.complaints.papers import Letter
from portal.db import Base
from portal.reaching import masked_email
from tests import crawl, pseudo
from tests.browser_client import CheckingClient
from tests.doors import FIRST_PAGES, let_in_resident, let_in_staff
from tests.house import SPOKEN_ATTRIBUTES
from tests.town import MIXED, REFUSING, Town, answering

NOT_WORDS = ("script", "style", "time", "code")
DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
REFERENCE = r"(?:[0-9A-Z]{4} )+[0-9A-Z]{1,4}"
ADDRESS = r"[\w-]+(?:\.[\w-]+)*\.(?:com|uk)"
NOT_SAID = re.compile(rf"\b({DAYS}|{MONTHS}|{REFERENCE}|{ADDRESS}|English|Cymraeg)\b")
"""Dates, references, addresses on the web and the names of languages are not said by a catalogue of ours."""

KINDS = ("resident", *STAFF)
LOOK_ON = set(STAFF) - {Role.HANDLER, Role.MANAGER}
"""Who reads pages that handlers and managers read too, and has few of their own."""

ALIKE, ALIKE_TO_THEM = 4, 1
"""How many pages are read of those that differ only in the case, which itself is always read; and how many by whoever looks on."""



@pytest.fixture
def made_up(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The made-up languages, in a folder of their own."""
    monkeypatch.setattr(i18n, "FOLDER", pseudo.written(tmp_path_factory.getbasetemp() / "made-up"))
    i18n.catalogue.cache_clear()
    i18n.installed.cache_clear()
    yield
    monkeypatch.undo()
    i18n.catalogue.cache_clear()
    i18n.installed.cache_clear()


def lived_in(town: Town, language: str) -> Complaint:
    """A complaint in each state a page knows; the one answered is given back."""
    told = {"language": language, "adjustments": {"kinds": ["large_print"], "words": "Big letters"}}
    with_post = {"safe_contact": {"channels": ["email", "post"], "email": "s.haddad@mail.example", "phone": "01632 960111"}}
    fresh = town.complains("Nobody has looked at this one.", **told, code="A" * 24)
    acknowledged = town.complains("The lift is out again.", **told, **with_post, code="B" * 24)
    town.acknowledged(acknowledged, written=MIXED)
    refused = town.complains("The roof was never mended.", **told, **with_post, code="K" * 24)
    town.refused(refused)
    final = town.complains("Rain comes in.", **told, code="C" * 24)
    answered = town.complains("The heating fails every night.", **told, code="D" * 24)
    for complaint in (final, answered):
        town.acknowledged(complaint)
        town.answered(complaint)
    with clock.at(clock.today() - timedelta(60)):
        late = town.complains("The door does not shut.", **told, code="E" * 24)
    town.acknowledged(late, on=clock.today() - timedelta(59))
    with town.writing():
        operations.tell_late(late, LONGER, by=town.viewer(Role.HANDLER))
        news = operations.Sent(kind="update", on=clock.today(), channel="hand", parts=[], said={})
        operations.record_outside(late, news, by=town.viewer(Role.HANDLER))
        operations.dispute_receipt(late, "I told the caretaker the week before.", by=town.resident(late))
    with town.writing():
        operations.dispute_action(answered, answered.actions[0], MESSAGE, by=town.resident(answered))
        for complaint in (answered, late):
            operations.write(complaint, MESSAGE, by=town.resident(complaint))
            operations.raise_issue(complaint, MESSAGE, by=town.resident(complaint))
        operations.reply(answered, MESSAGE, by=town.viewer(Role.HANDLER))
        operations.write(answered, MESSAGE, by=town.resident(answered))
    with town.writing():
        operations.part_issue(answered, issues_of(answered)[0], by=town.viewer(Role.MANAGER), ground="answered", reason=MESSAGE)
    town.escalated(final)
    town.acknowledged(final, role=Role.REVIEWER)
    town.answered(final, role=Role.REVIEWER)
    _with_a_panel(town, town.complains("The gate is broken.", **told, code="F" * 24))
    _waiting_for_approval(town, fresh, late)
    with town.writing():
        operations.record_death(refused, clock.today(), by=town.viewer(Role.TRIAGE))
    return answered


def _with_a_panel(town: Town, complaint: Complaint) -> None:
    """At stage 2, before a panel that meets today."""
    town.acknowledged(complaint)
    town.answered(complaint)
    town.escalated(complaint)
    town.given_to(complaint, Role.REVIEWER)
    meeting = operations.Meeting(clock.today(), MESSAGE, MESSAGE, MESSAGE)
    with town.writing():
        operations.arrange_panel(complaint, [town.staff[Role.REVIEWER]], meeting, by=town.viewer(Role.REVIEWER), interest=MESSAGE)


def _waiting_for_approval(town: Town, fresh: Complaint, late: Complaint) -> None:
    """A refusal and an answer that somebody else has to approve."""
    town.given_to(fresh)
    handler = town.viewer(Role.HANDLER)
    with town.writing():
        operations.choose(town.register, {"refusals_approved": True, "answers_approved": True}, by=town.viewer(Role.MANAGER))
        for complaint, kind, written in ((fresh, "refusal", REFUSING), (late, "response", answering(1))):
            draft = operations.save_writing(complaint, kind, written, by=handler, seen=0)
            operations.ask_approval(complaint, kind, by=handler, seen=draft.version)


MESSAGE = "It is still raining in."
LONGER = {
    "reason": "Nobody chased the joiner.", "new_date": "2099-06-09", "interval": 5, "interval_agreed": "You agreed this by phone.",
}  # fmt: skip


def let_in(client: CheckingClient, town: Town, kind: str, complaint: Complaint) -> str:
    """This browser is now that person's; where they start."""
    if kind == "resident":
        let_in_resident(client, town.register, complaint)
        return "/your-complaint"
    let_in_staff(client, town.register, town.staff[Role(kind)], Role(kind))
    return FIRST_PAGES.get(Role(kind), "/staff/")


@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize("kind", ["nobody", *KINDS])
def test_every_page_somebody_can_reach_is_whole_and_says_nothing_that_was_not_translated(client: CheckingClient, town: Town, kind: str) -> None:
    complaint = lived_in(town, "en@pseudo")
    start = "/" if kind == "nobody" else let_in(client, town, kind, complaint)
    client.get("/?lang=en@pseudo")
    data = data_of(town)
    town.register.rollback()
    found = list(crawl.pages(client, start, alike=ALIKE_TO_THEM if kind in LOOK_ON else ALIKE))
    reached = {each.what.rpartition("/")[2] for each in found}
    if kind in (Role.REVIEWER, Role.MANAGER):
        assert {"approval", "answer-approval", "panel"} <= reached
    assert [each.what for each in found if each.status >= 500 or each.status == 404] == []
    assert {each.what: words for each in found if (words := untranslated(each.page, data))} == {}


@pytest.mark.usefixtures("made_up")
def test_a_language_read_from_right_to_left_says_so_on_the_page(client: CheckingClient) -> None:
    page = client.page("/?lang=en@mirror")
    assert (page.get("dir"), page.get("lang")) == ("rtl", "en-x-mirror")


@pytest.mark.parametrize("name", list(i18n.PSEUDO))
def test_a_made_up_language_is_not_spoken_where_it_is_not_installed(client: CheckingClient, name: str) -> None:
    assert client.page(f"/?lang={name}").get("lang") == "en"


def data_of(town: Town) -> list[str]:
    """Every string kept as data, longest first; letters are not, since their words are composed."""
    said = set[str]()
    for mapper in Base.registry.mappers:
        if mapper.class_ is Letter:
            continue
        for row in town.register.query(mapper.class_):
            for column in inspect(type(row)).columns:
                said.update(_strings(getattr(row, column.key)))
    said.update(calendar().holidays.values())
    said.update(_strings([getattr(Landlord(), name) for name in Landlord.__slots__]))
    said.update(_strings([MESSAGE, MIXED, REFUSING, answering(1), answering(2), LONGER]))
    said |= {words.removeprefix("https://") for words in said}
    said |= {masked_email(words) for words in said if "@" in words}
    lines = {line.strip() for words in said for line in words.split("\n")}
    return sorted((line for line in lines if len(line) > 2), key=len, reverse=True)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (words for each in value.values() for words in _strings(each))
    elif isinstance(value, list | tuple):
        yield from (words for each in value for words in _strings(each))


def untranslated(page: html.HtmlElement, data: list[str]) -> list[str]:
    """What a page says outside the brackets of a translation, dates and data left out."""
    for element in list(page.iter("wbr")):
        element.drop_tag()
    for element in list(page.iter(*NOT_WORDS)):
        element.drop_tree()
    said = [" ".join(part.itertext()) for part in page.iter("title", "body")]
    said += [value for each in page.iter() for name, value in each.attrib.items() if name in SPOKEN_ATTRIBUTES and each.tag != "meta"]
    outside = [bare for words in said for bare in _outside(words)]
    return [words for words in (_without(each, data) for each in outside) if re.search(r"[^\W\d_]{2}", words)]


def _outside(words: str) -> Iterator[str]:
    depth, start = 0, 0
    for place, character in enumerate(words):
        if character == pseudo.OPEN:
            if depth == 0:
                yield words[start:place]
            depth += 1
        elif character == pseudo.CLOSE:
            depth, start = depth - 1, place + 1
    yield words[start:]


def _without(words: str, data: list[str]) -> str:
    if not re.search(r"[^\W\d_]{2}", words):
        return ""
    for known in data:
        words = words.replace(known, " ")
    return " ".join(NOT_SAID.sub(" ", words).split())
