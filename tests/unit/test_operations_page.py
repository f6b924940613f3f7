"""A test runs each command of docs/operations.md."""

import re
from pathlib import Path

import pytest

from tests.unit.test_requirements import functions_of

PAGE = (Path(__file__).parents[2] / "docs/operations.md").read_text()
COMMAND = r"(?:make|npx sls|\.venv/bin/python -m operations|aws|printf|curl) [a-z%-].*"
COMMANDS = "deployed/commands/test_commands.py"
BACKUP = "deployed/test_backup.py"
STACKS = "embedded/adopt/test_failed_stacks.py"
# The start of each command, and the test that runs it for some stage.
RUN_BY = {
    "npx sls validate": f"{COMMANDS}::test_validate_accepts_the_stage",
    "npx sls deploy list": f"{COMMANDS}::test_later_deployments_work_and_can_be_rolled_back",
    "npx sls deploy": f"{COMMANDS}::test_later_deployments_work_and_can_be_rolled_back",
    "npx sls rollback": f"{COMMANDS}::test_later_deployments_work_and_can_be_rolled_back",
    "npx sls info": f"{COMMANDS}::test_info_prints_the_deployed_stage",
    "npx sls logs": f"{COMMANDS}::test_logs_prints_the_lines_of_a_function",
    "make smoke": f"{COMMANDS}::test_smoke_passes_on_a_good_deployment",
    "make preflight": "embedded/preflight/test_preflight.py::"
    "test_all_checks_run_before_a_first_deployment_and_change_nothing",
    "make acceptance": "long/test_acceptance.py::"
    "test_acceptance_needs_only_these_permissions_and_leaves_no_data",
    "make backup": f"{BACKUP}::test_lost_data_is_restored_and_served_as_before",
    "make restore": f"{BACKUP}::test_lost_data_is_restored_and_served_as_before",
    ".venv/bin/python -m operations restore": f"{BACKUP}::test_restore_can_overwrite_wrong_changes",
    ".venv/bin/python -m operations rotate-secret": f"{COMMANDS}::"
    "test_sign_in_works_while_the_client_secret_is_rotated",
    ".venv/bin/python -m operations redrive": "deployed/test_dead_letters.py::"
    "test_redrive_processes_a_dead_letter",
    ".venv/bin/python -m operations rebuild": "deployed/test_rebuild.py::"
    "test_a_lost_search_index_is_rebuilt",
    "npx sls remove": "long/stacks/test_remove_and_adopt.py::"
    "test_a_removed_stage_comes_back_with_its_accounts_and_data",
    ".venv/bin/python -m operations adopt": "long/stacks/test_remove_and_adopt.py::"
    "test_a_removed_stage_comes_back_with_its_accounts_and_data",
    # Tested through the API of Cognito.
    "aws cognito-idp admin-add-user-to-group": "deployed/test_admin.py::"
    "test_an_account_is_suspended_and_unsuspended",
    # Tested through the API of CloudFormation.
    "aws cloudformation describe-stacks": f"{STACKS}::"
    "test_a_stack_is_removed_without_an_undeletable_resource",
    "aws cloudformation delete-stack": f"{STACKS}::"
    "test_a_stack_is_removed_without_an_undeletable_resource",
    "aws cloudformation continue-update-rollback": f"{STACKS}::"
    "test_a_failed_rollback_continues_without_the_failed_resource",
    "aws cloudformation list-stack-resources": f"{STACKS}::"
    "test_a_stacks_resources_are_listed_with_their_names",
    # Tested through the API, with the same template and parameters.
    "aws cloudformation deploy": f"{COMMANDS}::test_the_deployer_cannot_do_anything_else",
    "aws sesv2": f"{COMMANDS}::"
    "test_the_first_deployment_sends_no_notification_email_and_logs_no_failure",
    "printf %s USER_ID": "unit/shared/test_log.py::"
    "test_the_callers_digest_can_be_computed_in_a_shell",
    "printf %s TOKEN": f"{COMMANDS}::test_troubleshooting_commands_print_the_expected_output",
    "curl": f"{COMMANDS}::test_troubleshooting_commands_print_the_expected_output",
}


def commands() -> set[str]:
    """The commands in code blocks and in the text."""
    in_blocks = re.findall(rf"^{COMMAND}$", PAGE, re.MULTILINE)
    return {*in_blocks, *re.findall(rf"`({COMMAND.removesuffix('.*')}[^`]*)`", PAGE)}


@pytest.mark.parametrize("command", sorted(commands()))
def test_a_test_runs_each_command_of_the_page(command: str) -> None:
    longest = max((each for each in RUN_BY if command.startswith(each)), key=len, default=None)

    assert longest, command
    file, _, name = RUN_BY[longest].partition("::")
    assert name in functions_of(file)


def test_every_listed_command_is_on_the_page() -> None:
    assert [each for each in RUN_BY if not any(one.startswith(each) for one in commands())] == []
