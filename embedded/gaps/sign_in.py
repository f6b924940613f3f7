"""Proofs of a sign-in.

AWS: for an address without an account, the response has a user name in UUID format, the same at
each try, so it does not reveal that there is no account. MiniStack returns the address itself.
https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html

AWS: a second factor, or a new password in place of a temporary one, needs its challenge's session.
MiniStack accepts any session, so it needs no password.
https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html

SRP: a server must refuse an A that is 0 modulo N (RFC 5054, section 2.5.4). MiniStack sends a
challenge.

A proof works once here. AWS documents nothing. MiniStack says that AWS accepts a proof repeatedly
until the challenge expires, but a client must not depend on that.

MiniStack's b has 3,072 bits. In Python, that takes 0.12 seconds of each sign-in. It should have at
least 256 bits (RFC 5054, section 2.5.3), and has as many here.
"""

import json
import secrets
import uuid
from types import SimpleNamespace
from typing import Any

from ministack.core.responses import error_response_json
from ministack.services import cognito

WITH_SESSION = {"SOFTWARE_TOKEN_MFA", "NEW_PASSWORD_REQUIRED"}


def _is_zero(srp_a: Any) -> bool:
    is_number = isinstance(srp_a, str) and cognito._SRP_A_RE.match(srp_a)
    return bool(is_number) and int(srp_a, 16) % cognito._SRP_N == 0


def _keep_session(pool: Any, cid: str, user: dict[str, Any], answer: Any) -> None:
    """Keep the session of the challenge after the password, so that its answer can be checked."""
    said = json.loads(answer[2])
    if said.get("ChallengeName") in WITH_SESSION:
        token, session = cognito._create_challenge_session(pool["Id"], cid, user["Username"])
        del cognito._challenge_sessions[token]
        cognito._challenge_sessions[said["Session"]] = session


def _owns_session(sent: dict[str, Any]) -> bool:
    session = cognito._get_challenge_session(sent.get("Session") or "")[0]
    pool, _ = cognito._pool_for_client(sent.get("ClientId"))
    name = (sent.get("ChallengeResponses") or {}).get("USERNAME")
    user = cognito._resolve_user(pool, name)[0] if pool else None
    return bool(session and user and session["username"] == user["Username"])


def _short_secret(_limit: int) -> int:
    return 1 << 255 | secrets.randbits(255)


def close() -> None:
    sources = {name: getattr(secrets, name) for name in secrets.__all__}
    cognito.secrets = SimpleNamespace(**sources | {"randbelow": _short_secret})
    initiate = cognito._initiate_user_srp_auth
    challenge = cognito._srp_challenge
    is_valid = cognito._srp_proof_valid
    answer_password = cognito._password_auth_result

    def initiate_with_sound_a(pool: Any, pid: str, cid: str, sent: dict[str, Any]) -> Any:
        if _is_zero(sent.get("SRP_A")):
            return error_response_json("InvalidParameterException", "Invalid SRP_A", 400)
        return initiate(pool, pid, cid, sent)

    def challenge_without_address(
        pool_id: str, user: Any, user_id: str, srp_a: str, secret_block: str
    ) -> Any:
        if user is None and cognito._user_pools[pool_id].get("UsernameAttributes"):
            user_id = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{pool_id}:{user_id}"))
        return challenge(pool_id, user, user_id, srp_a, secret_block)

    def is_valid_once(pool_id: str, user: Any, state: dict[str, Any], sent: dict[str, str]) -> bool:
        mine = uuid.uuid4().hex
        is_first = is_valid(pool_id, user, state, sent) and state.setdefault("by", mine) == mine
        return bool(is_first)

    def answer_and_keep_session(
        pool: Any, pid: str, cid: str, user: Any, *rest: Any, **named: Any
    ) -> Any:
        answer = answer_password(pool, pid, cid, user, *rest, **named)
        _keep_session(pool, cid, user, answer)
        return answer

    def with_session(respond: Any) -> Any:
        def responded(sent: dict[str, Any]) -> Any:
            if sent.get("ChallengeName") not in WITH_SESSION:
                return respond(sent)
            if not _owns_session(sent):
                message = "Invalid session for the user."
                return error_response_json("NotAuthorizedException", message, 400)
            answer = respond(sent)
            if answer[0] == 200:
                cognito._challenge_sessions.pop(sent["Session"], None)
            return answer

        return responded

    cognito._initiate_user_srp_auth = initiate_with_sound_a
    cognito._srp_challenge = challenge_without_address
    cognito._srp_proof_valid = is_valid_once
    cognito._password_auth_result = answer_and_keep_session
    cognito._respond_to_auth_challenge = with_session(cognito._respond_to_auth_challenge)
    cognito._admin_respond_to_auth_challenge = with_session(
        cognito._admin_respond_to_auth_challenge
    )
