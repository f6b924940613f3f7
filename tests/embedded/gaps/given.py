"""Resources for gap tests: functions, APIs, tables with streams, queues and stacks."""

import io
import json
import time
import uuid
import zipfile
from functools import cache
from typing import Any

import httpx

from embedded import Instance, deploy


@cache
def client(instance: Instance, service: Any) -> Any:
    return deploy.aws(instance).client(service, endpoint_url=instance.endpoint_url)


def a_name() -> str:
    return f"gap-{uuid.uuid4().hex[:8]}"


def a_role(instance: Instance) -> str:
    trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}}
    policy = {"Version": "2012-10-17", "Statement": [trust | {"Action": "sts:AssumeRole"}]}
    made = client(instance, "iam").create_role(
        RoleName=a_name(), AssumeRolePolicyDocument=json.dumps(policy)
    )
    return str(made["Role"]["Arn"])


def a_function(instance: Instance, body: str, timeout: int = 60) -> str:
    """Create a function whose `run(event, context)` has this body. Return its ARN."""
    indented = "\n".join(f"    {line}" for line in body.splitlines())
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as code:
        # Without the time, so that the same body gives the same zip.
        probe = zipfile.ZipInfo("probe.py")
        code.writestr(probe, f"import json, time\n\ndef run(event, context):\n{indented}\n")
    made = client(instance, "lambda").create_function(
        FunctionName=a_name(),
        Runtime="python3.13",
        Handler="probe.run",
        Role=a_role(instance),
        Timeout=timeout,
        Code={"ZipFile": archive.getvalue()},
    )
    return str(made["FunctionArn"])


def an_api(
    instance: Instance,
    function_arn: str,
    *,
    cors: Any = None,
    audience: str = "",
    issuer: str = "",
    **stage: Any,
) -> str:
    """Create an API with the route ANY /probe. It requires tokens if there is an issuer.

    Its stage is $default. Return the API's id.
    """
    gateway = client(instance, "apigatewayv2")
    settings = {"CorsConfiguration": cors} if cors else {}
    api_id = gateway.create_api(Name=a_name(), ProtocolType="HTTP", **settings)["ApiId"]
    integration = gateway.create_integration(
        ApiId=api_id,
        IntegrationType="AWS_PROXY",
        IntegrationUri=function_arn,
        PayloadFormatVersion="2.0",
    )["IntegrationId"]
    protection = {}
    if issuer:
        authorizer = gateway.create_authorizer(
            ApiId=api_id,
            Name=a_name(),
            AuthorizerType="JWT",
            IdentitySource=["$request.header.Authorization"],
            JwtConfiguration={"Issuer": issuer, "Audience": [audience]},
        )["AuthorizerId"]
        protection = {"AuthorizationType": "JWT", "AuthorizerId": authorizer}
    gateway.create_route(
        ApiId=api_id, RouteKey="ANY /probe", Target=f"integrations/{integration}", **protection
    )
    gateway.create_stage(ApiId=api_id, StageName="$default", AutoDeploy=True, **stage)
    return str(api_id)


def url_of(instance: Instance, api_id: str) -> str:
    return f"{instance.endpoint_url}/_aws/execute-api/{api_id}/probe"


def a_table(instance: Instance, view: str = "NEW_AND_OLD_IMAGES") -> tuple[str, str]:
    """Create a table with the key `key` and a stream. Return its name and the stream's ARN."""
    made = client(instance, "dynamodb").create_table(
        TableName=a_name(),
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "key", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "key", "KeyType": "HASH"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": view},
    )["TableDescription"]
    return made["TableName"], made["LatestStreamArn"]


def put(instance: Instance, table: str, key: str, **attributes: Any) -> None:
    item = {"key": {"S": key}} | attributes
    client(instance, "dynamodb").put_item(TableName=table, Item=item)


def records_of(instance: Instance, stream: str) -> list[dict[str, Any]]:
    streams = client(instance, "dynamodbstreams")
    [shard] = streams.describe_stream(StreamArn=stream)["StreamDescription"]["Shards"]
    iterator = streams.get_shard_iterator(
        StreamArn=stream, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
    )["ShardIterator"]
    records: list[dict[str, Any]] = streams.get_records(ShardIterator=iterator)["Records"]
    return records


def get(instance: Instance, api_id: str, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.get(url_of(instance, api_id), headers=named, timeout=60, trust_env=False)


def told_by_a_function(instance: Instance, expression: str) -> str:
    """The value of the expression in a new function, which it answers as text."""
    body = f'import os, sys\nreturn {{"statusCode": 200, "body": str({expression})}}'
    answer = get(instance, an_api(instance, a_function(instance, body)))
    assert answer.status_code == 200
    return answer.text


def a_queue(instance: Instance) -> str:
    """Create a queue. Return its URL."""
    return str(client(instance, "sqs").create_queue(QueueName=a_name())["QueueUrl"])


def arn_of_queue(instance: Instance, url: str) -> str:
    found = client(instance, "sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    return str(found["Attributes"]["QueueArn"])


def messages_of(instance: Instance, url: str) -> list[dict[str, Any]]:
    received = client(instance, "sqs").receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0
    )
    return [json.loads(message["Body"]) for message in received.get("Messages", [])]


def a_stack(instance: Instance, resources: dict[str, Any]) -> tuple[str, str]:
    """Create a stack. Return its status and the reason."""
    cloudformation, name = client(instance, "cloudformation"), a_name()
    template = json.dumps({"Resources": resources})
    cloudformation.create_stack(StackName=name, TemplateBody=template)
    deadline = time.monotonic() + 30
    while True:
        status: str = cloudformation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]
        if not status.endswith("IN_PROGRESS"):
            break
        assert time.monotonic() < deadline, status
        time.sleep(0.1)
    events = cloudformation.describe_stack_events(StackName=name)["StackEvents"]
    return status, " ".join(event.get("ResourceStatusReason", "") for event in events)
