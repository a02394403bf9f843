"""What happens between a complaint and its answer, where it does not go straight: understanding, lateness, parts, promises."""

from datetime import timedelta

from portal.access import MACHINE
from portal.complaints import operations
from portal.complaints.demo_story import RESIDENT, Story
from portal.complaints.demo_words import MORE_TIME, NEWS, not_upheld, point, said, upheld
from portal.complaints.issues import issues_of
from portal.complaints.meaning import queries_of
from portal.complaints.outside import Sent, to_complete
from portal.rules.reading import open_actions

GULLS = [point(1, "Gulls nest on the flat roof above your bedroom."), point(2, "A netting was promised in June and never came.")]
GULLS_FOUND = [
    upheld(1, GULLS[0]["text"], "The nests were seen in April.", "We waited for the season to end.", "You were woken at four each day.",
           "money", "For the broken nights.", 12000),
    upheld(2, GULLS[1]["text"], "The order stood open and nobody chased it.", "We did not chase it.", "You waited all summer.",
           "action", "The net goes up."),
]  # fmt: skip
NET = {"what": "Put up the net", "owner": "Dean Colley, repairs"}


def tell(story: Story) -> None:
    """Each of them."""
    for case in (not_what_was_meant, asked_what_was_meant, not_all_of_it_ours, a_point_refused, a_claim_filed_meanwhile, both_at_once, in_parts_and_put_right,
                 a_point_withdrawn, to_the_wrong_person, weighed_after, put_back_and_back_again, past_the_backstop,
                 outside_and_completed, promises, new_issues):  # fmt: skip
        case(story)


def not_what_was_meant(story: Story) -> None:
    """“That is not what I meant”, twice: put in other words the first time, kept with why the second (ruling 21)."""
    complaint = story.receive(9, said("The new windows whistle and I was told to wear a hat.", "Marigold Etxeberria", "5 Anchor Row\nTidewell\nTW1 0ZZ"))
    story.begin(complaint, 8, "handler", [point(1, "The new windows let in a draught.")], "Windows that are quiet")
    for ago, words, reply, points in (
        (6, "Not a draught. A whistle, like a kettle.", "You are right. We have put it in your words.", {1: "The new windows whistle like a kettle."}),
        (4, "And the hat!", "The remark about the hat is one we shall answer under the same point.", None),
    ):
        story.do(complaint, ago, RESIDENT, operations.query_meaning, words)
        with story.on(ago - 1):
            operations.answer_meaning(complaint, queries_of(complaint)[-1], reply, by=story.by("handler"), points=points)


def asked_what_was_meant(story: Story) -> None:
    """A question to the resident, which nothing waits for (ruling 21), and then wrong words put right in a new version (28)."""
    complaint = story.receive(10, said("It is broken again and so is the other one!!", "Bo", "33 Dory Lane\nTidewell\nTW2 0ZZ"))
    story.triage(complaint, 9, "Two things, neither of them named.", "Repairs")
    story.assign(complaint, 9, "handler_2")
    story.do(complaint, 8, "handler_2", operations.ask, {"question": "Which two things do you mean? A word or a photograph is enough."})
    story.acknowledge(complaint, 6, "handler_2", {"points": [point(1, "Both lifts are out.")], "outcomes": []})
    right = {"points": [point(1, "Both entry doors do not lock.")], "outcomes": [], "why": "You meant the doors. We had guessed the lifts.", "outcomes_asked_on": story.day(6).isoformat()}
    story.do(complaint, 4, "handler_2", operations.revise_points, right)


