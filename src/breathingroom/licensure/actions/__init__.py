"""Every write of this room: what members hold, and the checks of it in `checks`."""

from breathingroom.licensure.actions.held import (
    AlreadyListed,
    ChangedSince,
    GrantedToAnother,
    NotUnderThisLicence,
    TooMany,
    change_licence,
    check_authority,
    check_licence,
    claim_authority,
    claim_licence,
    erase,
    lock_as_seen,
    open_number,
    remove_authority,
    remove_licence,
)

__all__ = [
    "AlreadyListed",
    "ChangedSince",
    "GrantedToAnother",
    "NotUnderThisLicence",
    "TooMany",
    "change_licence",
    "check_authority",
    "check_licence",
    "claim_authority",
    "claim_licence",
    "erase",
    "lock_as_seen",
    "open_number",
    "remove_authority",
    "remove_licence",
]
