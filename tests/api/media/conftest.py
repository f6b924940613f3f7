"""The bucket of uploads on the local AWS."""

import boto3
import pytest


@pytest.fixture(scope="session")
def bucket(aws: None) -> str:
    boto3.client("s3").create_bucket(
        Bucket="uploads-of-tests", CreateBucketConfiguration={"LocationConstraint": "ap-south-1"}
    )
    return "uploads-of-tests"


@pytest.fixture(autouse=True)
def media_bucket(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIA_BUCKET", bucket)
    # Root has no session, and its S3 refuses tokens of sessions that there are not.
    monkeypatch.delenv("AWS_SESSION_TOKEN")
