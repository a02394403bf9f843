"""How complaints reach the demo's landlord when life is untidy: by phone, on paper, through somebody else, years ago, in danger."""

from functools import partial
from pathlib import Path
from typing import Any

from portal.complaints import demo_words, holidays, machine, operations, recounting, references
from portal.complaints.demo_story import RESIDENT, Story
from portal.complaints.demo_words import not_upheld, point, said
from portal.complaints.models import Complaint
from portal.complaints.people import Part
from portal.complaints.representing import ActingFor
from portal.complaints.told import TakenDown, Told


def tell(story: Story) -> None:
    """Each of them, the ones that bear on everybody last."""
    for case in (one_person_twice, two_in_one_home, three_homes_one_cause, phoned_late, rung_back, a_bounce, a_death, spoken_for, stopped_speaking, wrong_days, lost_code,
                 danger_reached, danger_became_a_complaint, an_older_register, talked_with, a_day_of_thanks):  # fmt: skip
        case(story)


def one_person_twice(story: Story) -> None:
    """One person, two complaints, by website and by phone; matched to one record; what she disclosed goes along, as she agreed (8)."""
    one = story.receive(31, said("The stair light has flickered since Easter.", "Beatrix Quillfeather", "2 Sextant House\nTidewell\nTW1 0ZZ", disability=BALANCE))
    story.match(one, 30, "TH-40011")
    with story.on(9):
        told = Told(
            name="Mrs B Quillfeather", words="The caretaker shouted at me by the bins.", address="2 Sextant House\nTidewell\nTW1 0ZZ",
            channel="phone", safe_contact={"channels": ["phone", "post"], "phone": "01632 960141", "times": "before noon", "voicemail": "no"},
        )  # fmt: skip
        other, _code = operations.log_complaint(story.register, told, TakenDown(by=story.by("colleague"), received_on=story.day(9)))
    story.post(other, 8)
    story.do(other, 8, "triage", operations.match_person, person=one.resident.person, landlord_record="")
    story.begin(one, 29, "handler_2", [point(1, "The stair light flickers.")], "A light that stays on")
    story.respond(one, 21, "handler_2", {"opening": "", "points": [FLICKER], "actions": []})
    story.begin(other, 7, "handler", [point(1, "The caretaker shouted at you.")], "An apology from him")
    story.post(other, 5)


BALANCE = {"words": "I lose my balance when a light flickers.", "carry": "yes"}
FLICKER = not_upheld(1, "The stair light flickers.", "It was replaced on the day after your call, and has been steady since.", "It was put right in a day.")


def two_in_one_home(story: Story) -> None:
    """Joint tenants who no longer speak: each complains alone, is told alone, and has a code alone (ruling 3)."""
    home = "19 Halyard Court\nTidewell\nTW2 0ZZ"
    for name, words in (("Anil Prabhakar-Voss", "I asked for the joint account to be split and nobody did it."),
                        ("Mireille Voss", "You sent my letters to his address again.")):  # fmt: skip
        one = story.receive(3, said(words, name, home, safe_contact={"channels": ["portal"]}))
        story.triage(one, 2, "Two people in one home, who each wish not to be told of the other.", "Lettings")


def three_homes_one_cause(story: Story) -> None:
    """One neighbour told of three homes that one pipe flooded: a complaint each, tied together on the record alone (ruling 3)."""
    ways, homes = {"channels": ["email"], "email": "neighbour@example.org"}, ("Flat 1", "Flat 3", "Flat 5")
    with story.on(3):
        draft, _token = operations.begin_draft(story.register, language="en")
        told = [
            Told(
                name=name, words="The pipe on the landing burst and the water came in.", address=f"{home}, Capstan House\nTidewell\nTW1 0ZZ",
                safe_contact={"channels": ["portal"]}, acting=ActingFor("Wilfred Tarn-Obi", "asked", False, ways),
            )
            for name, home in zip(("Nerys Calloway", "Haruto Sedgwick", "Paloma Eisenhardt"), homes, strict=True)
        ]  # fmt: skip
        raised = operations.raise_several(story.register, told, draft=draft)
    for complaint in raised:
        story.take_up(complaint, 1, "Water came into your home from the pipe on the landing.")


