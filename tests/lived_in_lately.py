"""What has happened lately to a landlord that has been lived in: to people, to their authority, and before a second person."""

from datetime import timedelta
from typing import TYPE_CHECKING

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.arrived import put_in_pen
from portal.complaints.representing import name_representative
from tests.town import answering

if TYPE_CHECKING:
    from tests.lived_in import LivedIn

SAID = "It is still raining in."
CONTRACTOR = "the browser of a contractor"


def happen(there: "LivedIn") -> None:
    """All of it; what has to be approved comes last, since answers go without it until then."""
    for each in (_came_by_mail, _a_panel_meets, _died, _told, _unreadable, _acting, _two_accounts, _several_homes, _one_cause, _kept_to_a_few, _another_team, _asked_by_link, _asked_for_data, _kept_longer, _long_ago, _approval):
        each(there)


def _came_by_mail(there: "LivedIn") -> None:
    """A message that nobody can say who wrote, and that waits to be looked at."""
    with there.town.writing():
        put_in_pen(there.town.register, "no reply", digest="d" * 64, sender="edna@mail.example", subject=SAID, words=SAID, raw=SAID)


def _a_panel_meets(there: "LivedIn") -> None:
    """At stage 2, before a panel that meets today."""
    town, complaint = there.town, there.cases["panel"]
    town.acknowledged(complaint)
    town.answered(complaint)
    town.escalated(complaint)
    town.given_to(complaint, Role.REVIEWER)
    meeting = operations.Meeting(clock.today(), SAID, SAID, SAID)
    with town.writing():
        operations.arrange_panel(complaint, [town.staff[Role.REVIEWER]], meeting, by=there.by(Role.REVIEWER), interest=SAID)


def _kept_to_a_few(there: "LivedIn") -> None:
    """A complaint that only some of those who work here may see."""
    people = [there.town.staff[role] for role in (Role.HANDLER, Role.REVIEWER)]
    with there.town.writing():
        operations.restrict(there.cases["waits"], people, by=there.by(Role.MANAGER), because=SAID)


def _another_team(there: "LivedIn") -> None:
    """A complaint that somebody else has, of a service that the handler does not work on."""
    town = there.town
    there.cases["elsewhere"] = complaint = town.complains("The rent rose twice.", code="8" * 24)
    town.given_to(complaint, Role.SENIOR)
    town.triaged(complaint)
    with town.writing():
        operations.set_teams(town.register, town.staff[Role.HANDLER], [], by=there.by(Role.MANAGER))


def _asked_by_link(there: "LivedIn") -> None:
    """A contractor who has opened the link to a question, and not answered it yet."""
    town, asking = there.town, operations.Asking("Was the joint sealed?", "Harrow Roofing", tells=["home"])
    with town.writing():
        operations.ask_contractor(there.cases["begun"], asking, "link", by=there.by(Role.MANAGER))
        assert operations.open_question(town.register, "link", CONTRACTOR)


def _asked_for_data(there: "LivedIn") -> None:
    """Somebody asks for everything that is held about them."""
    with there.town.writing():
        operations.ask_for_data(there.cases["final"], SAID, by=there.town.resident(there.cases["final"]))


def _kept_longer(there: "LivedIn") -> None:
    """Nobody erases this: there is a claim, and the Ombudsman has it."""
    with there.town.writing():
        operations.keep_longer(there.cases["final"], by=there.by(Role.MANAGER), because=SAID)
        operations.ombudsman_has(there.cases["final"], by=there.by(Role.LIAISON), theirs="HO-9")


def _long_ago(there: "LivedIn") -> None:
    """Put aside as nobody's complaint longer ago than such things are kept."""
    with clock.at(clock.today() - timedelta(400)):
        complaint = there.town.complains(SAID, code="Z" * 24)
        with there.town.writing():
            operations.mark_spam(complaint, by=there.by(Role.MANAGER), why=SAID)


def _died(there: "LivedIn") -> None:
    with there.town.writing():
        operations.record_death(there.cases["died"], clock.today(), by=there.by(Role.TRIAGE))


def _told(there: "LivedIn") -> None:
    """A disability that a resident told us of."""
    with there.town.writing():
        operations.disclose(there.cases["acknowledged"], SAID, by=there.by(Role.HANDLER), carried=False)


def _unreadable(there: "LivedIn") -> None:
    """A letter that a resident cannot read in the form it came in."""
    complaint = there.cases["queried"]
    with there.town.writing():
        operations.find_unusable(complaint, complaint.letters[0], by=there.town.resident(complaint))


def _acting(there: "LivedIn") -> None:
    """An attorney whom the resident stopped: a manager has to look at it."""
    complaint = there.cases["spoken_for"]
    with there.town.writing():
        attorney = there.acts_for(complaint, "R", how="legal")
        operations.show_authority(complaint, attorney, by=there.by(Role.MANAGER), proof=SAID, scope=("read", "receive"))
    with there.town.writing():
        operations.end_authority(complaint, attorney, by=there.town.resident(complaint))
    there.acting.append(attorney)


def _two_accounts(there: "LivedIn") -> None:
    """Two accounts that are one person's."""
    town = there.town
    with town.writing():
        operations.say_same(town.register, town.staff[Role.HANDLER], town.staff[Role.COLLEAGUE], by=there.by(Role.MANAGER))


def _several_homes(there: "LivedIn") -> None:
    """Somebody who complained for two homes at once."""
    town = there.town
    acting = operations.ActingFor(name="Rhys Powell", how="group", safe_contact={"channels": ["portal"]})
    told = [
        operations.Told(words=SAID, name="Edna Marsh", address=f"{number} Low Row\nThornby", safe_contact={"channels": ["portal"]}, acting=acting)
        for number in (2, 3)
    ]
    with town.writing():
        made = operations.raise_several(town.register, told, draft=operations.begin_draft(town.register, language="en")[0])
        teller = made[0].parties[-1]
        name_representative(there.cases["queried"], acting, code=None, language="en", person=teller.person)
        there.acting.append(teller)


def _one_cause(there: "LivedIn") -> None:
    """Two homes with one cause, both acknowledged; one of them can be reached at some times alone."""
    first, second = there.cases["acknowledged"], there.cases["begun"]
    with there.town.writing():
        operations.tie(sorted([first, second], key=lambda one: one.id), by=there.by(Role.TRIAGE))
        safe = {"channels": ["phone"], "phone": "01632 960111", "times": SAID, "voicemail": "no", "say_who": "no"}
        there.cases["asked"].resident.person.safe_contact = safe


def _approval(there: "LivedIn") -> None:
    """An answer that somebody else has to approve."""
    town, complaint = there.town, there.cases["waits"]
    town.acknowledged(complaint)
    with town.writing():
        operations.choose(town.register, {"answers_approved": True}, by=there.by(Role.MANAGER))
        draft = operations.save_writing(complaint, "response", answering(1), by=there.by(Role.HANDLER), seen=0)
        operations.ask_approval(complaint, "response", by=there.by(Role.HANDLER), seen=draft.version)
