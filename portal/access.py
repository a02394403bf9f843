"""WHO MAY DO WHAT: one table, action x role -> a named condition; anything not written is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    """What a viewer acts as. A member of staff may hold several staff roles and acts in one."""

    NOBODY = "nobody"
    PARTY = "party"
    REPRESENTATIVE = "representative"
    COLLEAGUE = "colleague"
    TRIAGE = "triage"
    HANDLER = "handler"
    REVIEWER = "reviewer"
    MANAGER = "manager"


STAFF = (Role.COLLEAGUE, Role.TRIAGE, Role.HANDLER, Role.REVIEWER, Role.MANAGER)
ANYONE = tuple(Role)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking: nobody, one party on one case, or a member of staff acting in one role; read on each request."""

    role: Role = Role.NOBODY
    staff_id: int | None = None
    party_id: int | None = None
    complaint_id: int | None = None

    @property
    def is_staff(self) -> bool:
        """Whether this is a member of staff."""
        return self.role in STAFF

    @property
    def name(self) -> str:
        """How the record names the actor: `staff:7`, `party:3`, `machine`."""
        if self.is_staff:
            return f"staff:{self.staff_id}"
        return f"party:{self.party_id}" if self.party_id else "machine"


MACHINE = Viewer()
"""The worker: it sends what operations queued and writes what came of it. No route is ever given to it."""


class Case(Protocol):
    """What a condition may look at; a row read now, never a session."""

    id: int
    logged_by_id: int | None
    stage: int

    def stage_for(self, letter: str) -> int:
        """The stage that a letter of this kind would be of."""

    def scopes_of(self, party_id: int | None) -> frozenset[str]:
        """What this party may do for the resident as things stand; nothing for the resident and for strangers."""

    def decides(self, stage: int, staff_id: int | None) -> bool:
        """Whether this member of staff was assigned to answer that stage."""

    def barred(self, stage: int, staff_id: int | None) -> bool:
        """Whether this person may not consider that stage (ruling 34)."""


Condition = Callable[[Viewer, Case | None], bool]


def always(viewer: Viewer, case: Case | None) -> bool:
    """Anyone in the role."""
    return True


def own_case(viewer: Viewer, case: Case | None) -> bool:
    """The party on this very complaint; a session is for one case."""
    return case is not None and viewer.complaint_id == case.id


def writes_for_them(viewer: Viewer, case: Case | None) -> bool:
    """Somebody who acts on this very complaint, and whose authority was shown to cover writing to us (rulings 5, 7)."""
    return own_case(viewer, case) and case is not None and "write" in case.scopes_of(viewer.party_id)


def decides_for_them(viewer: Viewer, case: Case | None) -> bool:
    """Somebody who acts on this very complaint, and whose authority was shown to cover deciding as the resident would."""
    return own_case(viewer, case) and case is not None and "decide" in case.scopes_of(viewer.party_id)


def logged_it(viewer: Viewer, case: Case | None) -> bool:
    """The colleague who took the complaint down (ruling 11)."""
    return case is not None and case.logged_by_id == viewer.staff_id


def _has_stage(viewer: Viewer, case: Case, stage: int) -> bool:
    return case.decides(stage, viewer.staff_id) and not case.barred(stage, viewer.staff_id)


def acknowledges_now(viewer: Viewer, case: Case | None) -> bool:
    """The person assigned to the stage to be acknowledged, and not barred from it."""
    return case is not None and _has_stage(viewer, case, case.stage_for("acknowledgement"))


def answers_now(viewer: Viewer, case: Case | None) -> bool:
    """The person assigned to the stage to be answered, and not barred from it."""
    return case is not None and _has_stage(viewer, case, case.stage_for("response"))


def has_it_now(viewer: Viewer, case: Case | None) -> bool:
    """The person assigned to the stage it is at, answered or not, and not barred from it."""
    return case is not None and _has_stage(viewer, case, case.stage)


