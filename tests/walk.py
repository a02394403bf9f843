"""A town for the access walk: four complaints whose every word is a canary, and everybody who might come to a door."""

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select, update
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal import accounts, clock, db
from portal.access import MACHINE, OPENS, Role
from portal.complaints import operations
from portal.complaints.arrived import put_in_pen
from portal.complaints.files import Arrived, Room, Stored, take
from portal.complaints.issues import issues_of, linked_ids
from portal.complaints.models import Complaint, StagePerson
from portal.complaints.papers import Attachment, DangerAlert, Disclosure, Outbox, SafetyRead, StaffDraft
from portal.complaints.people import Adjustment, Party, Staff, Visit
from portal.complaints.record import ReadEvent
from portal.complaints.representing import name_representative, tell_of_representative
from portal.complaints.typed_words import keep_typed
from tests.doors import let_in_party, let_in_resident, let_in_staff
from tests.letters.read_again import by_pdfium
from tests.town import REFUSING, Town

CANARY = re.compile(r"zz([a-z]+)q([a-z]+)q")
WRITES = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM) (\w+)", re.I)
DOORS = ("/follow", "/staff/sign-in")
PROOF = "/your-complaint/prove"
NEVER = "000000000"


def canary(case: str, what: str) -> str:
    """A word that stands nowhere else: whose it is, and what kind of thing it is."""
    return f"zz{case}q{what}q"


Read = tuple[int, str, int | None, frozenset[int], str, str | None]
"""What a read event says: who, in which role, of which complaint, which on a list, by which route, with what reason."""

LATELY_READ = select(*ReadEvent.__table__.columns).order_by(ReadEvent.id.desc())


@dataclass
class Walked:
    """What one request came to."""

    answer: str
    canaries: set[tuple[str, str]]
    written: list[str]
    reads: list[Read]
    logged: list[str]


