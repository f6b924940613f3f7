"""Policies that lack one permission each."""

from typing import Any

from tests.permissions.policies import Document, reductions


def allowing(*pairs: tuple[Any, Any]) -> Document:
    statements = [{"Effect": "Allow", "Action": what, "Resource": on} for what, on in pairs]
    return {"Version": "2012-10-17", "Statement": statements}


def test_each_reduction_lacks_one_permission_and_keeps_the_others() -> None:
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


def test_each_reduction_removes_one_statement_of_a_repeated_permission() -> None:
    policy = allowing((["get"], ["users"]), (["get"], ["users"]))

    assert [reduced for _, reduced in reductions(policy)] == [allowing((["get"], ["users"]))] * 2


def test_a_reduced_statement_keeps_its_condition() -> None:
    policy = allowing((["get", "put"], ["users"]))
    policy["Statement"][0]["Condition"] = {"Bool": {"aws:SecureTransport": "true"}}

    [without_get, _] = (reduced for _, reduced in reductions(policy))

    assert without_get["Statement"] == [policy["Statement"][0] | {"Action": ["put"]}]
