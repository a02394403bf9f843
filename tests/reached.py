"""Which pages and forms somebody comes to by what is on the pages, and who: a new one belongs here, or among the few that do not.

Whoever is named first is who tries it; others may come to it too.
"""

from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

PAGES = {
    "nobody": "public.accessibility public.follow public.looks public.not_mine public.paper public.policy public.privacy public.question public.signed_out public.start public.stopped public.ways "
    "public.when public.words resident.call_back resident.question staff.sign_in",
    "asking": "public.ask public.type_code",
    "by mail": "resident.prove",
    "complaining": "resident.alerted resident.check resident.later resident.upload",
    "half way": "staff.second_step",
    "several": "resident.homes",
    "ringing": "resident.call_check",
    "contractor": "public.answer_question",
    "resident": "resident.about_you resident.all_of_it resident.ask_for_data resident.cannot_read resident.case resident.code resident.contact resident.language resident.letter resident.meaning resident.messages resident.narrow_authority "
    "resident.new_issue resident.not_done resident.receipt resident.received resident.stage_2 resident.withdraw resident.words",
    "representative": "resident.acting_in resident.spoken resident.spoken_letter",
    "colleague": "staff.account staff.log staff.logged staff.own_action staff.own_actions staff.password staff.second_factor staff.set_up_factor "
    "staff.visits",
    "manager": "staff.accept staff.keep_longer staff.time_over staff.data_asked staff.data_longer staff.data_refused staff.restricted staff.data_sent staff.acknowledge staff.acknowledge_letter staff.action staff.actions staff.adjustment "
    "staff.approve_answer staff.ask staff.ask_contractor staff.end_question staff.ask_letter staff.death staff.death_undone staff.disability staff.estate staff.panel "
    "staff.panel_met staff.panel_off staff.panel_record staff.pause staff.role_only staff.sort_mail "
    "staff.astray staff.authority staff.bank_holidays staff.breach staff.case staff.check_person staff.code staff.complete staff.conflict "
    "staff.contacts staff.danger staff.danger_alone staff.due_now staff.find staff.first_request staff.from_residents staff.gave_several "
    "staff.give staff.issue staff.joining staff.letter staff.letters_to_post staff.safety staff.mail staff.match staff.messages "
    "staff.new_issue staff.note staff.translation staff.offer staff.offer_letter staff.opened_elsewhere staff.paid "
    "staff.send_again staff.posted staff.print_letters staff.queue staff.language staff.reach staff.received staff.record_outside staff.redate staff.refuse "
    "staff.refuse_letter staff.said staff.send_news staff.send_news_letter staff.spam staff.stand_back "
    "staff.restrict staff.take_part staff.tell_late staff.tell_late_letter staff.tie staff.triage staff.acknowledge_together",
    "handler": "staff.answer_together staff.acknowledge_and_answer staff.acknowledge_and_answer_letter staff.answer staff.answer_letter staff.answer_part "
    "staff.answer_part_letter staff.correct staff.correct_letter staff.evidence staff.extend staff.extend_letter staff.meaning staff.revise "
    "staff.revise_letter staff.settle staff.why",
    "senior": "staff.approve staff.assign staff.give_several",
    "lead": "staff.data_requests staff.money_owed staff.outside_reviewer staff.remedies",
    "liaison": "staff.ombudsman",
    "governor": "staff.equality staff.figures",
    "administrator": "staff.outside_bodies staff.outside_body staff.people staff.service staff.services staff.settings staff.somebody staff.times",
    "auditor": "staff.the_accounts staff.the_reading staff.the_record",
}
"""Pages, by who reads them."""

NO_PAGES = {
    "public.health": "says two words to a machine",
    "public.leave": "leads off this website",
    "public.paper_file": "is a file",
    "public.theme": "is a stylesheet",
    "resident.all_of_it_file": "is a file",
    "resident.complain": "leads to the question where they left off",
    "resident.dates": "is a calendar",
    "resident.file": "is a file",
    "resident.letter_file": "is a file",
    "resident.letter_made": "is a file",
    "resident.spoken_letter_made": "is a file",
    "resident.spoken_file": "is a file",
    "staff.come_from_work": "leads on from a provider of work accounts",
    "staff.factor_picture": "is a picture",
    "staff.go_to_work": "leads to a provider of work accounts",
    "staff.file": "is a file",
    "staff.letter_made": "is a file",
    "staff.print_file": "is a file",
    "staff.print_letter": "is a file",
    "staff.original": "is a file",
    "staff.figures_csv": "is a file",
}
"""What is asked for and is no page, and why."""

