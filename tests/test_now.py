"""What somebody may see and do ends with the very commit that says so, wherever their own requests stand at that moment (W4, B2, B9)."""

import io
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from threading import Event as Signal
from threading import Thread, current_thread, main_thread
from time import sleep
from typing import Any

import pytest
from flask import Flask, before_render_template
from sqlalchemy import event, func, select
from werkzeug.test import TestResponse

from portal import access, accounts, db
from portal.access import Role
from portal.complaints import machine, operations, queries
from portal.complaints.files import Room, take
from portal.complaints.models import Complaint
from portal.complaints.people import Party, Staff
from portal.complaints.record import Event
from portal.complaints.references import new_code
from portal.db import Register
from portal.post.office import Office
from tests.browser_client import CheckingClient, Fields, form_values, pick_form, words_of
from tests.doors import let_in_party, let_in_resident, let_in_staff
from tests.town import ACKNOWLEDGING, Town

pytestmark = pytest.mark.long

WORDS = "zzrainzz"
"""A word that stands in the complaint, in each letter of it, in its files and in its notes, and on no page of ours."""

POINTS = ACKNOWLEDGING | {"points": [each | {"text": f"{WORDS} {each['text']}"} for each in ACKNOWLEDGING["points"]]}
NUMBER = count(1)

BEFORE, KNOWN, FOUND, LET_THROUGH, IN_VIEW, WAITING, COMMITTING, AFTER = MOMENTS = (
    "before the request", "once we know who asks", "once the complaint was found", "once they may", "inside the view",
    "while it waits to write", "before it commits", "after it",
)  # fmt: skip
"""Where a request of theirs stands when the change comes."""

FIRST = {KNOWN, FOUND, LET_THROUGH, IN_VIEW, WAITING}
"""Here the change has the database before their form does, so the form must find that it may do nothing."""

LOOK, PRESS = "they look", "they press"
PATIENCE, ENOUGH = 10, 0.5
"""Seconds that a change is waited for where nothing keeps it waiting; and those after which their own form plainly does."""


@dataclass
class Stream:
    """Somebody in the midst of it: what they read of a complaint, and a form of it they are about to press."""

    browser: CheckingClient
    actor: str
    complaint_id: int
    reads: tuple[str, ...]
    page: str
    fields: Fields
    staff_id: int = 0
    party_id: int = 0
    pressed: list[Fields] = field(default_factory=list)

    def opens_forms(self) -> None:
        """They open the page of the form twice, so that they can press it twice."""
        self.pressed = [form_values(pick_form(self.browser.page(self.page), 0)) | self.fields for _ in range(2)]

    def press(self) -> TestResponse:
        """They press one of them."""
        return self.browser.post(self.page, data=self.pressed.pop())


def said_in(town: Town, **told: Any) -> Complaint:
    """A complaint, acknowledged, its every word the word."""
    complaint = town.complains(WORDS, code=new_code(), **told)
    town.acknowledged(complaint, written=POINTS)
    return complaint


def with_file(town: Town, app: Flask, complaint: Complaint, party: Party) -> int:
    """A file that somebody sent of it."""
    folder: Path = app.extensions["portal"].files
    with town.writing():
        made = operations.attach_file(complaint, take(folder, "seen.txt", io.BytesIO(WORDS.encode()), Room()), party_id=party.id)
        town.register.flush()
        return made.id


def browser_of(app: Flask) -> CheckingClient:
    """A browser that has never been here."""
    made = app.test_client()
    assert isinstance(made, CheckingClient)
    return made


# Who is in the midst of it


def acts(town: Town, app: Flask, how: str = "asked") -> Stream:
    """Somebody who acts for the resident, and was shown to read, receive and write."""
    rhys = operations.ActingFor("Rhys Marsh", how, safe_contact={"channels": ["email"], "email": "rhys@mail.example"})
    complaint = said_in(town, name="Edna Marsh", acting=rhys)
    party = complaint.parties[1]
    with town.writing():
        operations.show_authority(complaint, party, by=town.viewer(Role.HANDLER), proof="A note.", scope=("read", "receive", "write"))
    file, letter = with_file(town, app, complaint, party), next(each.number for each in complaint.letters if each.kind == "acknowledgement")
    with town.writing():
        operations.write(complaint, WORDS, by=access.Viewer(Role.REPRESENTATIVE, party_id=party.id, complaint_id=complaint.id))
    browser = browser_of(app)
    let_in_party(browser, town.register, party)
    reads = (f"/for-somebody/letters/{letter}", "/your-complaint/messages", "/for-somebody", f"/for-somebody/files/{file}")
    made = Stream(browser, f"party:{party.id}", complaint.id, reads, "/your-complaint/messages", {"words": "And again."}, party_id=party.id)
    town.register.rollback()
    return made


