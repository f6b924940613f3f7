"""FastAPI, Mangum, pydantic and boto3."""

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from mangum import Mangum

from . import store
from .shapes import Casting, CastingFields, draft

app = FastAPI()


@app.post("/v1/castings", status_code=201)
def create_casting(fields: CastingFields, request: Request, response: Response) -> Casting:
    claims = request.scope["aws.event"]["requestContext"]["authorizer"]["jwt"]["claims"]
    casting = draft(fields, claims["sub"])
    store.add(casting, claims)
    response.headers["location"] = f"castings/{casting.casting_id}"
    return casting


@app.get("/v1/castings/{casting_id}")
def get_casting(casting_id: str) -> Casting:
    return store.get(casting_id)


@app.exception_handler(store.Refused)
def refused(_: Request, error: store.Refused) -> Response:
    return JSONResponse({"status": error.status}, error.status)


@app.exception_handler(RequestValidationError)
def invalid(_: Request, error: RequestValidationError) -> Response:
    is_malformed = any(each["type"] == "json_invalid" for each in error.errors())
    return JSONResponse({"detail": str(error)}, 400 if is_malformed else 422)


handler = Mangum(app, lifespan="off")
