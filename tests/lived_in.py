"""A landlord's portal that has been lived in: a complaint in every state a page knows, and everybody who comes to look."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from portal import accounts, clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.issues import issues_of
from portal.complaints.models import Complaint
from portal.complaints.people import Party, SecondFactor
from portal.complaints.representing import name_representative, tell_of_representative
from portal.complaints.settings import LandlordSetting
from portal.rules.reading import BOTH
from tests import lived_in_lately as lately
from tests.browser_client import CheckingClient
from tests.doors import FIRST_PAGES, let_in_party, let_in_resident, let_in_staff
from tests.resident.journeys import ANSWERS, answers
from tests.town import ACKNOWLEDGING, MIXED, PASSWORD, REFUSING, Town, answering

MESSAGE = "It is still raining in."
LONGER = {
    "reason": "Nobody chased the joiner.", "new_date": "2099-06-09", "interval": 5, "interval_agreed": "You agreed this by phone.",
}  # fmt: skip
OFFERING = {"reason": MESSAGE, "impact": MESSAGE, "kind": "money", "words": "For the cold room.", "pence": 5000, "actions": []}
UNSETTLED = ACKNOWLEDGING | {"points": [ACKNOWLEDGING["points"][0], {**ACKNOWLEDGING["points"][1], "responsibility": "to_be_confirmed"}]}
WITH_POST = {"safe_contact": {"channels": ["email", "post"], "email": "s.haddad@mail.example", "phone": "01632 960111"}}
BOTH_WAYS = {"safe_contact": {"channels": ["email", "phone"], "email": "s.haddad@mail.example", "phone": "01632 960111", "voicemail": "no", "say_who": "no"}}
BY_POST = {"adjustments": {}, "safe_contact": {"channels": ["post"], "post": "14 Quarry Bank\nThornby\nTH4 0ZZ"}}
IN_DANGER: dict[str, Any] = {
    "danger": {"danger": "yes"}, "reach": {"channels": ["email", "phone", "post"]},
    "details": {"email": "s.haddad@mail.example", "phone": "01632 960111", "voicemail": "no", "say_who": "no", "where": "same", "post": ""},
}  # fmt: skip

WORDS = {
    "unseen": "Nobody has looked at this one.", "begun": "The gate is broken.", "acknowledged": "The lift is out again.",
    "refused": "The roof was never mended.", "final": "Rain comes in.", "answered": "The heating fails every night.",
    "queried": "The stairs are dark.", "withdrawn": "The bins were not taken.", "asked": "The tap drips.",
    "spam": "Buy our roofs.", "earlier": "The bell does not ring.", "together": "The bell does not ring either.",
    "held": "The boiler is loud.", "to_approve": "The court has this one.", "astray": "The fence fell over.",
    "spoken_for": "The step is too high.", "stage_2": "Nobody came at all.", "taken_up": "The drain smells.",
    "panel": "The wall is damp.", "died": "The window sticks.", "waits": "The pump is broken.",
}  # fmt: skip
UNMATCHED = ("unseen", "begun", "spam", "asked", "late")
"""Those of whom nobody has said who they are; the others read their points, our answer and our offers on their page."""

LETTERS = {
    "acknowledgement": "acknowledgement", BOTH: "acknowledgement-and-answer", "response": "response", "interim": "part-answer",
    "extension": "extension", "revised": "points", "clarification": "question", "update": "news", "correction": "correction",
    "offer": "offer", "late": "late", "refusal": "refusal",
}  # fmt: skip
"""Each letter that can be begun, and where it is written."""

RESIDENTS = ("/your-complaint", "/your-complaint/receipt", "/your-complaint/code")
CODES = "ABCDEFGHJKMNPQRSTVWXYZ"


class LivedIn:
    """Its complaints by name, and the two people who act for the resident of one of them."""

    def __init__(self, town: Town, language: str = "en") -> None:
        self.town, told = town, {"language": language, "adjustments": {"kinds": ["large_print"], "words": "Big letters"}}
        ways = {"unseen": BOTH_WAYS, "acknowledged": WITH_POST, "refused": WITH_POST, "taken_up": BY_POST}
        self.cases = {
            name: town.complains(words, code=letter * 24, **(told | ways.get(name, {})))
            for letter, (name, words) in zip(CODES, WORDS.items(), strict=False)
        }
        with clock.at(clock.today() - timedelta(60)):
            self.cases["late"] = town.complains("The door does not shut.", code="9" * 24, **told)
        self.acting: list[Party] = []
        for happen in (self._matched, self._before_an_answer, self._answered, self._late, self._ended, self._stage_2, self._beside, self._writing):
            happen()
        lately.happen(self)

    def by(self, role: Role) -> Any:
        """The member of staff of that role, acting in it."""
        return self.town.viewer(role)

    def _before_an_answer(self) -> None:
        town, cases = self.town, self.cases
        town.given_to(cases["begun"])
        town.triaged(cases["begun"])
        town.acknowledged(cases["acknowledged"], written=MIXED)
        town.acknowledged(cases["queried"], written=UNSETTLED)
        with town.writing():
            operations.danger_told(cases["begun"], {"words": "Gas."}, by=town.resident(cases["begun"]))
            operations.raise_issue(cases["acknowledged"], MESSAGE, by=town.resident(cases["acknowledged"]))
            operations.query_meaning(cases["queried"], MESSAGE, by=town.resident(cases["queried"]))
            owed = operations.promise_action(
                cases["acknowledged"], by=self.by(Role.HANDLER), stage=1, what="Oil the hinge", owner="Dean Cole", due_on=clock.today()
            )
            apart = issues_of(cases["acknowledged"])[0]
            operations.part_issue(cases["acknowledged"], apart, by=self.by(Role.MANAGER), ground="would delay", reason=MESSAGE)
            operations.give_action(cases["acknowledged"], owed, by=self.by(Role.HANDLER), to=town.staff[Role.COLLEAGUE])

    def _answered(self) -> None:
        town, answered = self.town, self.cases["answered"]
        for name in ("answered", "final", "stage_2"):
            town.acknowledged(self.cases[name])
            town.answered(self.cases[name])
        with town.writing():
            operations.dispute_action(answered, answered.actions[0], MESSAGE, by=town.resident(answered))
            operations.write(answered, MESSAGE, by=town.resident(answered))
            operations.raise_issue(answered, MESSAGE, by=town.resident(answered))
            operations.reply(answered, MESSAGE, by=self.by(Role.HANDLER))
            operations.write(answered, MESSAGE, by=town.resident(answered))
        with town.writing():
            apart = operations.part_issue(answered, issues_of(answered)[0], by=self.by(Role.MANAGER), ground="answered", reason=MESSAGE)
            self.cases["apart"] = apart
            operations.record_contact(
                answered, by=self.by(Role.HANDLER), kind="call", incoming=True, who="Samira Haddad", words=MESSAGE, on=clock.today()
            )

    def _late(self) -> None:
        town, late = self.town, self.cases["late"]
        town.acknowledged(late, on=clock.today() - timedelta(59))
        with town.writing():
            operations.tell_late(late, LONGER, by=self.by(Role.HANDLER))
            news = operations.Sent(kind="update", on=clock.today(), channel="hand", parts=[], said={})
            operations.record_outside(late, news, by=self.by(Role.HANDLER))
            operations.dispute_receipt(late, "I told the caretaker the week before.", by=town.resident(late))
            operations.write(late, MESSAGE, by=town.resident(late))
            operations.raise_issue(late, MESSAGE, by=town.resident(late))

    def _ended(self) -> None:
        town, cases, manager = self.town, self.cases, self.by(Role.MANAGER)
        for name in ("refused", "taken_up"):
            town.refused(cases[name])
        with town.writing():
            operations.withdraw(cases["withdrawn"], by=town.resident(cases["withdrawn"]))
            operations.make_request(cases["asked"], by=manager, kind="call", words=MESSAGE, on=clock.today())
            operations.mark_spam(cases["spam"], by=manager, why=MESSAGE)
            operations.join(cases["together"], cases["earlier"], by=manager)
        with town.writing():
            operations.undo_refusal(cases["taken_up"], by=manager, why=MESSAGE)

    def _matched(self) -> None:
        """Who most of them are; two of the complaints are one person's."""
        with self.town.writing():
            for number, (name, complaint) in enumerate(self.cases.items()):
                if name not in UNMATCHED:
                    person = self.cases["earlier"].resident.person if name == "together" else None
                    record = "" if person else f"T{number}"
                    operations.match_person(complaint, by=self.by(Role.TRIAGE), person=person, landlord_record=record)

    def _stage_2(self) -> None:
        town, cases = self.town, self.cases
        for name in ("final", "stage_2"):
            town.escalated(cases[name])
        with town.writing():
            senior, said = town.staff[Role.SENIOR], {"said": MESSAGE, "because": MESSAGE}
            operations.decide_conflict(cases["stage_2"], senior, by=self.by(Role.MANAGER), barred=True, **said)
        town.acknowledged(cases["final"], role=Role.REVIEWER)
        town.answered(cases["final"], role=Role.REVIEWER)
        town.acknowledged(cases["held"])
        town.escalated(cases["held"])

    def _beside(self) -> None:
        """What is about people, and what went wrong with a letter."""
        town, cases = self.town, self.cases
        letter = town.acknowledged(cases["astray"])
        with town.writing():
            operations.void_letter(cases["astray"], letter, MESSAGE, by=self.by(Role.HANDLER), wrong="person")
            operations.say_left(town.register, town.second_reviewer, by=self.by(Role.MANAGER))
            for role in (Role.COLLEAGUE, Role.HANDLER):
                operations.begin_factor(town.register, town.staff[role])
            town.register.flush()
            town.register.get_one(SecondFactor, town.staff[Role.HANDLER].id).confirmed_at = clock.now()
            town.staff[Role.MANAGER].roles = [Role.MANAGER, Role.TRIAGE]
            operations.raise_danger(town.register, operations.begin_draft(town.register, language="en")[0], {"words": "Gas."})
            for code in ("P", "Q"):
                self.acting.append(self.acts_for(cases["spoken_for"], code))
            operations.show_authority(cases["spoken_for"], self.acting[1], by=self.by(Role.MANAGER), proof=MESSAGE, scope=("read", "receive"))

    def acts_for(self, complaint: Complaint, code: str, how: str = "asked") -> Party:
        """Somebody says that they act for the resident, who is asked whether that is right."""
        told = operations.ActingFor(name="Rhys Marsh", how=how, safe_contact={"channels": ["email"], "email": "rhys@mail.example"})
        party = name_representative(complaint, told, code=code * 23 + "2", language=complaint.language)
        tell_of_representative(complaint, party, by=self.town.resident(complaint))
        return party

    def _writing(self) -> None:
        """Every letter begun and not sent, and a refusal that somebody else has to approve."""
        begun: dict[str, dict[str, Any]] = {
            "begun": {"acknowledgement": ACKNOWLEDGING, BOTH: answering(1) | {"outcomes": ["Say sorry"]}},
            "acknowledged": {"response": answering(1), "extension": LONGER | {"good_reason": MESSAGE}, "revised": ACKNOWLEDGING | {"why": MESSAGE}, "clarification": {"question": MESSAGE}, "interim": {"points": answering(1)["points"][:1], "rest": [2]}},
            "answered": {"correction": answering(1) | {"why": MESSAGE}, "offer": OFFERING},
            "late": {"late": LONGER, "update": {"news": MESSAGE}},
            "unseen": {"refusal": REFUSING},
            "to_approve": {"refusal": REFUSING},
        }  # fmt: skip
        with self.town.writing():
            for name, letters in begun.items():
                for kind, written in letters.items():
                    operations.save_writing(self.cases[name], kind, written, by=self.by(Role.HANDLER), seen=0)
        with self.town.writing():
            self.town.register.add(LandlordSetting(name="refusals_approved", value=True, set_at=clock.now()))
            self.town.register.flush()
            operations.ask_approval(self.cases["to_approve"], "refusal", by=self.by(Role.HANDLER), seen=1)

    def starts(self, role: Role) -> Iterator[str]:
        """Where somebody on the staff begins: besides the first page, what only the press of a button leads to."""
        if role in FIRST_PAGES:
            yield FIRST_PAGES[role]
            if role == Role.ADMINISTRATOR:
                yield f"/staff/people/{self.town.second_reviewer.id}"
            return
        yield "/staff/"
        if role in (Role.SENIOR, Role.LEAD):
            return
        for complaint in self.cases.values():
            for draft in complaint.writing:
                yield f"/staff/complaints/{complaint.reference}/{LETTERS[draft.kind]}/letter"
        if role == Role.HANDLER:
            yield f"/staff/complaints/{self.cases['elsewhere'].reference}/why"
        if role == Role.MANAGER:
            yield f"/staff/complaints/{self.cases['waits'].reference}/restriction"
            yield f"/staff/complaints/{self.cases['final'].reference}/data/sent"
            yield f"/staff/complaints/{self.cases['final'].reference}/keep"
            yield f"/staff/given?to={self.town.staff[Role.HANDLER].id}&chosen={self.cases['begun'].id}.{self.cases['late'].id}"


