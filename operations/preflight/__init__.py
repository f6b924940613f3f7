"""Checks, before a deployment, of what would make it fail or misbehave.

Each check prints one line: ok, a warning, a failure, or why the result is unknown. The checks
change nothing: their session refuses every call except Get, List, Describe, Simulate and Check.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

from operations.preflight import capacity, finding, mail, names, package, permissions, place
from operations.preflight.finding import FAILS, UNKNOWN, WARNING, Finding
from operations.preflight.package import NotMade, Package
from operations.preflight.place import Place, Refused

__all__ = ["Refused", "run"]

Check = tuple[str, Callable[[], Finding]]


def run(stage: str, region: str, tell: Callable[[str], None]) -> bool:
    """Run all checks and report each one. Return whether none of them fails."""
    where = place.find(region)
    stack = f"artisthub-api-{stage}"
    levels: Counter[str] = Counter()

    def say(name: str, check: Callable[[], Finding]) -> None:
        found = _answer(check)
        levels[found.level] += 1
        tell(found.line(name))

    say("credentials", lambda: finding.ok(f"account {where.account}, as {where.arn}"))
    say("region", partial(place.region, where, stack))
    say("changes", package.tree)
    for name, check in _of_the_stage(where, stack):
        say(name, check)
    for name, check in _of_the_package(where, stack, stage, say):
        say(name, check)
    tell(
        f"{levels[FAILS]} failures, {levels[WARNING]} warnings, "
        f"{levels[UNKNOWN]} unknown; nothing was changed"
    )
    return not levels[FAILS]


def _answer(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except finding.NO_ANSWER as error:
        return finding.unknown(finding.reason(error))


def _of_the_stage(where: Place, stack: str) -> Iterator[Check]:
    def state() -> Finding:
        return names.stack_finding(stack, names.stack_status(where, stack))

    def left() -> Finding:
        own = names.own_resources(where, stack)
        return names.left_behind(where, stack, own, is_new=not own)

    yield "stack", state
    yield "leftovers of earlier stacks", left


def _of_the_package(
    where: Place, stack: str, stage: str, say: Callable[[str, Callable[[], Finding]], None]
) -> Iterator[Check]:
    try:
        made = package.make(stage, where.region)
    except NotMade as error:
        why = str(error)
        todo = f"run npx sls package --stage {stage}, fix the error and run preflight again"
        say("package", lambda: finding.fails(why, todo))
        return
    say("template", lambda: capacity.template(made))
    try:
        own = names.own_resources(where, stack)
    except finding.NO_ANSWER as error:
        own = {}
        unreadable = finding.unknown(f"cannot list them: {finding.reason(error)}")
        say("resources of the stack", lambda: unreadable)
    yield from _limits(where, made, own)
    yield from _mail(where, made, stage)
    yield from _names(where, made, own)
    yield "permissions boundary", partial(permissions.boundary, where, made, stage)
    yield "permissions", partial(permissions.permissions, where, made, stage)


def _limits(where: Place, made: Package, own: dict[str, str]) -> Iterator[Check]:
    yield "Lambda concurrency", partial(capacity.concurrency, where, made)
    yield "API throttling", partial(capacity.throttle, where, made)
    yield "API routes", partial(capacity.routes, where, made)
    yield "roles", partial(capacity.roles, where, made, own)
    yield "stacks", partial(capacity.stacks, where, is_new=not own)
    yield "backups", partial(capacity.backups, where, made)


def _mail(where: Place, made: Package, stage: str) -> Iterator[Check]:
    yield "mail identity", partial(mail.identity, where, made, stage)
    yield "mail sandbox", partial(mail.sandbox, where, made, stage)
    yield "alarm address", partial(mail.domain, where, made, stage)
    yield "pages", partial(mail.pages, where, made, stage)


def _names(where: Place, made: Package, own: dict[str, str]) -> Iterator[Check]:
    for resource_type, wanted in names.wanted_names(made, own, where).items():
        what = names.NAMED[resource_type][1]
        yield f"{what} names", partial(names.taken, where, resource_type, wanted)
