"""Split the code into packages: split.py CODE PACKAGES HANDLERS...

HANDLERS are modules, such as artisthub/castings/handlers. Each feature gets a folder in PACKAGES,
such as castings, with the modules that its handlers can import. The bytecode of a module, if there
is any, replaces its source (PEP 3147).
"""

import ast
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path


def imported(node: ast.AST) -> Iterator[str]:
    """The imports of the code, at its start or later, except for type checkers."""
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    if isinstance(node, ast.Import):
        yield from (each.name for each in node.names)
    if isinstance(node, ast.ImportFrom):
        yield str(node.module)
        yield from (f"{node.module}.{each.name}" for each in node.names)
    for child in ast.iter_child_nodes(node):
        yield from imported(child)


code, packages, *handlers = map(Path, sys.argv[1:])
files = {
    ".".join(file.relative_to(code).with_suffix("").parts).removesuffix(".__init__"): file
    for file in code.rglob("*.py")
}
imports = {name: set(imported(ast.parse(file.read_bytes()))) for name, file in files.items()}
for handler in handlers:
    (packages / handler.parent.name).mkdir(parents=True, exist_ok=True)
    found, left = set(), {".".join(handler.parts)}
    while left:
        name = left.pop()
        if name not in files or name in found:
            continue
        found.add(name)
        left |= imports[name] | {name.rpartition(".")[0]}
        bytecode = files[name].with_suffix(".pyc")
        file = bytecode if bytecode.exists() else files[name]
        copy = packages / handler.parent.name / file.relative_to(code)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
