"""Resources of a stage's stack."""

from typing import Any

import boto3


def physical_id(stack: str, logical_id: str) -> str:
    """Return the name, ARN or URL that identifies the resource in AWS."""
    found = boto3.client("cloudformation").describe_stack_resource(
        StackName=stack, LogicalResourceId=logical_id
    )
    return found["StackResourceDetail"]["PhysicalResourceId"]


def tables(stack: str) -> dict[str, str]:
    """Return the names of the stack's tables, by logical id."""
    cloudformation: Any = boto3.client("cloudformation")
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
    return {
        each["LogicalResourceId"]: each["PhysicalResourceId"]
        for page in pages
        for each in page["StackResourceSummaries"]
        if each["ResourceType"] == "AWS::DynamoDB::Table"
    }
