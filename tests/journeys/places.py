"""Where the journeys look: the addresses of every page, by the role that sees most of it."""

# Where each role looks. A word in braces is filled in by `_places`.
PAGES = {
    "visitor": [
        "/", "/find/", "/find/?where=US-WA&q=burnout", "/find/?where=US-WY&fee_max=1&currency=USD",
        "/find/?where=US-WA&near=98101&within=200&unconfirmed=1&approach=emdr&years=5", "/find/?near=00000",
        "/find/how-we-order/", "/api/v1/", "/find/compare/", "/find/shortlist/", "{listing}",
        "/crisis/", "/design/", "/privacy/", "/terms/", "/account/login/", "/account/signup/",
        "/account/signup/passkey/", "/demo/mail/", "/nothing-of-that-name/", "/still/nothing/",
        "/waiting/look/", "/waiting/done/", "/waiting/erased/",
    ],
    "member": [
        "/account/", "/account/privacy/", "/account/privacy/erase/", "/account/consent/", "/account/email/",
        "/account/sessions/", "/account/2fa/", "/account/2fa/totp/activate/", "/account/passkeys/",
        "/account/passkeys/add/", "/licences/", "/licences/add/", "/listing/", "/calls/",
        "/supervision/seeking/", "/enquiries/sent/", "/said/",
    ],
    "provider": [
        "/listing/distance/", "/supervision/", "/listing/", "/listing/edit/you/", "/listing/edit/work/",
        "/listing/edit/where/",
        "/listing/edit/hours/", "/listing/edit/fee/", "/listing/edit/openings/", "/listing/edit/words/",
        "/listing/review/", "/listing/import/", "/listing/npi/", "/listing/calls/", "/listing/calls/terms/",
        "/listing/calls/add/", "/listing/preview/", "/listing/delete/", "/licences/", "{licence}",
        "{licence_remove}", "{licence_check}", "{authority_add}", "{authority_remove}",
        "/account/consent/withdraw/?kind=privacy", "/enquiries/", "{enquiry}",
    ],
    "moderator": ["/safety/desk/", "{desk_case}"],
    "operator": ["/staff/enter/", "/account/2fa/", "/account/2fa/recovery-codes/generate/"],
}  # fmt: skip
STAFF = [
    "/staff/", "/staff/checks/", "{check}", "/staff/licensure/licence/",
    "/staff/licensure/jurisdiction/add/", "/staff/people/member/",
    "/staff/notify/mail/", "/staff/audit/event/", "/staff/licensure/compactmember/", "{first}",
    "/staff/licensure/jurisdiction/US-WA/history/", "/staff/licensure/jurisdiction/US-WA/delete/",
]  # fmt: skip
