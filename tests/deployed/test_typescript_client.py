"""The examples of the READMEs compile as strict TypeScript and run on the deployed service."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from checks import ROOT
from tests import clients
from tests.deployed.people import PASSWORD, Person, Service
from tests.first_calls import Call, first_calls
from tests.images import an_image

pytestmark = pytest.mark.deployed

README = clients.TYPESCRIPT / "README.md"
STRICT = ["--strict", "--module", "nodenext", "--target", "es2022", "--types", "node"]
# The README leaves this to the page.
PAGE = """
import { MemoryStore } from '@artisthub/api';

Object.assign(globalThis, { localStorage: new MemoryStore() }); // Node.js 20 has none
const shown: unknown[] = [];
const show = (...given: unknown[]) => shown.push(given);
const image = { src: '' };
const text = '';
const note = 'x'.repeat(5_001);
"""
SHOWN = """
const picture = await fetch(image.src);
console.log(JSON.stringify([shown, picture.headers.get('Content-Type')]));
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a project that uses the client."""
    folder = tmp_path_factory.mktemp("project")
    clients.typescript(folder / "node_modules/@artisthub/api")
    for package in ("@types", "undici-types"):
        (folder / "node_modules" / package).symlink_to(ROOT / "node_modules" / package)
    (folder / "package.json").write_text('{"type": "module"}')
    return folder


def run(folder: Path, program: str) -> Any:
    """Compile and run a program. Returns the values of its last line, which is JSON."""
    (folder / "program.ts").write_text(program)
    compiler = [str(ROOT / "node_modules/.bin/tsc"), *STRICT, "program.ts"]
    for command in (compiler, ["node", "program.js"]):
        finished = subprocess.run(
            command,
            cwd=folder,
            env=os.environ | {"NO_PROXY": "127.0.0.1"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert finished.returncode == 0, finished.stdout + finished.stderr
    return json.loads(finished.stdout.splitlines()[-1])


def constants(**values: Any) -> str:
    return "".join(f"const {name} = {json.dumps(value)};\n" for name, value in values.items())


def in_typescript(call: Call) -> str:
    """The call with the client. An error answers its code."""
    options: dict[str, Any] = call.typed_query
    named = re.findall(r"{(\w+)}", call.template)
    given = [f"{name}: casting.castingId" for name in named]
    if call.if_match:
        options |= {"ifMatch": call.if_match}
    if call.body:
        options |= {"body": call.body}
    given += [f"{name}: {json.dumps(value)}" for name, value in options.items()]
    return f"{call.token or 'ANYONE'}.{call.operation['operationId']}({{ {', '.join(given)} }})"


def test_the_first_calls_of_the_readme_run_in_typescript(
    folder: Path, service: Service, recruiter: Person, artist: Person
) -> None:
    create, publish, read, search, change = map(in_typescript, first_calls())
    program = f"""
import {{ createClient }} from '@artisthub/api';

{constants(options={"url": service.outputs["apiUrl"], "userPoolId": service.outputs["userPoolId"]})}
const RECRUITER = createClient(options);
const ARTIST = createClient(options);
const ANYONE = createClient(options);
await RECRUITER.auth.signIn({json.dumps({"email": recruiter.email, "password": PASSWORD})});
await ARTIST.auth.signIn({json.dumps({"email": artist.email, "password": PASSWORD})});

const casting = await {create};
const published = await {publish};
const shown = await {read};
let isFound = false;
while (!isFound) {{
  const {{ items }} = await {search};
  isFound = items.some((each) => each.castingId === casting.castingId);
}}
const refused = await {change}.catch((error) => error);
console.log(JSON.stringify([casting.status, published.status, shown.title, refused.code]));
"""

    answers = run(folder, program)

    title = first_calls()[0].body["title"]
    assert answers == ["draft", "open", title, "NotYourCasting"]


def test_the_examples_of_the_clients_readme_run(
    folder: Path, service: Service, recruiter: Person, artist: Person
) -> None:
    casting = recruiter.succeed("POST", "/castings", first_calls()[0].body).json()
    recruiter.succeed("PUT", f"/castings/{casting['castingId']}/status", {"status": "open"})
    (folder / "portrait.png").write_bytes(an_image("PNG"))
    blocks = re.findall(r"^```ts\n(.*?)^```$", README.read_text(), re.M | re.S)
    examples = "".join(blocks)
    for shown, ours in (
        ("https://….execute-api.ap-south-1.amazonaws.com", service.outputs["apiUrl"]),
        ("ap-south-1_…", service.outputs["userPoolId"]),
    ):
        assert shown in examples
        examples = examples.replace(shown, ours)
    file = "new Blob([readFileSync('portrait.png')], { type: 'image/png' })"
    program = f"""import {{ readFileSync }} from 'node:fs';
{PAGE}{
        constants(
            email=artist.email,
            password=PASSWORD,
            castingId=casting["castingId"],
            roleId=casting["roles"][0]["roleId"],
        )
    }const file = {file};
{examples}{SHOWN}"""

    shown, picture = run(folder, program)

    [faults], [found, _] = sorted(shown, key=len)
    assert [each["pointer"] for each in faults] == ["/note"]
    assert found
    assert picture == "image/png"
    assert artist.succeed("GET", "/users/me").json()["city"] == "Pune"
