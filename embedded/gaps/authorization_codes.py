"""Authorization codes of the hosted UI.

A code works once (RFC 6749, section 4.1.2). A verifier is refused if the sign-in began without a
challenge, because an attacker may have removed it (RFC 9700, section 4.8.2). MiniStack keeps a code
usable after a wrong verifier, which allows guessing. It also accepts any verifier for a code
without a challenge. AWS documents neither case; a client must not depend on what MiniStack allows.
A wrong client secret leaves the code usable, as on AWS.
https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html
"""

import json
from typing import Any
from urllib.parse import parse_qs

from ministack.services import cognito


def close() -> None:
    exchange = cognito._oauth2_token

    def exchange_once(
        sent: Any, query: Any, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Any:
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        code = form.get("code", "")
        known = cognito._authorization_codes.get(code)
        if known and "code_verifier" in form and not known.get("code_challenge"):
            cognito._authorization_codes.pop(code, None)
            return cognito._oauth2_error("invalid_grant", "The code has no challenge.")
        answer = exchange(sent, query, body, headers)
        if answer[0] == 400 and json.loads(answer[2]).get("error") == "invalid_grant":
            cognito._authorization_codes.pop(code, None)
        return answer

    cognito._oauth2_token = exchange_once
