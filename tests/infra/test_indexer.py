"""Permissions of the indexer that the embedded AWS does not enforce."""

from tests.infra.packages import Package, statements


def test_the_indexer_reads_only_the_streams_of_castings_and_profiles(
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
