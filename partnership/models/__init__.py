"""The lowest app's tables."""

from partnership.models.announcement import Announcement
from partnership.models.append_only import (
    AppendOnly,
    ChainHead,
    EventWritten,
    Fingerprint,
    Layout,
    Link,
    Sealed,
    Tombstone,
)
from partnership.models.audit import AuditEvent, What
from partnership.models.board import (
    Board,
    BoardGroupObjectPermission,
    BoardKind,
    BoardUserObjectPermission,
    MutualAccountability,
)
from partnership.models.break_glass import BreakGlass, BreakGlassCategory
from partnership.models.constitution import Constitution
from partnership.models.constitution_draft import ConstitutionDraft, ConstitutionSignature, DraftState
from partnership.models.duty_waiver import DutyWaiver
from partnership.models.handling import HandlingMark
from partnership.models.heartbeat import Heartbeat
from partnership.models.invitation import Invitation
from partnership.models.local_practice import LocalPractice
from partnership.models.mail_hold import MailHold
from partnership.models.mailbox import Mailbox
from partnership.models.message_wording import MessageWording, WordingTrial
from partnership.models.obligation import (
    UNSENT,
    Channel,
    Delivery,
    DeliveryState,
    Obligation,
    ObligationEvent,
    Purpose,
)
from partnership.models.partnership import Division, Partnership
from partnership.models.personal_data import Erasure, SubjectCopy, WorkState
from partnership.models.protection import (
    Bar,
    BarSource,
    Protection,
    ProtectionGroupObjectPermission,
    ProtectionUserObjectPermission,
    Reader,
)
from partnership.models.signing_in import (
    AddressProof,
    BrowserSession,
    KnownBrowser,
    SignInAct,
    SignInCode,
    SignInEvent,
    SignInMeans,
)
from partnership.models.standing import Grant, Standing, StandingSource
from partnership.models.user import RemindersAs, User

__all__ = [
    "UNSENT",
    "AddressProof",
    "Announcement",
    "AppendOnly",
    "AuditEvent",
    "Bar",
    "BarSource",
    "Board",
    "BoardGroupObjectPermission",
    "BoardKind",
    "BoardUserObjectPermission",
    "BreakGlass",
    "BreakGlassCategory",
    "BrowserSession",
    "ChainHead",
    "Channel",
    "Constitution",
    "ConstitutionDraft",
    "ConstitutionSignature",
    "Delivery",
    "DeliveryState",
    "Division",
    "DraftState",
    "DutyWaiver",
    "Erasure",
    "EventWritten",
    "Fingerprint",
    "Grant",
    "HandlingMark",
    "Heartbeat",
    "Invitation",
    "KnownBrowser",
    "Layout",
    "Link",
    "LocalPractice",
    "MailHold",
    "Mailbox",
    "MessageWording",
    "MutualAccountability",
    "Obligation",
    "ObligationEvent",
    "Partnership",
    "Protection",
    "ProtectionGroupObjectPermission",
    "ProtectionUserObjectPermission",
    "Purpose",
    "Reader",
    "RemindersAs",
    "Sealed",
    "SignInAct",
    "SignInCode",
    "SignInEvent",
    "SignInMeans",
    "Standing",
    "StandingSource",
    "SubjectCopy",
    "Tombstone",
    "User",
    "What",
    "WordingTrial",
    "WorkState",
]