def not_all_of_it_ours(story: Story) -> None:
    """Ours, shared, another’s, and one to be found out first (rulings 20, 22)."""
    complaint = story.receive(24, said("The alley floods, the street lamp is dead, the wall leans.", "Florentyna Hodge", "2 Groyne Walk\nTidewell\nTW1 0ZZ"))
    council = "Tidewell Borough Council, street lighting, 01632 960190"
    points = [
        point(1, "The alley behind your house floods."), point(2, "The street lamp is dead.", responsibility="not_ours", whose=council),
        point(3, "The wall leans.", responsibility="to_be_confirmed"),
    ]  # fmt: skip
    story.begin(complaint, 23, "handler", points, "A dry, lit alley")
    story.do(complaint, 19, "handler", operations.settle_point, 3, responsibility="shared", whose="Your neighbour at number 4, who owns half of it")
    shared = points[2] | {"responsibility": "shared", "whose": "Your neighbour at number 4, who owns half of it"}
    found = [
        not_upheld(1, points[0]["text"], "The drain was cleared on the day you rang.", "It was put right that day."),
        points[1] | {"disposition": "not_ours", "reasons": "The lamp belongs to the council. We have passed it on."},
        shared | upheld(3, shared["text"], "Our half has no ties left.", "We missed it at the last survey.", "You cannot use your yard.", "action", "We will tie our half.")
        | {"responsibility": "shared", "disposition": "partly_upheld"},
    ]  # fmt: skip
    story.respond(complaint, 14, "handler", {"opening": "", "points": found, "actions": [{"what": "Tie our half of the wall", "owner": "Dean Colley, repairs", "due_in": 9}]})


def a_point_refused(story: Story) -> None:
    """Part accepted and part refused in one letter; what was refused stays out of stage 2 (rulings 25, 53)."""
    complaint = story.receive(38, said("The roof, again, and what happened in 2019.", "Ignatius Dubois-Farrow", "8 Fathom Close\nTidewell\nTW3 0ZZ"))
    story.triage(complaint, 37, "One part is very old.", "Repairs")
    story.assign(complaint, 37, "manager")
    long_ago = (story.day(38) - timedelta(2000)).isoformat()
    refused = point(2, "The kitchen fitted in 2019 was the wrong colour.") | {
        "ground": "over_12_months", "happened_on": long_ago, "known_on": long_ago,
        "reasons": "It was fitted, seen and signed for more than twelve months before you told us.", "evidence": "The sheet you signed that day.",
        "circumstances": "You told us of nothing that kept you from saying so then.", "discretion": "There is nothing left of it to look at.",
    }  # fmt: skip
    roof = point(1, "The roof leaks again.")
    story.acknowledge(complaint, 36, "manager", {"points": [roof], "outcomes": ["A roof that keeps rain out"], "refused": [refused]})
    story.assign(complaint, 35, "handler")
    found = not_upheld(1, roof["text"], "No leak was found on either visit.", "We found nothing to put right.")
    story.respond(complaint, 28, "handler", {"opening": "", "points": [found], "actions": []})
    story.escalate(complaint, 6, "")
    story.assign(complaint, 5, "reviewer", by="triage")
    story.acknowledge(complaint, 4, "reviewer", {"points": [roof], "outcomes": ["A roof that keeps rain out"]})


def a_claim_filed_meanwhile(story: Story) -> None:
    """A claim about one point was filed before the answer: that one is not accepted in it, and the rest is answered (22, 25)."""
    complaint = story.receive(27, said("The damp, and the rent rise.", "Anselm Vilhelmsson-Roy", "16 Fathom Close\nTidewell\nTW3 0ZZ"))
    damp = point(1, "The bedroom wall is damp.", category="not_done", service=str(story.services["Damp and mould"]))
    rent = point(2, "The rent rose twice in a year.", category="money", service=str(story.services["Rent and service charges"]))
    written = {"points": [damp, rent], "outcomes": ["A dry wall", "One rise a year"], "outcome_points": [[1], [2]]}
    story.triage(complaint, 26, "Two services.", "Damp and mould")
    story.assign(complaint, 26, "handler")
    story.acknowledge(complaint, 25, "handler", written)
    found = upheld(1, damp["text"], "A pipe had leaked behind it.", "We painted over it twice.", "You slept in the kitchen.", "apology", "We are sorry.")
    filed = rent | {
        "disposition": "not_accepted", "ground": "legal_proceedings", "court_filing": "Filed last week, number R31", "evidence": "The sealed claim form.",
        "reasons": "The court now decides what rent is due.", "circumstances": "You told us of your hours. The repair goes on whatever the court says.",
    }  # fmt: skip
    story.respond(complaint, 17, "handler", {"opening": "", "points": [found, filed], "actions": []})


