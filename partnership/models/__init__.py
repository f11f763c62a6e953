"""The lowest app's tables."""

from partnership.models.board import (
    Board,
    BoardGroupObjectPermission,
    BoardKind,
    BoardUserObjectPermission,
    MutualAccountability,
)
from partnership.models.constitution import Constitution
from partnership.models.heartbeat import Heartbeat
from partnership.models.obligation import (
    UNSENT,
    Channel,
    Delivery,
    DeliveryState,
    EventWritten,
    Obligation,
    ObligationEvent,
    Purpose,
)
from partnership.models.partnership import Division, Partnership
from partnership.models.standing import Grant, Standing, StandingSource
from partnership.models.user import User

__all__ = [
    "UNSENT",
    "Board",
    "BoardGroupObjectPermission",
    "BoardKind",
    "BoardUserObjectPermission",
    "Channel",
    "Constitution",
    "Delivery",
    "DeliveryState",
    "Division",
    "EventWritten",
    "Grant",
    "Heartbeat",
    "MutualAccountability",
    "Obligation",
    "ObligationEvent",
    "Partnership",
    "Purpose",
    "Standing",
    "StandingSource",
    "User",
]
