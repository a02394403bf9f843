"""What the dates would be: a made-up history from a few days somebody knows, for anyone who asks."""

from datetime import UTC, date, datetime, time

from portal.rules.steps import Happening, Step

NOON = time(12)


def suppose(
    received: date,
    acknowledged: date | None = None,
    stage2_requested: date | None = None,
    stage2_acknowledged: date | None = None,
) -> list[Happening]:
    """The history of a complaint with these dates and nothing else, for `deadlines` to count from.

    An acknowledgement is its letter, sent that day in a form the person could use (ruling 14).
    """
    story = [_on(received, Step.RECEIVED, 1)]
    if acknowledged:
        story += _acknowledged(acknowledged, 1)
    if stage2_requested:
        story.append(_on(stage2_requested, Step.ESCALATED, 2, early=False))
    if stage2_acknowledged:
        story += _acknowledged(stage2_acknowledged, 2)
    return story


def _acknowledged(on: date, stage: int) -> list[Happening]:
    return [
        _on(on, Step.ACKNOWLEDGED, stage),
        _on(on, Step.ISSUED, stage, kind="acknowledgement", usable=True),
    ]


def _on(day: date, step: Step, stage: int, **details: object) -> Happening:
    return Happening(step, stage, day, datetime.combine(day, NOON, UTC), "machine", details)