def both_at_once(story: Story) -> None:
    """The answer was ready on the first day: one letter, and the offer in it was taken by phone and paid (rulings 17, 23, 26)."""
    complaint = story.receive(18, said("You charged me for a key I never lost.", "Cassius Ng-Albright", "7 Chandler Court\nTidewell\nTW2 0ZZ"))
    story.triage(complaint, 18, "A small sum, and the record is plain.", "Rent and service charges")
    story.assign(complaint, 18, "handler")
    key = upheld(1, "You were charged for a key.", "The lost key was your neighbour’s.", "We charged the wrong flat.", "You paid £45.", "money", "Your £45, back.", 4500)
    story.do(complaint, 17, "handler", operations.acknowledge_and_answer, {"opening": "You are right.", "points": [key], "outcomes": ["My money back"], "actions": []})
    said_so = story.contact(complaint, 15, "handler", "call", "He is content with the £45.")
    story.do(complaint, 15, "handler", operations.answer_offer, complaint.remedies[0], takes=True, said=said_so)
    story.do(complaint, 12, "handler", operations.pay_remedy, complaint.remedies[0], on=story.day(12), proof="The bank’s list of payments.")


def in_parts_and_put_right(story: Story) -> None:
    """One point answered first, then all; the sum was wrong, so a correction; and later something more, taken and still to be paid (rulings 22, 23, 27)."""
    complaint = story.receive(44, said("Gulls. Every morning at four.", "Seraphina Yilmaz-Crowe", "Top flat, 1 Harbour View\nTidewell\nTW1 0ZZ"))
    story.begin(complaint, 43, "handler", GULLS, "Sleep", service="Repairs")
    story.do(complaint, 39, "handler", operations.answer_part, {"points": [GULLS_FOUND[1]], "actions": [], "rest": [GULLS[0]["text"]]})
    answer = {"opening": "", "points": GULLS_FOUND, "actions": [NET | {"due_in": -25}]}
    story.respond(complaint, 33, "handler", answer)
    dearer = upheld(1, GULLS[0]["text"], "The nests were seen in April.", "We waited.", "You were woken at four each day.", "money", "For the broken nights.", 21000)
    right = {"why": "We wrote £120 and had agreed £210.", "points": [dearer, GULLS_FOUND[1]], "opening": "", "actions": []}
    story.do(complaint, 31, "handler", operations.correct_answer, right)
    story.do_actions(complaint, 26, "A photograph of the net.")
    money = next(one for one in complaint.remedies if one.pence)
    story.do(complaint, 25, RESIDENT, operations.answer_offer, money, takes=False)
    more = {"reason": "One corner of the net came loose.", "kind": "money", "words": "For two more weeks of it.", "pence": 4000, "impact": "It began again.", "actions": []}
    story.do(complaint, 12, "handler", operations.offer_more, more)
    story.do(complaint, 10, RESIDENT, operations.answer_offer, complaint.remedies[-1], takes=True)


def a_point_withdrawn(story: Story) -> None:
    """One of two points withdrawn by the resident; the other is answered (rulings 22, 39)."""
    complaint = story.receive(22, said("No heat in the hall, and the meter cupboard smells.", "Lysander Oyelowo-Pike", "11 Bollard Street\nTidewell\nTW2 0ZZ"))
    points = [point(1, "There is no heat in the hall."), point(2, "The meter cupboard smells.")]
    story.begin(complaint, 21, "handler_2", points, "Heat")
    story.do(complaint, 17, RESIDENT, operations.withdraw, points=["2"])
    found = not_upheld(1, points[0]["text"], "The hall has never had a heater.", "There was nothing to mend.")
    story.respond(complaint, 13, "handler_2", {"opening": "", "points": [found], "actions": []})


def to_the_wrong_person(story: Story) -> None:
    """Another person’s acknowledgement was sent: set aside, the breach seen to, and the right one sent (ruling 28)."""
    complaint = story.receive(13, said("My rent book shows somebody else’s arrears.", "Clementine Bao-Ridley", "9 Estuary Road\nTidewell\nTW3 0ZZ"))
    story.begin(complaint, 12, "handler_2", [point(1, "Mr Oddie’s garden wall fell on his shed.")], "A new shed")
    letter = next(one for one in complaint.letters if one.kind == "acknowledgement")
    story.do(complaint, 10, "manager", operations.void_letter, letter, "It is about another person’s wall.", wrong="person")
    done = "We rang both of them, got the letter back unopened in parts, and told our data protection officer that day."
    story.do(complaint, 9, "manager", operations.answer_breach, done)
    story.acknowledge(complaint, 9, "handler_2", {"points": [point(1, "Your rent book shows another person’s arrears.")], "outcomes": ["Put my record right"]})


