"""`flask work`: sends what waits, reminds and sweeps once a day, and leaves cleanly when it is told to."""

import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from threading import Event
from types import FrameType

from portal import clock, db, log
from portal.complaints.erasures import bring_up_to_date
from portal.complaints.recounting import recount_if_asked
from portal.complaints.typed_words import forget_old_typed
from portal.post import outbox
from portal.post.office import Office
from portal.post.reminders import remind
from portal.post.scanning import Scanner, scan
from portal.post.smtp import Unreachable
from portal.post.sweep import sweep
from portal.post.weekly import tell_of_week

PAUSE = 2.0
"""Seconds between two looks at the outbox."""


@dataclass
class Worker:
    """One worker; any number may run at once. Everything it has to remember is in the database."""

    office: Office
    pause: float = PAUSE
    stop: Event = field(default_factory=Event)
    day_done: date | None = None
    hour_done: int | None = None
    unreached: int = 0

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; the message in hand is finished first."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._leave)
        log.note("worker", outcome="started")
        while not self.stop.is_set():
            self.stop.wait(self.round())
        log.note("worker", outcome="stopped")

    def round(self) -> float:
        """Do all there is to do now; answers how many seconds to wait before the next look."""
        self._whatever_happens(self.recount)
        self._whatever_happens(self.hourly)
        self._whatever_happens(self.daily)
        self._whatever_happens(self.scan)
        try:
            self._whatever_happens(self.deliver)
        except Unreachable:
            self.unreached += 1
            return outbox.wait_after(self.unreached).total_seconds()
        return self.pause

    def _whatever_happens(self, job: Callable[[], None]) -> None:
        """A database that is away comes back; the worker has to be here when it does."""
        try:
            job()
        except Unreachable:
            raise
        except Exception as fault:
            log.trace(fault)
            log.note("worker", job=job.__name__, outcome="broken", fault=type(fault).__name__)

    def recount(self) -> None:
        """Count the open complaints again once a bank holiday was added."""
        moved = recount_if_asked(self.office.sessions)
        if moved is not None:
            log.note("recounted", count=moved)

    def hourly(self) -> None:
        """Forget what somebody had typed when they were signed out, and did not come back for within the hour."""
        if self.hour_done == (hour := clock.now().hour):
            return
        with self.office.sessions() as register, db.transaction(register):
            forget_old_typed(register)
        self.hour_done = hour

    def daily(self) -> None:
        """Remind and sweep, once a landlord's day. Done again after a restart, which changes nothing."""
        today = clock.today()
        if self.day_done == today:
            return
        log.note("reminders", count=remind(self.office.sessions))
        log.note("weekly list", count=tell_of_week(self.office.sessions))
        log.note("swept", count=sweep(self.office.sessions, self.office.config.files))
        with self.office.sessions() as register:
            log.note("erased list", count=bring_up_to_date(register, self.office.config.erased_list))
        self.day_done = today

    def scan(self) -> None:
        """Have each new file looked into, where a scanner is set."""
        config = self.office.config
        if config.scanner:
            scan(self.office.sessions, config.files, Scanner.at(config.scanner))

    def deliver(self) -> None:
        """Send until nothing is due or we are told to stop. Unreachable while the mail server is down."""
        while not self.stop.is_set() and self.office.deliver_one():
            self.unreached = 0

    def _leave(self, number: int, frame: FrameType | None) -> None:
        self.stop.set()
