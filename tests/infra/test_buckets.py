"""The S3 buckets: uploads and deployment packages."""

from tests.infra.packages import Package

ORIGINS = {
    "dev": ["*"],
    "staging": ["https://staging.artisthub.local"],
    "prod": ["https://artisthub.com"],
}


def test_every_bucket_blocks_public_access(each: Package) -> None:
    buckets = each.properties("AWS::S3::Bucket")

    assert set(buckets) == {"MediaBucket", "ServerlessDeploymentBucket"}
    for bucket in buckets.values():
        assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}


def test_uploads_are_encrypted_by_kms_and_owned_by_the_bucket_owner(each: Package) -> None:
    bucket = each["MediaBucket"]

    [rule] = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"] == {"SSEAlgorithm": "aws:kms"}
    assert bucket["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]


def test_every_bucket_requires_tls(each: Package) -> None:
    policies = each.properties("AWS::S3::BucketPolicy").values()
    refused = {
        policy["Bucket"]["Ref"]: statement
        for policy in policies
        for statement in policy["PolicyDocument"]["Statement"]
    }

    assert set(refused) == set(each.resources("AWS::S3::Bucket"))
    for statement in refused.values():
        assert (statement["Effect"], statement["Action"]) == ("Deny", "s3:*")
        [condition] = statement["Condition"].values()
        assert str(condition["aws:SecureTransport"]).lower() == "false"


def test_uploads_never_expire(each: Package) -> None:
    for rule in each["MediaBucket"]["LifecycleConfiguration"]["Rules"]:
        assert rule.keys() == {"Id", "Status", "AbortIncompleteMultipartUpload"}


def test_browsers_can_upload_only_from_the_origins_of_the_stage(each: Package) -> None:
    rules = each["MediaBucket"]["CorsConfiguration"]["CorsRules"]

    [upload] = [
        rule for rule in rules if not {"PUT", "POST", "DELETE"}.isdisjoint(rule["AllowedMethods"])
    ]
    assert upload["AllowedOrigins"] == ORIGINS[each.stage]
    assert upload["AllowedMethods"] == ["POST"]


def test_browsers_can_read_a_file_by_its_link_after_the_redirect(each: Package) -> None:
    rules = each["MediaBucket"]["CorsConfiguration"]["CorsRules"]

    [read] = [rule for rule in rules if "GET" in rule["AllowedMethods"]]
    assert read["AllowedOrigins"] == ["*"]
    assert not {"PUT", "POST", "DELETE"} & set(read["AllowedMethods"])


def test_uploads_survive_stack_changes_and_deletion(protected: Package) -> None:
    bucket = protected.resources("AWS::S3::Bucket")["MediaBucket"]

    assert bucket["DeletionPolicy"] == "RetainExceptOnCreate"
    assert bucket["UpdateReplacePolicy"] == "Retain"


def test_the_uploads_bucket_has_no_fixed_name(each: Package) -> None:
    assert "BucketName" not in each["MediaBucket"]
