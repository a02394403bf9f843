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
    SENIOR = "senior"
    REVIEWER = "reviewer"
    MANAGER = "manager"
    LEAD = "lead"
    LIAISON = "liaison"
    GOVERNOR = "governor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


ANYONE = tuple(Role)
HANDLERS = (Role.HANDLER, Role.SENIOR)
ANSWERERS = (*HANDLERS, Role.REVIEWER)
SORTERS = (Role.TRIAGE, Role.MANAGER)
FIRST_HANDS = (*HANDLERS, *SORTERS)
CASEWORKERS = (*FIRST_HANDS, Role.REVIEWER)
AT_WORK = (Role.COLLEAGUE, *CASEWORKERS)
READERS = (*CASEWORKERS, Role.LEAD)
KEEPERS = (Role.MANAGER, Role.ADMINISTRATOR)
LOOKERS_ON = (Role.LEAD, Role.LIAISON, Role.GOVERNOR, Role.ADMINISTRATOR, Role.AUDITOR)
"""Those who work here and answer nobody's complaint in this role; they take one down as anybody may, and go on seeing what their role sees."""

STAFF = tuple(each for each in Role if each in (*AT_WORK, *LOOKERS_ON))


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking: nobody, one party on one case, or a member of staff acting in one role; read on each request.

    `is_proved` says of a party that they showed more than one mailbox or one phone. `question_id` is whoever answers one
    question by its link: they see nothing but that question (B8).
    """

    role: Role = Role.NOBODY
    staff_id: int | None = None
    party_id: int | None = None
    complaint_id: int | None = None
    is_proved: bool = False
    question_id: int | None = None

    @property
    def is_staff(self) -> bool:
        """Whether this is a member of staff."""
        return self.role in STAFF

    @property
    def name(self) -> str:
        """How the record names the actor: `staff:7`, `party:3`, `link:2`, `machine`."""
        if self.is_staff:
            return f"staff:{self.staff_id}"
        if self.question_id:
            return f"link:{self.question_id}"
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

    def is_stopped(self, party_id: int | None) -> bool:
        """Whether the resident stopped this party from acting for them."""

    def decides(self, stage: int, staff_id: int | None) -> bool:
        """Whether this member of staff was assigned to answer that stage."""

    def is_on(self, staff_id: int | None) -> bool:
        """Whether this member of staff has, or had, a part in it at any stage."""

    def is_near(self, staff_id: int | None) -> bool:
        """Whether it is this member of staff's own in any way, or their team's."""

    @property
    def waits_for_anybody(self) -> bool:
        """Whether something is owed and nobody has it yet, or nobody has yet said that they have a danger in it."""

    @property
    def waits_for_triage(self) -> bool:
        """Whether something is owed and nobody has weighed it yet."""

    def barred(self, stage: int, staff_id: int | None) -> bool:
        """Whether this person may not consider that stage (ruling 34)."""


Condition = Callable[[Viewer, Case | None], bool]


def always(viewer: Viewer, case: Case | None) -> bool:
    """Anyone in the role."""
    return True


def own_case(viewer: Viewer, case: Case | None) -> bool:
    """The party on this very complaint; a session is for one case."""
    return case is not None and viewer.complaint_id == case.id


def not_stopped(viewer: Viewer, case: Case | None) -> bool:
    """Somebody who says that they act on this very complaint, shown or not, and whom the resident has not stopped (ruling 6)."""
    return own_case(viewer, case) and case is not None and not case.is_stopped(viewer.party_id)


def writes_for_them(viewer: Viewer, case: Case | None) -> bool:
    """Somebody who acts on this very complaint, and whose authority was shown to cover writing to us (rulings 5, 7)."""
    return own_case(viewer, case) and case is not None and "write" in case.scopes_of(viewer.party_id)


def decides_for_them(viewer: Viewer, case: Case | None) -> bool:
    """Somebody who acts on this very complaint, and whose authority was shown to cover deciding as the resident would."""
    return own_case(viewer, case) and case is not None and "decide" in case.scopes_of(viewer.party_id)


def logged_it(viewer: Viewer, case: Case | None) -> bool:
    """The colleague who took the complaint down (ruling 11)."""
    return case is not None and case.logged_by_id == viewer.staff_id


def is_on_it(viewer: Viewer, case: Case | None) -> bool:
    """Whoever has, or had, a part in it at any stage (ruling 9)."""
    return case is not None and case.is_on(viewer.staff_id)


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


def near(viewer: Viewer, case: Case | None) -> bool:
    """Whoever it is near to: it is theirs, their team's, or nobody's yet."""
    return case is not None and (case.waits_for_anybody or case.is_near(viewer.staff_id))


def near_or_to_sort(viewer: Viewer, case: Case | None) -> bool:
    """Whoever it is near to, and those who sort complaints while this one has still to be weighed."""
    return near(viewer, case) or (case is not None and case.waits_for_triage)


class Do(StrEnum):
    """What can be done; a route names one when it is declared."""

    READ_PUBLIC = "read a public page"
    COMPLAIN = "write and send a complaint"
    ANSWER_BY_LINK = "answer the one question that a link opens"
    SIGN_IN = "sign in"
    SIGN_OUT = "sign out"
    CHOOSE_DISPLAY = "choose how pages look"
    REPORT_PAGE = "report that a page of ours asked for what its policy forbids"
    STOP_MESSAGES = "say that a message of ours was meant for somebody else"
    FOLLOW = "follow one's own complaint"
    SAY_OF_SELF = "answer questions about oneself, which are counted and kept apart from every complaint"
    FOLLOW_FOR = "follow what one told us for somebody else"
    READ_EVERYTHING = "read all that one may see of a complaint, in one place"
    TAKE_EVERYTHING = "take all that one may see of a complaint away, in a file"
    ASK_FOR_DATA = "ask for everything that is held about one"
    ASK_STAGE_2 = "ask for stage 2"
    VOICE = "make a first request a complaint"
    DISPUTE_RECEIPT = "say that the day of receipt is wrong"
    QUERY_MEANING = "say that it was not what they meant"
    WITHDRAW = "withdraw"
    TAKE_UP = "take up again what was withdrawn"
    PROVE = "show once more that it is them"
    MARK_BROWSER = "say that this browser is their own"
    CHANGE_CONTACT = "change how we reach them"
    CHOOSE_LANGUAGE = "choose the language that we use with them"
    GET_CODE = "get the access code of a complaint that has none"
    CHANGE_FOR_THEM = "write down how a resident says that they are reached now"
    CHECK_PERSON = "make sure on the phone that it is them"
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
    READ_LOGGED = "read what one took down for residents"
    RECORD_CONTACT = "write down a contact"
    WRITE_DATA_ASKED = "write down that a resident asks for everything held"
    SEND_DATA = "say that everything held was sent to a resident, or that it takes longer"
    REFUSE_DATA = "refuse to send everything held"
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
    SAY_WHY = "say why one opens a complaint that is another team's"
    READ_STATEMENTS = "read what others said of a complaint"
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
    RESTRICT = "say who alone may see a complaint, and open it again"
    NAME_OUTSIDE = "write down who was named from outside"
    RECORD_DEATH = "write down that a resident died"
    KEEP_ESTATE = "say who deals with the estate of a resident who died, or that they have not died"
    KEEP_PANEL = "arrange a panel, and write down what it said"
    ASSIGN = "assign"
    ASSIGN_SEVERAL = "assign several at once"
    WRITE_NOTE = "write a note, or take down a statement"
    TRANSLATE = "write down a translation of what a resident wrote"
    KEEP_EVIDENCE = "write down what was looked at"
    ASK_CONTRACTOR = "ask a contractor one question, and take it back"
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
    UNDO_REFUSAL = "accept what was refused because we looked again"
    KEEP_OMBUDSMAN = "keep which complaints the Ombudsman has"
    KEEP_ACTIONS = "say an action is done, or put it on a new day"
    OFFER = "offer a further remedy"
    KEEP_OWN_ACTIONS = "say that an action of one’s own is done"
    POST_LETTERS = "print letters and say they are posted"
    SEND_AGAIN = "send a letter again that they could not use"
    READ_FIGURES = "read what is measured"
    READ_EQUALITY = "read how many residents gave each answer about themselves"
    READ_REASONS = "read why complaints were opened by other teams"
    READ_RECORD = "read the record: whether it is whole, what was done and read, and no complaint's words"
    KEEP_STAFF = "say that somebody has left, or is back, and help them to sign in"
    READ_MAIL = "see what mail waits"
    SORT_MAIL = "put mail that came with its complaint"
    KEEP_BODIES = "keep how to reach the bodies outside us"
    KEEP_TIMES = "set how long things are kept"
    KEEP_LONGER = "keep a complaint for longer than its time, and let it go again"
    ERASE = "erase what has come to the end of its time"
    KEEP_CALENDAR = "add a bank holiday that was proclaimed"


Rules = dict[Role, Condition]


def when(condition: Condition, *roles: Role) -> Rules:
    """The same condition for each of these roles."""
    return dict.fromkeys(roles, condition)


def all_of(*roles: Role) -> Rules:
    """Anyone in these roles."""
    return when(always, *roles)


RULES: dict[Do, Rules] = {
    Do.READ_PUBLIC: all_of(*ANYONE),
    Do.COMPLAIN: all_of(*ANYONE),
    Do.ANSWER_BY_LINK: all_of(*ANYONE),
    Do.SIGN_IN: all_of(*ANYONE),
    Do.SIGN_OUT: all_of(*ANYONE),
    Do.CHOOSE_DISPLAY: all_of(*ANYONE),
    Do.REPORT_PAGE: all_of(*ANYONE),
    Do.STOP_MESSAGES: all_of(*ANYONE),
    Do.FOLLOW: when(own_case, Role.PARTY),
    Do.SAY_OF_SELF: when(own_case, Role.PARTY) | when(not_stopped, Role.REPRESENTATIVE),
    Do.FOLLOW_FOR: when(own_case, Role.REPRESENTATIVE),
    Do.READ_EVERYTHING: when(own_case, Role.PARTY, Role.REPRESENTATIVE),
    Do.TAKE_EVERYTHING: when(own_case, Role.PARTY, Role.REPRESENTATIVE),
    Do.ASK_FOR_DATA: when(own_case, Role.PARTY),
    Do.ASK_STAGE_2: when(own_case, Role.PARTY) | when(decides_for_them, Role.REPRESENTATIVE),
    Do.VOICE: when(own_case, Role.PARTY),
    Do.DISPUTE_RECEIPT: when(own_case, Role.PARTY),
    Do.QUERY_MEANING: when(own_case, Role.PARTY),
    Do.WITHDRAW: when(own_case, Role.PARTY),
    Do.TAKE_UP: when(own_case, Role.PARTY),
    Do.PROVE: when(own_case, Role.PARTY) | when(not_stopped, Role.REPRESENTATIVE),
    Do.MARK_BROWSER: when(own_case, Role.PARTY),
    Do.CHANGE_CONTACT: when(own_case, Role.PARTY) | when(not_stopped, Role.REPRESENTATIVE),
    Do.CHOOSE_LANGUAGE: when(own_case, Role.PARTY) | when(not_stopped, Role.REPRESENTATIVE),
    Do.GET_CODE: when(own_case, Role.PARTY),
    Do.WRITE_TO_US: when(own_case, Role.PARTY) | when(writes_for_them, Role.REPRESENTATIVE),
    Do.RAISE_ISSUE: when(own_case, Role.PARTY),
    Do.END_AUTHORITY: when(own_case, Role.PARTY),
    Do.ALLOW_DISCLOSED: when(own_case, Role.PARTY),
    Do.ANSWER_OFFER: when(own_case, Role.PARTY),
    Do.DISPUTE_ACTION: when(own_case, Role.PARTY),
    Do.SAY_UNUSABLE: when(own_case, Role.PARTY),
    Do.BE_STAFF: all_of(*STAFF),
    Do.KEEP_SIGN_IN: all_of(*STAFF),
    Do.LOG_COMPLAINT: all_of(*STAFF),
    Do.READ_LOGGED: all_of(*AT_WORK),
    Do.CHANGE_FOR_THEM: when(logged_it, Role.COLLEAGUE) | all_of(*CASEWORKERS),
    Do.CHECK_PERSON: when(logged_it, Role.COLLEAGUE) | all_of(*CASEWORKERS),
    Do.RECORD_CONTACT: when(logged_it, Role.COLLEAGUE) | all_of(*CASEWORKERS),
    Do.WRITE_DATA_ASKED: when(logged_it, Role.COLLEAGUE) | all_of(*CASEWORKERS),
    Do.SEND_DATA: all_of(*CASEWORKERS),
    Do.REFUSE_DATA: all_of(Role.MANAGER),
    Do.JOIN: all_of(*SORTERS),
    Do.MAKE_REQUEST: all_of(*FIRST_HANDS),
    Do.SPAM: all_of(Role.MANAGER),
    Do.VOID: all_of(*CASEWORKERS),
    Do.ANSWER_BREACH: all_of(Role.MANAGER),
    Do.RECORD_OUTSIDE: all_of(*CASEWORKERS),
    Do.CORRECT_RECEIPT: when(logged_it, Role.COLLEAGUE) | all_of(*CASEWORKERS),
    Do.GIVE_CODE: when(logged_it, *AT_WORK) | all_of(Role.MANAGER),
    Do.REPLY: all_of(*CASEWORKERS),
    Do.WRITE_ISSUE: all_of(*CASEWORKERS),
    Do.WRITE_SAID: all_of(*CASEWORKERS),
    Do.DECIDE_ISSUE: when(answers_now, *ANSWERERS) | all_of(*SORTERS),
    Do.READ_QUEUE: all_of(*READERS),
    Do.FIND: all_of(*READERS),
    Do.READ_CASE: when(logged_it, Role.COLLEAGUE) | all_of(*READERS, Role.LIAISON),
    Do.SAY_WHY: all_of(*CASEWORKERS),
    Do.READ_STATEMENTS: when(is_on_it, *CASEWORKERS, Role.COLLEAGUE) | all_of(Role.MANAGER, Role.LEAD),
    Do.OPEN_ORIGINAL: when(answers_now, *ANSWERERS) | all_of(Role.MANAGER, Role.LEAD),
    Do.JUDGE_AUTHORITY: all_of(*FIRST_HANDS),
    Do.DECIDE_PAUSE: all_of(Role.MANAGER),
    Do.DECIDE_ADJUSTMENT: all_of(*CASEWORKERS),
    Do.KEEP_DISCLOSED: when(logged_it, Role.COLLEAGUE) | all_of(*CASEWORKERS),
    Do.MATCH_PERSON: all_of(*FIRST_HANDS),
    Do.TRIAGE: all_of(*FIRST_HANDS),
    Do.ASSIGN_SEVERAL: all_of(*SORTERS, Role.SENIOR),
    Do.ASSIGN: when(not_barred, *SORTERS, Role.SENIOR),
    Do.WRITE_NOTE: all_of(*CASEWORKERS),
    Do.TRANSLATE: all_of(*CASEWORKERS),
    Do.KEEP_EVIDENCE: when(answers_now, *ANSWERERS),
    Do.ASK_CONTRACTOR: when(answers_now, *ANSWERERS) | all_of(Role.MANAGER),
    Do.STAND_BACK: when(has_it_now, *ANSWERERS) | when(not_barred, *SORTERS),
    Do.RECORD_DEATH: all_of(*CASEWORKERS),
    Do.KEEP_ESTATE: all_of(Role.MANAGER),
    Do.KEEP_PANEL: when(has_it_now, *ANSWERERS) | when(not_barred, *SORTERS),
    Do.DECIDE_CONFLICT: when(not_barred, Role.MANAGER),
    Do.SET_NAMING: all_of(Role.MANAGER),
    Do.RESTRICT: all_of(Role.MANAGER),
    Do.NAME_OUTSIDE: all_of(*SORTERS, Role.LEAD),
    Do.HAND_OVER_DANGER: all_of(*CASEWORKERS),
    Do.ACKNOWLEDGE: when(acknowledges_now, *ANSWERERS) | when(not_barred, *SORTERS),
    Do.ACKNOWLEDGE_AND_ANSWER: when(acknowledges_now, *ANSWERERS),
    Do.REFUSE: when(acknowledges_now, *ANSWERERS) | when(not_barred, Role.MANAGER),
    Do.CORRECT_ANSWER: when(corrects_now, *ANSWERERS),
    Do.ASK: when(acknowledges_now, *ANSWERERS) | when(not_barred, *SORTERS),
    Do.APPROVE_REFUSAL: when(not_barred, Role.SENIOR, Role.REVIEWER, Role.MANAGER),
    Do.APPROVE_ANSWER: when(may_consider_answer, Role.SENIOR, Role.REVIEWER, Role.MANAGER),
    Do.ACCEPT: all_of(Role.MANAGER, Role.LIAISON),
    Do.UNDO_REFUSAL: all_of(Role.MANAGER),
    Do.KEEP_OMBUDSMAN: all_of(Role.MANAGER, Role.LIAISON),
    Do.ANSWER: when(answers_now, *ANSWERERS),
    Do.EXTEND: when(answers_now, *ANSWERERS),
    Do.SEND_NEWS: when(answers_now, *ANSWERERS) | all_of(Role.MANAGER),
    Do.KEEP_ACTIONS: all_of(*ANSWERERS, Role.MANAGER),
    Do.OFFER: when(has_it_now, *HANDLERS) | when(not_barred, Role.REVIEWER, Role.MANAGER),
    Do.KEEP_OWN_ACTIONS: all_of(*AT_WORK),
    Do.POST_LETTERS: all_of(*FIRST_HANDS),
    Do.SEND_AGAIN: all_of(*CASEWORKERS),
    Do.READ_FIGURES: all_of(Role.MANAGER, Role.LEAD, Role.GOVERNOR),
    Do.READ_EQUALITY: all_of(Role.LEAD, Role.GOVERNOR),
    Do.READ_REASONS: all_of(Role.MANAGER),
    Do.READ_RECORD: all_of(Role.AUDITOR),
    Do.KEEP_STAFF: all_of(*KEEPERS),
    Do.READ_MAIL: all_of(*READERS),
    Do.SORT_MAIL: all_of(Role.TRIAGE, Role.MANAGER),
    Do.KEEP_BODIES: all_of(*KEEPERS),
    Do.KEEP_SETTINGS: all_of(*KEEPERS),
    Do.KEEP_TIMES: all_of(*KEEPERS),
    Do.KEEP_LONGER: all_of(Role.MANAGER),
    Do.ERASE: all_of(Role.MANAGER),
    Do.KEEP_CALENDAR: all_of(Role.MANAGER),
}


OPENS: Rules = {
    # A colleague sees only what they took down themselves, so there is nothing to explain.
    Role.COLLEAGUE: always,
    # Triage sorts what comes in for every team: what is new, or not weighed yet. What has been sorted is its team's.
    Role.TRIAGE: near_or_to_sort,
    # Handlers and seniors cover for each other within a team, and take what nobody has.
    Role.HANDLER: near,
    Role.SENIOR: near,
    # Reviewers have the stages they were given; a stage 2 that waits for somebody is open to each of them.
    Role.REVIEWER: near,
    # Managers answer for every complaint, and it is they who read why others opened one.
    Role.MANAGER: always,
    # The senior lead looks after how complaints are dealt with everywhere, and decides nothing in any.
    Role.LEAD: always,
    # The liaison sees the complaints that the Ombudsman has, and no others.
    Role.LIAISON: always,
}
"""Who opens a complaint they may see without saying why; anybody else on the staff says it first, in their own words (I1)."""


BEFORE_ALL_ELSE = frozenset((Do.KEEP_SIGN_IN, Do.SIGN_IN, Do.SIGN_OUT))
"""What somebody may do who has still to choose a password of their own, or to set up a second step."""


NEEDS_PROOF = frozenset((Do.CHANGE_CONTACT, Do.WITHDRAW, Do.GET_CODE, Do.TAKE_EVERYTHING))
"""What nobody does in anybody's place with one mailbox or one phone alone: they show once more that it is them.

Stopping somebody from acting, writing to us and asking for stage 2 are never among them.
"""


def owes_proof(viewer: Viewer, do: Do) -> bool:
    """Whether a party who may do this has to show once more that it is them first."""
    return do in NEEDS_PROOF and viewer.party_id is not None and viewer.role in RULES[do] and not viewer.is_proved


def may(viewer: Viewer, do: Do, case: Case | None = None) -> bool:
    """Whether the table lets this viewer do this, to this complaint, now."""
    condition = RULES.get(do, {}).get(viewer.role)
    return condition is not None and condition(viewer, case) and not owes_proof(viewer, do)


def opens(viewer: Viewer, case: Case) -> bool:
    """Whether this viewer opens it without saying why: staff as the table says, and a resident their own."""
    if not viewer.is_staff:
        return True
    condition = OPENS.get(viewer.role)
    return condition is not None and condition(viewer, case)
