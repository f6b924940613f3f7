"""How one permission is taken from a policy."""

from typing import Any

from tests.permissions.policies import Document, reductions


def allowing(*pairs: tuple[Any, Any]) -> Document:
    statements = [{"Effect": "Allow", "Action": what, "Resource": on} for what, on in pairs]
    return {"Version": "2012-10-17", "Statement": statements}


def test_one_permission_is_taken_and_all_others_stay() -> None:
    log = (["write"], ["log"])
    policy = allowing(log, (["get", "put"], ["users", "names"]))

    assert list(reductions(policy)) == [
        (("write", "log"), allowing((["get", "put"], ["users", "names"]))),
        (("get", "users"), allowing(log, (["put"], ["users", "names"]), (["get"], ["names"]))),
        (("get", "names"), allowing(log, (["put"], ["users", "names"]), (["get"], ["users"]))),
        (("put", "users"), allowing(log, (["get"], ["users", "names"]), (["put"], ["names"]))),
        (("put", "names"), allowing(log, (["get"], ["users", "names"]), (["put"], ["users"]))),
    ]


def test_a_policy_may_name_one_action_or_resource_without_a_list() -> None:
    [(permission, reduced)] = reductions(allowing(("get", "users")))

    assert (permission, reduced) == (("get", "users"), allowing())


def test_what_is_allowed_twice_is_taken_once() -> None:
    policy = allowing((["get"], ["users"]), (["get"], ["users"]))

    assert [reduced for _, reduced in reductions(policy)] == [allowing((["get"], ["users"]))] * 2


def test_a_condition_stays_with_what_is_left() -> None:
    policy = allowing((["get", "put"], ["users"]))
    policy["Statement"][0]["Condition"] = {"Bool": {"aws:SecureTransport": "true"}}

    [without_get, _] = (reduced for _, reduced in reductions(policy))

    assert without_get["Statement"] == [policy["Statement"][0] | {"Action": ["put"]}]
