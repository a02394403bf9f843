"""The one door for what happens: a verb for each thing that can happen to a complaint; none of them commits."""

from portal.complaints.acknowledging import acknowledge
from portal.complaints.acting import decide_pause, end_authority, narrow
from portal.complaints.adjusting import decide_adjustment
from portal.complaints.answering import respond, save_writing
from portal.complaints.approving import ask_approval
from portal.complaints.arrived import place, put_aside
from portal.complaints.bodies import check_body
from portal.complaints.both import acknowledge_and_answer
from portal.complaints.casework import (
    assign,
    danger_told,
    hand_over_danger,
    triage,
)
from portal.complaints.checking import ask_call, check_person
from portal.complaints.choices import choose
from portal.complaints.contacting import change_contact
from portal.complaints.contacts import record_contact
from portal.complaints.contractors import Asking, answer_question, ask_contractor, end_question, open_question
from portal.complaints.correcting import answer_part, correct_answer
from portal.complaints.data_asked import (
    ask_for_data,
    extend_data,
    refuse_data,
    say_data_sent,
    take_down_data_asked,
)
from portal.complaints.death import EstateContact, name_estate_contact, record_death, undo_death
from portal.complaints.disclosing import carry, disclose, retract
from portal.complaints.displaying import keep_display
from portal.complaints.ending import join, make_request, mark_spam, unjoin, unmark_spam, voice
from portal.complaints.equality import count_answers
from portal.complaints.erasing import erase, erase_several
from portal.complaints.escalation import escalate, take_back_stage_2
from portal.complaints.extending import agree_by_contact, extend, send_news, tell_late
from portal.complaints.files import add_file, attach_file, enclose, mark_scanned, remove_file
from portal.complaints.giving_out import assign_several
from portal.complaints.holidays import proclaim
from portal.complaints.importing import bring_in
from portal.complaints.intake import (
    begin_draft,
    forget_draft,
    raise_complaint,
    raise_danger,
    raise_several,
    resume_draft,
    save_draft,
)
from portal.complaints.issues import ask_together, join_issue, part_issue, raise_issue
from portal.complaints.keeping import keep_evidence, write_note
from portal.complaints.languages import choose_language
from portal.complaints.leaving import say_back, say_left
from portal.complaints.logging_in import first_code, give_code, log_complaint
from portal.complaints.made_at_once import cannot_read
from portal.complaints.made_files import keep_made
from portal.complaints.matching import match_person, reach_elsewhere
from portal.complaints.meaning import answer_meaning, query_meaning
from portal.complaints.messages import mark_read, reply, write
from portal.complaints.naming import give_name, keep_name_back
from portal.complaints.not_mine import say_not_mine
from portal.complaints.offering import offer_more, pay_remedy
from portal.complaints.ombudsman import ombudsman_has
from portal.complaints.opening import say_why
from portal.complaints.outside import Sent, complete, record_outside
from portal.complaints.overturning import accept_point_as_directed, undo_refusal_of_point
from portal.complaints.own_browsers import forget_own, mark_own
from portal.complaints.panels import (
    Meeting,
    Met,
    arrange_panel,
    call_off_panel,
    record_panel,
    record_unarranged_panel,
)
from portal.complaints.posting import mark_posted
from portal.complaints.promises import (
    complete_action,
    give_action,
    promise_action,
    redate_action,
    tell_missed,
)
from portal.complaints.receiving import correct_receipt, dispute_receipt, keep_receipt
from portal.complaints.refusing import accept_as_directed, refuse, undo_refusal
from portal.complaints.representing import ActingFor, decline, show_authority
from portal.complaints.restricting import open_again, restrict
from portal.complaints.retention import end_keeping, keep_longer, ombudsman_done
from portal.complaints.reviewers import decide_conflict, name_outside_reviewer, stand_back
from portal.complaints.safety import read_safety
from portal.complaints.same_person import say_apart, say_same
from portal.complaints.saying import answer_offer, dispute_action
from portal.complaints.second_factor import (
    begin_factor,
    confirm_factor,
    lift_factor,
    new_recovery_codes,
    try_code,
    turn_off,
)
from portal.complaints.sending import forget_queued, mark_failed, mark_issued
from portal.complaints.services import add_service, keep_service
from portal.complaints.speaking import ring_first
from portal.complaints.teaming import set_teams
from portal.complaints.times import set_times
from portal.complaints.together import copy_writing, send_together, tie
from portal.complaints.told import TakenDown, Told
from portal.complaints.translating import translate
from portal.complaints.understanding import ask, revise_points, settle_point
from portal.complaints.usable import find_unusable, send_again
from portal.complaints.voiding import answer_breach, void_letter
from portal.complaints.ways_in import change_password, give_first_password, send_first_password
from portal.complaints.withdrawing import resume, withdraw
from portal.complaints.work import come_from_work

