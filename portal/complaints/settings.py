"""What a landlord sets: names and numbers, services, extra bank holidays; and the reminders already made."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import UTC, Base


class LandlordSetting(Base):
    """One thing the landlord decides, as a row (decision 35): dated where it ages, with its source."""

    __tablename__ = "landlord_setting"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    source: Mapped[str | None] = mapped_column(Text)
    checked_on: Mapped[date | None]
    set_at: Mapped[datetime] = mapped_column(UTC)


class SettingChange(Base):
    """One time that somebody changed what the landlord decides: what it was, what it is since, who, and when."""

    __tablename__ = "setting_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    before: Mapped[Any] = mapped_column(JSON)
    after: Mapped[Any] = mapped_column(JSON)
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(UTC)


class Service(Base):
    """A part of the landlord that a point can be about."""

    __tablename__ = "service"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)


class TeamMember(Base):
    """Somebody who works on the complaints of a service: everybody of one service is a team."""

    __tablename__ = "team_member"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)


class ExtraHoliday(Base):
    """A proclaimed bank holiday the packaged calendar does not know, with its source (ruling 19)."""

    __tablename__ = "extra_holiday"
    __table_args__ = (UniqueConstraint("division", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str] = mapped_column(String(30))
    day: Mapped[date]
    name: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    added_at: Mapped[datetime] = mapped_column(UTC)
    recounted_at: Mapped[datetime | None] = mapped_column(UTC)


class Reminder(Base):
    """A reminder that was made; unique by complaint, thing, kind and due date, so that each is made once."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("complaint_id", "about", "kind", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    about: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(40))
    due_on: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(UTC)


class WeekTold(Base):
    """A week, by its Monday, whose list of what other teams opened managers were told of; a row is made once."""

    __tablename__ = "week_told"

    monday: Mapped[date] = mapped_column(primary_key=True)
    told_at: Mapped[datetime] = mapped_column(UTC)