def phoned_late(story: Story) -> None:
    """Told to a plumber at the door, logged four working days later: who heard it, why it is late, and when it was first said."""
    told = Told(
        name="Cornelius Adeyemi-Thwaite", words="Your man said he would pass it on. The toilet has run all night for a month.",
        address="27 Oakum Street\nTidewell\nTW3 0ZZ", channel="in_person",
        safe_contact={"channels": ["post"], "post": "27 Oakum Street\nTidewell\nTW3 0ZZ"},
    )  # fmt: skip
    with story.on(7):
        taken = TakenDown(
            by=story.by("colleague"), received_on=story.day(11), first_heard_by="Gus Ferrar, plumber",
            late_because="He wrote it on his job sheet, and the sheet was not read.", first_expressed_on=story.day(20),
        )  # fmt: skip
        complaint, _code = operations.log_complaint(story.register, told, taken)
    story.post(complaint, 7)
    story.begin(complaint, 6, "handler_2", [point(1, "The toilet has run at night for a month.")], "Mend it, and tell the plumbers to pass things on")
    story.post(complaint, 4)
    story.do(complaint, 3, RESIDENT, operations.write, "It runs more at night than by day.")
    story.do(complaint, 2, "handler_2", operations.reply, "Thank you. We will tell the plumber so.")


def rung_back(story: Story) -> None:
    """Asked to be rung, which is a complaint at once: one was reached the next day, and one has not been (rulings 13, 17)."""
    for ago, name, reached in ((4, "Ottoline Grieve", True), (3, "Fergus Abioye-Lunn", False)):
        told = said(
            "It is easier to say than to write.", name, f"{ago} Oakum Street\nTidewell\nTW3 0ZZ", channel="call back", ring=True,
            safe_contact={"channels": ["phone"], "phone": "01632 960162", "times": "after four", "voicemail": "first_name", "say_who": "no"},
        )  # fmt: skip
        complaint = story.receive(ago, told)
        if reached:
            words = "The lock on the back gate is broken, and she is afraid at night."
            story.contact(complaint, ago - 1, "triage", "call", words, incoming=False, spoke=True, kept=("times", "short_voicemail", "say_nothing"))


def a_bounce(story: Story) -> None:
    """The receipt came back: it has not been issued, and somebody has to find another way (ruling 14)."""
    with story.on(3):
        told = said("The garage door fell on my car.", "Ingeborg Sánchez Őry", "Garage 4, Mizzen Way\nTidewell\nTW3 0ZZ", home_kind="communal")
        complaint = operations.raise_complaint(story.register, Told(**told), code=references.new_code())
        for issue in complaint.letters[0].issues:
            operations.mark_failed(issue)
    story.contact(complaint, 2, "triage", "call", "The address has a letter too many. I left a message to ring us.", incoming=False, why_not="Their email came back, and no other way was left.")


def a_death(story: Story) -> None:
    """He died while he waited. Messages to him stop, the complaint and its days go on, and his daughter deals with the rest; and somebody said to be dead by mistake (ruling 4)."""
    complaint = story.receive(9, said("The stairlift you promised never came.", "Thaddeus Wren", "4 Cable Row\nTidewell\nTW2 0ZZ"))
    story.match(complaint, 8, "TH-00077")
    story.begin(complaint, 8, "handler", [point(1, "A stairlift was promised and never fitted.")], "Fit it")
    story.contact(
        complaint, 4, "handler", "call", "His daughter rang: he died on Sunday. She asks us to finish, for the next person on the stair.",
        who="Ottilie Wren", accompanied_by="Her solicitor",
    )  # fmt: skip
    story.do(complaint, 4, "handler", operations.record_death, story.day(6))
    wren = operations.EstateContact("Ottilie Wren", "executor", "The will, and the registrar’s paper", {"channels": ["email"], "email": "ottilie@example.org"})
    story.do(complaint, 2, "manager", operations.name_estate_contact, wren)
    other = story.receive(4, said("The bins again.", "Jemima Stott", "5 Cable Row\nTidewell\nTW2 0ZZ"))
    story.do(other, 3, "triage", operations.record_death, story.day(5))
    story.do(other, 2, "triage", operations.undo_death, why="It was her aunt, of the same name.")


