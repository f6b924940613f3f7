"""E-mail permissions for one sender.

AWS: `ses:SendEmail` on an identity allows e-mail from that identity only. MiniStack requires the
permission for all identities at once, but the notifier's role names only one.
https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsimpleemailservicev2.html
"""

import json
from email.utils import parseaddr

from ministack.core import iam_actions


def close() -> None:
    resource_of = iam_actions._ses_v2_resource_arn

    def resource_or_sender(
        method: str, path: str, body: bytes, region: str, account_id: str
    ) -> str:
        if path != "/v2/email/outbound-emails":
            return str(resource_of(method, path, body, region, account_id))
        _, address = parseaddr(json.loads(body)["FromEmailAddress"])
        return f"arn:aws:ses:{region}:{account_id}:identity/{address.rpartition('@')[2]}"

    iam_actions._ses_v2_resource_arn = resource_or_sender
