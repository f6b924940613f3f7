"""What the embedded AWS does not do for the indexer, as the template says it to AWS."""

from tests.infra.packages import Package, statements


def test_it_reads_the_streams_of_castings_and_profiles_and_nothing_else_of_them(
    each: Package,
) -> None:
    [streams] = [
        statement
        for role, statement in statements(each)
        if role == "IndexerIamRoleLambdaExecution" and "dynamodb:GetRecords" in statement["Action"]
    ]

    assert streams["Resource"] == [
        {"Fn::GetAtt": [table, "StreamArn"]} for table in ("CastingTable", "UsersTable")
    ]
