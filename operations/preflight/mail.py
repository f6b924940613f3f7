"""Checks of e-mail: SES, the stage's domain and the addresses of the stage's pages."""

from typing import Any
from urllib.parse import urlsplit

from botocore.exceptions import ClientError

from operations.preflight import finding
from operations.preflight.finding import Finding
from operations.preflight.package import Package
from operations.preflight.place import Place

SAMPLE_DOMAIN = "artisthub.com"
# These names are never in public DNS: https://www.rfc-editor.org/rfc/rfc6761, https://www.rfc-editor.org/rfc/rfc6762
NOWHERE = (".local", ".example", ".invalid", ".test")
HERE = ("localhost", "127.0.0.1")


def is_by_ses(package: Package) -> bool:
    """Whether SES sends codes or notifications from the stage's own domain."""
    configuration = package.only("AWS::Cognito::UserPool").get("EmailConfiguration", {})
    functions = package.of_type("AWS::Lambda::Function").values()
    senders = [
        each.get("Environment", {}).get("Variables", {}).get("SENDER_ADDRESS") for each in functions
    ]
    return configuration.get("EmailSendingAccount") == "DEVELOPER" or any(senders)


def is_verified(place: Place, domain: str) -> bool | None:
    """Whether SES has verified the domain in this region, or None if SES does not know it."""
    try:
        found = place.client("sesv2").get_email_identity(EmailIdentity=domain)
    except ClientError as error:
        if finding.code(error) == "NotFoundException":
            return None
        raise
    return bool(found["VerifiedForSendingStatus"])


def identity_finding(stage: str, domain: str, *, by_ses: bool, verified: bool | None) -> Finding:
    """https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html"""
    setting = f"in infra/stages/{stage}.yml"
    if by_ses and not verified:
        return finding.fails(
            f"the stage sends e-mail from {domain}, which SES has not verified in this region: "
            "Cognito refuses it, and the deployment is rolled back",
            f"set mail: cognito {setting} and deploy; add the DNS records that SES shows for "
            f"{domain}; when it is verified, restore the setting and deploy again",
        )
    if by_ses:
        return finding.ok(f"SES has verified {domain}")
    todo = f"set mail: all {setting} and deploy"
    if not verified:
        todo = f"after deploying, add the DNS records that SES shows for {domain}; then {todo}"
    return finding.warning(
        "Cognito itself sends about 50 codes a day, and nothing sends notifications", todo
    )


def identity(place: Place, package: Package, stage: str) -> Finding:
    domain = package.sender_domain
    return identity_finding(
        stage, domain, by_ses=is_by_ses(package), verified=is_verified(place, domain)
    )


def sandbox_finding(stage: str, account: dict[str, Any], *, by_ses: bool) -> Finding:
    """https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html"""
    back = f"until then, set mail: cognito in infra/stages/{stage}.yml"
    trouble = ""
    if not account["ProductionAccessEnabled"]:
        trouble = "SES is in its sandbox and sends only to verified addresses: nobody can sign up"
        todo = f"ask for production access in the SES console, which takes about a day; {back}"
    elif not account["SendingEnabled"] or account["EnforcementStatus"] == "SHUTDOWN":
        trouble = f"SES has paused this account ({account['EnforcementStatus']})"
        todo = f"see Reputation in the SES console; {back}"
    if trouble and by_ses:
        return finding.fails(trouble, todo)
    if trouble:
        later = "this applies when SES sends the e-mail"
        return finding.warning(f"{trouble.partition(':')[0]}; {later}", todo)
    return finding.ok(f"{account['SendQuota']['Max24HourSend']:,.0f} e-mails a day to any address")


def sandbox(place: Place, package: Package, stage: str) -> Finding:
    account = place.client("sesv2").get_account()
    return sandbox_finding(stage, account, by_ses=is_by_ses(package))


def _is_sample(host: str) -> bool:
    return host == SAMPLE_DOMAIN or host.endswith(f".{SAMPLE_DOMAIN}")


def domain_finding(stage: str, domain: str, alarms: str, *, verified: bool | None) -> Finding:
    """https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html"""
    if verified:
        return finding.ok(f"SES has verified {domain}; alarms go to {alarms}")
    if _is_sample(domain):
        return finding.warning(
            f"{domain} is this project's sample, and SES has not verified it in this region: the "
            f"owner of {alarms} gets the request to subscribe to your alarms",
            f"unless the domain is yours, change senderDomain in infra/stages/{stage}.yml and "
            "SES's identity in operations/deploy_role.py to your domain, then run make fix",
        )
    return finding.ok(
        f"{alarms} gets a request to subscribe to alarms; somebody there must confirm it"
    )


def domain(place: Place, package: Package, stage: str) -> Finding:
    alarms = package.of_type("AWS::SSM::Parameter")["AlarmAddressParameter"]["Value"]
    name = package.sender_domain
    return domain_finding(stage, name, alarms, verified=is_verified(place, name))


def pages_finding(stage: str, pages: list[str], *, verified: bool | None) -> Finding:
    """Check `pages`: the allowed origins and the addresses to which a sign-in returns."""
    setting = f"allowedOrigins, callbackUrls and logoutUrls in infra/stages/{stage}.yml"
    hosts = {page: urlsplit(page).hostname or "" for page in pages if page != "*"}
    open_text = [
        page for page, host in hosts.items() if page.startswith("http:") and host not in HERE
    ]
    if open_text:
        return finding.fails(
            f"Cognito refuses {', '.join(open_text)}: use https", f"change {setting}"
        )
    nowhere = sorted({host for host in hosts.values() if host.endswith(NOWHERE)})
    if nowhere:
        return finding.warning(
            f"{', '.join(nowhere)} is not in public DNS: nobody can sign in there", f"set {setting}"
        )
    samples = sorted({host for host in hosts.values() if _is_sample(host)})
    if samples and not verified:
        return finding.warning(
            f"{', '.join(samples)} is this project's sample: its owner gets your users' codes",
            f"set {setting} to your own addresses",
        )
    return finding.ok(f"{', '.join(sorted(set(hosts.values())))}")


def pages(place: Place, package: Package, stage: str) -> Finding:
    client = package.only("AWS::Cognito::UserPoolClient")
    origins = package.only("AWS::ApiGatewayV2::Api")["CorsConfiguration"]["AllowOrigins"]
    every = [*origins, *client["CallbackURLs"], *client["LogoutURLs"]]
    return pages_finding(stage, every, verified=is_verified(place, package.sender_domain))
