"""WHO: agencies, issuing bodies, terms, people, memberships, stand-ins, days off."""

from agencies.models.agency import Agency, AgencyAlias, AgencyName, AgencySuccession
from agencies.models.dayoff import DayOff
from agencies.models.issuing import IssuingBody, Term
from agencies.models.people import Membership, Person, StandIn

__all__ = [
    "Agency",
    "AgencyAlias",
    "AgencyName",
    "AgencySuccession",
    "DayOff",
    "IssuingBody",
    "Membership",
    "Person",
    "StandIn",
    "Term",
]
