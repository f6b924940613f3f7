"""Operations that are not called, reads of the caller's own list, and jobs that read everything."""

from __future__ import annotations

# Operations that are not called, each with its reason.
_COGNITO = "Cognito has the accounts, and the API at most one item for each"
_NO_TABLE = "it reads no table"
LEFT_OUT = {
    **dict.fromkeys(
        (
            *("signUp", "confirmSignUp", "resendCode", "startLogin", "answerChallenge"),
            *("refreshSession", "forgotPassword", "resetPassword", "exchangeCode", "logout"),
            *("changePassword", "changeEmail", "confirmEmail", "confirmUser"),
            *("setUpTotp", "confirmTotp", "disableTotp"),
            *("listDevices", "confirmDevice", "forgetDevice"),
        ),
        _COGNITO,
    ),
    **dict.fromkeys(("health", "openapi", "docs", "noSuchRoute"), _NO_TABLE),
}

# The read units at which a read stops that looks at the caller's own list.
_BOARD = (
    "Sorting by fit and counting by status look at the casting's applications, the newest 2,000 at "
    "most (decision 0035)"
)
BOUNDED = {
    "listApplicants": (60, _BOARD),
    "listApplicants by fit": (60, _BOARD),
    "listMyApplications with counts": (
        30,
        "Counting looks at the artist's applications; counters would make each step dearer "
        "(decision 0042)",
    ),
}

# Searches whose pages are full only among more documents, because few match. They are compared from
# the second size on.
EARLY = {f"searchUsers {way}" for way in ("around a city", "by name", "by a mistyped name")}

# Jobs that read everything. A run costs as much as there is.
_COUNT = "after a change, at most every ten minutes, and at most 100,000 documents (decision 0032)"
JOBS = {
    "count castings": _COUNT,
    "count people": _COUNT,
    "reconcile": "once a day",
}
