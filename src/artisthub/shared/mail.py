"""E-mail through SES: one message to one person, who can end such messages with one click.

https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
"""

from artisthub.shared import aws_json
from artisthub.shared.settings import settings


def send(*, to: str, subject: str, text: str, unsubscribe_url: str) -> None:
    """Hands a message to SES; raises aws_json.AwsError or Busy.

    Mail programs show a button for the two headers, and POST to the address (RFC 8058).
    """
    content = {
        "Subject": {"Data": subject, "Charset": "UTF-8"},
        "Body": {"Text": {"Data": text, "Charset": "UTF-8"}},
        "Headers": [
            {"Name": "List-Unsubscribe", "Value": f"<{unsubscribe_url}>"},
            {"Name": "List-Unsubscribe-Post", "Value": "List-Unsubscribe=One-Click"},
        ],
    }
    message = {
        "FromEmailAddress": f"ArtistHub <{settings.SENDER_ADDRESS}>",
        "Destination": {"ToAddresses": [to]},
        "Content": {"Simple": content},
    }
    url = f"{settings.url_of('email')}/v2/email/outbound-emails"
    aws_json.post("ses", "SendEmail", url, message)
