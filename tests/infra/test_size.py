"""The stack stays small: CloudFormation allows at most 500 resources (decision 0015)."""

from tests.infra.packages import Package

# The counts of prod. A new operation may have its own function.
ROUTES, FUNCTIONS, RESOURCES = 98, 58, 434
OF_AN_OPERATION = 5  # function, role, log group, integration and route


def test_a_new_operation_adds_at_most_one_function_with_its_resources(
    packages: dict[str, Package],
) -> None:
    prod = packages["prod"]
    added = len(prod.resources("AWS::ApiGatewayV2::Route")) - ROUTES

    assert len(prod.resources("AWS::Lambda::Function")) <= FUNCTIONS + added
    assert len(prod.template["Resources"]) <= RESOURCES + OF_AN_OPERATION * added


def test_an_api_function_has_four_resources_besides_its_routes(each: Package) -> None:
    integrations = each.properties("AWS::ApiGatewayV2::Integration").values()
    names = [
        one["IntegrationUri"]["Fn::GetAtt"][0].removesuffix("LambdaFunction")
        for one in integrations
    ]

    for name in names:
        parts = [name + part for part in ("LambdaFunction", "LogGroup", "IamRoleLambdaExecution")]
        assert {*parts, f"HttpApiIntegration{name}"} <= set(each.template["Resources"])
