"""Compile a folder of modules in place of their sources: compile.py FOLDER DEPLOYED_AT

The bytecode has no docstrings, columns or annotations of functions. The contract has the
docstrings, stack traces need only lines, and nothing reads the annotations.
"""

import ast
import sys
from importlib._bootstrap_external import _code_to_hash_pyc
from importlib.util import source_hash
from pathlib import Path

FUNCTIONS = ast.FunctionDef, ast.AsyncFunctionDef


def without_annotations(source: bytes) -> ast.Module:
    module = ast.parse(source)
    for function in ast.walk(module):
        if isinstance(function, FUNCTIONS):
            function.returns = None
            for argument in ast.walk(function.args):
                if isinstance(argument, ast.arg):
                    argument.annotation = None
    return module


folder, deployed_at = Path(sys.argv[1]), Path(sys.argv[2])
for file in folder.rglob("*.py"):
    source = file.read_bytes()
    name = str(deployed_at / file.relative_to(folder))
    code = compile(without_annotations(source), name, "exec", dont_inherit=True, optimize=2)
    file.with_suffix(".pyc").write_bytes(_code_to_hash_pyc(code, source_hash(source), False))
    file.unlink()
