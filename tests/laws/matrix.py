"""Who may do what, at every address: the statute that `test_matrix.py` holds the house to.

One row an address, a kind of object and a method; one column a role. An answer is one word:

page    shown, or the form again with what is missing    in      asked to sign in first
go      done, and sent on                                setup   has to set up a second factor first
404     nothing here, for whoever may not know           prove   has to show the second factor first
403     known, and not allowed                           why     has to say why they use staff pages first
405     not a way to ask                                 door    sent to the door of the staff pages

`owner` owns the object of the row; `other` owns one like it. A bare moderator has set up no second
factor, a bare operator has not shown it, an idle operator has no staff session open. `gone` is an id
that never was. A star in an address speaks for all that match and have no row of their own; a word in
braces is a set of tables, below. HEAD answers as GET does; PUT and DELETE are refused or do nothing.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase

COLUMNS = ("visitor", "member", "owner", "other", "moderator", "bare moderator",
           "operator", "idle operator", "bare operator")  # fmt: skip

STATUTE = """
# address                            object          visit membe owner other moder bare  opera idle  bare

# Open to everybody
home                                 -         GET   page  page  page  page  page  setup page  page  prove
home                                 -         POST  405   405   405   405   405   setup 405   405   prove
crisis                               -         GET   page  page  page  page  page  page  page  page  page
crisis                               -         POST  405   405   405   405   405   405   405   405   405
demo_mail                            -         GET   404   404   404   404   404   setup 404   404   prove
demo_mail                            -         POST  404   404   404   404   404   setup 404   404   prove
design                               -         GET   page  page  page  page  page  setup page  page  prove
design                               -         POST  405   405   405   405   405   setup 405   405   prove
find                                 -         GET   page  page  page  page  page  setup page  page  prove
find                                 -         POST  405   405   405   405   405   setup 405   405   prove
leave                                -         GET   go    go    go    go    go    go    go    go    go
leave                                -         POST  405   405   405   405   405   405   405   405   405
listing                              published GET   page  page  page  page  page  setup page  page  prove
listing                              published POST  405   405   405   405   405   setup 405   405   prove
listing                              paused    GET   404   404   404   404   404   setup 404   404   prove
listing                              paused    POST  405   405   405   405   405   setup 405   405   prove
listing                              draft     GET   404   404   404   404   404   setup 404   404   prove
listing                              draft     POST  405   405   405   405   405   setup 405   405   prove
listing                              gone      GET   404   404   404   404   404   setup 404   404   prove
listing                              gone      POST  405   405   405   405   405   setup 405   405   prove
listing_photo                        published GET   page  page  page  page  page  setup page  page  prove
listing_photo                        published POST  405   405   405   405   405   setup 405   405   prove
listing_photo                        paused    GET   404   404   page   404   404   setup 404   404   prove
listing_photo                        paused    POST  405   405   405   405   405   setup 405   405   prove
listing_photo                        draft     GET   404   404   page   404   404   setup 404   404   prove
listing_photo                        draft     POST  405   405   405   405   405   setup 405   405   prove
listing_photo                        gone      GET   404   404   404   404   404   setup 404   404   prove
listing_photo                        gone      POST  405   405   405   405   405   setup 405   405   prove
set_language                         -         GET   go    go    go    go    go    go    go    go    go
set_language                         -         POST  go    go    go    go    go    go    go    go    go
terms                                -         GET   page  page  page  page  page  page  page  page  page
terms                                -         POST  page  page  page  page  page  page  page  page  page
what_we_hold                         -         GET   page  page  page  page  page  page  page  page  page
what_we_hold                         -         POST  page  page  page  page  page  page  page  page  page

