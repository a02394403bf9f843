"""Who acts for the resident, as the resident sees them: on what authority, with what scope, since when (ruling 6)."""

from dataclasses import dataclass
from datetime import date

from portal import clock
from portal.complaints import wishes
from portal.complaints.models import Complaint
from portal.complaints.people import CLAIMED, DECLINED, ENDED, PAUSED, SHOWN, Part, Party
from portal.i18n import gettext
from portal.rules.authority import SCOPES
from portal.rules.words import N_

STATES = {
    CLAIMED: (N_("We have not been shown that they may. They see what they told us, and the dates"), "due_soon"),
    SHOWN: (N_("They may act for you"), "met"),
    DECLINED: (N_("They do not act for you. They see what they told us, and the dates"), "due_soon"),
    ENDED: (N_("You stopped this. They see nothing of your complaint"), "met"),
    PAUSED: (N_("Paused. They see nothing of your complaint"), "due_soon"),
}


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody who acts for the resident, as the resident sees them."""

    id: int
    name: str
    how: str
    state: str
    tone: str
    since: date
    scopes: list[str]
    may_be_ended: bool
    may_be_narrowed: bool
    rests_on_consent: bool


def acting_for(complaint: Complaint) -> list[Acting]:
    """Everybody who acts, or acted, for the resident, in the order they came."""
    return [told_of(each) for each in complaint.parties if each.part == Part.REPRESENTATIVE]


def told_of(party: Party) -> Acting:
    state, tone = STATES[party.authority or CLAIMED]
    scopes = [gettext(SCOPES[each]) for each in SCOPES if each in party.scopes]
    acts = party.authority in (CLAIMED, SHOWN)
    return Acting(
        id=party.id, name=party.name, how=gettext(wishes.AGREED_TOLD.get(party.agreed or "", "")), state=gettext(state), tone=tone,
        since=clock.day_of(party.since), scopes=scopes, may_be_ended=acts, rests_on_consent=party.rests_on_consent,
        may_be_narrowed=acts and party.rests_on_consent and len(scopes) > 1,
    )  # fmt: skip