@dataclass(frozen=True)
class Comer:
    """Somebody who comes to look: how they come in, and where they begin."""

    enters: Callable[[CheckingClient], object]
    starts: tuple[str, ...]


def comers(there: LivedIn, kind: str) -> Iterator[Comer]:
    """Everybody of a kind: each of the residents in turn, each who acts for one, or whoever complains for several homes."""
    register = there.town.register
    if kind == "nobody":
        yield Comer(lambda client: None, ("/", "/signed-out", "/not-for-me", "/not-for-me/of-nobody-s-message-ab", "/question"))
    elif kind == "asking":
        yield Comer(_asking, ("/follow/code",))
    elif kind == "by mail":
        resident = there.cases["unseen"].resident
        yield Comer(partial(let_in_party, register=register, party=resident, how=accounts.BY_TEXT), ("/your-complaint/prove?then=contact",))
    elif kind == "complaining":
        yield Comer(_complaining, ("/complain/check", "/complain/alerted", "/complain/alert", "/complain/later"))
    elif kind == "half way":
        yield Comer(_half_way, ("/staff/sign-in/code",))
    elif kind == "several":
        yield Comer(_for_several, ("/complain/homes",))
    elif kind == "contractor":
        yield Comer(_contractor, ("/question/answer",))
    elif kind == "ringing":
        yield Comer(_ringing, ("/ring-me/check",))
    elif kind == "resident":
        for complaint in there.cases.values():
            yield Comer(partial(let_in_resident, register=register, complaint=complaint), RESIDENTS)
    elif kind == "representative":
        for party in there.acting:
            yield Comer(partial(let_in_party, register=register, party=party), ("/for-somebody",))
    else:
        staff, role = there.town.staff[Role(kind)], Role(kind)
        yield Comer(partial(let_in_staff, register=register, staff=staff, role=role), tuple(there.starts(role)))


