"""A local DynamoDB and Cognito for the handlers, with the tables of the templates."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
import pytest

from artisthub.shared.settings import Settings
from embedded.instance import REGION, ROOT_KEY, Instance
from embedded.up import free_port
from tests.api import api, templates
from tests.api.pool import Pool


@contextmanager
def aws(folder: Path, dynamodb_url: str | None = None) -> Iterator[None]:
    """The environment of the functions, on an embedded AWS with its state in the folder.

    dynamodb_url: another DynamoDB than that of the embedded AWS
    """
    instance = Instance(port=free_port(), state=folder, with_journal=False)
    instance.start()
    try:
        with pytest.MonkeyPatch.context() as environment:
            if dynamodb_url:
                environment.setenv("AWS_ENDPOINT_URL_DYNAMODB", dynamodb_url)
            read = api.only_what_is_given(Settings.__getattr__)
            environment.setattr(Settings, "__getattr__", read)
            environment.setenv("AWS_ENDPOINT_URL", instance.endpoint_url)
            environment.setenv("AWS_ACCESS_KEY_ID", ROOT_KEY)
            environment.setenv("AWS_SECRET_ACCESS_KEY", ROOT_KEY)
            environment.setenv("AWS_REGION", REGION)
            environment.setenv("AWS_DEFAULT_REGION", REGION)
            for setting, table in templates.table_settings().items():
                environment.setenv(setting, table)
            _create_tables()
            environment.setenv("MEDIA_BUCKET", _create_bucket())
            environment.setenv("EVENT_BUS", _create_event_bus())
            environment.setenv("SENDER_ADDRESS", _create_sender())
            environment.setenv("SIGNER_ID", _create_signer())
            environment.setenv("API_URL", "https://api.example")
            pool = Pool.create("api-tests")
            environment.setenv("USER_POOL_ID", pool.pool_id)
            environment.setenv("USER_POOL_CLIENT_ID", pool.client_id)
            yield
    finally:
        instance.stop()


def _create_tables() -> None:
    dynamodb = boto3.client("dynamodb")
    for name, properties in templates.tables().items():
        dynamodb.create_table(
            TableName=name,
            BillingMode=properties["BillingMode"],
            AttributeDefinitions=properties["AttributeDefinitions"],
            KeySchema=properties["KeySchema"],
            **{name: properties[name] for name in ["GlobalSecondaryIndexes"] if name in properties},
        )


def _create_bucket() -> str:
    name = "uploads-of-tests"
    here: Any = {"LocationConstraint": REGION}
    boto3.client("s3").create_bucket(Bucket=name, CreateBucketConfiguration=here)
    return name


def _create_event_bus() -> str:
    name = "events-of-tests"
    boto3.client("events").create_event_bus(Name=name)
    return name


def _create_sender() -> str:
    boto3.client("sesv2").create_email_identity(EmailIdentity="artisthub.example")
    return "notifications@artisthub.example"


def _create_signer() -> str:
    key = boto3.client("kms").create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")
    return str(key["KeyMetadata"]["KeyId"])