def corrects_now(viewer: Viewer, case: Case | None) -> bool:
    """The person assigned to the stage whose answer can be corrected."""
    return case is not None and _has_stage(viewer, case, case.stage_for("correction"))


def not_barred(viewer: Viewer, case: Case | None) -> bool:
    """Anyone in the role who is not barred from considering the stage (choosing a reviewer is considering)."""
    return case is not None and not case.barred(case.stage, viewer.staff_id)


def may_consider_answer(viewer: Viewer, case: Case | None) -> bool:
    """Anyone in the role who is not barred from the stage to be answered (approving is considering)."""
    return case is not None and not case.barred(case.stage_for("response"), viewer.staff_id)


class Do(StrEnum):
    """What can be done; a route names one when it is declared."""

    READ_PUBLIC = "read a public page"
    COMPLAIN = "write and send a complaint"
    SIGN_IN = "sign in"
    SIGN_OUT = "sign out"
    FOLLOW = "follow one's own complaint"
    FOLLOW_FOR = "follow what one told us for somebody else"
    ASK_STAGE_2 = "ask for stage 2"
    VOICE = "make a first request a complaint"
    DISPUTE_RECEIPT = "say that the day of receipt is wrong"
    QUERY_MEANING = "say that it was not what they meant"
    WITHDRAW = "withdraw, and take up again"
    WRITE_TO_US = "write to us at any time"
    RAISE_ISSUE = "raise something new"
    END_AUTHORITY = "end, or narrow, what somebody may do for them"
    ALLOW_DISCLOSED = "say whether a disability they told us of is used for their other complaints"
    ANSWER_OFFER = "take what was offered, or not"
    DISPUTE_ACTION = "say that something promised is not done"
    SAY_UNUSABLE = "say that they cannot read a letter in this form"
    BE_STAFF = "use the staff side"
    KEEP_SIGN_IN = "keep how one signs in oneself"
    LOG_COMPLAINT = "take a complaint down for a resident"
    RECORD_CONTACT = "write down a contact"
    JOIN = "join a complaint with another, and take it out again"
    MAKE_REQUEST = "handle it as a first request, and make it a complaint again"
    SPAM = "say that it is nobody's complaint, and undo that"
    VOID = "say that a letter belonged to another person or complaint"
    ANSWER_BREACH = "deal with a letter that went astray"
    RECORD_OUTSIDE = "record a letter that went outside the portal, and complete it"
    CORRECT_RECEIPT = "correct the day of receipt"
    GIVE_CODE = "give a new access code"
    REPLY = "reply to what a resident wrote"
    WRITE_ISSUE = "write down something new that a resident raised"
    WRITE_SAID = "write down what a resident decided by phone"
    DECIDE_ISSUE = "decide where a new issue is answered"
    READ_QUEUE = "read the queue"
    FIND = "look for a complaint"
    READ_CASE = "read a complaint"
    OPEN_ORIGINAL = "open a photograph or film as it came, with what it says of where it was made"
    JUDGE_AUTHORITY = "say whether somebody may act for a resident"
    DECIDE_PAUSE = "decide about a pause of somebody's access"
    DECIDE_ADJUSTMENT = "agree to an adjustment, or decline it"
    KEEP_DISCLOSED = "write down a disability that was disclosed"
    MATCH_PERSON = "match a person to a record"
    TRIAGE = "triage"
    STAND_BACK = "say that somebody stands back from a stage"
    DECIDE_CONFLICT = "decide whether somebody has a conflict"
    SET_NAMING = "say whether the resident is told the name of whoever has it"
    NAME_OUTSIDE = "write down who was named from outside"
    RECORD_DEATH = "write down that a resident died"
    KEEP_ESTATE = "say who deals with the estate of a resident who died, or that they have not died"
    KEEP_PANEL = "arrange a panel, and write down what it said"
    ASSIGN = "assign"
    ASSIGN_SEVERAL = "assign several at once"
    WRITE_NOTE = "write a note, or take down a statement"
    KEEP_EVIDENCE = "write down what was looked at"
    HAND_OVER_DANGER = "record that danger was handed over"
    ACKNOWLEDGE = "acknowledge"
    ACKNOWLEDGE_AND_ANSWER = "acknowledge and answer in one letter"
    ANSWER = "answer point by point"
    EXTEND = "take more time for an answer"
    SEND_NEWS = "write that an answer is late, or send news of it"
    REFUSE = "refuse a complaint, or a request for stage 2"
    CORRECT_ANSWER = "correct an answer that went"
    ASK = "ask the resident what was meant"
    APPROVE_REFUSAL = "approve a refusal that somebody else wrote"
    APPROVE_ANSWER = "approve an answer that somebody else wrote"
    KEEP_SETTINGS = "change what the landlord chooses"
    ACCEPT = "accept what was refused"
    KEEP_ACTIONS = "say an action is done, or put it on a new day"
    OFFER = "offer a further remedy"
    KEEP_OWN_ACTIONS = "say that an action of one’s own is done"
    POST_LETTERS = "print letters and say they are posted"
    SEND_AGAIN = "send a letter again that they could not use"
    READ_FIGURES = "read what is measured"
    KEEP_STAFF = "say that somebody has left, or is back"
    READ_MAIL = "see what mail waits"
    KEEP_BODIES = "keep how to reach the bodies outside us"
    KEEP_CALENDAR = "add a bank holiday that was proclaimed"


