"""Deletion protection of tables and user pools.

AWS: a protected resource cannot be deleted, not even by CloudFormation, so a rollback leaves it
behind. MiniStack's CloudFormation and its Cognito delete protected tables and user pools. A failed
first deployment must leave nothing behind on AWS either.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html
https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html
"""

from typing import Any

from ministack.core.responses import error_response_json
from ministack.services import cognito, dynamodb
from ministack.services.cloudformation import provisioners

TABLE_IS_PROTECTED = (
    "Resource cannot be deleted as it is currently protected against deletion. "
    "Disable deletion protection first."
)
POOL_IS_PROTECTED = (
    "The user pool cannot be deleted because deletion protection is activated. "
    "Deletion protection must be inactivated first."
)


def _is_protected_table(name: str) -> bool:
    return bool((dynamodb._tables.get(name) or {}).get("DeletionProtectionEnabled"))


def _is_protected_pool(pool_id: str) -> bool:
    return (cognito._user_pools.get(pool_id) or {}).get("DeletionProtection") == "ACTIVE"


def close() -> None:
    handlers = provisioners._RESOURCE_HANDLERS
    delete_table = handlers["AWS::DynamoDB::Table"]["delete"]
    delete_pool = handlers["AWS::Cognito::UserPool"]["delete"]
    answer_delete_pool = cognito._delete_user_pool

    def delete_unprotected_table(name: str, properties: dict[str, Any]) -> None:
        if _is_protected_table(name):
            raise ValueError(TABLE_IS_PROTECTED)
        delete_table(name, properties)

    def delete_unprotected_pool(pool_id: str, properties: dict[str, Any]) -> None:
        if _is_protected_pool(pool_id):
            raise ValueError(POOL_IS_PROTECTED)
        delete_pool(pool_id, properties)

    def answer_delete_unprotected_pool(sent: dict[str, Any]) -> Any:
        if _is_protected_pool(sent.get("UserPoolId", "")):
            return error_response_json("InvalidParameterException", POOL_IS_PROTECTED, 400)
        return answer_delete_pool(sent)

    handlers["AWS::DynamoDB::Table"] |= {"delete": delete_unprotected_table}
    handlers["AWS::Cognito::UserPool"] |= {"delete": delete_unprotected_pool}
    cognito._delete_user_pool = answer_delete_unprotected_pool
