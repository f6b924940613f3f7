"""Powertools for AWS Lambda (event handler, Logger, Metrics), pydantic and boto3."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from . import store
from .shapes import Casting, CastingFields, draft

logger = Logger(service="castings")
metrics = Metrics(namespace="ArtistHub", service="castings")
app = APIGatewayHttpResolver(enable_validation=True)


@app.post("/v1/castings")
def create_casting(fields: CastingFields) -> Response[Casting]:
    claims = app.current_event.request_context.authorizer.jwt_claim
    casting = draft(fields, claims["sub"])
    store.add(casting, claims)
    metrics.add_metric("CastingsCreated", MetricUnit.Count, 1)
    logger.info("created", casting_id=casting.casting_id)
    location = {"location": f"castings/{casting.casting_id}"}
    return Response(201, "application/json", casting, location)


@app.get("/v1/castings/<casting_id>")
def get_casting(casting_id: str) -> Casting:
    casting = store.get(casting_id)
    metrics.add_metric("CastingsRead", MetricUnit.Count, 1)
    logger.info("read", casting_id=casting_id)
    return casting


@app.exception_handler(store.Refused)
def refused(error: store.Refused) -> Response[Any]:
    return refusal(error.status, {"status": error.status})


@app.exception_handler(RequestValidationError)
def invalid(error: RequestValidationError) -> Response[Any]:
    is_malformed = any(each["type"] == "json_invalid" for each in error.errors())
    return refusal(400 if is_malformed else 422, {"detail": str(error)})


def refusal(status: int, body: dict[str, Any]) -> Response[Any]:
    metrics.add_metric("RequestsRefused", MetricUnit.Count, 1)
    logger.info("refused", status=status)
    return Response(status, "application/json", body)


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return app.resolve(event, context)