def attorney(town: Town, app: Flask) -> Stream:
    """Somebody who acts by a power of attorney, which the resident can only pause."""
    return acts(town, app, how="legal")


def reads_letters(town: Town, app: Flask) -> Stream:
    """Somebody who acts, as far as it is the letters and the writing that they lose."""
    made = acts(town, app)
    made.reads = made.reads[:2]
    return made


def works(town: Town, app: Flask) -> Stream:
    """Somebody of the team whose complaint it is, which a colleague has."""
    complaint = said_in(town)
    with town.writing():
        staff = town._staff(f"Busy {next(NUMBER)}", [Role.HANDLER])
        operations.write_note(complaint, WORDS, by=town.viewer(Role.HANDLER))
    file, letter = with_file(town, app, complaint, complaint.resident), next(each.number for each in complaint.letters if each.kind == "acknowledgement")
    browser, case = browser_of(app), f"/staff/complaints/{complaint.reference}"
    let_in_staff(browser, town.register, staff, Role.HANDLER)
    fields = {"kind": "note", "words": "And again."}
    made = Stream(browser, f"staff:{staff.id}", complaint.id, (case, f"{case}/letters/{letter}", f"{case}/files/{file}"), f"{case}/notes", fields, staff_id=staff.id)
    town.register.rollback()
    return made


def complained(town: Town, app: Flask) -> Stream:
    """The resident."""
    complaint = said_in(town)
    file, letter = with_file(town, app, complaint, complaint.resident), next(each.number for each in complaint.letters if each.kind == "acknowledgement")
    browser, party = browser_of(app), complaint.resident
    let_in_resident(browser, town.register, complaint)
    with town.writing():
        operations.match_person(complaint, by=town.viewer(Role.TRIAGE), person=None, landlord_record=f"T{next(NUMBER)}")
    page = "/your-complaint/messages"
    reads = ("/your-complaint", f"/your-complaint/letters/{letter}", f"/your-complaint/files/{file}")
    made = Stream(browser, f"party:{party.id}", complaint.id, reads, page, {"words": "And again."}, party_id=party.id)
    town.register.rollback()
    return made


# What ends it, as the pages do it: what is of a complaint is done with the complaint locked


Ends = Callable[[Register, Stream, Town], object]


def _party(register: Register, stream: Stream) -> tuple[Complaint, Party]:
    complaint = machine.locked_complaint(register, stream.complaint_id)
    return complaint, next(each for each in complaint.parties if each.id == stream.party_id)


def _resident(complaint: Complaint) -> access.Viewer:
    return access.Viewer(Role.PARTY, party_id=complaint.resident.id, complaint_id=complaint.id)


def _manager(register: Register) -> access.Viewer:
    staff = register.scalars(select(Staff).where(Staff.email == "manager@landlord.example")).one()
    return access.Viewer(Role.MANAGER, staff_id=staff.id)


def authority_ended(register: Register, stream: Stream, town: Town) -> None:
    complaint, party = _party(register, stream)
    operations.end_authority(complaint, party, by=_resident(complaint))


def authority_narrowed(register: Register, stream: Stream, town: Town) -> None:
    complaint, party = _party(register, stream)
    operations.narrow(complaint, party, ["read"], by=_resident(complaint))


def said_left(register: Register, stream: Stream, town: Town) -> None:
    operations.say_left(register, register.get_one(Staff, stream.staff_id), by=_manager(register))


def role_taken(register: Register, stream: Stream, town: Town) -> None:
    register.get_one(Staff, stream.staff_id).roles = [str(Role.COLLEAGUE)]


def restricted(register: Register, stream: Stream, town: Town) -> None:
    complaint = machine.locked_complaint(register, stream.complaint_id)
    operations.restrict(complaint, [], by=_manager(register), because="They know each other.")


def team_changed(register: Register, stream: Stream, town: Town) -> None:
    operations.set_teams(register, register.get_one(Staff, stream.staff_id), [], by=_manager(register))