FORMS = {
    "nobody": "public.ask public.follow public.looks public.question public.not_mine resident.call_back resident.question staff.sign_in",
    "asking": "public.ask_again public.type_code",
    "by mail": "resident.ask_call resident.prove resident.send_proof",
    "complaining": "resident.check resident.remove resident.upload",
    "half way": "staff.second_step",
    "several": "resident.homes resident.take_out_home",
    "ringing": "resident.call_check",
    "contractor": "public.answer_question",
    "resident": "resident.about_you resident.ask_for_data resident.cannot_read resident.allow_disclosed resident.answer_offer resident.code resident.contact resident.language resident.end_authority resident.narrow_authority resident.meaning resident.messages resident.new_issue resident.not_done "
    "resident.open_other resident.own_browser resident.received resident.resume resident.stage_2 resident.take_back resident.together resident.voice "
    "resident.withdraw",
    "representative": "resident.open_acting resident.open_other_home",
    "colleague": "staff.begin_factor staff.log staff.own_action staff.password staff.set_up_factor",
    "manager": "staff.accept staff.end_keeping staff.keep_longer staff.ombudsman_done staff.time_over staff.data_asked staff.data_longer staff.data_refused staff.data_sent staff.acknowledge staff.acknowledge_letter staff.acknowledge_preview staff.action staff.adjustment "
    "staff.approve_answer staff.ask staff.ask_contractor staff.end_question staff.death staff.death_undone staff.disability staff.estate staff.panel "
    "staff.panel_met staff.panel_off staff.panel_record staff.pause staff.role_only "
    "staff.ask_letter staff.ask_preview staff.astray staff.authority staff.bank_holidays staff.breach staff.check_person staff.code "
    "staff.safety staff.send_again staff.complete staff.conflict staff.contacts staff.danger staff.danger_alone staff.first_request staff.give "
    "staff.issue staff.joining staff.match staff.messages staff.new_issue staff.note staff.translation staff.offer staff.offer_letter "
    "staff.offer_preview staff.paid staff.posted staff.print_letters staff.language staff.reach staff.received staff.sort_mail "
    "staff.record_outside staff.redate staff.refuse staff.refuse_letter staff.refuse_preview staff.said staff.send_news "
    "staff.send_news_letter staff.send_news_preview staff.open_again staff.restrict staff.spam staff.stand_back staff.switch staff.take_part staff.tell_late "
    "staff.tell_late_letter staff.tell_late_preview staff.tie staff.triage staff.acknowledge_together",
    "handler": "staff.answer_together staff.acknowledge_and_answer staff.acknowledge_and_answer_letter staff.acknowledge_and_answer_preview staff.answer "
    "staff.answer_letter staff.answer_part staff.answer_part_letter staff.answer_part_preview staff.answer_preview staff.correct "
    "staff.correct_letter staff.correct_preview staff.evidence staff.extend staff.extend_letter staff.extend_preview staff.meaning "
    "staff.revise staff.revise_letter staff.revise_preview staff.second_factor staff.settle staff.why",
    "senior": "staff.approve staff.assign staff.give_several",
    "lead": "staff.outside_reviewer",
    "liaison": "staff.ombudsman",
    "administrator": "staff.back staff.first_password staff.left staff.lift_factor staff.other_person staff.outside_body staff.same_person staff.service staff.services staff.settings staff.teams staff.times",
    "auditor": "staff.check_record",
}
"""Forms that are posted, by who sends them."""

NOT_TRIED = {
    "public.csp": "is no form: browsers send it by themselves, and tests/wire/test_reports.py sends it all that may come",
    "public.sign_out": "has no box in it, and leaving is never refused",
    "staff.end_other_visits": "has nothing in it, and is there only for somebody who is signed in twice",
    "staff.sign_out": "has nothing in it, and leaving is never refused",
}
"""Forms that nothing can be wrong with, and why."""


BESIDE = ("senior", "lead", "liaison", "governor", "administrator", "auditor")
"""Roles with few pages of their own, or that read what others read too: they come one after another to one landlord."""
IN_TURN = (*((kind,) for kind in PAGES if kind not in BESIDE), BESIDE)
"""Who comes to one landlord, and who to another that is like it."""


def named(by: dict[str, str]) -> dict[str, list[str]]:
    """Who comes to what, as lists of endpoints."""
    return {kind: endpoints.split() for kind, endpoints in by.items()}


def everything(by: dict[str, str]) -> set[str]:
    """Every endpoint that somebody comes to."""
    return {endpoint for found in named(by).values() for endpoint in found}


def endpoint(app: Flask, address: str, method: str = "GET") -> str:
    """What an address leads to; "" where it leads nowhere."""
    try:
        return str(app.url_map.bind("localhost").match(urlsplit(address).path, method=method)[0])
    except HTTPException:
        return ""
