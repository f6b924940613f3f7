"""Layers and functions whose zip file is not in S3.

AWS: Lambda refuses them ("S3 Error Code: NoSuchKey"), and CloudFormation rolls the stack back.
MiniStack creates a layer or function without content. So a rollback to a deployment whose zip files
were deleted would succeed on MiniStack and fail on AWS.
https://github.com/serverless/serverless/issues/2239
"""

from typing import Any

from ministack.services import s3
from ministack.services.cloudformation import provisioners

PROPERTIES = {"AWS::Lambda::Function": "Code", "AWS::Lambda::LayerVersion": "Content"}
REFUSAL = (
    "Error occurred while GetObject. S3 Error Code: NoSuchKey. "
    "S3 Error Message: The specified key does not exist."
)


def close() -> None:
    for resource_type, holder in PROPERTIES.items():
        _refuse_missing(provisioners._RESOURCE_HANDLERS[resource_type], holder)


def _refuse_missing(handlers: dict[str, Any], holder: str) -> None:
    create = handlers["create"]

    def create_with_its_zip(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        zipped = properties.get(holder, {})
        bucket, key = zipped.get("S3Bucket"), zipped.get("S3Key")
        if key and s3._get_object_data(bucket, key) is None:
            raise ValueError(REFUSAL)
        return create(logical_id, properties, stack)

    handlers["create"] = create_with_its_zip
