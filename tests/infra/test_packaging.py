"""The packages have all code, for the right platform, and nothing else."""

import gzip
import hashlib
import importlib.util
import json
import marshal
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from types import CodeType

import pytest

from tests.infra.packages import PROJECT, Package, copy_of_the_project, package

IMPORT_ALL = Path(__file__).parent / "import_all.py"
MEBIBYTE = 1024 * 1024
UNCHECKED_HASH = (1).to_bytes(4, "little")
MAGIC_OF_PYTHON_3_13 = b"\xf3\x0d\x0d\x0a"
# The layers of Python packages, with the requirements that they hold.
LAYERS = {"dependencies.zip": "runtime.txt", "pictures.zip": "pictures.txt"}


def test_the_dependency_layer_is_at_most_25_mb_unzipped(each: Package) -> None:
    assert sum(file.file_size for file in each.zip("dependencies.zip").infolist()) <= 25 * MEBIBYTE


def test_the_code_of_each_feature_is_at_most_300_kb_zipped(each: Package) -> None:
    for name in each.code():
        assert (each.folder / name).stat().st_size <= 300 * 1024, name


def test_functions_of_a_feature_share_a_package(each: Package) -> None:
    for name, handlers in each.code().items():
        features = {handler.split("/")[1] for handler in handlers}
        assert features == {name.removeprefix("artisthub-").removesuffix(".zip")}


@pytest.mark.parametrize("name", LAYERS)
def test_the_layers_of_packages_are_built_for_lambda(each: Package, name: str) -> None:
    layer = each.zip(name)

    wheels = {name for name in layer.namelist() if name.endswith(".dist-info/WHEEL")}
    requirements = PROJECT / "requirements" / LAYERS[name]
    locked = re.findall(r"^[a-z0-9-]+==", requirements.read_text(), re.M)
    assert len(wheels) == len(locked)
    for wheel in wheels:
        tags = re.findall(r"^Tag: (.+)$", layer.read(wheel).decode(), re.M)
        assert any(_runs_on_lambda(tag) for tag in tags), (wheel, tags)
    for name in layer.namelist():
        if name.endswith(".so"):
            assert layer.read(name)[18] == 0xB7, f"{name} is not for aarch64"


@pytest.mark.parametrize("name", LAYERS)
def test_the_layers_of_packages_have_no_scripts_tests_or_stubs(each: Package, name: str) -> None:
    names = each.zip(name).namelist()

    assert all(name.startswith("python/") for name in names)
    assert not [name for name in names if re.search(r"/(bin|tests?|sboms)/|\.pyi$|\.lock$", name)]


def test_the_packaged_contract_has_no_whitespace(dev: Package) -> None:
    zipped = dev.zip("swaggerUi.zip").read("python/swagger_ui/openapi.json.gz")
    contract = gzip.decompress(zipped).decode()

    committed = json.loads((PROJECT / "src/artisthub/meta/openapi.json").read_text())
    packaged = json.loads(contract)
    # JavaScript puts keys that are numbers, such as statuses, in order.
    assert packaged == committed
    assert contract == json.dumps(packaged, separators=(",", ":"), ensure_ascii=False)


def test_packages_of_the_same_source_are_identical(
    packages: dict[str, Package],
) -> None:
    for name in [*packages["dev"].code(), *LAYERS, "swaggerUi.zip"]:
        contents = {(package.folder / name).read_bytes() for package in packages.values()}
        assert len(contents) == 1


@pytest.mark.slow
def test_changed_code_is_packaged_again(dev: Package, tmp_path: Path) -> None:
    project = copy_of_the_project(tmp_path)
    clock = project / "src/artisthub/shared/clock.py"
    clock.write_text(clock.read_text() + "CHANGED = 1\n")

    changed = package("dev", tmp_path / "package", project=project)

    name, module = "artisthub-castings.zip", "artisthub/shared/clock.pyc"
    assert b"CHANGED" in changed.zip(name).read(module)
    assert b"CHANGED" not in dev.zip(name).read(module)


def test_lambda_compiles_nothing_at_a_cold_start(dev: Package) -> None:
    """Without Python 3.13 on this machine, packaging warns and adds no bytecode."""
    for name in [*dev.code(), *LAYERS]:
        missing, compiled = _bytecode(dev.zip(name), "cpython-313")

        if "without bytecode" in dev.output:
            assert not compiled
        else:
            assert not missing
            assert {content[:8] for content in compiled} == {MAGIC_OF_PYTHON_3_13 + UNCHECKED_HASH}


