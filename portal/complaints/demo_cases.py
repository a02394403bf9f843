"""The demo's landlord, people and complaints. All of it is invented; telephone numbers are from the ranges kept for fiction."""

from typing import Any

from portal.complaints.demo_words import EASIER, not_upheld, point, said, upheld

LANDLORD = {
    "name": "Tidewell Homes",
    "phone": "0808 157 0192",
    "phone_hours": "free, Monday to Friday, 8am to 6pm",
    "text_relay": "18001 0808 157 0192",
    "email": "complaints@tidewell.example",
    "post": "Freepost Tidewell Homes Complaints",
    "address": "Harbour House, Quay Street, Tidewell, TW1 0ZZ",
    "emergency_phone": "0808 157 0999",
}
SERVICES = ("Repairs", "Damp and mould", "Neighbourhoods", "Lettings", "Rent and service charges", "Heating and gas")

STAFF: dict[str, dict[str, Any]] = {
    "colleague": {"name": "Moira Tansley", "job_title": "Repairs planner", "phone": "01632 960110", "roles": ["colleague"]},
    "triage": {"name": "Lewis Garrow", "job_title": "Complaints co-ordinator", "phone": "01632 960111", "roles": ["triage"]},
    "handler": {"name": "Hana Oyelaran", "job_title": "Complaints officer", "phone": "01632 960112", "roles": ["handler"]},
    "handler_2": {"name": "Tomos Birchall", "job_title": "Complaints officer", "phone": "01632 960113", "roles": ["handler"]},
    "reviewer": {"name": "Ruth Penhallow", "job_title": "Head of Homes", "phone": "01632 960114", "roles": ["reviewer"]},
    "senior": {"name": "Nadia Wrexley", "job_title": "Senior complaints officer", "phone": "01632 960119", "roles": ["senior"]},
    "manager": {"name": "Dilip Sarkhan", "job_title": "Complaints manager", "phone": "01632 960115", "roles": ["manager"]},
    "lead": {"name": "Corin Aldous", "job_title": "Director of Resident Services", "phone": "01632 960120", "roles": ["lead"]},
    "liaison": {"name": "Bryony Tate", "job_title": "Ombudsman liaison officer", "phone": "01632 960121", "roles": ["liaison"]},
    "governor": {"name": "Osric Fenn", "job_title": "Member Responsible for Complaints", "phone": "01632 960122", "roles": ["governor"]},
    "administrator": {"name": "Maribel Stroud", "job_title": "Systems officer", "phone": "01632 960123", "roles": ["administrator"]},
    "auditor": {"name": "Piers Kettle", "job_title": "Internal auditor", "phone": "01632 960124", "roles": ["auditor"]},
}  # fmt: skip
OTHERS: dict[str, dict[str, Any]] = {
    "manager_2": {"name": "Anneke Rudd", "job_title": "Head of Resident Services", "phone": "01632 960116", "roles": ["manager"]},
    "leaver": {"name": "Peg Lorimer", "job_title": "Complaints officer", "phone": "01632 960117", "roles": ["handler"]},
    "outsider": {"name": "Ivo Wendell", "job_title": "Independent reviewer", "phone": "01632 960118", "roles": ["reviewer"]},
    "reviewer_2": {"name": "Tomos Birchall, Lettings", "job_title": "Reviews for Lettings", "phone": "01632 960113", "roles": ["reviewer"]},
}  # fmt: skip
"""Those whose ways in are not printed: one of each role is enough to look round."""

TEAMS = {"handler": ("Repairs", "Damp and mould", "Heating and gas"), "handler_2": ("Neighbourhoods", "Lettings", "Rent and service charges")}
"""Which services the two handlers work on, so that each meets a complaint of the other's; everybody else works on all of them."""

DANGER_ALONE = {
    "phone": "01632 960177",
    "address": "Flat 2, 40 Lock Street, Tidewell",
    "safe_to_ring": "yes",
    "words": "I can smell gas on the stairs and I do not know who to ring.",
}


LONG_STORY = "\n\n".join(
    f"On visit {n} somebody came about the damp behind the wardrobe. They looked, they took a photograph, and they said "
    f"a surveyor would ring. Nobody rang. I wiped the wall again and washed the curtains again. My son's cough is worse "
    f"at night and the doctor has now asked me about the flat. I wrote it all down in my notebook, page {n}."
    for n in range(1, 41)
)