def weighed_after(story: Story) -> None:
    """Acknowledged the same day, and weighed two days later: only the answer has to wait for that (ruling 29)."""
    complaint = story.receive(8, said("The fob opens nothing.", "Radoslava Finch", "4 Fathom Close\nTidewell\nTW3 0ZZ"))
    story.assign(complaint, 8, "handler")
    story.acknowledge(complaint, 8, "handler", {"points": [point(1, "Your fob opens no door.")], "outcomes": ["A fob that works"]})
    story.triage(complaint, 6, "She uses a frame and cannot wait in the rain.", "Lettings")


def put_back_and_back_again(story: Story) -> None:
    """More time within the cap, then once more with good reason; how often there is news could not be agreed; then late (31, 32, 44)."""
    complaint = story.receive(34, said("The sea wall drips into my pantry.", "Hyacinth Delacroix-Mbeki", "1 Harbour View\nTidewell\nTW1 0ZZ"))
    story.begin(complaint, 33, "handler", [point(1, "Water from the sea wall comes into your pantry.")], "A dry pantry")
    silent = "We rang on two days and wrote once, and had no reply, so we propose every five working days."
    story.do(complaint, 25, "handler", operations.extend, story.more_time(-14, interval_agreed=silent))
    story.do(complaint, 20, "handler", operations.send_news, NEWS)
    again = story.more_time(-6, good_reason="The wall is the council’s too, and their engineer comes on the ninth.", interval_agreed=silent)
    story.do(complaint, 15, "handler", operations.extend, again)
    story.do(complaint, 10, "handler", operations.send_news, {"news": "Their engineer has seen it. Both of us sign this week."})
    story.do(complaint, 5, "handler", operations.tell_late, MORE_TIME | {"new_date": story.day(-5).isoformat(), "interval_agreed": silent})


def past_the_backstop(story: Story) -> None:
    """Nobody wrote for eighteen working days; the acknowledgement says that we are late already, and from when (rulings 30, 43)."""
    complaint = story.receive(21, said("I wrote on the first. I am still here.", "Obadiah Fairweather-Singh", "29 Dory Lane\nTidewell\nTW2 0ZZ"))
    story.triage(complaint, 4, "Found in a shared mailbox that nobody reads.", "Lettings")
    story.assign(complaint, 4, "handler_2")
    story.acknowledge(complaint, 3, "handler_2", {"points": [point(1, "Nobody answered what you wrote on the first.")], "outcomes": ["An answer"]})
    story.do(complaint, 3, "manager", operations.keep_name_back, because="He rang her private number twice.")
    story.do(complaint, 2, "manager", operations.give_name)
    told = story.contact(complaint, 1, "handler_2", "call", "He would like to hear every third day.")
    story.do(complaint, 1, "handler_2", operations.agree_by_contact, told, every=3)


def outside_and_completed(story: Story) -> None:
    """Letters that went by hand and by post outside the portal; one completed, and one still to be (rulings 18, 45)."""
    for n, (name, completed) in enumerate((("Wenceslas Argyle", True), ("Domenica Frobisher-Tan", False))):
        complaint = story.receive(20 + n, said("The bin chute is blocked with mattresses.", name, f"{n + 1} Mast House\nTidewell\nTW1 0ZZ"))
        story.begin(complaint, 19, "handler", [chute := point(1, "The bin chute is blocked.")], "Clear it")
        told = [chute | {"disposition": "upheld"}]
        sent = Sent(kind="response", on=story.day(11), channel="post" if n else "hand", parts=["stage", "definition", "decision", "reasons", "remedy", "actions"],
                    said={"points": told}, decided_by=story.staff["handler"].id)  # fmt: skip
        story.do(complaint, 4, "handler", operations.record_outside, sent)
        lack = to_complete(complaint)
        if completed and lack:
            story.do(complaint, 3, "handler", operations.complete, lack, {})


