"""What the workspace remembers. Nouns only: every change of them is a function in `actions/`."""

from tripleaim.web.workspace.models.access import ApiToken, Invitation, SignInLink
from tripleaim.web.workspace.models.audit import AuditEvent, AuditHead
from tripleaim.web.workspace.models.challenge import Answer, Challenge
from tripleaim.web.workspace.models.confidence import Confidence, PublishedConfidence
from tripleaim.web.workspace.models.draft import Comment, Draft, DraftEdit
from tripleaim.web.workspace.models.organisation import Organisation
from tripleaim.web.workspace.models.person import Membership, Person, Role
from tripleaim.web.workspace.models.place import Partner, Place
from tripleaim.web.workspace.models.run import Run, RunFile
from tripleaim.web.workspace.models.version import Content, Version
from tripleaim.web.workspace.models.visit import Visit

__all__ = [
    "Answer",
    "ApiToken",
    "AuditEvent",
    "AuditHead",
    "Challenge",
    "Comment",
    "Confidence",
    "Content",
    "Draft",
    "DraftEdit",
    "Invitation",
    "Membership",
    "Organisation",
    "Partner",
    "Person",
    "Place",
    "PublishedConfidence",
    "Role",
    "Run",
    "RunFile",
    "SignInLink",
    "Version",
    "Visit",
]
