"""The target on an embedded AWS. Only this module knows how it differs from AWS."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from embedded import Instance, deploy
from embedded.up import api_url, free_port, up
from tests import mailbox
from tests.deployed.target import Target


class Mailbox:
    """The mailbox of the embedded AWS, whose Cognito always sends the same codes."""

    sign_up_code = "123456"
    reset_code = "654321"
    address_code = "246810"

    def __init__(self, endpoint_url: str) -> None:
        self._endpoint_url = endpoint_url

    def mails_to(self, address: str) -> list[dict[str, Any]]:
        return mailbox.mails_to(address, self._endpoint_url)

    def ending(self, mail: dict[str, Any]) -> str:
        return mailbox.ending(mail)


def addresses(endpoint_url: str, outputs: dict[str, str], region: str) -> dict[str, str]:
    """The local addresses. Those in the stack's outputs are Amazon's."""
    return {"apiUrl": api_url(endpoint_url, outputs["HttpApiId"]), "hostedUiUrl": endpoint_url}


@contextmanager
def deployed(stage: str, folder: Path, *, with_journal: bool = False) -> Iterator[Instance]:
    """An embedded AWS with this stage. A kill needs the journal, a tenth of its time."""
    instance = Instance(
        port=free_port(),
        state=folder,
        stage=stage,
        ttl_sweep_seconds=0.5,
        with_journal=with_journal,
    )
    try:
        up(instance, lambda _: None, with_demo=False)
        yield instance
    finally:
        instance.stop()


def target_of(instance: Instance) -> Target:
    return Target(
        stage=instance.stage,
        session=deploy.aws(instance),
        endpoint_url=instance.endpoint_url,
        addresses=partial(addresses, instance.endpoint_url),
        mailbox=Mailbox(instance.endpoint_url),
    )


def signing_key(instance: Instance, pool_id: str) -> bytes:
    """The private key that signs access tokens. The embedded AWS stores it in a file."""
    return (instance.state / "aws" / "cognito-pool-keys" / f"{pool_id}-access.pem").read_bytes()
