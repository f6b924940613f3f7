"""The user pool and its client meet the requirements in docs/requirements.md."""

import json

from tests.infra.packages import Package, statements


def test_passwords_have_12_characters_of_all_four_classes(each: Package) -> None:
    policy = each["UserPool"]["Policies"]["PasswordPolicy"]

    assert policy["MinimumLength"] >= 12
    for what in ["Uppercase", "Lowercase", "Numbers", "Symbols"]:
        assert policy[f"Require{what}"] is True


def test_the_user_pool_uses_the_lite_plan(each: Package) -> None:
    assert each["UserPool"]["UserPoolTier"] == "LITE"


def test_a_second_factor_is_optional_and_uses_an_authenticator_app(each: Package) -> None:
    assert each["UserPool"]["MfaConfiguration"] == "OPTIONAL"
    assert each["UserPool"]["EnabledMfas"] == ["SOFTWARE_TOKEN_MFA"]


def test_devices_are_tracked_and_remembered_if_their_owner_chooses(each: Package) -> None:
    assert each["UserPool"]["DeviceConfiguration"] == {
        "ChallengeRequiredOnNewDevice": True,
        "DeviceOnlyRememberedOnUserPrompt": True,
    }


def test_an_email_address_must_be_verified(each: Package) -> None:
    pool = each["UserPool"]

    assert pool["UsernameAttributes"] == ["email"]
    assert pool["AutoVerifiedAttributes"] == ["email"]
    assert pool["UserAttributeUpdateSettings"] == {
        "AttributesRequireVerificationBeforeUpdate": ["email"]
    }
    assert pool["UsernameConfiguration"] == {"CaseSensitive": False}


def test_a_forgotten_password_is_reset_only_by_verified_email(each: Package) -> None:
    assert each["UserPool"]["AccountRecoverySetting"]["RecoveryMechanisms"] == [
        {"Name": "verified_email", "Priority": 1}
    ]


def test_sign_in_allows_only_srp_and_refresh_tokens(each: Package) -> None:
    assert each["UserPoolClient"]["ExplicitAuthFlows"] == [
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
    ]


def test_access_and_id_tokens_last_one_hour_and_refresh_tokens_thirty_days(each: Package) -> None:
    client = each["UserPoolClient"]

    validity = {
        token: (client[f"{token}Validity"], client["TokenValidityUnits"][token])
        for token in ["AccessToken", "IdToken", "RefreshToken"]
    }
    assert validity == {
        "AccessToken": (1, "hours"),
        "IdToken": (1, "hours"),
        "RefreshToken": (30, "days"),
    }


def test_tokens_can_be_revoked_and_unknown_accounts_are_not_revealed(each: Package) -> None:
    assert each["UserPoolClient"]["EnableTokenRevocation"] is True
    assert each["UserPoolClient"]["PreventUserExistenceErrors"] == "ENABLED"


def test_the_hosted_ui_offers_the_code_and_implicit_flows(each: Package) -> None:
    client = each["UserPoolClient"]

    assert client["AllowedOAuthFlowsUserPoolClient"] is True
    assert client["AllowedOAuthFlows"] == ["code", "implicit"]
    assert set(client["AllowedOAuthScopes"]) >= {"openid", "email", "profile"}
    assert client["SupportedIdentityProviders"] == ["COGNITO"]
    assert each["UserPoolDomain"]["UserPoolId"] == {"Ref": "UserPool"}


def test_no_function_can_add_to_the_administrators_group(each: Package) -> None:
    assert each["AdminsGroup"]["GroupName"] == "admins"
    allowed = {
        role.removesuffix("IamRoleLambdaExecution"): statement
        for role, statement in statements(each)
        if any(action.startswith("cognito-idp:") for action in statement["Action"])
    }
    assert {role: statement["Action"] for role, statement in allowed.items()} == {
        "CheckSignUp": ["cognito-idp:AdminGetUser", "cognito-idp:AdminDeleteUser"],
        "ConfirmSignUp": ["cognito-idp:AdminSetUserPassword"],
        "EndSessions": [
            "cognito-idp:AdminForgetDevice",
            "cognito-idp:AdminListDevices",
            "cognito-idp:AdminSetUserMFAPreference",
            "cognito-idp:AdminSetUserPassword",
            "cognito-idp:AdminUserGlobalSignOut",
        ],
        "ConfirmUser": ["cognito-idp:AdminConfirmSignUp", "cognito-idp:AdminUpdateUserAttributes"],
        "Janitor": ["cognito-idp:AdminDeleteUser"],
        "Reconcile": ["cognito-idp:ListUsers", "cognito-idp:AdminGetUser"],
    }
    for statement in allowed.values():
        assert statement["Resource"] == [{"Fn::GetAtt": ["UserPool", "Arn"]}]


def test_the_client_secret_is_only_in_cognito_and_secrets_manager(
    protected: Package,
) -> None:
    assert protected["ClientSecret"]["SecretString"] == {
        "Fn::Sub": '{"clientSecret":"${UserPoolClient.ClientSecret}"}'
    }
    everything_else = dict(protected.template["Resources"])
    del everything_else["ClientSecret"]
    assert "UserPoolClient.ClientSecret" not in json.dumps(everything_else)
    assert "ClientSecret" not in json.dumps(protected.template["Outputs"])


def test_functions_get_the_name_of_the_secret_and_not_its_value(each: Package) -> None:
    has_secret = each.stage != "dev"
    where = {"Fn::GetAtt": ["ClientSecret", "Id"]} if has_secret else ""

    for name, function in each.properties("AWS::Lambda::Function").items():
        environment = function.get("Environment", {}).get("Variables", {})
        if "CLIENT_SECRET_ID" in environment:
            assert environment["CLIENT_SECRET_ID"] == where, name


def test_only_the_functions_that_sign_in_and_confirm_read_the_secret(protected: Package) -> None:
    readers = {
        role.removesuffix("IamRoleLambdaExecution")
        for role, statement in statements(protected)
        if "secretsmanager:GetSecretValue" in statement["Action"]
    }
    told = {
        name.removesuffix("LambdaFunction")
        for name, function in protected.properties("AWS::Lambda::Function").items()
        if "CLIENT_SECRET_ID" in function.get("Environment", {}).get("Variables", {})
    }

    assert readers == told == {"SignIn", "ConfirmSignUp"}
