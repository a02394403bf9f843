"""Every letter that can be written, by its kind; compose() is the one way to make one."""

from dataclasses import replace

from portal import i18n
from portal.catalogues.approving import is_approved
from portal.catalogues.drafted import DRAFTED, ENGLISH_BELOW
from portal.letters.accepted import directed, undone
from portal.letters.acknowledgement import acknowledgement
from portal.letters.acting import acting, authority_decided, authority_ended, not_acting
from portal.letters.adjusting import adjustment
from portal.letters.agreed import agreed
from portal.letters.answers import correction, interim
from portal.letters.both import both
from portal.letters.data_asked import data_asked, data_extended, data_refused
from portal.letters.ending import joined, made_request, unjoined
from portal.letters.estate import estate
from portal.letters.extension import extension
from portal.letters.facts import Facts
from portal.letters.handler import handler_changed
from portal.letters.held import held, hold_released
from portal.letters.meaning import meaning
from portal.letters.moved import date_moved
from portal.letters.new_issue import new_issue
from portal.letters.news import late, update
from portal.letters.offer import offer
from portal.letters.outside import completing, outside
from portal.letters.panel import panel, panel_held, panel_off
from portal.letters.promises import action_done, action_missed, action_redated
from portal.letters.receipt import receipt
from portal.letters.receiving import corrected, kept
from portal.letters.refusal import refusal
from portal.letters.representing import authority_request, representative
from portal.letters.response import response
from portal.letters.structure import Composed, text
from portal.letters.told import paid, reply
from portal.letters.understanding import clarification, revised
from portal.letters.withdrawal import resumption, withdrawal
from portal.rules.reading import BOTH

LETTERS = {
    "receipt": receipt, "acknowledgement": acknowledgement, "response": response, "refusal": refusal, "directed": directed,
    "refusal_undone": undone, "withdrawal": withdrawal, "resumption": resumption,
    "extension": extension, "late": late, "update": update, "meaning": meaning, "new_issue": new_issue, "agreed": agreed, "date_moved": date_moved,
    "receipt_corrected": corrected, "receipt_kept": kept,
    BOTH: both,
    "interim": interim, "correction": correction,
    "clarification": clarification, "revised": revised,
    "action_done": action_done, "action_missed": action_missed, "action_redated": action_redated,
    "held": held, "hold_released": hold_released, "handler_changed": handler_changed,
    "joined": joined, "unjoined": unjoined, "made_request": made_request,
    "outside": outside, "completing": completing,
    "offer": offer, "panel": panel, "panel_off": panel_off, "panel_held": panel_held, "estate": estate,
    "adjustment": adjustment, "data_asked": data_asked, "data_extended": data_extended, "data_refused": data_refused,
    "authority_request": authority_request, "representative": representative,
    "authority_ended": authority_ended, "authority_decided": authority_decided, "not_acting": not_acting, "acting": acting,
    "paid": paid, "reply": reply,
}  # fmt: skip


def compose(kind: str, facts: Facts) -> Composed:
    """The letter of that kind, in the language of the facts; with the English beside it where nobody has approved that language.

    KeyError for a kind there is none of.
    """
    with i18n.speaking(facts.language):
        found = LETTERS[kind](facts)
        if is_approved(i18n.locale()):
            return found
        whose_words = text(f"{DRAFTED} {ENGLISH_BELOW}")
    with i18n.speaking(i18n.DEFAULT):
        english = LETTERS[kind](replace(facts, language=i18n.DEFAULT))
    return replace(found, blocks=[whose_words, *found.blocks], in_english=english)
