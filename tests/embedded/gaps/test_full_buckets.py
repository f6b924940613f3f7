"""A stack with objects in its bucket cannot be removed, as on AWS."""

import pytest

from embedded import Instance
from tests.embedded.gaps import stacks


def a_removal(instance: Instance, name: str, *, with_object: bool) -> str:
    bucket = {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": name}}
    assert stacks.create(instance, name, {"Bucket": bucket}) == "CREATE_COMPLETE"
    if with_object:
        stacks.client(instance, "s3").put_object(Bucket=name, Key="uploads/one", Body=b"1")
    return stacks.delete(instance, name)


@pytest.mark.parametrize(
    ("with_object", "ends"), [(True, "DELETE_FAILED"), (False, "DELETE_COMPLETE")]
)
def test_a_stack_with_a_full_bucket_is_not_removed(
    patched: Instance, with_object: bool, ends: str
) -> None:
    assert a_removal(patched, f"full-{with_object}".lower(), with_object=with_object) == ends


def test_ministack_deletes_the_objects_with_the_bucket(unpatched: Instance) -> None:
    assert a_removal(unpatched, "full-bucket", with_object=True) == "DELETE_COMPLETE"
