"""What a stage's stack has made."""

import boto3


def physical_id(stack: str, logical_id: str) -> str:
    """The name, ARN or URL by which AWS knows the resource."""
    found = boto3.client("cloudformation").describe_stack_resource(
        StackName=stack, LogicalResourceId=logical_id
    )
    return found["StackResourceDetail"]["PhysicalResourceId"]
