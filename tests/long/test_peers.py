"""The other stacks that `make bench-peers` compares with ours."""

from pathlib import Path

from bench import package
from bench.lab import laboratory
from bench.peers import contract, stacks


def test_every_stack_keeps_the_contract_of_ours(tmp_path: Path) -> None:
    package.build(tmp_path / "host", stage="dev", for_this_machine=True)

    with laboratory(tmp_path) as lab:
        compared = stacks.everything(tmp_path / "peers", lab.functions)
        assert contract.differences(lab, compared) == []