def test_a_local_cold_start_compiles_nothing(host_package: Package) -> None:
    for name in [*host_package.code(), *LAYERS]:
        missing, compiled = _bytecode(host_package.zip(name), sys.implementation.cache_tag)

        assert not missing
        headers = {content[:8] for content in compiled}
        assert headers == {importlib.util.MAGIC_NUMBER + UNCHECKED_HASH}


def test_a_code_package_has_exactly_the_modules_that_its_handlers_can_import(
    host_package: Package, tmp_path: Path
) -> None:
    """Each feature runs in its own Python, with only its package and the layers."""
    for name in LAYERS:
        host_package.zip(name).extractall(tmp_path)
    for name, handlers in host_package.code().items():
        folder = tmp_path / name
        host_package.zip(name).extractall(folder)
        packaged = {
            re.sub(r"(/__init__)?\.pyc$", "", entry).replace("/", ".")
            for entry in host_package.zip(name).namelist()
        }

        modules = {handler.rpartition(".")[0].replace("/", ".") for handler in handlers}
        command = [sys.executable, "-ISB", str(IMPORT_ALL), str(PROJECT / "src")]
        command += [json.dumps(sorted(modules)), str(folder), str(tmp_path / "python")]
        result = subprocess.run(command, env={}, capture_output=True, text=True, check=False)

        assert result.returncode == 0, f"{name}: {result.stderr}"
        assert set(json.loads(result.stdout)) == packaged, name


def test_no_module_is_imported_by_a_name_that_packaging_cannot_see() -> None:
    for path in (PROJECT / "src").rglob("*.py"):
        assert not re.search(r"\b(import_module|__import__)\b", path.read_text()), path


def test_stack_traces_have_line_numbers(host_package: Package) -> None:
    for name in host_package.code():
        _, compiled = _bytecode(host_package.zip(name), sys.implementation.cache_tag)
        modules = [marshal.loads(content[16:]) for content in compiled]
        functions = [
            each for module in modules for each in module.co_consts if isinstance(each, CodeType)
        ]

        assert any(len({line for *_, line in each.co_lines()}) > 2 for each in functions), name


def test_the_docs_page_has_compressed_files_and_their_license(
    each: Package,
) -> None:
    assert each.zip("swaggerUi.zip").namelist() == [
        "python/swagger_ui/LICENSE",
        "python/swagger_ui/openapi.json.gz",
        "python/swagger_ui/page.css.gz",
        "python/swagger_ui/page.html.gz",
        "python/swagger_ui/page.js.gz",
        "python/swagger_ui/swagger-ui-bundle.js.gz",
        "python/swagger_ui/swagger-ui.css.gz",
    ]
    assert {"Ref": "SwaggerUiLambdaLayer"} in each["MetaLambdaFunction"]["Layers"]


def _runs_on_lambda(tag: str) -> bool:
    python, abi, platform = tag.split("-")
    is_for_python = python == "cp313" or abi == "abi3" or python == "py3"
    return is_for_python and ("aarch64" in platform or platform == "any")


def _bytecode(archive: zipfile.ZipFile, cache_tag: str) -> tuple[list[str], list[bytes]]:
    """The modules without bytecode of this Python, and the bytecode of the others.

    Our own code has only bytecode, in place of its source.
    """
    names = set(archive.namelist())
    expected = {
        name: re.sub(r"([^/]+)\.py$", rf"__pycache__/\1.{cache_tag}.pyc", name)
        for name in names
        if name.endswith(".py")
    }
    missing = [name for name, compiled in expected.items() if compiled not in names]
    return missing, [archive.read(name) for name in names if name.endswith(".pyc")]


@pytest.mark.aws_fact(8)
def test_a_layer_key_is_named_by_content_outside_deployment_folders(each: Package) -> None:
    """`sls deploy` deletes old folders, which are named by time. `sls remove` deletes all."""
    folder = f"serverless/artisthub-api/{each.stage}/layers"

    for logical_id, name in {
        "DependenciesLambdaLayer": "dependencies",
        "PicturesLambdaLayer": "pictures",
        "SwaggerUiLambdaLayer": "swaggerUi",
    }.items():
        digest = hashlib.sha256((each.folder / f"{name}.zip").read_bytes()).hexdigest()
        assert each[logical_id]["Content"]["S3Key"] == f"{folder}/{name}-{digest}.zip"