# The way in
account_confirm_login_code           -         GET   go    go    go    go    go    setup go    go    prove
account_confirm_login_code           -         POST  go    go    go    go    go    setup go    go    prove
account_email_verification_sent      -         GET   in    go    go    go    go    setup go    go    prove
account_email_verification_sent      -         POST  in    go    go    go    go    setup go    go    prove
account_inactive                     -         GET   page  page  page  page  page  setup page  page  prove
account_inactive                     -         POST  405   405   405   405   405   setup 405   405   prove
account_login                        -         GET   page  go    go    go    go    setup go    go    prove
account_login                        -         POST  page  go    go    go    go    setup go    go    prove
account_logout                       -         GET   go    page  page  page  page  page  page  page  page
account_logout                       -         POST  go    go    go    go    go    go    go    go    go
account_reauthenticate               -         GET   in    setup prove prove prove setup prove prove prove
account_reauthenticate               -         POST  in    setup prove prove prove setup prove prove prove
account_request_login_code           -         GET   in    in    in    in    in    setup in    in    prove
account_request_login_code           -         POST  in    in    in    in    in    setup in    in    prove
account_signup                       -         GET   page  go    go    go    go    setup go    go    prove
account_signup                       -         POST  page  go    go    go    go    setup go    go    prove
account_signup_by_passkey            -         GET   page  go    go    go    go    setup go    go    prove
account_signup_by_passkey            -         POST  page  go    go    go    go    setup go    go    prove
mfa_authenticate                     -         GET   in    go    go    go    go    setup go    go    prove
mfa_authenticate                     -         POST  in    go    go    go    go    setup go    go    prove
mfa_login_webauthn                   -         GET   in    go    go    go    go    setup go    go    prove
mfa_login_webauthn                   -         POST  in    go    go    go    go    setup go    go    prove
mfa_signup_webauthn                  -         GET   go    go    go    go    go    setup go    go    prove
mfa_signup_webauthn                  -         POST  go    go    go    go    go    setup go    go    prove

# One's own account
account                              -         GET   in    page  page  page  page  setup page  page  prove
account                              -         POST  in    page  page  page  page  setup page  page  prove
account_email                        -         GET   in    page  page  page  page  setup page  page  prove
account_email                        -         POST  in    go    go    go    go    setup go    go    prove
consent                              -         GET   in    page  page  page  page  setup page  page  prove
consent                              -         POST  in    page  page  page  page  setup page  page  prove
consent_withdraw                     -         GET   in    go    go    go    go    setup go    go    prove
consent_withdraw                     -         POST  in    go    go    go    go    setup go    go    prove
privacy                              -         GET   in    page  page  page  page  setup page  page  prove
privacy                              -         POST  in    page  page  page  page  setup page  page  prove
privacy_erase                        -         GET   in    page  page  page  page  setup page  page  prove
privacy_erase                        -         POST  in    page  page  page  page  setup page  page  prove
privacy_export                       -         GET   in    405   405   405   405   setup 405   405   prove
privacy_export                       -         POST  in    page  page  page  page  setup page  page  prove
session_end                          -         GET   in    405   405   405   405   setup 405   405   prove
session_end                          -         POST  in    go    go    go    go    setup go    go    prove
usersessions_list                    -         GET   in    page  page  page  page  setup page  page  prove
usersessions_list                    -         POST  in    page  page  page  page  setup page  page  prove

# Second factor and passkeys
mfa_activate_totp                    -         GET   in    page  page  page  go    page  go    go    prove
mfa_activate_totp                    -         POST  in    page  page  page  go    page  go    go    prove
mfa_add_webauthn                     -         GET   in    page  page  page  page  page  page  page  prove
mfa_add_webauthn                     -         POST  in    page  page  page  page  page  page  page  prove
mfa_deactivate_totp                  -         GET   in    404   404   404   page  setup page  page  prove
mfa_deactivate_totp                  -         POST  in    404   404   404   page  setup page  page  prove
mfa_download_recovery_codes          -         GET   in    404   404   404   404   404   404   404   404
mfa_download_recovery_codes          -         POST  in    404   404   404   404   404   404   404   404
mfa_edit_webauthn                    key       GET   in    404   page  404   404   setup 404   404   prove
mfa_edit_webauthn                    key       POST  in    404   page  404   404   setup 404   404   prove
mfa_edit_webauthn                    gone      GET   in    404   404   404   404   setup 404   404   prove
mfa_edit_webauthn                    gone      POST  in    404   404   404   404   setup 404   404   prove
mfa_generate_recovery_codes          -         GET   in    page  page  page  page  setup page  page  prove
mfa_generate_recovery_codes          -         POST  in    page  go    go    go    setup go    go    prove
mfa_index                            -         GET   in    page  page  page  page  page  page  page  page
mfa_index                            -         POST  in    405   405   405   405   405   405   405   405
mfa_list_webauthn                    -         GET   in    page  page  page  page  page  page  page  page
mfa_list_webauthn                    -         POST  in    405   405   405   405   405   405   405   405
mfa_reauthenticate                   -         GET   in    403   prove prove page  403   page  page  page
mfa_reauthenticate                   -         POST  in    403   prove prove page  403   page  page  page
mfa_reauthenticate_webauthn          -         GET   in    403   page  page  prove 403   prove prove prove
mfa_reauthenticate_webauthn          -         POST  in    403   in    in    prove 403   prove prove prove
mfa_remove_webauthn                  key       GET   in    404   page  404   404   setup 404   404   prove
mfa_remove_webauthn                  key       POST  in    404   go    404   404   setup 404   404   prove
mfa_remove_webauthn                  gone      GET   in    404   404   404   404   setup 404   404   prove
mfa_remove_webauthn                  gone      POST  in    404   404   404   404   setup 404   404   prove
mfa_view_recovery_codes              -         GET   in    404   404   404   404   404   404   404   404
mfa_view_recovery_codes              -         POST  in    405   405   405   405   405   405   405   405

