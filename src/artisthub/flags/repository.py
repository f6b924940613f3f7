"""Flags of changed texts, kept in their cases.

Only texts that others see raise flags. The texts of a casting do so once it is published.
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
    if after := change.after:
        before = rules.texts_of_user(change.before)
        _raise(case_rules.of_user(after["userId"]), before, rules.texts_of_user(after))


def raise_in_application(change: Change) -> None:
    """The artist is responsible for the note, and the recruiter for the audition's texts."""
    if after := change.after:
        ids = after["castingId"], after["applicationId"]
        for subject, texts_of in (
            (case_rules.of_application(*ids, after["artistId"]), rules.texts_of_application),
            (case_rules.of_audition(*ids, after["recruiterId"]), rules.texts_of_audition),
        ):
            _raise(subject, texts_of(change.before), texts_of(after))


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