def promises(story: Story) -> None:
    """What was promised: put on a new day, missed, done, said not to be done, given to somebody else (ruling 23)."""
    complaint = story.receive(36, said("Four things, and I have listed them.", "Albertina Cho-Ramsbottom", "3 Anchor Court\nTidewell\nTW1 0ZZ"))
    lift = point(1, "Four repairs from the handover list were not done.")
    story.begin(complaint, 35, "handler", [lift], "All four done")
    found = upheld(1, lift["text"], "None of the four was ordered.", "We lost the list.", "You lived with it for a year.", "action", "All four will be done.")
    what = (("Hang the bathroom door", "Dean Colley, repairs", -12), ("Seal the bath", "Dean Colley, repairs", -9), ("Move the socket", "Dean Colley, repairs", -5),
            ("Say sorry in person", "Moira Tansley", 4))  # fmt: skip
    story.respond(complaint, 25, "handler", {"opening": "", "points": [found], "actions": [{"what": w, "owner": o, "due_in": due} for w, o, due in what]})
    door, bath, socket, sorry = complaint.actions
    story.do(complaint, 13, "handler", operations.redate_action, door, due_on=story.day(-6), reason="The door came in the wrong width.")
    story.do(complaint, 9, "handler", operations.complete_action, bath, on=story.day(9), proof="The plumber’s sheet.")
    story.do(complaint, 7, RESIDENT, operations.dispute_action, bath, "It is sealed on one side only.")
    story.do(complaint, 6, "handler", operations.reply, "You are right, and we are sorry. He comes back on Thursday.")
    with story.on(4):
        operations.tell_missed(complaint, [socket], by=MACHINE)
    for firm in ("Colley Joinery", "Tidewell Electrics"):
        story.do(complaint, 4, "handler", operations.ask_contractor, operations.Asking("What width was the door you hung?", firm), f"demo {firm}")
    story.do(complaint, 3, "handler", operations.end_question, complaint.questions[-1])
    story.do(complaint, 3, "handler", operations.give_action, sorry, to=story.staff["colleague"])
    assert socket.id in open_actions(complaint.happenings), "its day has gone by"


def new_issues(story: Story) -> None:
    """New things raised on the way: made a point, made complaints of their own on each ground, and asked to be one again (24, 49)."""
    complaint = story.receive(9, said("The heater in the hall.", "Thelonious Garside-Wu", "15 Bollard Street\nTidewell\nTW2 0ZZ"))
    story.begin(complaint, 8, "handler", [point(1, "The heater in the hall does not work.")], "Heat")
    raised = ("The thermostat too.", "Somebody at your office was rude to my wife.", "The whole block’s pipes bang.", "And the gas bill.")
    for words in raised:
        story.do(complaint, 4, RESIDENT, operations.raise_issue, words)
    related, rude, pipes, _gas = issues_of(complaint)
    why = "So that neither has to wait for the other."
    story.do(complaint, 3, "handler", operations.join_issue, related, point=point(2, "The thermostat does not work."), reason="They are one repair.")
    story.do(complaint, 3, "handler", operations.part_issue, rude, ground="unrelated", reason=why)
    story.do(complaint, 2, "handler", operations.part_issue, pipes, ground="would delay", reason="The whole block has to be surveyed first.")
    story.do(complaint, 1, RESIDENT, operations.ask_together, issues_of(complaint)[2])
    answered = story.receive(30, said("The lobby door sticks.", "Winifred Achterberg", "6 Mast House\nTidewell\nTW1 0ZZ"))
    story.begin(answered, 29, "handler", [door := point(1, "The lobby door sticks.")], "A door that opens")
    found = not_upheld(1, door["text"], "It was planed on the second day.", "It was mended in time.")
    story.respond(answered, 20, "handler", {"opening": "", "points": [found], "actions": []})
    story.do(answered, 3, RESIDENT, operations.raise_issue, "Now the lobby light is out.")
    story.do(answered, 2, "triage", operations.part_issue, issues_of(answered)[0], ground="answered", reason=why)
