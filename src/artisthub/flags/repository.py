"""Flags of changed texts, and the texts of open cases that are changed or deleted.

Only texts that others see count. Those of a casting do so once it is published, and those of a
connection request on the side that sent it. Both stay in the case of their subject.
The indexer calls this for castings and profiles, because at most two functions may read a stream.
https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-create.html
"""

from collections.abc import Callable

from artisthub.cases import repository as cases
from artisthub.cases import rules as case_rules
from artisthub.cases.models import Subject
from artisthub.flags import rules
from artisthub.shared.consumer import Change


def follow_casting(change: Change) -> None:
    _follow(
        change,
        lambda item: case_rules.of_casting(item["castingId"], item["recruiterId"]),
        lambda item: rules.texts_of_casting(rules.seen_casting(item)),
    )


def follow_user(change: Change) -> None:
    _follow(change, lambda item: case_rules.of_user(item["userId"]), rules.texts_of_user)


def follow_application(change: Change) -> None:
    """The artist is responsible for the note, and the recruiter for the audition's texts."""

    def note(item: rules.Item) -> Subject:
        ids = item["castingId"], item["applicationId"]
        return case_rules.of_application(*ids, item["artistId"])

    def audition(item: rules.Item) -> Subject:
        ids = item["castingId"], item["applicationId"]
        return case_rules.of_audition(*ids, item["recruiterId"])

    _follow(change, note, rules.texts_of_application)
    _follow(change, audition, rules.texts_of_audition)


def follow_connection(change: Change) -> None:
    _follow(
        change,
        lambda item: case_rules.of_connection(item["userId"], item["otherUserId"]),
        lambda item: rules.texts_of_connection(rules.sent_request(item)),
    )


def _follow(
    change: Change,
    subject_of: Callable[[rules.Item], Subject],
    texts_of: Callable[[rules.Item | None], rules.Texts],
) -> None:
    """Keep the texts of a reported version in its case, then raise flags for the new texts."""
    before, after = texts_of(change.before), texts_of(change.after)
    if before and change.before:
        cases.keep_texts(subject_of(change.before), before, change.before["updatedAt"])
    if after and change.after and (found := rules.found_in(before, after)):
        cases.flag_texts(subject_of(change.after), found)