def spoken_for(story: Story) -> None:
    """Somebody complains for somebody else: proven, not proven, turned down, and a councillor whose word is enough (rulings 5, 7)."""
    heard = partial(said, "She cannot manage the heavy door any more.", "Philippa Marchetti-Boone", "12 Spinnaker House\nTidewell\nTW1 0ZZ")
    ways = {"channels": ["email"], "email": "for.another@example.org"}
    for acting, verdict, why in (
        (ActingFor("Dorian Boone", "asked", True, ways), "shown", "Her signed letter, seen at the front desk."),
        (ActingFor("Leocadia Stipe", "adviser", False, ways), "", ""),
        (ActingFor("Barnaby Crull", "cannot", False, ways), "declined", "She told us by phone that she speaks for herself."),
        (ActingFor("Councillor Emeka Osei-Lund", "office", True, ways), "shown", "The councillor’s recorded request."),
    ):
        complaint = story.receive(4, heard(acting=acting))
        party = next(each for each in complaint.parties if each.part == Part.REPRESENTATIVE)
        if verdict == "shown":
            story.do(complaint, 3, "triage", operations.show_authority, party, proof=why)
        if verdict == "declined":
            story.do(complaint, 3, "manager", operations.decline, party, reason=why)
        story.take_up(complaint, 2, "The front door is too heavy for you.")


def stopped_speaking(story: Story) -> None:
    """Stopped in one press: a friend at once, an attorney paused until a manager decides; and a friend who may do less (ruling 6)."""
    told = partial(said, "The back stair has no rail.", address="3 Spinnaker House\nTidewell\nTW1 0ZZ")
    ways = {"channels": ["email"], "email": "for.another@example.org"}
    for name, other, how, gives_back in (
        ("Agnieszka Rowbotham", "Lorcan Rowbotham", "asked", None), ("Mordecai Ashby-Tan", "Drusilla Ashby", "legal", True), ("Evadne Kipling", "Rufus Kipling", "legal", False),
    ):  # fmt: skip
        complaint = story.receive(4, told(name=name, acting=ActingFor(other, how, True, ways)))
        party = next(each for each in complaint.parties if each.part == Part.REPRESENTATIVE)
        story.do(complaint, 3, "triage", operations.show_authority, party, proof="A signed paper, seen here.", scope=["read", "receive", "write"])
        if gives_back is None:
            story.do(complaint, 2, RESIDENT, operations.narrow, party, ["read", "receive"])
        story.do(complaint, 2, RESIDENT, operations.end_authority, party)
        if gives_back is not None:
            story.do(complaint, 1, "manager", operations.decide_pause, party, give_back=gives_back, reason="The solicitor’s letter of this week.")
        story.take_up(complaint, 1, "The back stair has no rail.")


def wrong_days(story: Story) -> None:
    """The day of receipt disputed: put earlier, put later by the manager, and kept with why (ruling 13)."""
    paper = "I handed this in on paper at the desk the week before."
    earlier, later, kept = (
        story.receive(4, said("The communal bath hoist does not lift.", name, f"{n} Bosun’s Yard\nTidewell\nTW2 0ZZ"))
        for n, name in enumerate(("Gwenllian ap Rhys", "Oskar Ljungqvist", "Perpetua Salt"), 1)
    )
    for one in (earlier, kept):
        story.do(one, 3, RESIDENT, operations.dispute_receipt, paper)
    story.do(earlier, 2, "triage", operations.correct_receipt, story.day(8), "The desk’s book has it on that day.")
    story.do(kept, 2, "triage", operations.keep_receipt, "The desk’s book of that week has nothing from you. If you have the slip, show us.")
    story.do(later, 3, "triage", operations.correct_receipt, story.day(6), "We read the date on the envelope as the tenth.")
    story.do(later, 2, "manager", operations.correct_receipt, story.day(4), "That envelope was another person’s.")
    for one in (kept, later):
        story.take_up(one, 1, "The communal bath hoist does not lift.")


def lost_code(story: Story) -> None:
    """The access code was lost, and a new one read out to somebody who could say what their last letter said (ruling 42)."""
    complaint = story.receive(3, said("The intercom rings my flat for number 8.", "Juniper Blackadder-Nwosu", "9 Sextant House\nTidewell\nTW1 0ZZ"))
    story.do(complaint, 2, "manager", operations.give_code, checked="She read us the third line of our receipt.")


def danger_reached(story: Story) -> None:
    """Danger told with a complaint, and handed over within the hour (ruling 15)."""
    told = {"phone": "01632 960155", "address": "3 Tarpaulin Mews, Tidewell", "safe_to_ring": "no", "words": "The ceiling is bulging over the cot."}
    where = "3 Tarpaulin Mews\nTidewell\nTW3 0ZZ"
    complaint = story.receive(3, said("Water is coming through from upstairs.", "Saoirse Kowalczyk", where, language="pl"), danger=told)
    with story.on(3):
        operations.hand_over_danger(complaint.alerts[0], complaint, by=story.by("triage"), to="Night repairs, Dean Colley, who went at once")