__all__ = [
    "ActingFor",
    "Asking",
    "EstateContact",
    "Meeting",
    "Met",
    "Sent",
    "TakenDown",
    "Told",
    "accept_as_directed",
    "accept_point_as_directed",
    "acknowledge",
    "acknowledge_and_answer",
    "add_file",
    "add_service",
    "agree_by_contact",
    "answer_breach",
    "answer_meaning",
    "answer_offer",
    "answer_part",
    "answer_question",
    "arrange_panel",
    "ask",
    "ask_approval",
    "ask_call",
    "ask_contractor",
    "ask_for_data",
    "ask_together",
    "assign",
    "assign_several",
    "attach_file",
    "begin_draft",
    "begin_factor",
    "bring_in",
    "call_off_panel",
    "cannot_read",
    "carry",
    "change_contact",
    "change_password",
    "check_body",
    "check_person",
    "choose",
    "choose_language",
    "come_from_work",
    "complete",
    "complete_action",
    "confirm_factor",
    "copy_writing",
    "correct_answer",
    "correct_receipt",
    "count_answers",
    "danger_told",
    "decide_adjustment",
    "decide_conflict",
    "decide_pause",
    "decline",
    "disclose",
    "dispute_action",
    "dispute_receipt",
    "enclose",
    "end_authority",
    "end_keeping",
    "end_question",
    "erase",
    "erase_several",
    "escalate",
    "extend",
    "extend_data",
    "find_unusable",
    "first_code",
    "forget_draft",
    "forget_own",
    "forget_queued",
    "give_action",
    "give_code",
    "give_first_password",
    "give_name",
    "hand_over_danger",
    "join",
    "join_issue",
    "keep_display",
    "keep_evidence",
    "keep_longer",
    "keep_made",
    "keep_name_back",
    "keep_receipt",
    "keep_service",
    "lift_factor",
    "log_complaint",
    "make_request",
    "mark_failed",
    "mark_issued",
    "mark_own",
    "mark_posted",
    "mark_read",
    "mark_scanned",
    "mark_spam",
    "match_person",
    "name_estate_contact",
    "name_outside_reviewer",
    "narrow",
    "new_recovery_codes",
    "offer_more",
    "ombudsman_done",
    "ombudsman_has",
    "open_again",
    "open_question",
    "part_issue",
    "pay_remedy",
    "place",
    "proclaim",
    "promise_action",
    "put_aside",
    "query_meaning",
    "raise_complaint",
    "raise_danger",
    "raise_issue",
    "raise_several",
    "reach_elsewhere",
    "read_safety",
    "record_contact",
    "record_death",
    "record_outside",
    "record_panel",
    "record_unarranged_panel",
    "redate_action",
    "refuse",
    "refuse_data",
    "remove_file",
    "reply",
    "respond",
    "restrict",
    "resume",
    "resume_draft",
    "retract",
    "revise_points",
    "ring_first",
    "save_draft",
    "save_writing",
    "say_apart",
    "say_back",
    "say_data_sent",
    "say_left",
    "say_not_mine",
    "say_same",
    "say_why",
    "send_again",
    "send_first_password",
    "send_news",
    "send_together",
    "set_teams",
    "set_times",
    "settle_point",
    "show_authority",
    "stand_back",
    "take_back_stage_2",
    "take_down_data_asked",
    "tell_late",
    "tell_missed",
    "tie",
    "translate",
    "triage",
    "try_code",
    "turn_off",
    "undo_death",
    "undo_refusal",
    "undo_refusal_of_point",
    "unjoin",
    "unmark_spam",
    "voice",
    "void_letter",
    "withdraw",
    "write",
    "write_note",
]