@dataclass(eq=False)
class Walk:
    """The town, its complaints by name, its people by name, and the means to send one request as one of them.

    `numbers` are those of each complaint and of what was made of its issues, whose words are the same; `ids` has the
    number and the role by which the record and the log know each member of staff.
    """

    app: Flask
    town: Town
    cases: dict[str, Complaint]
    staff: dict[str, tuple[Staff, Role]]
    references: dict[str, str]
    children: dict[tuple[str, str], int]
    parties: dict[str, Party] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, set[int]] = field(default_factory=dict)
    ids: dict[str, tuple[int, Role]] = field(default_factory=dict)
    clients: dict[str, FlaskClient] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        listening = logging.Handler()
        listening.emit = lambda record: self.logged.append(record.getMessage())  # type: ignore[method-assign]
        logging.getLogger("portal").addHandler(listening)
        event.listen(self.app.extensions["engine"], "before_cursor_execute", self._count)

    def _count(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if found := WRITES.match(statement):
            self.written.append(f"{found[1].split()[0].upper()} {found[2]}")

    def send(self, person: str, endpoint: str, method: str, relation: str, *, htmx: bool) -> Walked:
        """One request as one person; a form is sent without its token, so that nothing can come of it."""
        client = self.client(person)
        url = self.url(endpoint, relation)
        if self.town.register.in_transaction():
            self.town.register.rollback()
        self.written.clear()
        self.logged.clear()
        answer = client.open(url, method=method, headers={"HX-Request": "true"} if htmx else {})
        said = f"{answer.headers}{words_in(answer)}"
        if endpoint.endswith(("sign_out", "public.leave")):
            del self.clients[person]
        return Walked(answer_of(answer), set(CANARY.findall(said)), list(self.written), self._reads(), list(self.logged))

    def _reads(self) -> list[Read]:
        """What was written down of what staff read just now."""
        if not (many := self.written.count("INSERT read_event")):
            return []
        with self.app.extensions["engine"].connect() as looking:
            found = looking.execute(LATELY_READ.limit(many)).all()
        return [(one.staff_id, one.role, one.complaint_id, _numbers(one.listed), one.route, one.reason) for one in found]

    def client(self, person: str) -> FlaskClient:
        """The browser of a person, let in where they may come in."""
        if person not in self.clients:
            self.clients[person] = client = self.app.test_client()
            if person in self.staff:
                let_in_staff(client, self.town.register, *self.staff[person])
                self._dismiss(person)
                self._say_why(person)
            elif person == "resident_by_mail":
                let_in_party(client, self.town.register, self.cases["mine"].resident, how=accounts.BY_EMAIL)
            elif person in self.parties:
                let_in_party(client, self.town.register, self.parties[person])
            elif person in self.links:
                with client.session_transaction(base_url="http://localhost") as cookie:
                    cookie["question"] = self.links[person]
            elif person != "nobody":
                let_in_resident(client, self.town.register, self.cases[{"resident": "mine", "neighbour": "theirs"}[person]])
        return self.clients[person]

    def _dismiss(self, person: str) -> None:
        """A leaver's account is disabled after their browser was let in."""
        if person == "leaver":
            with db.transaction(self.town.register):
                self.town.register.merge(self.staff[person][0]).disabled_at = clock.now()

    def _say_why(self, person: str) -> None:
        """Somebody of no team has said in this visit why they open each complaint that is another's."""
        if person == "handler_said_why":
            visits = select(Visit).where(Visit.staff_id == self.staff[person][0].id).order_by(Visit.id.desc())
            visit = self.town.register.scalars(visits.limit(1)).one()
            with db.transaction(self.town.register):
                for name in ("mine", "theirs"):
                    operations.say_why(self.cases[name], visit.id, canary(name, "opened"))

    def url(self, endpoint: str, relation: str) -> str:
        """The address of a route for a relation: a complaint by name, one that never was, one that cannot be."""
        rule = self._rule(endpoint)
        case, _, child = relation.partition("/")
        values: dict[str, Any] = {name: self._value(name, case, child or case) for name in rule.arguments}
        return re.sub(r"<(?:[^<>:]+:)?(\w+)>", lambda match: str(values[match[1]]), rule.rule)

    @cache  # noqa: B019 - there is one walk a process
    def _rule(self, endpoint: str) -> Rule:
        return next(each for each in self.app.url_map.iter_rules() if each.endpoint == endpoint)

    def _value(self, name: str, case: str, child: str) -> str:
        if name == "token":
            return "of-nobody-s-message-ab"
        if name == "form":
            return "print-12"
        if name == "name" and case == "body":
            return "equality"
        if name == "name":
            return "no-such-question" if case == "malformed" else "story"
        wanted = case if name == "complaint" else child
        if wanted == "malformed":
            return "not-one!"
        if name == "complaint":
            return NEVER if wanted == "never" else self.references[wanted]
        if wanted == "never":
            return "9999"
        return str(self.children.get((wanted, name), 1)) if name == "number" else str(self.children[wanted, name])


def words_in(answer: TestResponse) -> str:
    """What can be read in an answer; of a PDF that we made, the words that a reader takes out of it. The file of the town is none, whatever it is called."""
    content = answer.get_data()
    return by_pdfium(content) if content.startswith(b"%PDF-") else content.decode(errors="replace")


def _numbers(listed: str | None) -> frozenset[int]:
    return frozenset(int(one) for one in (listed or "").split(",") if one.isdigit())


def answer_of(answer: TestResponse) -> str:
    """The answer as the table says it: `ok`, `door` (please sign in; 401 to htmx), `proof` (show first that it is you), `why` (say first why),
    or the number of a refusal.

    A form that came without its token is answered 400 or 422, and only to somebody who may send it.
    """
    address = answer.headers.get("Location") or answer.headers.get("HX-Redirect") or ""
    if address.partition("?")[0] in DOORS or answer.status_code == 401:
        return "door"
    if address.partition("?")[0] == PROOF:
        return "proof"
    if address.partition("?")[0].endswith("/why"):
        return "why"
    return "ok" if answer.status_code in (200, 204, 302, 303, 400, 422) else str(answer.status_code)


def build(app: Flask, town: Town) -> Walk:
    """Four complaints at different places, one of them kept to the manager, with different people, and nothing in them but canaries."""
    files: Path = app.extensions["portal"].files
    people = _people(town)
    cases = {name: _raise(town, name, code) for name, code in (("mine", "M"), ("second", "S"), ("theirs", "T"), ("kept", "K"))}
    with town.writing():
        loggers = {"mine": "colleague", "second": "triage_of_stage_1", "theirs": "handler_elsewhere"}
        for name, logger in loggers.items():
            cases[name].logged_by_id = people[logger][0].id
    _acknowledge(town, cases["mine"], "mine", people["handler"])
    with town.writing():
        operations.assign(cases["theirs"], people["senior"][0], by=town.viewer(Role.MANAGER), interest=canary("theirs", "interest"))
        operations.query_meaning(cases["mine"], canary("mine", "meant"), by=town.resident(cases["mine"]))
        operations.dispute_receipt(cases["mine"], canary("mine", "disputed"), by=town.resident(cases["mine"]))
        owed = operations.promise_action(
            cases["mine"], by=town.viewer(Role.HANDLER), stage=1, what=canary("mine", "what"), owner=canary("mine", "owner"),
            due_on=date(2099, 6, 2),
        )  # fmt: skip
        operations.ombudsman_has(cases["mine"], by=town.viewer(Role.LIAISON), theirs="HO-1")
        operations.give_action(cases["mine"], owed, by=town.viewer(Role.HANDLER), to=town.staff[Role.COLLEAGUE])
        for name, complaint in cases.items():
            operations.write(complaint, canary(name, "message"), by=town.resident(complaint))
            operations.raise_issue(complaint, canary(name, "issue"), by=town.resident(complaint))
    with town.writing():
        found, manager = issues_of(cases["theirs"])[0], town.viewer(Role.MANAGER)
        operations.part_issue(cases["theirs"], found, by=manager, ground="unrelated", reason=canary("theirs", "because"))
    _to_stage_2(town, cases["second"], people)
    _panel_met(town, cases["second"])
    children: dict[tuple[str, str], int] = {}
    for name, complaint in cases.items():
        children.update(_papers(town, complaint, name, files, people["handler"][0]))
    with town.writing():
        for name in ("mine", "theirs"):
            operations.hand_over_danger(cases[name].alerts[0], cases[name], by=town.viewer(Role.TRIAGE), to=canary(name, "reached"))
    with town.writing():
        operations.restrict(cases["kept"], [], by=town.viewer(Role.MANAGER), because=canary("kept", "because"))
    children["somebody", "staff_id"] = town.second_reviewer.id
    children["service", "service_id"] = town.repairs.id
    acting = _acting(town, cases["mine"], files)
    children["mine", "party_id"] = acting["representative"].id
    children["stopped", "party_id"] = acting["representative_stopped"].id
    children["spoken", "attachment_id"] = cases["mine"].files[-1].id
    children["filed", "number"] = _sent_outside(town, cases["mine"], files)
    with town.writing():
        alone = DangerAlert(told={"words": canary("alone", "danger")}, raised_at=clock.now())
        town.register.add(alone)
        town.register.flush()
        children["alone", "alert_id"] = alone.id
        for name in ("mine", "kept"):
            said = {what: canary(name, what) for what in ("sender", "subject", "words")}
            raw = f"From: {said['sender']}@mail.example\n\n{canary(name, 'raw')}\n"
            mail = put_in_pen(town.register, "unproved", digest=name, complaint_id=cases[name].id, raw=raw, **said)
            town.register.flush()
            children[f"mail of {name}", "number"] = mail.id
        keep_typed(town.register, "a browser", {"words": canary("mine", "typed")}, staff_id=None, party_id=cases["mine"].resident.id)
    references = {name: complaint.reference for name, complaint in cases.items()}
    links = _asked(town, cases["mine"])
    children["mine", "question_id"] = cases["mine"].questions[0].id
    made = Walk(app, town, cases, people, references, children, acting, links)
    made.numbers = {name: {complaint.id, *linked_ids(complaint)} for name, complaint in cases.items()}
    made.ids = {person: (staff.id, role) for person, (staff, role) in people.items()}
    assert made.send("handler_said_why", "staff.case", "GET", "mine", htmx=False).answer == "ok"
    return made


def _asked(town: Town, complaint: Complaint) -> dict[str, str]:
    """Two contractors who were asked by link and opened it, one of whom has answered; and what each one's browser is known by."""
    found = {}
    for name in ("contractor_live", "contractor_used"):
        said = {what: canary("mine", what) for what in ("asked", "firm", "firmmail")}
        asking = operations.Asking(said["asked"], said["firm"], f"{said['firmmail']}@firm.example", tells=["home"])
        link, found[name] = f"link of {name}", f"browser of {name}"
        with town.writing():
            question = operations.ask_contractor(complaint, asking, link, by=town.viewer(Role.HANDLER))
        with town.writing():
            assert operations.open_question(town.register, link, found[name])
        if name == "contractor_used":
            with town.writing():
                operations.answer_question(town.register, question, canary("mine", "replied"), canary("mine", "replier"))
    return found


def _acting(town: Town, complaint: Complaint, files: Path) -> dict[str, Party]:
    """Those who act for the resident of one complaint: one says so, one has shown it and sent a file, one was stopped."""
    found = {}
    for name, code, how in (("representative", "P", "asked"), ("representative_shown", "Q", "asked"), ("representative_reads", "N", "asked"), ("stopped", "R", "legal")):
        told = operations.ActingFor(
            name=canary("mine", "acting"), how=how, safe_contact={"channels": ["email"], "email": f"{canary('mine', 'acting')}@mail.example"}
        )
        with town.writing():
            found[name] = name_representative(complaint, told, code=code * 24, language="en")
            tell_of_representative(complaint, found[name], by=town.resident(complaint))
    shown = found["representative_shown"]
    with town.writing():
        operations.show_authority(complaint, shown, by=town.viewer(Role.MANAGER), proof=canary("mine", "shown"), scope=("read", "receive", "write", "decide"))
        operations.show_authority(complaint, found["representative_reads"], by=town.viewer(Role.MANAGER), proof=canary("mine", "shown"), scope=["read"])
        arrived = take(files, "note.txt", io.BytesIO(b"words"), Room())
        operations.attach_file(complaint, arrived, party_id=shown.id)
    with town.writing():
        operations.end_authority(complaint, found["stopped"], by=town.resident(complaint))
    return {name: each for name, each in found.items() if name != "stopped"} | {"representative_stopped": found["stopped"]}


def _people(town: Town) -> dict[str, tuple[Staff, Role]]:
    """Everybody on the staff side; one decider of stage 1 comes in four of their roles."""
    everything = [Role.HANDLER, Role.SENIOR, Role.REVIEWER, Role.MANAGER, Role.TRIAGE]
    with town.writing():
        decider = town._staff("Stage One Decider", everything)
        elsewhere = town._staff("Elsewhere Handler", [Role.HANDLER])
        leaver = town._staff("Leaver", [Role.MANAGER])
        off_it = town._staff("Off It Handler", [Role.HANDLER], teams=())
        said_why = town._staff("Explaining Handler", [Role.HANDLER], teams=())
        of_no_team = {f"{role}_of_no_team": (town._staff(f"No Team {role.title()}", [role], teams=()), role) for role in OPENS}
    named = {str(role): (town.staff[role], role) for role in town.staff}
    barred = {f"{role}_of_stage_1": (decider, role) for role in (Role.SENIOR, Role.REVIEWER, Role.MANAGER, Role.TRIAGE)}
    teamless = {"handler_off_it": (off_it, Role.HANDLER), "handler_said_why": (said_why, Role.HANDLER)}
    return {**named, **barred, **teamless, **of_no_team, "handler_elsewhere": (elsewhere, Role.HANDLER), "leaver": (leaver, Role.MANAGER)}


def _raise(town: Town, case: str, code: str) -> Complaint:
    with clock.at(date(2026, 5, 11)):
        return town.complains(
            canary(case, "words"),
            code=code * 24,
            name=canary(case, "name"),
            address=canary(case, "home"),
            when_words=canary(case, "when"),
            wanted={"kinds": ["repair"], "words": canary(case, "wanted")},
            adjustments={"kinds": ["large_print"], "words": canary(case, "wish")},
            safe_contact={
                "channels": ["email", "post"], "email": f"{canary(case, 'email')}@mail.example",
                "phone": canary(case, "phone"), "post": canary(case, "post"), "times": canary(case, "times"),
            },
        )  # fmt: skip


def _sent_outside(town: Town, complaint: Complaint, files: Path) -> int:
    """News that went outside the portal, with its file; the number of its letter."""
    stored = Stored(canary("mine", "storedletter"), 9, "0" * 64)
    (files / stored.stored_as).write_text(canary("mine", "content"))
    file = Arrived(f"{canary('mine', 'scan')}.pdf", "application/pdf", stored)
    sent = operations.Sent(kind="update", on=clock.today(), channel="hand", parts=["news"], said={}, file=file)
    with town.writing():
        return operations.record_outside(complaint, sent, by=town.viewer(Role.HANDLER)).number


def _written(case: str) -> dict[str, Any]:
    """Both letters' facts, every word of them a canary."""
    said = {
        what: canary(case, what) for what in ("fault", "impact", "reasons", "because", "whose", "what", "owner", "opening")
    }
    points = [
        {"number": 1, "text": canary(case, "point"), "responsibility": "ours", "disposition": "upheld",
         "reasons": said["reasons"], "fault": said["fault"], "impact": said["impact"],
         "remedies": [{"kind": "money", "words": canary(case, "remedy"), "pence": 5000}]},
        {"number": 2, "text": canary(case, "point"), "responsibility": "ours", "disposition": "not_upheld",
         "reasons": said["reasons"], "no_remedy_because": said["because"]},
    ]  # fmt: skip
    action = {"what": said["what"], "owner": said["owner"], "due_on": "2099-06-02"}
    return {
        "opening": said["opening"], "points": points, "outcomes": [canary(case, "outcome")], "actions": [action],
        "contributors": canary(case, "contributor"),
    }  # fmt: skip


def _acknowledge(town: Town, complaint: Complaint, case: str, to: tuple[Staff, Role]) -> None:
    staff = to[0]
    viewer = town.viewer(Role.MANAGER)
    with clock.at(date(2026, 5, 12 if complaint.stage == 1 else 22)):
        with town.writing():
            operations.assign(complaint, staff, by=viewer, interest=canary(case, "interest"))
        if complaint.stage == 1:
            with town.writing():
                operations.triage(
                    complaint, by=town.viewer(Role.TRIAGE), complexity="some", vulnerability="none", risk="low",
                    words=canary(case, "triage"), service_id=town.repairs.id,
                )  # fmt: skip
        with town.writing():
            written = _written(case)
            if case == "mine":
                written |= {"refused": [REFUSING | {"number": 3, "text": canary(case, "unaccepted")}]}
            letter = operations.acknowledge(complaint, written, by=viewer)
            town._issue(complaint, letter)


def _to_stage_2(town: Town, complaint: Complaint, people: dict[str, tuple[Staff, Role]]) -> None:
    decider, reviewer = people["reviewer_of_stage_1"][0], people["reviewer"]
    _acknowledge(town, complaint, "second", (decider, Role.HANDLER))
    by = type(MACHINE)(Role.HANDLER, staff_id=decider.id)
    with clock.at(date(2026, 5, 20)), town.writing():
        letter = operations.respond(complaint, _written("second"), by=by)
        town._issue(complaint, letter)
    town.escalated(complaint, on=date(2026, 5, 21))
    with clock.at(date(2026, 5, 21)), town.writing():
        manager = town.viewer(Role.MANAGER)
        operations.assign(complaint, reviewer[0], by=manager, interest=canary("second", "interest"))


def _panel_met(town: Town, complaint: Complaint) -> None:
    """A panel that was arranged and met, every word of it a canary."""
    manager, said = town.viewer(Role.MANAGER), {what: canary("second", what) for what in ("starts", "place", "taking", "interest")}
    meeting = operations.Meeting(clock.today(), said["starts"], said["place"], said["taking"])
    with town.writing():
        operations.arrange_panel(complaint, [town.second_reviewer], meeting, by=manager, interest=said["interest"])
    met = operations.Met(
        on=clock.today(), came=[town.second_reviewer], minutes=canary("second", "minutes"), resident_came=True,
        others=canary("second", "others"), accompanied_by=canary("second", "companion"),
    )  # fmt: skip
    with town.writing():
        operations.record_panel(complaint, complaint.panels[0], met, by=manager)


def _papers(town: Town, complaint: Complaint, case: str, files: Path, staff: Staff) -> Iterator[tuple[tuple[str, str], int]]:
    """What no operation of these journeys writes yet, so that no page can show it by mistake unnoticed."""
    now, register, party = clock.now(), town.register, complaint.resident
    stored = canary(case, "stored")
    files.mkdir(parents=True, exist_ok=True)
    (files / stored).write_text(canary(case, "content"))
    with town.writing():
        file = Attachment(
            complaint_id=complaint.id, party_id=party.id, name=f"{canary(case, 'filename')}.txt", media_type="text/plain",
            size=9, sha256="0" * 64, stored_as=stored, state="not_scanned", added_at=now,
        )  # fmt: skip
        party.given_contact = party.person.safe_contact
        alert = operations.danger_told(complaint, {"words": canary(case, "danger")}, by=town.viewer(Role.TRIAGE))
        operations.record_contact(
            complaint, by=town.viewer(Role.HANDLER), kind="call", incoming=True, who=canary(case, "who"),
            words=canary(case, "call"), accompanied_by=canary(case, "companion"), on=clock.today(), shown=False,
        )  # fmt: skip
        manager = town.viewer(Role.MANAGER)
        operations.write_note(complaint, canary(case, "note"), by=manager)
        operations.write_note(complaint, canary(case, "statement"), by=manager, statement_of=canary(case, "whose"))
        operations.keep_evidence(complaint, canary(case, "evidence"), by=manager, supplied_by=canary(case, "supplier"), on=clock.today())
        register.add_all([
            file,
            StaffDraft(
                complaint_id=complaint.id, kind="response", stage=complaint.stage, written=_written(case), version=1,
                saved_at=now, saved_by_id=staff.id,
            ),
        ])  # fmt: skip
        for table, values in (
            (Adjustment, {"reason": canary(case, "refused")}), (Outbox, {"trouble": canary(case, "trouble")}),
            (StagePerson, {"interest": canary(case, "interest")}),
        ):  # fmt: skip
            register.execute(update(table).where(table.complaint_id == complaint.id).values(**values))
        party.proof = canary(case, "proof")
        register.add(Disclosure(
            complaint_id=complaint.id, words=canary(case, "disability"), carried=False, consent=canary(case, "consent"),
            recorded_by="staff:1", recorded_at=now,
        ))  # fmt: skip
        register.add(SafetyRead(complaint_id=complaint.id, staff_id=town.staff[Role.HANDLER].id, said={"how": canary(case, "saferead"), "of": []}, at=now))
        operations.record_contact(
            complaint, by=town.viewer(Role.HANDLER), kind="call", incoming=False, who=canary(case, "who"), words=canary(case, "call"),
            on=clock.today(), shown=False, why_not=canary(case, "whynot"),
        )  # fmt: skip
        register.flush()
        children = {"attachment_id": file.id, "alert_id": alert.id, "adjustment_id": complaint.resident.person.adjustments[0].id}
        if complaint.actions:
            children["action_id"] = complaint.actions[0].id
        if complaint.remedies:
            children["remedy_id"] = complaint.remedies[0].id
    return iter([((case, name), each) for name, each in children.items()])
