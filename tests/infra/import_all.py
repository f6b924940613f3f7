"""Import modules, now and inside their functions: import_all.py SOURCES MODULES FOLDERS...

Runs each import inside a function of an imported module of ours, until they load no other module.
Prints our imported modules.
"""

import ast
import importlib
import json
import sys
from pathlib import Path

sources, modules, *folders = sys.argv[1:]
sys.path[:0] = folders
for module in json.loads(modules):
    importlib.import_module(module)
done: set[str] = set()
while left := {name for name in sys.modules if name.split(".")[0] == "artisthub"} - done:
    for name in left:
        origin = Path(str(sys.modules[name].__file__)).relative_to(folders[0])
        module = ast.parse((sources / origin.with_suffix(".py")).read_bytes())
        functions = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
        for each in (node for function in functions for node in ast.walk(function)):
            if isinstance(each, ast.Import | ast.ImportFrom):
                exec(ast.unparse(each))
    done |= left
json.dump(sorted(done), sys.stdout)