def _contractor(client: CheckingClient) -> None:
    """They have opened the link to their question, and not answered it yet."""
    with client.session_transaction(base_url="http://localhost") as cookie:
        cookie["question"] = lately.CONTRACTOR


def _asking(client: CheckingClient) -> None:
    """They asked for a code, and have not typed it yet."""
    assert client.send("/follow/ask", {"reference": "7K4QM2XDV"}).status_code == 303


def _complaining(client: CheckingClient) -> None:
    """Everything is answered and a file is sent; nothing is pressed yet."""
    answers(client, **(ANSWERS | IN_DANGER))
    client.send("/complain/files", {"files": (io.BytesIO(b"What I saw."), "seen.txt")})


def _half_way(client: CheckingClient) -> None:
    """Their password was right, and their second step is still to come."""
    assert client.send("/staff/sign-in", {"email": "handler@landlord.example", "password": PASSWORD}).location == "/staff/sign-in/code"


def _for_several(client: CheckingClient) -> None:
    """They complain for several homes, and have named one."""
    home = {"name": "Edna Marsh", "address": "2 Low Row\nThornby", "words": "My bath is black.", "post": "2 Low Row", "add": "yes"}
    client.send("/complain/danger", {"danger": "no"})
    client.send("/complain/name", {"name": "Rhys Powell", "whom": "several"})
    client.send("/complain/group", {"how": "group", "can_show": "not_yet"})
    assert client.send("/complain/homes", home, form=-1).status_code == 303


def _ringing(client: CheckingClient) -> None:
    """They asked to be rung, and have not pressed yet."""
    asked = {"danger": "no", "name": "Samira Haddad", "phone": "01632 960111", "voicemail": "no"}
    assert client.send("/ring-me", asked).status_code == 303
