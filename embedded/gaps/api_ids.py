"""Ids of HTTP APIs.

AWS: an API keeps its id, and so its address, as long as it exists. MiniStack does the same, but a
stack created again in an empty state folder gets another id. Here the id is derived from the names
of the stack and the resource, so that saved addresses stay valid. It uses a MiniStack tag on the
API, which `serverless.yml` need not contain.
"""

import hashlib
from typing import Any

from ministack.services import apigateway
from ministack.services.cloudformation import provisioners

TYPE = "AWS::ApiGatewayV2::Api"


def _id_of(stack: str, logical_id: str) -> str:
    return hashlib.sha256(f"{stack}/{logical_id}".encode()).hexdigest()[:8]


def close() -> None:
    handlers = provisioners._RESOURCE_HANDLERS
    create = handlers[TYPE]["create"]

    def create_with_lasting_id(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        api_id = _id_of(stack, logical_id)
        # While CloudFormation replaces an API, the old one may still have this id.
        if apigateway.find_api_scope(api_id) is None:
            tags = {"ms-custom-id": api_id} | properties.get("Tags", {})
            properties = properties | {"Tags": tags}
        return create(logical_id, properties, stack)

    handlers[TYPE] = handlers[TYPE] | {"create": create_with_lasting_id}
