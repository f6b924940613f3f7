"""The configuration of a function, read on first use. An error names a missing setting.

Fields have the names from `infra/functions/*.yml`. A function gets only those that it uses.
"""

import os


class MissingSetting(LookupError):
    """The function's entry in infra/functions lacks a setting that it uses."""


class Settings:
    STAGE: str
    USERS_TABLE: str
    USERNAMES_TABLE: str
    CASTING_TABLE: str
    CARDS_TABLE: str
    COUNTERS_TABLE: str
    APPLICATIONS_TABLE: str
    CONNECTIONS_TABLE: str
    BLOCKS_TABLE: str
    AUDIT_TABLE: str
    CLOSED_ACCOUNTS_TABLE: str
    REPORTS_TABLE: str
    USER_POOL_ID: str
    SAVED_CASTINGS_TABLE: str
    MEDIA_BUCKET: str
    SEARCH_TABLE: str
    NOTIFICATIONS_TABLE: str
    QUOTAS_TABLE: str
    IDEMPOTENCY_TABLE: str
    EVENT_BUS: str
    SENDER_ADDRESS: str  # empty if no notifications are mailed
    SIGNER_ID: str
    API_URL: str
    USER_POOL_CLIENT_ID: str
    CLIENT_SECRET_ID: str  # empty in dev, where the client has no secret
    HOSTED_UI_URL: str
    PUBLISHING: str  # who may publish castings: everyone or verified
    CALLBACK_URLS: str  # separated by commas
    SIGN_IN_LIMIT: str
    MAIL_LIMIT: str
    UNLIMITED_CLIENTS: str  # separated by spaces
    CONNECT_BY: str  # made by infra/plugins/first-connections.js
    AWS_REGION: str
    AWS_ACCESS_KEY_ID: str
    AWS_SECRET_ACCESS_KEY: str
    AWS_SESSION_TOKEN: str

    def __getattr__(self, name: str) -> str:
        if name not in Settings.__annotations__:
            raise AttributeError(name)
        try:
            return os.environ[name]
        except KeyError:
            raise MissingSetting(
                f"environment variable {name} is not set; add it in infra/functions"
            ) from None

    def has(self, name: str) -> bool:
        """Whether the function has this setting."""
        return name in os.environ

    @property
    def only_verified_publish(self) -> bool:
        """Whether only verified recruiters may publish castings in this stage."""
        return self.has("PUBLISHING") and self.PUBLISHING == "verified"

    @property
    def is_in_lambda(self) -> bool:
        """Whether this process is a Lambda function, not a test or a tool."""
        return "AWS_LAMBDA_FUNCTION_NAME" in os.environ

    @property
    def endpoint_url(self) -> str | None:
        """An alternative endpoint for every AWS service, as in the AWS SDKs.

        https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
        """
        return os.environ.get("AWS_ENDPOINT_URL")

    @property
    def dynamodb_endpoint_url(self) -> str | None:
        """An alternative endpoint for DynamoDB, or the one for every service."""
        return os.environ.get("AWS_ENDPOINT_URL_DYNAMODB") or self.endpoint_url

    def url_of(self, service: str) -> str:
        """The address of an AWS service."""
        return self.endpoint_url or f"https://{service}.{self.AWS_REGION}.amazonaws.com"


settings = Settings()
