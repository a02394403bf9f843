"""Shapes that no history may have, listed apart from the table that refuses them: each reads the record itself."""

from collections.abc import Callable
from datetime import date

from portal.rules.history import Happening, Step
from tests.rules.second_counter import Rules, StageFacts, answer_by, code_and_backstop, count

S = Step
Past = list[Happening]
BAD_REMEDY = {"cake"}
HANDLING = (
    S.TRIAGED, S.ASSIGNED, S.ACKNOWLEDGED, S.RESPONDED, S.EXTENDED, S.REFUSED, S.DEFINITION_REVISED, S.ESCALATED,
    S.PART_ANSWERED, S.UPDATED, S.LATE_TOLD,
)  # fmt: skip
UNSTAGED = (
    S.RECEIPT_QUERIED, S.RECEIPT_KEPT, S.RECEIPT_CORRECTED, S.FOUND_UNUSABLE, S.VOIDED, S.BREACH_ANSWERED, S.MESSAGED, S.CONTACTED, S.COMPLETED, S.NOTED, S.TRANSLATED, S.EVIDENCE_SEEN, S.CONTRACTOR_ASKED, S.CONTRACTOR_LINK_ENDED, S.ADJUSTMENT_DECIDED, S.ADJUSTMENT_OVERRIDDEN, S.AUTHORITY_ENDED, S.AUTHORITY_DECIDED, S.RECUSED, S.CONFLICT_DECIDED, S.OUTSIDE_NAMED, S.NAMING, S.OMBUDSMAN_HAS, S.RESTRICTED, S.ISSUE_RAISED, S.REMEDY_OFFERED, S.REMEDY_PAID, S.REMEDY_ACCEPTED, S.REMEDY_DECLINED,
    S.ACTION_DISPUTED, S.CAUSE_TIED, S.JOINED, S.UNJOINED, S.MADE_REQUEST, S.VOICED, S.SPAM, S.NOT_SPAM, S.HOLD_RELEASED, S.CONTACT_CHANGED, S.LANGUAGE_CHOSEN, S.CALL_ASKED, S.WAY_STOPPED, S.DATA_ASKED, S.DATA_EXTENDED, S.DATA_REFUSED, S.DATA_SENT, S.KEPT_LONGER, S.KEEPING_ENDED, S.OMBUDSMAN_DONE, S.ERASED,
)  # fmt: skip
DATED = ("before_receipt", "stage_2_too_soon", "late_extension", "long_extension", "stage_2_from_nothing")
TURNS = (S.WITHDRAWN, S.RESUMED, S.DIRECTED, S.REFUSAL_UNDONE, S.RECEIPT_CORRECTED)
"""Where a history has turned like this, its dates are judged by the tables of `test_turns` and not again here."""


def of(past: Past, step: Step, stage: int | None = None) -> Past:
    """The happenings of one kind."""
    return [h for h in past if h.step is step and (stage is None or h.stage == stage)]


def sent(past: Past, kind: str, stage: int, *, or_thought_so: bool = False) -> list[date]:
    """The days a letter went out in a usable form, or in one that was found out later to be of no use."""
    found = [h for h in of(past, S.ISSUED, stage) if h.details["kind"] == kind and (h.details["usable"] or (or_thought_so and "found" in h.details))]
    return sorted(h.on for h in found)


def began(past: Past, stage: int) -> date | None:
    """The day a stage began, by the record."""
    if past[0].stage == stage:
        return past[0].on
    days = [h.on for h in of(past, S.ESCALATED, stage) if not h.details["early"]]
    answered = sent(past, "response", stage - 1, or_thought_so=True)
    kept = past[max((place for place, h in enumerate(past) if h.step is S.HOLD_RELEASED), default=0) :]
    for held in of(kept, S.ESCALATED, stage):
        if held.details["early"] and answered:
            days.append(max(held.on, answered[0]))
    return min(days) if days else None


