"""Sign-up and forgotten passwords on the hosted page.

AWS: the page /login leads to /signup and /forgotPassword, which take the parameters of
/oauth2/authorize. Both ask for the mailed code. After a sign-up, the page redirects with an
authorization code. After a new password, it shows /login again. MiniStack has only the page to sign
in. A front end needs these pages to try its links.
https://docs.aws.amazon.com/cognito/latest/developerguide/managed-login-endpoints.html
"""

import asyncio
import html
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode

from ministack import app
from ministack.services import cognito

Form = dict[str, str]

OAUTH = (
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "response_type",
    "code_challenge",
    "code_challenge_method",
    "nonce",
)
EMAIL = ("username", "Email", "text")
PASSWORD = ("password", "Password", "password")
CODE = ("code", "Code", "text")
# Title and fields of each page.
PAGES = {
    "/signup": ("Sign up", (EMAIL, PASSWORD)),
    "/confirm": ("Confirm your account", (CODE,)),
    "/forgotPassword": ("Reset your password", (EMAIL,)),
    "/confirmforgotPassword": ("Change your password", (CODE, PASSWORD)),
}
LINKS = {"/signup": "Sign up", "/forgotPassword": "Forgot your password?"}


def _page(path: str, form: Form, error: str = "") -> Any:
    title, fields = PAGES[path]
    known = OAUTH if "username" in (name for name, *_ in fields) else (*OAUTH, "username")
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{html.escape(form.get(name, ""))}">'
        for name in known
    )
    shown = "".join(
        f'<label for="{name}">{label}</label>'
        f'<input type="{kind}" id="{name}" name="{name}" required>'
        for name, label, kind in fields
    )
    refused = f'<div class="error">{html.escape(error)}</div>' if error else ""
    button = f'<button type="submit">{title}</button>'
    body = f'{refused}<form method="POST" action="{path}">{hidden}{shown}{button}</form>'
    return _html(cognito._page_shell(title, title, body))


def _html(text: str) -> Any:
    return 200, {"Content-Type": "text/html; charset=utf-8"}, text.encode()


def _call(operation: Callable[[dict[str, Any]], Any], form: Form, **sent: Any) -> str:
    """Call Cognito as the page does, and return its refusal."""
    named = {"ClientId": form["client_id"], "Username": form["username"]}
    status, _, body = operation(named | sent)
    return "" if status == 200 else json.loads(body).get("message", "Refused")


def _sign_up(form: Form) -> Any:
    attributes = [{"Name": "email", "Value": form["username"]}]
    sent = {"Password": form["password"], "UserAttributes": attributes}
    refusal = _call(cognito._sign_up, form, **sent)
    return _page("/signup", form, refusal) if refusal else _page("/confirm", form)


def _confirm(form: Form) -> Any:
    if refusal := _call(cognito._confirm_sign_up, form, ConfirmationCode=form["code"]):
        return _page("/confirm", form, refusal)
    pool_id, pool, _ = cognito._find_pool_by_client_id(form["client_id"])
    user, _ = cognito._resolve_user(pool, form["username"])
    given = {name: form[name] for name in OAUTH if name != "response_type"}
    return cognito._issue_auth_code_redirect(pool_id=pool_id, username=user["Username"], **given)


def _forget(form: Form) -> Any:
    refusal = _call(cognito._forgot_password, form)
    return _page("/forgotPassword" if refusal else "/confirmforgotPassword", form, refusal)


def _reset(form: Form) -> Any:
    sent = {"ConfirmationCode": form["code"], "Password": form["password"]}
    if refusal := _call(cognito._confirm_forgot_password, form, **sent):
        return _page("/confirmforgotPassword", form, refusal)
    given = {name: form[name] for name in OAUTH}
    return _html(cognito._login_page_html(**given))


STEPS = {
    "/signup": _sign_up,
    "/confirm": _confirm,
    "/forgotPassword": _forget,
    "/confirmforgotPassword": _reset,
}


def close() -> None:
    get, post, login_page = (
        app._handle_cognito_get_request,
        app._handle_cognito_body_request,
        cognito._login_page_html,
    )

    async def get_any(method: str, path: str, headers: Any, query: Any) -> Any:
        if method == "GET" and path in LINKS:
            return _page(path, {name: cognito._qp(query, name) for name in OAUTH})
        return await get(method, path, headers, query)

    async def post_any(method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
        if method == "POST" and path in STEPS:
            sent = parse_qs(body.decode(), keep_blank_values=True)
            form = {name: values[0] for name, values in sent.items()}
            # The triggers of the pool are functions, which call this server.
            return await asyncio.to_thread(STEPS[path], form)
        return await post(method, path, headers, body, query)

    def login_page_with_links(*args: Any, **named: Any) -> str:
        given = dict(zip(OAUTH, args, strict=False)) | named
        query = urlencode({name: given.get(name, "") for name in OAUTH})
        links = "".join(
            f'<p><a href="{html.escape(f"{path}?{query}")}">{text}</a></p>'
            for path, text in LINKS.items()
        )
        page: str = login_page(*args, **named)
        return page.replace("</form>", f"</form>{links}")

    app._handle_cognito_get_request = get_any
    app._handle_cognito_body_request = post_any
    cognito._login_page_html = login_page_with_links