def danger_became_a_complaint(story: Story) -> None:
    """Danger told and nothing sent: reached, offered a complaint, and it counts from the day of the alert (ruling 50)."""
    with story.on(4):
        draft, _token = operations.begin_draft(story.register, language="en")
        alert = operations.raise_danger(story.register, draft, demo_words.ALERT)
    with story.on(3):
        operations.hand_over_danger(alert, None, by=story.by("triage"), to="The night team, who made the socket safe")
        told = Told(name="Ambrose Tindall", words=demo_words.ALERT["words"], address="Flat 7, 40 Lock Street\nTidewell\nTW3 0ZZ", channel="phone",
                    safe_contact={"channels": ["email"], "email": "ambrose@example.org"})  # fmt: skip
        taken = TakenDown(
            by=story.by("triage"), received_on=story.day(4), first_heard_by="The website, as an alert", late_because="They were rung back this morning."
        )
        operations.log_complaint(story.register, told, taken)


def an_older_register(story: Story) -> None:
    """Brought in from before the portal: stage 1 under the Code of 2022, stage 2 under that of 2024, and a letter to complete (33)."""
    with story.on(60):
        case: dict[str, Any] = demo_words.OLDER | {"handler": story.staff["reviewer"].email}
        operations.bring_in(story.register, case, by=story.by("manager"), folder=Path(), files_folder=Path())


def talked_with(story: Story) -> None:
    """Messages both ways, calls and a visit with somebody beside her, a note, and a statement that few may read (rulings 9, 17)."""
    complaint = story.receive(11, said("My neighbour’s son threatened me and your officer laughed.", "Zenobia Hartnell", "6 Net Loft Row\nTidewell\nTW2 0ZZ"))
    story.match(complaint, 10, "TH-55120")
    story.begin(complaint, 10, "handler", [point(1, "Your report of a threat was laughed at.")], "An officer who listens")
    story.do(complaint, 9, "manager", operations.keep_name_back, because="His family has threatened staff by name.")
    story.do(complaint, 9, "manager", operations.restrict, [story.staff["handler"]], because="His aunt works in repairs.")
    story.do(complaint, 8, RESIDENT, operations.write, "I forgot: the warden saw it. Her name is Ines.")
    story.do(complaint, 7, "handler", operations.reply, "Thank you. I shall speak with her this week.")
    story.do(complaint, 6, RESIDENT, operations.write, "ok 👍")
    story.do(complaint, 5, "handler", operations.mark_read, upto=2)
    story.contact(complaint, 5, "handler", "visit", "She showed me where it happened.", accompanied_by="Her sister", incoming=False)
    story.contact(complaint, 4, "handler", "call", "The warden saw a raised fist and heard laughter.", who="Ines Cole, warden", incoming=False, with_them=False, shown=False)
    story.do(complaint, 4, "handler", operations.write_note, "Keep his name out of the answer. This note may be read by them one day.")
    story.do(complaint, 3, "handler", operations.write_note, "I did laugh, at my phone, not at her.", statement_of="Neighbourhood officer")
    story.do(complaint, 3, "handler", operations.keep_evidence, "The warden’s log of that evening", supplied_by="Ines Cole", on=story.day(3), points=[1])
    story.do(complaint, 1, RESIDENT, operations.write, "Is there any news? I do not like to use the back stair.")


def a_day_of_thanks(story: Story) -> None:
    """A bank holiday proclaimed late: what a letter told stays, and whoever waits for news on a day that moves is told (19, 52)."""
    waits = story.receive(14, said("The boiler house roars.", "Evander Pilkington-Oduya", "1 Boiler Lane\nTidewell\nTW3 0ZZ"))
    story.begin(waits, 13, "handler", [point(1, "The boiler house roars at night.")], "Quiet")
    story.do(waits, 2, "handler", operations.extend, story.more_time(6))
    with story.on(1):
        day = holidays.proclaim(
            story.register, division=waits.division, day=story.day(-1), name="A day of thanks", source="The Gazette of this week", by=story.by("manager")
        )
    with story.on(1):
        for complaint_id in machine.complaint_ids(story.register):
            complaint = story.register.get(Complaint, complaint_id)
            assert complaint is not None
            recounting.recount(complaint, by=story.by("manager"), because=[day])
        holidays.counted(story.register, [day.id])
