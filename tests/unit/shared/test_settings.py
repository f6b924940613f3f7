import os

import pytest

from artisthub.shared.settings import MissingSetting, Settings, settings


def test_a_setting_is_read_on_each_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USERS_TABLE", "users-1")
    assert settings.USERS_TABLE == "users-1"

    monkeypatch.setenv("USERS_TABLE", "users-2")
    assert settings.USERS_TABLE == "users-2"


def test_an_empty_setting_is_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENT_SECRET_ID", "")

    assert settings.CLIENT_SECRET_ID == ""


@pytest.mark.parametrize("name", sorted(Settings.__annotations__))
def test_a_missing_setting_fails_with_its_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(name, raising=False)

    assert not settings.has(name)
    with pytest.raises(MissingSetting, match=f"environment variable {name} is not set"):
        getattr(settings, name)


def test_only_declared_names_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "USERS_TABEL", "a typing error")

    with pytest.raises(AttributeError, match="USERS_TABEL"):
        _ = settings.USERS_TABEL  # type: ignore[attr-defined,unused-ignore]


def test_service_urls_are_those_of_the_region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.setenv("AWS_REGION", "ap-south-1")

    assert settings.endpoint_url is None
    assert settings.url_of("cognito-idp") == "https://cognito-idp.ap-south-1.amazonaws.com"


def test_aws_endpoint_url_replaces_every_service_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:4700")

    assert settings.endpoint_url == "http://127.0.0.1:4700"
    assert settings.url_of("cognito-idp") == "http://127.0.0.1:4700"


def test_is_in_lambda_tells_a_function_from_another_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("AWS_LAMBDA_FUNCTION_NAME", raising=False)
    assert settings.is_in_lambda is False

    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "getUser")
    assert settings.is_in_lambda is True