RULES: dict[Do, dict[Role, Condition]] = {
    Do.READ_PUBLIC: dict.fromkeys(ANYONE, always),
    Do.COMPLAIN: dict.fromkeys(ANYONE, always),
    Do.SIGN_IN: dict.fromkeys(ANYONE, always),
    Do.SIGN_OUT: dict.fromkeys(ANYONE, always),
    Do.FOLLOW: {Role.PARTY: own_case},
    Do.FOLLOW_FOR: {Role.REPRESENTATIVE: own_case},
    Do.ASK_STAGE_2: {Role.PARTY: own_case, Role.REPRESENTATIVE: decides_for_them},
    Do.VOICE: {Role.PARTY: own_case},
    Do.DISPUTE_RECEIPT: {Role.PARTY: own_case},
    Do.QUERY_MEANING: {Role.PARTY: own_case},
    Do.WITHDRAW: {Role.PARTY: own_case},
    Do.WRITE_TO_US: {Role.PARTY: own_case, Role.REPRESENTATIVE: writes_for_them},
    Do.RAISE_ISSUE: {Role.PARTY: own_case},
    Do.END_AUTHORITY: {Role.PARTY: own_case},
    Do.ALLOW_DISCLOSED: {Role.PARTY: own_case},
    Do.ANSWER_OFFER: {Role.PARTY: own_case},
    Do.DISPUTE_ACTION: {Role.PARTY: own_case},
    Do.SAY_UNUSABLE: {Role.PARTY: own_case},
    Do.BE_STAFF: dict.fromkeys(STAFF, always),
    Do.KEEP_SIGN_IN: dict.fromkeys(STAFF, always),
    Do.LOG_COMPLAINT: dict.fromkeys(STAFF, always),
    Do.RECORD_CONTACT: {
        Role.COLLEAGUE: logged_it,
        Role.TRIAGE: always,
        Role.HANDLER: always,
        Role.REVIEWER: always,
        Role.MANAGER: always,
    },
    Do.JOIN: dict.fromkeys((Role.TRIAGE, Role.MANAGER), always),
    Do.MAKE_REQUEST: dict.fromkeys((Role.TRIAGE, Role.HANDLER, Role.MANAGER), always),
    Do.SPAM: {Role.MANAGER: always},
    Do.VOID: dict.fromkeys((Role.TRIAGE, Role.HANDLER, Role.REVIEWER, Role.MANAGER), always),
    Do.ANSWER_BREACH: {Role.MANAGER: always},
    Do.RECORD_OUTSIDE: dict.fromkeys((Role.TRIAGE, Role.HANDLER, Role.REVIEWER, Role.MANAGER), always),
    Do.CORRECT_RECEIPT: {
        Role.COLLEAGUE: logged_it,
        Role.TRIAGE: always,
        Role.HANDLER: always,
        Role.REVIEWER: always,
        Role.MANAGER: always,
    },
    Do.GIVE_CODE: {
        Role.COLLEAGUE: logged_it,
        Role.TRIAGE: logged_it,
        Role.HANDLER: logged_it,
        Role.REVIEWER: logged_it,
        Role.MANAGER: always,
    },
    Do.REPLY: dict.fromkeys((Role.TRIAGE, Role.HANDLER, Role.REVIEWER, Role.MANAGER), always),
    Do.WRITE_ISSUE: dict.fromkeys((Role.TRIAGE, Role.HANDLER, Role.REVIEWER, Role.MANAGER), always),
    Do.WRITE_SAID: dict.fromkeys((Role.TRIAGE, Role.HANDLER, Role.REVIEWER, Role.MANAGER), always),
    Do.DECIDE_ISSUE: {Role.TRIAGE: always, Role.HANDLER: answers_now, Role.REVIEWER: answers_now, Role.MANAGER: always},
    Do.READ_QUEUE: dict.fromkeys((Role.TRIAGE, Role.HANDLER, Role.REVIEWER, Role.MANAGER), always),
    Do.FIND: dict.fromkeys((Role.TRIAGE, Role.HANDLER, Role.REVIEWER, Role.MANAGER), always),
    Do.READ_CASE: {
        Role.COLLEAGUE: logged_it,
        Role.TRIAGE: always,
        Role.HANDLER: always,
        Role.REVIEWER: always,
        Role.MANAGER: always,
    },
    Do.OPEN_ORIGINAL: {Role.HANDLER: answers_now, Role.REVIEWER: answers_now, Role.MANAGER: always},
    Do.JUDGE_AUTHORITY: dict.fromkeys((Role.TRIAGE, Role.HANDLER, Role.MANAGER), always),
    Do.DECIDE_PAUSE: {Role.MANAGER: always},
    Do.DECIDE_ADJUSTMENT: dict.fromkeys((Role.TRIAGE, Role.HANDLER, Role.REVIEWER, Role.MANAGER), always),
    Do.KEEP_DISCLOSED: {
        Role.COLLEAGUE: logged_it,
        Role.TRIAGE: always,
        Role.HANDLER: always,
        Role.REVIEWER: always,
        Role.MANAGER: always,
    },
    Do.MATCH_PERSON: dict.fromkeys((Role.TRIAGE, Role.HANDLER, Role.MANAGER), always),
    Do.TRIAGE: dict.fromkeys((Role.TRIAGE, Role.HANDLER, Role.MANAGER), always),
    Do.ASSIGN_SEVERAL: dict.fromkeys((Role.TRIAGE, Role.MANAGER), always),
    Do.ASSIGN: {Role.TRIAGE: not_barred, Role.MANAGER: not_barred},
    Do.WRITE_NOTE: dict.fromkeys((Role.TRIAGE, Role.HANDLER, Role.REVIEWER, Role.MANAGER), always),
    Do.KEEP_EVIDENCE: {Role.HANDLER: answers_now, Role.REVIEWER: answers_now},
    Do.STAND_BACK: {
        Role.TRIAGE: not_barred,
        Role.HANDLER: has_it_now,
        Role.REVIEWER: has_it_now,
        Role.MANAGER: not_barred,
    },
    Do.RECORD_DEATH: dict.fromkeys((Role.TRIAGE, Role.HANDLER, Role.REVIEWER, Role.MANAGER), always),
    Do.KEEP_ESTATE: {Role.MANAGER: always},
    Do.KEEP_PANEL: {
        Role.TRIAGE: not_barred,
        Role.HANDLER: has_it_now,
        Role.REVIEWER: has_it_now,
        Role.MANAGER: not_barred,
    },
    Do.DECIDE_CONFLICT: {Role.MANAGER: not_barred},
    Do.SET_NAMING: {Role.MANAGER: always},
    Do.NAME_OUTSIDE: dict.fromkeys((Role.TRIAGE, Role.MANAGER), always),
    Do.HAND_OVER_DANGER: dict.fromkeys((Role.TRIAGE, Role.HANDLER, Role.REVIEWER, Role.MANAGER), always),
    Do.ACKNOWLEDGE: {
        Role.TRIAGE: not_barred,
        Role.HANDLER: acknowledges_now,
        Role.REVIEWER: acknowledges_now,
        Role.MANAGER: not_barred,
    },
    Do.ACKNOWLEDGE_AND_ANSWER: {Role.HANDLER: acknowledges_now, Role.REVIEWER: acknowledges_now},
    Do.REFUSE: {Role.HANDLER: acknowledges_now, Role.REVIEWER: acknowledges_now, Role.MANAGER: not_barred},
    Do.CORRECT_ANSWER: {Role.HANDLER: corrects_now, Role.REVIEWER: corrects_now},
    Do.ASK: {
        Role.TRIAGE: not_barred,
        Role.HANDLER: acknowledges_now,
        Role.REVIEWER: acknowledges_now,
        Role.MANAGER: not_barred,
    },
    Do.APPROVE_REFUSAL: {Role.REVIEWER: not_barred, Role.MANAGER: not_barred},
    Do.APPROVE_ANSWER: {Role.REVIEWER: may_consider_answer, Role.MANAGER: may_consider_answer},
    Do.ACCEPT: {Role.MANAGER: always},
    Do.ANSWER: {Role.HANDLER: answers_now, Role.REVIEWER: answers_now},
    Do.EXTEND: {Role.HANDLER: answers_now, Role.REVIEWER: answers_now},
    Do.SEND_NEWS: {Role.HANDLER: answers_now, Role.REVIEWER: answers_now, Role.MANAGER: always},
    Do.KEEP_ACTIONS: dict.fromkeys((Role.HANDLER, Role.REVIEWER, Role.MANAGER), always),
    Do.OFFER: {Role.HANDLER: has_it_now, Role.REVIEWER: not_barred, Role.MANAGER: not_barred},
    Do.KEEP_OWN_ACTIONS: dict.fromkeys(STAFF, always),
    Do.POST_LETTERS: dict.fromkeys((Role.TRIAGE, Role.HANDLER, Role.MANAGER), always),
    Do.SEND_AGAIN: dict.fromkeys((Role.TRIAGE, Role.HANDLER, Role.REVIEWER, Role.MANAGER), always),
    Do.READ_FIGURES: {Role.MANAGER: always},
    Do.KEEP_STAFF: {Role.MANAGER: always},
    Do.READ_MAIL: dict.fromkeys((Role.TRIAGE, Role.HANDLER, Role.REVIEWER, Role.MANAGER), always),
    Do.KEEP_BODIES: {Role.MANAGER: always},
    Do.KEEP_SETTINGS: {Role.MANAGER: always},
    Do.KEEP_CALENDAR: {Role.MANAGER: always},
}


BEFORE_ALL_ELSE = frozenset((Do.KEEP_SIGN_IN, Do.SIGN_IN, Do.SIGN_OUT))
"""What somebody may do who has still to choose a password of their own, or to set up a second step."""


def may(viewer: Viewer, do: Do, case: Case | None = None) -> bool:
    """Whether the table lets this viewer do this, to this complaint, now."""
    condition = RULES.get(do, {}).get(viewer.role)
    return condition is not None and condition(viewer, case)
