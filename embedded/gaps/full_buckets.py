"""Deletion of buckets that contain objects.

AWS: S3 refuses it ("BucketNotEmpty"), and the stack gets DELETE_FAILED. MiniStack's CloudFormation
also deletes the objects, so `sls remove` would succeed on MiniStack and fail on AWS.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-s3-bucket.html
"""

from typing import Any

from ministack.services import s3
from ministack.services.cloudformation import provisioners


def close() -> None:
    handlers = provisioners._RESOURCE_HANDLERS["AWS::S3::Bucket"]
    delete = handlers["delete"]

    def delete_if_empty(name: str, properties: dict[str, Any]) -> None:
        bucket = s3._buckets.get(name)
        if bucket and (bucket["objects"] or s3._bucket_has_versions(name)):
            raise ValueError("The bucket you tried to delete is not empty (BucketNotEmpty)")
        delete(name, properties)

    handlers["delete"] = delete_if_empty