def notes(past: Past, stage: int) -> StageFacts:
    """One stage as the second counter's notes."""
    reached = sent(past, "acknowledgement", stage)
    facts = StageFacts(began=began(past, stage), acknowledgement_reached_them=reached[0] if reached else None)
    for place, one in enumerate(past):
        if one.step is S.EXTENDED and one.stage == stage:
            told = sent(past[place:], "extension", stage)
            facts.extensions.append((date.fromisoformat(one.details["to"]), told[0] if told else None))
    return facts


class Judge:
    """Judges the newest happening of a history against those before it, for one code's numbers."""

    def __init__(
        self, numbers: dict[int, Rules], holidays: set[date], first_stages: set[int], triage: bool
    ) -> None:
        self.numbers, self.off, self.first_stages, self.triage = numbers, holidays, first_stages, triage

    def faults(self, history: Past) -> list[str]:
        """The names of the forbidden shapes that the newest happening makes."""
        past, new = history[:-1], history[-1]
        if new.step is S.RECEIVED:
            return ["received twice"] if past else ["wrong stage"] * (new.stage not in self.first_stages)
        if not past:
            return ["something before receipt"]
        turned = any(h.step in TURNS for h in past)
        checks = [check for check in self.checks() if not turned or check.__name__ not in DATED]
        return [check.__name__ for check in checks if check(past, new)]

    def checks(self) -> list[Callable[[Past, Happening], bool]]:
        """Every forbidden shape."""
        return [
            self.before_receipt, self.in_the_future, self.third_stage, self.after_refusal, self.refused_late,
            self.same_step_twice, self.after_the_answer, self.unacknowledged_answer, self.untriaged_answer,
            self.misunderstood_answer, self.answers_beside_the_points, self.unowned_fault, self.same_person,
            self.reviewer_chosen_wrongly, self.stage_2_from_nothing, self.stage_2_too_soon, self.back_to_stage_1,
            self.late_extension, self.long_extension, self.letter_from_nothing, self.action_from_nothing,
            self.after_setting_aside, self.undone_from_nothing, self.withdrawn_for_them, self.received_moved_later,
            self.complaint_made_a_request, self.issue_from_nothing, self.reply_to_nothing, self.pointless_definition, self.point_dropped, self.danger_from_nothing, self.payment_of_nothing, self.conflict_ignored, self.nobody_died,
        ]  # fmt: skip

    def before_receipt(self, past: Past, new: Happening) -> bool:
        return new.on < past[0].on

    def in_the_future(self, past: Past, new: Happening) -> bool:
        return new.on > new.at.date()

    def third_stage(self, past: Past, new: Happening) -> bool:
        return new.stage not in (1, 2)

    def after_refusal(self, past: Past, new: Happening) -> bool:
        whole = [h for h in past if h.step in (S.REFUSED, S.DIRECTED, S.REFUSAL_UNDONE)]
        return bool(whole) and whole[-1].step is S.REFUSED and new.step in HANDLING

    def after_setting_aside(self, past: Past, new: Happening) -> bool:
        whole = [h for h in past if h.step in (S.WITHDRAWN, S.RESUMED) and not h.details["points"]]
        kinds = [h.step for h in past]
        aside = bool(whole) and whole[-1].step is S.WITHDRAWN
        aside = aside or kinds.count(S.JOINED) > kinds.count(S.UNJOINED) or kinds.count(S.SPAM) > kinds.count(S.NOT_SPAM)
        return (aside or S.MADE_REQUEST in kinds) and new.step in HANDLING

    def undone_from_nothing(self, past: Past, new: Happening) -> bool:
        kinds = [h.step for h in past]
        undoes = {S.UNJOINED: S.JOINED, S.NOT_SPAM: S.SPAM, S.VOICED: S.MADE_REQUEST, S.RESUMED: S.WITHDRAWN}
        if new.step in (S.DIRECTED, S.REFUSAL_UNDONE):
            over = [h.step for h in past if h.stage == new.stage and h.step in (S.REFUSED, S.DIRECTED, S.REFUSAL_UNDONE)]
            return not over or over[-1] is not S.REFUSED
        return new.step in undoes and undoes[new.step] not in kinds

    def withdrawn_for_them(self, past: Past, new: Happening) -> bool:
        theirs = (S.WITHDRAWN, S.RESUMED, S.HOLD_RELEASED, S.MADE_REQUEST, S.REMEDY_ACCEPTED, S.REMEDY_DECLINED)
        return new.step in theirs and not new.by.startswith("party") and "contact" not in new.details

    def received_moved_later(self, past: Past, new: Happening) -> bool:
        if new.step is not S.RECEIPT_CORRECTED:
            return False
        moved = [date.fromisoformat(h.details["to"]) for h in of(past, S.RECEIPT_CORRECTED)]
        to, now = date.fromisoformat(new.details["to"]), moved[-1] if moved else past[0].on
        return to > new.on or not new.details["reason"] or (to > now and not new.details["by_manager"])

    def complaint_made_a_request(self, past: Past, new: Happening) -> bool:
        return new.step in (S.MADE_REQUEST, S.SPAM) and bool(of(past, S.ACKNOWLEDGED) + of(past, S.RESPONDED))

    def issue_from_nothing(self, past: Past, new: Happening) -> bool:
        if new.step is not S.ISSUE_DECIDED:
            return False
        raised = [h for h in of(past, S.ISSUE_RAISED) if h.details["issue"] == new.details["issue"]]
        late = new.details["decision"] == "joined" and bool(of(past, S.RESPONDED, new.stage))
        return late or not raised

    def refused_late(self, past: Past, new: Happening) -> bool:
        return new.step is S.REFUSED and bool(
            of(past, S.ACKNOWLEDGED, new.stage) + of(past, S.RESPONDED, new.stage)
        )

    def same_step_twice(self, past: Past, new: Happening) -> bool:
        return new.step in (S.ACKNOWLEDGED, S.RESPONDED) and bool(of(past, new.step, new.stage))

    def after_the_answer(self, past: Past, new: Happening) -> bool:
        ended = (
            S.EXTENDED,
            S.DEFINITION_REVISED,
            S.MEANING_QUERIED,
            S.MEANING_ANSWERED,
            S.ACKNOWLEDGED,
            S.TRIAGED,
        )
        return new.step in ended and bool(of(past, S.RESPONDED, new.stage))

    def unacknowledged_answer(self, past: Past, new: Happening) -> bool:
        if new.step not in (S.RESPONDED, S.EXTENDED) or self.numbers[new.stage or 0].acknowledge is None:
            return False
        acknowledged = of(past, S.ACKNOWLEDGED, new.stage)
        return not acknowledged or acknowledged[0].on > new.on

    def untriaged_answer(self, past: Past, new: Happening) -> bool:
        return self.triage and new.step is S.RESPONDED and not of(past, S.TRIAGED)

    def misunderstood_answer(self, past: Past, new: Happening) -> bool:
        if new.step is not S.RESPONDED:
            return False
        here = [h for h in past if h.stage == new.stage]
        for place, query in enumerate(here):
            replies = [h for h in here[place:] if h.step is S.DEFINITION_REVISED
                       or (h.step is S.MEANING_ANSWERED and h.details["query"] == query.details.get("query"))]  # fmt: skip
            if query.step is S.MEANING_QUERIED and not replies:
                return True
        return False

    def answers_beside_the_points(self, past: Past, new: Happening) -> bool:
        if new.step is not S.RESPONDED:
            return False
        defined = [
            h for h in past if h.step in (S.ACKNOWLEDGED, S.DEFINITION_REVISED) and h.stage == new.stage
        ]
        if not defined:
            return True
        gone: set[str] = set()
        for h in past:
            if h.step is S.WITHDRAWN:
                gone |= set(h.details["points"])
            elif h.step is S.RESUMED:
                gone -= set(h.details["points"])
        points = {number: whose for number, whose in defined[-1].details["points"].items() if number not in gone}
        return "to_be_confirmed" in points.values() or set(points) != set(new.details["answers"])

    def unowned_fault(self, past: Past, new: Happening) -> bool:
        if new.step is not S.RESPONDED:
            return False
        blamed = [
            a
            for a in new.details["answers"].values()
            if a["disposition"] in ("upheld", "partly_upheld", "right")
        ]
        return any(not (a["fault"] and a["impact"] and set(a["remedies"]) - BAD_REMEDY) for a in blamed)

    def considered(self, past: Past) -> set[str]:
        """Who considered stage 1."""
        given = [h for h in of(past, S.ASSIGNED, 1) if h.details["part"] != "contributor"]
        decided = of(past, S.RESPONDED, 1) + of(past, S.REFUSED, 1)
        return {f"staff:{h.details['staff']}" for h in given} | {
            h.by for h in decided if h.by.startswith("staff")
        }

    def same_person(self, past: Past, new: Happening) -> bool:
        return new.step in (S.RESPONDED, S.REFUSED) and new.stage == 2 and new.by in self.considered(past)

    def reviewer_chosen_wrongly(self, past: Past, new: Happening) -> bool:
        if new.step is not S.ASSIGNED or new.stage != 2 or new.details["part"] == "contributor":
            return False
        named = [h.details["staff"] for h in of(past, S.OUTSIDE_NAMED, 2)]
        chooser = set() if named and named[-1] == new.details["staff"] else {new.by}
        return bool({*chooser, f"staff:{new.details['staff']}"} & self.considered(past))

    def conflict_ignored(self, past: Past, new: Happening) -> bool:
        decided = {h.details["staff"]: h.details["barred"] for h in of(past, S.CONFLICT_DECIDED)}
        away = {f"staff:{who}" for who, barred in decided.items() if barred}
        away |= {f"staff:{h.details['staff']}" for h in of(past, S.RECUSED) if (h.stage or 0) <= (new.stage or 0)}
        if new.step is S.CONFLICT_DECIDED:
            return new.by == f"staff:{new.details['staff']}"
        return new.step in (S.RESPONDED, S.REFUSED, S.PART_ANSWERED) and new.by in away

    def stage_2_from_nothing(self, past: Past, new: Happening) -> bool:
        anywhere = (*UNSTAGED, S.ESCALATED, S.ISSUED, S.ACTION_PROMISED, S.ACTION_DONE, S.ACTION_REDATED, S.ACTION_GIVEN, S.DANGER_TOLD)
        if new.stage != 2 or new.step in (
            *anywhere,
            S.DANGER_HANDED_OVER,
            S.PERSON_MATCHED,
            S.DATES_RECOUNTED,
        ):
            return False
        start = began(past, 2)
        return start is None or new.on < start

    def stage_2_too_soon(self, past: Past, new: Happening) -> bool:
        if new.step is not S.ESCALATED:
            return False
        answered = sent(past, "response", 1)
        if (answered and answered[0] <= new.on) or past[0].stage == 2:
            return bool(new.details["early"]) or past[0].stage == 2 or began(past, 2) is not None
        overdue = new.on > answer_by(notes(past, 1), self.numbers[1], self.off)
        return overdue == bool(new.details["early"])

    def back_to_stage_1(self, past: Past, new: Happening) -> bool:
        staged = (S.TRIAGED, S.ACKNOWLEDGED, S.RESPONDED, S.EXTENDED, S.REFUSED, S.DEFINITION_REVISED)
        return new.step in staged and new.stage == 1 and bool(of(past, S.ACKNOWLEDGED, 2))

    def late_extension(self, past: Past, new: Happening) -> bool:
        limit = self.limit(past, new)
        return limit is not None and (new.on > limit or date.fromisoformat(new.details["to"]) <= limit)

    def limit(self, past: Past, new: Happening) -> date | None:
        """The date that an extension would move."""
        if new.step is not S.EXTENDED:
            return None
        facts = notes(past, new.stage or 0)
        expected = self.numbers[new.stage or 0].acknowledge is not None
        if expected and facts.acknowledgement_reached_them is None:
            found = of(past, S.ACKNOWLEDGED, new.stage)
            facts.acknowledgement_reached_them = found[0].on if found else None
            facts.extensions = []
        code, _ = code_and_backstop(facts, self.numbers[new.stage or 0], self.off)
        for until, reached in facts.extensions:
            code = until if code and reached and reached <= code else code
        return code

    def long_extension(self, past: Past, new: Happening) -> bool:
        if new.step is not S.EXTENDED or new.details["good_reason"]:
            return False
        facts = notes(past, new.stage or 0)
        code = code_and_backstop(facts, self.numbers[new.stage or 0], self.off)[0]
        cap = {(1, False): 10, (2, False): 20, (1, True): 5}[new.stage or 0, self.numbers[1].first_day_counts]
        too_long = (
            code is not None and count(code, date.fromisoformat(new.details["to"]), self.off, False) > cap
        )
        return bool(too_long or of(past, S.EXTENDED, new.stage))

    def letter_from_nothing(self, past: Past, new: Happening) -> bool:
        steps = {
            "acknowledgement": S.ACKNOWLEDGED,
            "response": S.RESPONDED,
            "extension": S.EXTENDED,
            "refusal": S.REFUSED,
        }
        if new.step is not S.ISSUED:
            return False
        return not [h for h in of(past, steps[new.details["kind"]], new.stage) if h.on <= new.on]

    def action_from_nothing(self, past: Past, new: Happening) -> bool:
        if new.step not in (S.ACTION_DONE, S.ACTION_REDATED, S.ACTION_GIVEN):
            return False
        promised = [h for h in of(past, S.ACTION_PROMISED) if h.details["action"] == new.details["action"]]
        said = [h.step for h in past if h.step in (S.ACTION_DONE, S.ACTION_DISPUTED) and h.details["action"] == new.details["action"]]
        return len(promised) != 1 or said[-1:] == [S.ACTION_DONE] or promised[0].on > new.on

    def payment_of_nothing(self, past: Past, new: Happening) -> bool:
        if new.step is S.REMEDY_OFFERED:
            return new.details["kind"] in BAD_REMEDY
        paid = [h.details["remedy"] for h in of(past, S.REMEDY_PAID)]
        return new.step is S.REMEDY_PAID and (new.details["remedy"] in paid or not (of(past, S.RESPONDED) or of(past, S.REMEDY_OFFERED)))

    def reply_to_nothing(self, past: Past, new: Happening) -> bool:
        return new.step is S.MEANING_ANSWERED and not of(past, S.MEANING_QUERIED, new.stage)

    def pointless_definition(self, past: Past, new: Happening) -> bool:
        return new.step in (S.ACKNOWLEDGED, S.DEFINITION_REVISED) and not new.details["points"]

    def point_dropped(self, past: Past, new: Happening) -> bool:
        if new.step not in (S.ACKNOWLEDGED, S.DEFINITION_REVISED) or new.stage != 2:
            return False
        defined = [h for h in past if h.step in (S.ACKNOWLEDGED, S.DEFINITION_REVISED) and h.stage == 1]
        gone = {number for h in of(past, S.WITHDRAWN) for number in h.details["points"]}
        return bool(defined) and bool(set(defined[-1].details["points"]) - gone - set(new.details["points"]))

    def danger_from_nothing(self, past: Past, new: Happening) -> bool:
        if new.step is not S.DANGER_HANDED_OVER:
            return False
        of_it = [h for h in past if h.details.get("alert") == new.details["alert"]]
        return [h.step for h in of_it] != [S.DANGER_TOLD]

    def nobody_died(self, past: Past, new: Happening) -> bool:
        said = [h.step for h in past if h.step in (S.DEATH_RECORDED, S.DEATH_UNDONE)]
        return new.step in (S.DEATH_UNDONE, S.ESTATE_NAMED) and said[-1:] != [S.DEATH_RECORDED]
