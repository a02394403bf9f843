"""One last message to where somebody was reached before: that this was changed, so that they notice if it was not them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.complaints.people import Party
from portal.db import UTC, Base, Encrypted


class Notice(Base):
    """One message to one address, `email` or `text`, that may be another than they have now; or called off, where it is not safe."""

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    channel: Mapped[str] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(Encrypted("notice.address"))
    made_at: Mapped[datetime] = mapped_column(UTC)
    called_off_at: Mapped[datetime | None] = mapped_column(UTC)

    party: Mapped[Party] = relationship()
