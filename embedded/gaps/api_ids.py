"""The id of an HTTP API.

AWS: the id, and so the API's address, is made once and stays as long as the API. MiniStack does the
same, but a stack that begins anew, in an empty state folder, gets another id. Here the id follows
from the names of the stack and of the resource, so that an address that somebody noted stays right.
`serverless.yml` need not know: MiniStack's own way is a tag on the API.
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
        # Another API of this name may be there while CloudFormation replaces one by the other.
        if apigateway.find_api_scope(api_id) is None:
            tags = {"ms-custom-id": api_id} | properties.get("Tags", {})
            properties = properties | {"Tags": tags}
        return create(logical_id, properties, stack)

    handlers[TYPE] = handlers[TYPE] | {"create": create_with_lasting_id}