ROOF = [
    point(1, "Rain has come through the back bedroom ceiling since February, and the roof has not been mended."),
    point(2, "You rang three times in March. We said someone would ring back, and nobody did."),
]
ROOF_WANTED = ["Mend the roof", "Say why nobody rang", "Pay for the mattress"]
HALF_ANSWERED = {
    "opening": "You were right to complain. We took four months to mend your roof, and we are sorry.",
    "points": [
        upheld(1, ROOF[0]["text"], "You told us on 2 February. Our policy gives us 28 days to mend a roof leak. "
               "The first order was closed by mistake.", "We did not mend the roof in time.",
               "You lost a bedroom for four months.", "money", "For losing the room.", 35000),
        ROOF[1] | {"disposition": "partly_upheld", "reasons": "Our records show two of the three calls."},
    ],
    "actions": [],
}  # fmt: skip

LIFT = [point(1, "The lift has been out for eleven days, and you cannot manage the stairs.")]
LIFT_ANSWER = {
    "opening": "We are sorry that you were stuck in your own home.",
    "points": [
        upheld(1, LIFT[0]["text"], "The part was ordered four days late because nobody read the engineer's note.",
               "We ordered the part late.", "You could not leave your home, and missed a hospital visit.",
               "apology", "Our head of homes will say sorry to you in person, at a time you choose."),
    ],
    "actions": [
        {"what": "Say sorry in person", "owner": "Ruth Penhallow", "due_in": 3},
        {"what": "Put a stair climber in the building until the lift is renewed", "owner": "Dean Colley, repairs", "due_in": 12},
    ],
}  # fmt: skip
LOCK = [point(1, "We said we would change your front door lock, and did not.")]
LOCK_ANSWER = {
    "opening": "You asked for something simple that would let you sleep, and we let you down.",
    "points": [
        upheld(1, LOCK[0]["text"], "The order was sent to a joiner who had left.", "Nobody checked that it was done.",
               "You have been afraid in your own home.", "action", "We will change the lock, and give you every key."),
    ],
    "actions": [{"what": "Change the front door lock", "owner": "Dean Colley, repairs", "due_in": -3}],
}  # fmt: skip
RENT = [point(1, "The service charge counts the communal lights twice."), point(2, "You were told that it was your mistake.")]
RENT_ANSWER = {
    "opening": "Thank you for showing us the bills side by side.",
    "points": [
        upheld(1, RENT[0]["text"], "Two meters had the same number in our records.", "We charged you twice.",
               "You paid money you did not owe for two years.", "money", "We have paid it back with interest.", 21640),
        not_upheld(2, RENT[1]["text"], "We have listened to the call of 3 March. The officer asked for the bills, and did "
                   "not say that it was your mistake.", "We did not find that this was said. We are sorry that it felt so."),
    ],
    "actions": [],
}  # fmt: skip
NOISE = [point(1, "The pump room under your flat has hummed all night for three years.")]
NOISE_ANSWER = {
    "opening": "",
    "points": [not_upheld(1, NOISE[0]["text"], "We measured the noise for one night. It was under the limit.",
                          "We make no offer, because we found no fault on the night we measured.")],
    "actions": [],
}  # fmt: skip
NOISE_FINAL = {
    "opening": "One night was not enough. We are sorry that it took a second look to see it.",
    "points": [
        upheld(1, NOISE[0]["text"], "We measured for fourteen nights. On nine of them the pump ran over the limit.",
               "Our first answer rested on one quiet night.", "You have slept badly for three years.",
               "money", "For three years of broken sleep.", 90000),
    ],
    "actions": [{"what": "Set the pump on rubber mounts", "owner": "Dean Colley, repairs", "due_in": 8}],
    "contributors": "Dean Colley, repairs manager; an independent noise consultant",
}  # fmt: skip

