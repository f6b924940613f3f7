"""Compile a folder of modules in place of their sources: compile.py FOLDER DEPLOYED_AT

The bytecode has no docstrings, annotations of functions and modules, imports that only these use,
qualified names of functions or hashes of sources. The contract has the docstrings, and nothing
reads the rest. Of the places of instructions it has only the first line of each function, so stack
traces name a file and a function. Folders without code need no `__init__`: each would cost 230
bytes of the zip.
"""

import ast
import re
import sys
from importlib._bootstrap_external import _code_to_hash_pyc
from pathlib import Path
from types import CodeType

FUNCTIONS = ast.FunctionDef, ast.AsyncFunctionDef
NO_HASH = bytes(8)  # unchecked
OF_TYPES = ("typing", "collections.abc", "types")


def without_types(source: bytes) -> ast.Module:
    module = ast.parse(source)
    module.body = [plain(each) for each in module.body if not is_for_type_checkers(each)]
    for function in ast.walk(module):
        if isinstance(function, FUNCTIONS):
            function.returns = None
            for argument in ast.walk(function.args):
                if isinstance(argument, ast.arg):
                    argument.annotation = None
    names = names_in(module)
    for statement in module.body:
        if isinstance(statement, ast.ImportFrom) and statement.module in OF_TYPES:
            statement.names = [
                each for each in statement.names if (each.asname or each.name) in names
            ]
    module.body = [each for each in module.body if getattr(each, "names", True)]
    return module


def plain(statement: ast.stmt) -> ast.stmt:
    """The statement, without the annotation if it is an assignment."""
    if isinstance(statement, ast.AnnAssign) and statement.value:
        assignment = ast.Assign([statement.target], statement.value)
        return ast.fix_missing_locations(ast.copy_location(assignment, statement))
    return statement


def names_in(module: ast.Module) -> set[str]:
    """The names that the module uses, also in texts, which may be annotations."""
    found = {each.id for each in ast.walk(module) if isinstance(each, ast.Name)}
    for each in ast.walk(module):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            found.update(re.findall(r"\w+", each.value))
    return found


def is_for_type_checkers(statement: ast.stmt) -> bool:
    """Whether it is `if TYPE_CHECKING:`, without `else`."""
    return isinstance(statement, ast.If) and ast.unparse(statement.test) == "TYPE_CHECKING"


def without_lines(code: CodeType) -> CodeType:
    """The code with its first line for all instructions.

    An entry covers up to 8 code units: code 13 (no columns), then a line delta of 0.
    https://github.com/python/cpython/blob/3.13/InternalDocs/code_objects.md#source-code-locations
    """
    whole, rest = divmod(len(code.co_code) // 2, 8)
    table = bytes([0xEF, 0]) * whole + (bytes([0xE8 | rest - 1, 0]) if rest else b"")
    constants = (
        without_lines(each) if isinstance(each, CodeType) else each for each in code.co_consts
    )
    return code.replace(co_linetable=table, co_consts=tuple(constants), co_qualname=code.co_name)


folder, deployed_at = Path(sys.argv[1]), Path(sys.argv[2])
for file in folder.glob("*/*/__init__.py"):
    if not file.read_bytes():
        file.unlink()
for file in folder.rglob("*.py"):
    name = str(deployed_at / file.relative_to(folder))
    tree = without_types(file.read_bytes())
    code = without_lines(compile(tree, name, "exec", dont_inherit=True, optimize=2))
    file.with_suffix(".pyc").write_bytes(_code_to_hash_pyc(code, NO_HASH, checked=False))
    file.unlink()
