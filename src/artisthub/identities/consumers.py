"""The user pool's triggers: before a sign-up or a code, and after someone proved the mailbox.

Cognito calls them for the API and for the hosted sign-in page alike. It waits 5 s, and the request
fails if its trigger fails.
https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from artisthub.closed import repository as closed
from artisthub.identities import rules
from artisthub.shared import cognito, errors, limits, log
from artisthub.shared.address import mailbox
from artisthub.users import repository as users

if TYPE_CHECKING:
    from collections.abc import Callable

    from artisthub.identities.rules import Event

    Trigger = Callable[[Event, Any], Event]


def trigger(run: Callable[[Event], None]) -> Trigger:
    """Turn a function into a Lambda handler for a trigger of the user pool."""

    def handler(event: Event, context: Any) -> Event:
        started = time.perf_counter()
        fault: Exception | None = None
        try:
            run(event)
        except Exception as error:
            fault = error
            raise
        finally:
            _log(run.__name__, event, fault, context, started)
        return event

    handler.__doc__ = run.__doc__
    handler.__name__ = run.__name__
    return handler


@trigger
def check_sign_up(event: Event) -> None:
    """Refuse a change of address that this API did not ask for, and a sign-up against the rules.

    Cognito changes the address for anyone with an access token. It mails a code first, and asks
    here before it does (decision 0031).

    An account that nobody has confirmed belongs to nobody, so a new sign-up replaces it. The mailed
    code then confirms the newest sign-up with its own password (decision 0022). Cognito asks before
    it looks whether the address has an account.
    """
    if rules.is_change_of_address(event):
        if not closed.is_address_expected(event["request"]["userAttributes"]["sub"]):
            raise rules.Refused("Change the address with POST /v1/auth/email.")
        return
    if not rules.is_self_service(event):
        return
    email = event["request"]["userAttributes"].get("email", "")
    rules.ensure_address(email)
    if closed.is_suspended_address(email):
        raise rules.SignUpRefused("This address cannot sign up.")
    try:
        limits.spend_account("mails", f"sign-ups of {mailbox(email)}")
    except errors.TooManyRequests:
        raise rules.SignUpRefused(
            "Too many sign-ups of this address. Try again tomorrow."
        ) from None
    cognito.delete_unconfirmed(email, event["userPoolId"])


@trigger
def end_sessions(event: Event) -> None:
    """End the older sessions, second factor and devices of an account whose mailbox was proved.

    That is after a confirmation of the sign-up and after a reset of the password.
    """
    user_id, pool_id = event["request"]["userAttributes"]["sub"], event["userPoolId"]
    if rules.password_follows(event):
        cognito.set_random_password(user_id, pool_id)
    cognito.end_sessions(user_id, pool_id)
    users.refuse_older_tokens(user_id, int(time.time()))


@trigger
def follow_address(event: Event) -> None:
    """Give the profile the address that its account now has.

    The owner changes the address at Cognito, which has no trigger for it. So each sign-in compares.
    A sign-in never fails because of this: the next one compares again.
    """
    known = event["request"]["userAttributes"]
    try:
        users.follow_address(known["sub"], known["email"])
    except errors.Busy as busy:
        log.line(level="error", operation="followAddress", code=type(busy).__name__)


def reconcile(_: Event, context: Any) -> None:
    """Close the profiles in the search whose accounts no longer exist.

    An owner can delete the account at Cognito with an access token, which has no trigger either.
    Cognito lists 60 accounts a call, so this reads the list once instead of each account. It looks
    at a candidate itself before it closes the profile, in case it signed up after the list was
    read. A run that fails in the middle leaves the remaining profiles to the next one.
    """
    started, closed_count = time.perf_counter(), 0
    fault: Exception | None = None
    try:
        present = set(cognito.account_ids())
        for user_id in users.listed_ids():
            if user_id not in present and not cognito.has_account(user_id):
                users.close(user_id)
                closed_count += 1
    except Exception as error:
        fault = error
        raise
    finally:
        log.line(
            level="error" if fault else "info",
            operation="reconcile",
            lambdaRequestId=context.aws_request_id,
            closedProfiles=closed_count,
            code=type(fault).__name__ if fault else None,
            awsError=log.aws_error(fault),
            durationMs=round((time.perf_counter() - started) * 1000, 2),
            **log.take_units(),
            stack=log.stack(fault) if fault and not isinstance(fault, errors.Problem) else None,
        )


def _log(
    operation: str, event: Event, fault: Exception | None, context: Any, started: float
) -> None:
    is_refusal = isinstance(fault, rules.Refused)
    log.line(
        level="error" if fault and not is_refusal else "info",
        operation=operation,
        trigger=event["triggerSource"],
        lambdaRequestId=context.aws_request_id,
        code=type(fault).__name__ if fault else None,
        awsError=log.aws_error(fault),
        durationMs=round((time.perf_counter() - started) * 1000, 2),
        **log.take_units(),
        stack=log.stack(fault)
        if fault and not isinstance(fault, errors.Problem) and not is_refusal
        else None,
    )


cognito.connect()
