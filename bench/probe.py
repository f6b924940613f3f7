"""A fresh process that starts a function as Lambda does and prints its cost.

    python -I -S -B probe.py HANDLER RUNTIME FOLDER...

RUNTIME holds awslambdaric, the runtime's own client, which is imported first. FOLDERs hold the
function's code and layers. After the init, each line on standard input, `{"event": …, "times": n}`,
calls the handler n times. With `is_answer_wanted`, it prints the answer instead of the cost.
"""

# Only modules that awslambdaric itself imports.
import importlib
import json
import os
import sys
import time

handler, runtime, *folders = sys.argv[1:]
sys.path.insert(0, runtime)
importlib.import_module("awslambdaric.bootstrap")
sys.path[:1] = folders
# Keep the function's logs out of the report, which goes to the original standard output.
report_file = os.fdopen(os.dup(1), "w")
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


class Context:
    aws_request_id = "00000000-0000-0000-0000-000000000000"
    function_name = "bench"
    memory_limit_in_mb = 256
    invoked_function_arn = "arn:aws:lambda:ap-south-1:000000000000:function:bench"


def report(**fields: object) -> None:
    print(json.dumps(fields), file=report_file, flush=True)


known = set(sys.modules)
cpu = time.process_time()  # user and system time of all threads
module, name = handler.rsplit(".", 1)
function = getattr(importlib.import_module(module.replace("/", ".")), name)
cpu = time.process_time() - cpu
report(cpu_ms=cpu * 1000, modules=len(set(sys.modules) - known))

for line in sys.stdin:
    call = json.loads(line)
    event, times = call["event"], call["times"]
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(times):
        answer = function(event, Context)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    if call.get("is_answer_wanted"):
        report(answer=answer)
        continue
    if answer["statusCode"] not in (200, 201):
        sys.exit(f"error: {handler} answered {answer}")
    report(cpu_ms=cpu * 1000 / times, wall_ms=wall * 1000 / times)