CASES: list[dict[str, Any]] = [
    {
        "told": said("No heating or hot water since Sunday, and there is a new baby here.", "Denise Arkwell",
                     "7 Net Loft Row\nTidewell\nTW2 0ZZ", safe_contact={"channels": ["phone"], "phone": "01632 960130",
                     "times": "any time", "voicemail": "yes"}),
        "days_ago": 0, "then": [],
        "danger": {"phone": "01632 960130", "address": "7 Net Loft Row, Tidewell", "safe_to_ring": "yes",
                   "words": "The baby is three weeks old and the flat is 11 degrees."},
    },
    {
        "told": said("المصعد معطل منذ أسبوعين، وأمي لا تستطيع صعود الدرج. اتصلنا أربع مرات ولم يرد أحد.", "سميرة حداد",
                     "14 Quarry Bank\nTidewell\nTW3 0ZZ", when_words="منذ أسبوعين",
                     adjustments={"kinds": ["language"], "words": "العربية من فضلكم"}),
        "days_ago": 2, "then": [("match", 1, "TH-20418")],
    },
    {
        "told": said("My wet room was left half finished. I wash at my daughter's.", "Ana Popelka", "3 Slip Lane\nTidewell\nTW2 0ZZ",
                     adjustments=EASIER, when_words="Since the builders left in the spring. Still going on.",
                     wanted={"kinds": ["repair", "sorry"], "words": "Finish it, and tell me who will come."}),
        "days_ago": 4, "then": [("match", 4, "TH-11873"), ("triage", 4, "She cannot wash at home."), ("assign", 3, "handler")],
    },
    {
        "told": said("I have reported the bin store eleven times. Rats now.", "Bilal Azeez", "22 Anchor Court\nTidewell\nTW1 0ZZ"),
        "days_ago": 7, "then": [],
    },
    {
        "shown_first": True,
        "told": said("Every time it rains the water comes in over the bed. I rang in February and they said two weeks. It is "
                     "months now and we sleep in the front room. I rang three times in March. The lady was nice and said "
                     "someone will call. Nobody called.", "Samira Hadley", "14 Quarry Bank\nTidewell\nTW3 0ZZ",
                     when_words="Since 2 February, and still going on", adjustments={"kinds": ["large_print"], "words": "18 point"},
                     wanted={"kinds": ["repair", "explain", "money"], "words": "And pay for the mattress."}),
        "days_ago": 8,
        "then": [("match", 7, "TH-30077"), ("triage", 7, "One room lost, a child in the home."), ("assign", 6, "handler"),
                 ("acknowledge", 5, "handler", {"points": ROOF, "outcomes": ROOF_WANTED}),
                 ("begin_answer", 1, "handler", HALF_ANSWERED)],
    },
    {
        "told": said(LONG_STORY, "Wilhelmina Featherstonehaugh-Cholmondeley-Montgomery von und zu Oberunterammergau-Lichtenstein",
                     "Apartment 1204, The Old Rope Works and Former Sailmakers' Hall, Lower Long Wharf Approach\nTidewell\nTW1 0ZZ",
                     when_words="For a year and a half"),
        "days_ago": 13,
        "then": [("triage", 12, "A child with a cough: see whether the family can move out."), ("assign", 12, "handler_2"),
                 ("acknowledge", 9, "handler_2", {"points": [point(1, "Damp behind the wardrobe, looked at many times and never treated.")],
                  "outcomes": ["Treat the damp", "A surveyor who rings"]})],
    },
    {
        "told": said("Charged twice for the hall lights 💡💡 and told it was MY mistake 😡", "Faith Mensley 🌻", "9 Anchor Court\nTidewell\nTW1 0ZZ"),
        "days_ago": 18,
        "then": [("triage", 17, "Small sum, plain records."), ("assign", 17, "handler"),
                 ("acknowledge", 15, "handler", {"points": RENT, "outcomes": ["Give back the money"]})],
    },
    {
        "told": said("The lift is out again and I cannot manage the stairs.", "Tomasz Wilkowski", "Flat 31, Mast House\nTidewell\nTW1 0ZZ",
                     language="en", adjustments={"kinds": ["step_free"], "words": ""}),
        "days_ago": 14,
        "then": [("match", 13, "TH-00912"), ("triage", 13, "He cannot leave home."), ("assign", 13, "handler"),
                 ("acknowledge", 12, "handler", {"points": LIFT, "outcomes": ["A lift that works"]}),
                 ("respond", 4, "handler", LIFT_ANSWER)],
    },
    {
        "told": said("You said you would change my lock. My ex has a key.", "Colm Byrnes", "5 Slip Lane\nTidewell\nTW2 0ZZ",
                     safe_contact={"channels": ["portal"]}),
        "days_ago": 24,
        "then": [("triage", 24, "Somebody else holds a key: urgent."), ("assign", 24, "handler_2"),
                 ("acknowledge", 23, "handler_2", {"points": LOCK, "outcomes": ["A new lock"]}),
                 ("respond", 15, "handler_2", LOCK_ANSWER)],
    },
    {
        "told": said("The hall lights are charged twice.", "Grace Odukoya", "11 Anchor Court\nTidewell\nTW1 0ZZ"),
        "days_ago": 40,
        "then": [("triage", 39, "Plain records."), ("assign", 39, "handler"),
                 ("acknowledge", 38, "handler", {"points": RENT, "outcomes": []}), ("respond", 30, "handler", RENT_ANSWER)],
    },
    {
        "told": said("Three years of humming under my floor.", "Ruth Kendall", "1 Pump Yard\nTidewell\nTW2 0ZZ"),
        "days_ago": 36,
        "then": [("triage", 35, "Long standing."), ("assign", 35, "handler"),
                 ("acknowledge", 34, "handler", {"points": NOISE, "outcomes": ["Quiet at night"]}),
                 ("respond", 25, "handler", NOISE_ANSWER), ("escalate", 3, "")],
    },
    {
        "told": said("The pump hums at night.", "Owen Prysor", "2 Pump Yard\nTidewell\nTW2 0ZZ"),
        "days_ago": 45,
        "then": [("triage", 44, "Long standing."), ("assign", 44, "handler"),
                 ("acknowledge", 43, "handler", {"points": NOISE, "outcomes": ["Quiet at night"]}),
                 ("respond", 34, "handler", NOISE_ANSWER), ("escalate", 14, "You measured on a Sunday."), ("assign", 12, "reviewer"),
                 ("acknowledge", 11, "reviewer", {"points": NOISE, "outcomes": ["Quiet at night"]})],
    },
    {
        "told": said("The pump hums at night and I am tired.", "Edie Marsham", "3 Pump Yard\nTidewell\nTW2 0ZZ"),
        "days_ago": 60,
        "then": [("triage", 59, "Long standing."), ("assign", 59, "handler_2"),
                 ("acknowledge", 58, "handler_2", {"points": NOISE, "outcomes": ["Quiet at night"]}),
                 ("respond", 49, "handler_2", NOISE_ANSWER), ("escalate", 40, ""), ("assign", 38, "reviewer"),
                 ("acknowledge", 37, "reviewer", {"points": NOISE, "outcomes": ["Quiet at night"]}),
                 ("respond", 20, "reviewer", NOISE_FINAL)],
    },
    {
        "told": said("<script>alert('hello')</script> <b>My window</b> {{ 7 * 7 }} %(name)s does not shut & the catch is \"broken\"",
                     "<i>Robert</i> O'Neill-Ó Dónaill", "13 <Mast> House\nTidewell\nTW1 0ZZ"),
        "days_ago": 1, "then": [],
    },
    {
        "told": said("I do not use computers. My neighbour is typing. The gutter overflows on my step and it freezes.",
                     "Hodan Yusufzai", "8 Net Loft Row\nTidewell\nTW2 0ZZ",
                     safe_contact={"channels": ["post"], "post": "8 Net Loft Row\nTidewell\nTW2 0ZZ"},
                     adjustments={"kinds": ["speak_to_me"], "words": "Ring after 4pm, my son helps me"}),
        "days_ago": 3,
        "then": [("triage", 2, "Ice on the step."), ("assign", 2, "handler_2"),
                 ("acknowledge", 1, "handler_2", {"points": [point(1, "The gutter overflows onto the front step, which freezes.")],
                  "outcomes": ["Mend the gutter"]})],
    },
    {
        "told": said("Nobody has answered me about the damp in the hall cupboard.", "Priscilla Oakenfold", "6 Slip Lane\nTidewell\nTW2 0ZZ"),
        "days_ago": 20,
        "then": [("triage", 19, "Damp."), ("assign", 19, "handler"),
                 ("acknowledge", 17, "handler", {"points": [point(1, "Damp in the hall cupboard.")], "outcomes": ["Dry it out"]}),
                 ("escalate", 2, "")],
    },
]  # fmt: skip
