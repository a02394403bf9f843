"""The language that we use with somebody: theirs to choose at any time, kept with them, and used in every complaint of theirs."""

from portal.access import Viewer
from portal.complaints.models import Complaint
from portal.complaints.papers import Contact
from portal.complaints.people import Part, Party
from portal.complaints.recording import record
from portal.complaints.saying import by_contact
from portal.rules.steps import Step


def choose_language(complaint: Complaint, language: str, *, by: Viewer, said: Contact | None = None, of: Party | None = None) -> None:
    """From now on letters, mail and text messages to whoever does this are in a language; what was written stays as it is.

    `said` is the call, visit or letter in which the resident told staff so, or with `of` somebody else. Which language it is, is among the
    words of the event: it may say where somebody is from. RuleBroken for staff without a contact.
    """
    party = next((each for each in complaint.parties if each.id == by.party_id), of or complaint.addressee)
    details = by_contact(said) | ({"party": party.id} if party.part == Part.REPRESENTATIVE else {})
    record(complaint, Step.LANGUAGE_CHOSEN, by=by, stage=complaint.stage, details=details, words={"language": language})
    party.person.language = language