def signed_out(register: Register, stream: Stream, town: Town) -> None:
    accounts.end_visits(register, register.get_one(Party, stream.party_id))


CHANGES: dict[str, tuple[Callable[[Town, Flask], Stream], Ends]] = {
    "the resident ends what somebody may do for them": (acts, authority_ended),
    "the resident lets them do less": (reads_letters, authority_narrowed),
    "the resident pauses an attorney": (attorney, authority_ended),
    "somebody is said to have left": (works, said_left),
    "their role is taken away": (works, role_taken),
    "the complaint is restricted": (works, restricted),
    "they are taken out of the team": (works, team_changed),
    "the resident is signed out everywhere": (complained, signed_out),
}
changes = pytest.mark.parametrize("change", CHANGES)


class Coming:
    """A change that comes at one moment of the next request: in a thread, as it would come from another process."""

    def __init__(self, app: Flask) -> None:
        self.engine = app.extensions["engine"]
        self.moment = ""
        self.does: Callable[[Register], object] = lambda register: None
        self.thread: Thread | None = None
        self.has_written, self.is_done, self.fault = Signal(), Signal(), list[BaseException]()
        self.came_first = False

    def at(self, moment: str, does: Callable[[Register], object]) -> None:
        """Let it come then."""
        self.moment, self.does, self.thread, self.came_first = moment, does, None, False
        self.has_written, self.is_done = Signal(), Signal()

    def reached(self, moment: str) -> None:
        """A request stands at this moment now."""
        if moment != self.moment or current_thread() is not main_thread():
            return
        self.moment = ""
        self.thread = Thread(target=self._run, args=(0.15 if moment == WAITING else 0,))
        self.thread.start()
        self.has_written.wait(ENOUGH if moment == COMMITTING else PATIENCE)
        if moment != WAITING:
            self.is_done.wait(PATIENCE if moment == BEFORE else 0.05)
        self.came_first = self.has_written.is_set()

    def _run(self, held: float) -> None:
        try:
            with db.sessions(self.engine)() as register, db.transaction(register):
                self.does(register)
                register.flush()
                self.has_written.set()
                sleep(held)
            self.is_done.set()
        except BaseException as fault:
            self.fault.append(fault)

    def over(self) -> None:
        """It has come, one way or another: at its moment, or now."""
        if self.moment:
            self.reached(self.moment)
            self.came_first = False
        assert self.thread is not None
        self.thread.join(20)
        assert self.is_done.is_set() and not self.fault, self.fault