# One's own licences
authority_add                        authority GET   in    404   404   404   404   setup 404   404   prove
authority_add                        authority POST  in    404   404   404   404   setup 404   404   prove
authority_add                        gone      GET   in    404   404   404   404   setup 404   404   prove
authority_add                        gone      POST  in    404   404   404   404   setup 404   404   prove
authority_remove                     authority GET   in    404   page  404   404   setup 404   404   prove
authority_remove                     authority POST  in    404   go    404   404   setup 404   404   prove
authority_remove                     gone      GET   in    404   404   404   404   setup 404   404   prove
authority_remove                     gone      POST  in    404   404   404   404   setup 404   404   prove
licence_add                          -         GET   in    page  page  page  page  setup page  page  prove
licence_add                          -         POST  in    page  page  page  page  setup page  page  prove
licence_edit                         licence   GET   in    404   page  404   404   setup 404   404   prove
licence_edit                         licence   POST  in    404   page  404   404   setup 404   404   prove
licence_edit                         gone      GET   in    404   404   404   404   setup 404   404   prove
licence_edit                         gone      POST  in    404   404   404   404   setup 404   404   prove
licence_remove                       licence   GET   in    404   page  404   404   setup 404   404   prove
licence_remove                       licence   POST  in    404   go    404   404   setup 404   404   prove
licence_remove                       gone      GET   in    404   404   404   404   setup 404   404   prove
licence_remove                       gone      POST  in    404   404   404   404   setup 404   404   prove
licences                             -         GET   in    page  page  page  page  setup page  page  prove
licences                             -         POST  in    page  page  page  page  setup page  page  prove

# One's own listing
listing_confirm                      -         GET   in    405   405   405   405   setup 405   405   prove
listing_confirm                      -         POST  in    404   go    go    404   setup 404   404   prove
listing_delete                       -         GET   in    404   page  page  404   setup 404   404   prove
listing_delete                       -         POST  in    404   page  page  404   setup 404   404   prove
listing_mine                         -         GET   in    page  page  page  page  setup page  page  prove
listing_mine                         -         POST  in    405   405   405   405   setup 405   405   prove
listing_pause                        -         GET   in    405   405   405   405   setup 405   405   prove
listing_pause                        -         POST  in    404   go    go    404   setup 404   404   prove
listing_photo_remove                 -         GET   in    405   405   405   405   setup 405   405   prove
listing_photo_remove                 -         POST  in    404   go    go    404   setup 404   404   prove
listing_preview                      -         GET   in    404   page  page  404   setup 404   404   prove
listing_preview                      -         POST  in    405   405   405   405   setup 405   405   prove
listing_publish                      -         GET   in    405   405   405   405   setup 405   405   prove
listing_publish                      -         POST  in    404   go    go    404   setup 404   404   prove
listing_review                       -         GET   in    404   page  page  404   setup 404   404   prove
listing_review                       -         POST  in    405   405   405   405   setup 405   405   prove
listing_start                        -         GET   in    405   405   405   405   setup 405   405   prove
listing_start                        -         POST  in    go    go    go    go    setup go    go    prove
listing_step                         step      GET   in    404   page  page  404   setup 404   404   prove
listing_step                         picture   GET   in    404   page  page  404   setup 404   404   prove
listing_step                         step      POST  in    404   page  page  404   setup 404   404   prove
listing_step                         picture   POST  in    404   page  page  404   setup 404   404   prove
listing_step                         gone      GET   in    404   404   404   404   setup 404   404   prove
listing_step                         gone      POST  in    404   404   404   404   setup 404   404   prove

