"""E-mail through SES, with one-click unsubscribe.

https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
"""

from typing import Any

from artisthub.shared import aws_json
from artisthub.shared.settings import settings

# SendEmail's documented errors except throttling. A retry gets the same error until somebody
# changes the message, the identity or the account.
PERMANENT = frozenset(
    {
        "AccountSuspendedException",
        "BadRequestException",
        "LimitExceededException",
        "MailFromDomainNotVerifiedException",
        "MessageRejected",
        "NotFoundException",
        "SendingPausedException",
    }
)


class Refused(Exception):
    """SES refused this message for good. `code` is the name of its error."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def send(*, to: str, subject: str, text: str, unsubscribe_url: str | None = None) -> None:
    """Send a message. Raises Refused, or aws_json.AwsError or Busy if a retry may help.

    With `unsubscribe_url`, two headers make mail programs show a button that sends POST to it
    (RFC 8058).
    """
    content: dict[str, Any] = {
        "Subject": {"Data": subject, "Charset": "UTF-8"},
        "Body": {"Text": {"Data": text, "Charset": "UTF-8"}},
    }
    if unsubscribe_url:
        content["Headers"] = [
            {"Name": "List-Unsubscribe", "Value": f"<{unsubscribe_url}>"},
            {"Name": "List-Unsubscribe-Post", "Value": "List-Unsubscribe=One-Click"},
        ]
    message = {
        "FromEmailAddress": f"ArtistHub <{settings.SENDER_ADDRESS}>",
        "Destination": {"ToAddresses": [to]},
        "Content": {"Simple": content},
    }
    url = f"{settings.url_of('email')}/v2/email/outbound-emails"
    try:
        aws_json.post("ses", "SendEmail", url, message)
    except aws_json.AwsError as refused:
        if refused.code in PERMANENT:
            raise Refused(refused.code) from None
        raise