@pytest.fixture
def coming(app: Flask, town: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[Coming]:
    """A change that can come at any moment of a request."""
    app.before_request_funcs.setdefault(None, []).insert(0, town.register.rollback)
    made = Coming(app)

    def then(moment: str, does: Callable[..., Any]) -> Callable[..., Any]:
        def doing(*given: Any, **named: Any) -> Any:
            answer = does(*given, **named)
            made.reached(moment)
            return answer

        return doing

    monkeypatch.setattr(accounts, "user", then(KNOWN, accounts.user))
    monkeypatch.setattr(queries, "find", then(FOUND, queries.find))
    monkeypatch.setattr(access, "may", then(LET_THROUGH, access.may))
    begin = db.transaction

    @contextmanager
    def beginning(*given: Any, **named: Any) -> Iterator[Register]:
        for moment in (IN_VIEW, WAITING):
            made.reached(moment)
        with begin(*given, **named) as writing:
            yield writing

    def committing(register: Register) -> None:
        if register.info.get("writing"):
            made.reached(COMMITTING)

    def rendering(_app: Flask, **_named: Any) -> None:
        made.reached(IN_VIEW)

    monkeypatch.setattr(db, "transaction", beginning)
    event.listen(Register, "before_commit", committing)
    before_render_template.connect(rendering, app)
    yield made
    event.remove(Register, "before_commit", committing)
    before_render_template.disconnect(rendering, app)


def done_by(town: Town, stream: Stream) -> int:
    """How many things are on the record of the complaint that this person did."""
    made = town.register.scalar(select(func.count(Event.number)).where(Event.complaint_id == stream.complaint_id, Event.actor == stream.actor))
    town.register.rollback()
    return made or 0


def run(town: Town, app: Flask, coming: Coming, change: str, moment: str, does: str) -> list[str]:
    """What is wrong with one run: somebody looks, or presses, and the change comes at that moment."""
    begins, ends = CHANGES[change]
    stream = begins(town, app)
    stream.opens_forms()
    before = done_by(town, stream)
    coming.at(moment, lambda register: ends(register, stream, town))
    if moment == BEFORE:
        coming.reached(BEFORE)
    answer = stream.press() if does == PRESS else stream.browser.get(stream.reads[0])
    coming.over()
    wrong = [f"{answer.status_code} when {does}"] if answer.status_code >= 500 else []
    if moment == BEFORE and WORDS in answer.get_data(as_text=True):
        wrong.append("a request that began afterwards was answered with words of the complaint")
    kept = done_by(town, stream) - before
    if does == PRESS and coming.came_first and kept:
        wrong.append("a form was taken after the change was written")
    if does == PRESS and not coming.came_first and kept != 1:
        wrong.append(f"{answer.status_code}: a form that came before the change was not taken")
    if does == PRESS and moment in FIRST and not coming.came_first:
        wrong.append("the change did not come when it was to come")
    return wrong + still_open(town, stream)


def still_open(town: Town, stream: Stream) -> list[str]:
    """What their next requests still come to: every page and file that they had open, and the form they press once more."""
    before, wrong = done_by(town, stream), []
    for path in stream.reads:
        if WORDS in stream.browser.get(path).get_data(as_text=True):
            wrong.append(f"{path} shows words of the complaint")
    stream.browser.post(stream.page, data={**stream.pressed[-1], "key": f"{stream.pressed[-1]['key'][:-4]}next"})
    return [*wrong, *(["the next form was taken"] if done_by(town, stream) != before else [])]


@changes
def test_w4_b2_b9_nothing_is_shown_or_taken_after_the_commit_at_whichever_moment_it_comes(app: Flask, town: Town, coming: Coming, change: str) -> None:
    stream = CHANGES[change][0](town, app)
    for path in stream.reads:
        assert WORDS in stream.browser.get(path).get_data(as_text=True), f"{path} shows nothing to begin with"
    wrong = {moment: found for moment in MOMENTS if (found := run(town, app, coming, change, moment, PRESS))}
    wrong |= {f"{moment}, {LOOK}": found for moment in (FOUND, IN_VIEW) if (found := run(town, app, coming, change, moment, LOOK))}
    assert wrong == {}


@pytest.mark.slow
def test_w4_b2_b9_so_it_is_in_five_hundred_runs(app: Flask, town: Town, coming: Coming) -> None:
    chance, wrong = random.Random(4), list[str]()
    for turn in range(500):
        change, moment, does = chance.choice(list(CHANGES)), chance.choice(MOMENTS), chance.choice((LOOK, PRESS, PRESS))
        wrong += [f"{turn}: {change}, {moment}, {does}: {each}" for each in run(town, app, coming, change, moment, does)]
    assert wrong == []


def sent_by(app: Flask) -> Callable[[], list[EmailMessage]]:
    """Send all that waits; what went."""

    def deliver() -> list[EmailMessage]:
        gone: list[EmailMessage] = []

        def hand(message: EmailMessage) -> tuple[str, None, None]:
            gone.append(message)
            return "accepted", None, None

        Office(db.sessions(app.extensions["engine"]), app.extensions["portal"], hand).deliver_all()
        return gone

    return deliver


@pytest.mark.parametrize("change", [each for each in CHANGES if CHANGES[each][1] is authority_ended])
def test_w4_b2_mail_that_waits_for_them_does_not_go(app: Flask, town: Town, coming: Coming, change: str) -> None:
    begins, ends = CHANGES[change]
    stream, deliver = begins(town, app), sent_by(app)
    deliver()
    reference = town.register.get_one(Complaint, stream.complaint_id).reference
    town.register.rollback()
    assert browser_of(app).send("/follow/ask", {"reference": reference}).status_code == 303, "they ask for a code"
    coming.at(BEFORE, lambda register: ends(register, stream, town))
    coming.over()
    gone = [message for message in deliver() if message["To"] == "rhys@mail.example"]
    assert len(gone) <= 1, [message.get_content() for message in gone]
    for message in gone:
        said = words_of(f"<p>{message.get_content()}</p>")
        assert WORDS not in said and "Edna" not in said and reference not in said