# The door of the staff pages
staff:(staff/*/<path:object_id>/)    gone      GET   in    404   404   404   404   setup go    door  prove
staff:(staff/*/<path:object_id>/)    gone      POST  in    404   404   404   404   setup go    door  prove
staff:(staff/(*                      gone      GET   door  404   404   404   404   setup 404   door  prove
staff:(staff/(*                      gone      POST  door  404   404   404   404   setup 404   door  prove
staff:app_list                       gone      GET   door  404   404   404   404   setup 404   door  prove
staff:app_list                       gone      POST  door  404   404   404   404   setup 404   door  prove
staff:autocomplete                   -         GET   door  404   404   404   404   setup 403   door  prove
staff:autocomplete                   -         POST  door  404   404   404   404   setup 405   door  prove
staff:index                          -         GET   door  404   404   404   404   setup page  door  prove
staff:index                          -         POST  door  404   404   404   404   setup page  door  prove
staff:jsi18n                         -         GET   door  404   404   404   404   setup page  door  prove
staff:jsi18n                         -         POST  door  404   404   404   404   setup 405   door  prove
staff:login                          -         GET   in    404   404   404   404   setup why   why   prove
staff:login                          -         POST  in    404   404   404   404   setup why   why   prove
staff:logout                         -         GET   door  404   404   404   404   setup go    go    prove
staff:logout                         -         POST  door  404   404   404   404   setup go    go    prove
staff:view_on_site                   gone      GET   door  404   404   404   404   setup 404   door  prove
staff:view_on_site                   gone      POST  door  404   404   404   404   setup 404   door  prove
staff_enter                          -         GET   in    404   404   404   404   setup go    page  prove
staff_enter                          -         POST  in    404   404   404   404   setup go    page  prove
staff_leave                          -         GET   in    405   405   405   405   setup 405   405   prove
staff_leave                          -         POST  in    404   404   404   404   setup go    go    prove

# Staff pages, one set a table
staff:*_changelist                   -         GET   in    404   404   404   404   setup page  door  prove
staff:*_changelist                   -         POST  in    404   404   404   404   setup page  door  prove
staff:*_add                          -         GET   in    404   404   404   404   setup page  door  prove
staff:{kept}_add                     -         GET   in    404   404   404   404   setup 403   door  prove
staff:*_add                          -         POST  in    404   404   404   404   setup page  door  prove
staff:{kept}_add                     -         POST  in    404   404   404   404   setup 403   door  prove
staff:*_change                       row       GET   in    404   404   404   404   setup page  door  prove
staff:*_change                       row       POST  in    404   404   404   404   setup page  door  prove
staff:{read}_change               row       POST  in    404   404   404   404   setup 403   door  prove
staff:{decided}_change               row       POST  in    404   404   404   404   setup go    door  prove
staff:*_history                      row       GET   in    404   404   404   404   setup go    door  prove
staff:*_history                      row       POST  in    404   404   404   404   setup go    door  prove
staff:*_delete                       row       GET   in    404   404   404   404   setup page  door  prove
staff:{kept}_delete                  row       GET   in    404   404   404   404   setup 403   door  prove
staff:*_delete                       row       POST  in    404   404   404   404   setup page  door  prove
staff:{kept}_delete                  row       POST  in    404   404   404   404   setup 403   door  prove
"""


# Tables whose staff pages do less: their rows are only looked at, or only some of their fields are decided.
SETS = {
    "kept": ("audit_event", "licensure_authority", "licensure_licence", "notify_mail", "people_member",
             "people_staffsession"),
    "read": ("audit_event", "people_member", "people_staffsession"),
    "decided": ("licensure_authority", "notify_mail"),
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """What each role of COLUMNS is answered."""

    name: str
    kind: str
    method: str
    answers: tuple[str, ...]

    def __str__(self) -> str:
        answers = " ".join(f"{answer:<5}" for answer in self.answers)
        return f"{self.name:<36} {self.kind:<9} {self.method:<4}  {answers}".rstrip()


def rows() -> list[Row]:
    """The statute, row by row."""
    lines = (line.split() for line in STATUTE.splitlines() if line and not line.startswith("#"))
    return [
        Row(each, kind, method, tuple(answers))
        for name, kind, method, *answers in lines
        for each in _unfolded(name)
    ]


def _unfolded(name: str) -> list[str]:
    """A name once for each table of the set it names in braces."""
    before, brace, rest = name.partition("{")
    known, _, after = rest.partition("}")
    return [f"{before}{table}{after}" for table in SETS[known]] if brace else [name]


def speaks_of(row: Row, name: str) -> bool:
    return fnmatchcase(name, row.name)


def statute_for(name: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """The answers at an address by kind of object and method; its own rows before those with a star."""
    speaking = sorted((row for row in rows() if speaks_of(row, name)), key=lambda row: row.name == name)
    return {(row.kind, row.method): row.answers for row in speaking}
