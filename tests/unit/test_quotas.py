"""Every write of the API has a quota, or a reason why it needs none."""

import re
from pathlib import Path

from artisthub.shared.quotas import LEVELS, QUOTAS
from contract import openapi

GUIDE = Path(__file__).parents[2] / "docs/api.md"

BY_CONSUMERS = {"mails"}
UNLIMITED = {
    # Accounts
    **dict.fromkeys(
        (
            *("signUp", "confirmSignUp", "resendCode", "startLogin", "answerChallenge"),
            *("exchangeCode", "refreshSession", "forgotPassword", "resetPassword"),
        ),
        "It has no token, so the client's address is limited.",
    ),
    "logout": "Signing out must always work.",
    **dict.fromkeys(
        (
            *("changePassword", "setUpTotp", "confirmTotp", "disableTotp"),
            *("confirmDevice", "forgetDevice", "confirmEmail"),
        ),
        "Cognito limits it and stores it.",
    ),
    "changeEmail": "The e-mails to each address, and of each account and client, are limited.",
    # Administrators
    **dict.fromkeys(
        (
            *("suspendUser", "liftSuspension", "verifyRecruiter", "withdrawVerification"),
            *("takeDownCasting", "reinstateCasting", "setQuota", "confirmUser", "decideCase"),
        ),
        "Only administrators may call it, and the audit records it.",
    ),
    # Undoing what has a quota
    "withdrawApplication": "An application is withdrawn once, and applyToCasting has a quota.",
    "removeDocument": "A document is removed once, and addDocument has a quota.",
    "deleteUpload": "An upload is deleted once, and createUpload has a quota.",
    "deleteCasting": "A casting is deleted once, and createCasting has a quota.",
    "answerConnection": "A request is answered once, and requestConnection has a quota.",
    "removeConnection": "A connection is removed once, and requestConnection has a quota.",
    "deleteUser": "Erasure is a right. Repeating it needs restoreUser, which has a quota.",
    "unblockUser": "A block is removed once, and blockUser has a quota.",
    # As cheap as the quota itself
    "unsaveCasting": "It deletes at most what saveCasting stored, and costs one write unit.",
    "markNotificationsRead": "It moves one mark forward, and costs one write unit.",
    "unsubscribe": "It changes one setting once. Repeating it needs setNotificationPreferences.",
}


def test_every_write_has_a_quota_or_a_reason_to_need_none() -> None:
    writes = {
        route.spec.name: route.spec.quotas
        for route in openapi.every_route()
        if route.method not in ("GET", "HEAD", "OPTIONS", "")
    }

    without = {name for name, quotas in writes.items() if not quotas}
    assert without == UNLIMITED.keys()


def test_every_quota_belongs_to_an_operation() -> None:
    spent = {quota for route in openapi.every_route() for quota in route.spec.quotas}

    assert spent | BY_CONSUMERS == QUOTAS.keys()


def test_the_guide_lists_every_quota_with_its_number_and_operations() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\d,]+)( MB)? \| .* \| (.*) \|$", GUIDE.read_text(), re.M)
    listed = {name: (number, unit, text) for name, number, unit, text in rows}

    assert listed.keys() == QUOTAS.keys() | LEVELS.keys()
    for name, (number, unit, text) in listed.items():
        most = int(number.replace(",", "")) * (1024 * 1024 if unit else 1)
        assert most == (QUOTAS | LEVELS)[name], name
        if name in QUOTAS.keys() - BY_CONSUMERS:
            spending = {
                route.spec.name for route in openapi.every_route() if name in route.spec.quotas
            }
            assert set(re.findall(r"\w+", text)) == spending, name
