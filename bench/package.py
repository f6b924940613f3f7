"""The service as packaged by `sls package` and unpacked, as its functions find it on Lambda."""

import json
import os
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NOWHERE = "http://127.0.0.1:9"  # a loopback address makes the layer fit this machine


@dataclass(frozen=True)
class Function:
    name: str
    handler: str
    environment: dict[str, str]
    folders: list[Path]
    is_node: bool = False


def build(folder: Path, *, stage: str, for_this_machine: bool) -> None:
    """Package a stage into the folder, with a layer for Lambda or for this machine."""
    environment = {**os.environ, "AWS_ENDPOINT_URL": NOWHERE}
    if not for_this_machine:
        del environment["AWS_ENDPOINT_URL"]
    command = ["npx", "sls", "package", "--stage", stage, "--package", str(folder)]
    result = subprocess.run(command, env=environment, capture_output=True, text=True)
    if result.returncode != 0:
        raise SystemExit(f"error: {' '.join(command)} failed:\n{result.stderr}{result.stdout}")


def functions(package: Path) -> list[Function]:
    """Return a package's functions with their environments, unpacked code and layers."""
    template = json.loads((package / "cloudformation-template-update-stack.json").read_text())
    found = [
        resource["Properties"]
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::Lambda::Function"
    ]
    return [_function(package, properties) for properties in found]


def _function(package: Path, properties: dict[str, Any]) -> Function:
    layers = [layer["Ref"].removesuffix("LambdaLayer") for layer in properties["Layers"]]
    variables = properties.get("Environment", {}).get("Variables", {})
    return Function(
        name=properties["FunctionName"].rpartition("-")[2],
        handler=properties["Handler"],
        environment={name: _filled_in(value) for name, value in variables.items()},
        folders=[
            _unpacked(package / Path(properties["Code"]["S3Key"]).name),
            *(
                _unpacked(package / f"{layer[0].lower()}{layer[1:]}.zip") / "python"
                for layer in layers
            ),
        ],
    )


def _filled_in(value: Any) -> str:
    """Return a resource's name, such as CastingTable, in place of a CloudFormation reference."""
    if isinstance(value, str):
        return value
    return str(value["Ref"]) if "Ref" in value else json.dumps(value)


def _unpacked(archive: Path) -> Path:
    folder = archive.with_suffix("")
    if not folder.exists():
        with zipfile.ZipFile(archive) as content:
            content.extractall(folder)
    return folder
