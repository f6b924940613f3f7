"""Flags of changed texts, kept in their cases.

Only texts that others see raise flags: of published castings, and of profiles that are not private.
The indexer calls this for castings and profiles, because at most two functions may read a stream.
https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-create.html
"""

from artisthub.cases import repository as cases
from artisthub.cases import rules as case_rules
from artisthub.cases.models import Subject
from artisthub.flags import rules
from artisthub.shared.consumer import Change


def raise_in_casting(change: Change) -> None:
    after = rules.seen_casting(change.after)
    if after:
        subject = case_rules.of_casting(after["castingId"], after["recruiterId"])
        before = rules.texts_of_casting(rules.seen_casting(change.before))
        _raise(subject, before, rules.texts_of_casting(after))


def raise_in_user(change: Change) -> None:
    after = rules.seen_user(change.after)
    if after:
        before = rules.texts_of_user(rules.seen_user(change.before))
        _raise(case_rules.of_user(after["userId"]), before, rules.texts_of_user(after))


def raise_in_application(change: Change) -> None:
    if after := change.after:
        subject = case_rules.of_application(
            after["castingId"], after["applicationId"], after["artistId"]
        )
        before = rules.texts_of_application(change.before)
        _raise(subject, before, rules.texts_of_application(after))


def raise_in_connection(change: Change) -> None:
    """Both sides have the message. Only the side that sent it is looked at."""
    after = change.after
    if after and after["standing"] == "outgoing":
        before = rules.texts_of_connection(change.before)
        subject = case_rules.of_connection(after["userId"], after["otherUserId"])
        _raise(subject, before, rules.texts_of_connection(after))


def _raise(subject: Subject, before: rules.Texts, after: rules.Texts) -> None:
    if found := rules.found_in(before, after):
        cases.flag_texts(subject, found)
