"""An address on the web leads where it seems to lead, in every field that takes one."""

from typing import Any

import msgspec
import pytest

from artisthub.shared import errors, shapes, validation
from artisthub.shared.models import HttpsUrl, Input, MediaUrl
from tests import cpu
from tests.unit.shared.test_inputs import inputs, texts_of

GOOD = [
    "https://artisthub.com",
    "https://artisthub.com/",
    "https://Video.Example/Maya-R_1~2/a.b",
    "https://www.youtube.com/@maya/videos?v=1&t=2m#about",
    "https://a-b.example:8443/a;b=c,d/(e)!$*+?q[]=1&next=/x?y#a/b?c",
    "https://xn--bcher-kva.example/%E0%A4%AE",
    "https://xn--p1b6ci4b4b3a.xn--11b5bs3a9aj6g/",
    "https://a.example?q",
    "https://hi.wikipedia.example/wiki/\u092e\u0941\u0916?q=\u0baa\u0bbe#\u00e9\U0001f3ad",
    "https://a.b/",
    "https://a.example#top",
    f"https://{'a' * 63}.example/",
    "https://a.example:65535",
]
BAD = [
    "",
    "https://",
    "http://a.example",
    "HTTPS://a.example",
    "//a.example",
    "javascript:alert(1)//https://a.example",
    "https:a.example",
    "https:/a.example",
    "https:///a.example",
    # user names
    "https://artisthub.com@evil.example/login",
    "https://artisthub.com:secret@evil.example",
    "https://artisthub.com%40evil.example",
    "https://artisthub.com:@evil.example",
    "https://@evil.example",
    "https://artisthub.com:443@evil.example/",
    # what browsers read as a slash, a dot or a new part
    "https://artisthub.com\\@evil.example",
    "https:\\\\evil.example",
    "https://evil.example\\.artisthub.com",
    "https://a.example/\\evil.example",
    "https://artisthub.com\uff0fevil.example",
    "https://artisthub\u3002com",
    # quotation marks and brackets
    'https://a.example/"><script>',
    "https://a.example/'onmouseover=alert(1)",
    "https://a.example/<b>",
    "https://a.example/`x`",
    "https://a.example/{x}",
    "https://a.example/a|b",
    "https://a.example/a^b",
    'https://a.example/?q="',
    'https://a.example/#"',
    # spaces and control characters, also encoded
    "https://a.example/a b",
    "https://a.example/a\nb",
    "https://a.example/%00",
    "https://a.example/%0d%0aSet-Cookie:x",
    "https://a.example/%7F",
    "https://a.example/?q=%0A",
    "https://a.example/\u200b",
    "https://a.example/\u202egpj.exe",
    *(
        f"https://a.example/a{char}b"
        for char in "\u00a0\u00ad\u034f\u061c\u2028\u2060\u2800\u3164\ufeff\ufffd"
    ),
    *(
        f"https://a.example/{char}x"
        for char in "\uff02\uff07\uff1c\uff1e\uff20\uff3c\ue000\u3000\u0080"
    ),
    # encoding
    "https://a.example/%",
    "https://a.example/%4",
    "https://a.example/%zz",
    "https://a.ex%61mple/",
    # hosts
    "https://localhost",
    "https://localhost:8080/",
    "https://127.0.0.1/",
    "https://127.1",
    "https://0x7f.0.0.1",
    "https://0177.0.0.0x1",
    "https://2130706433/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]",
    "https://a.example./",
    "https://a..example",
    "https://.example",
    "https://-a.example",
    "https://a-.example",
    "https://a_b.example",
    "https://a.123",
    f"https://{'a' * 64}.example",
    f"https://{'a.' * 127}example",
    "https://\u0430rtisthub.com",
    "https://m\u00fcnchen.example",
    "https://a.example\u2025",
    # ports
    "https://a.example:",
    "https://a.example:0",
    "https://a.example:65536",
    "https://a.example:99999",
    "https://a.example:080",
    "https://a.example:8080x",
    "https://a.example:-1",
]
ADDRESSES = (HttpsUrl, MediaUrl)


def is_accepted(url: str, kind: Any) -> bool:
    shape: type[Any] = msgspec.defstruct("Link", [("url", kind)], bases=(Input,))
    try:
        validation.read(msgspec.json.encode({"url": url}), shape)
    except errors.Invalid as refused:
        [fault] = refused.errors or []
        assert fault["pointer"] == "/url"
        return False
    return True


@pytest.mark.weakness(34)
@pytest.mark.parametrize("kind", ADDRESSES, ids=["HttpsUrl", "MediaUrl"])
@pytest.mark.parametrize("url", BAD, ids=ascii)
def test_an_address_that_can_mislead_is_refused(url: str, kind: Any) -> None:
    assert not is_accepted(url, kind)


@pytest.mark.parametrize("kind", ADDRESSES, ids=["HttpsUrl", "MediaUrl"])
@pytest.mark.parametrize("url", GOOD, ids=ascii)
def test_an_ordinary_address_is_accepted(url: str, kind: Any) -> None:
    assert is_accepted(url, kind)


@pytest.mark.weakness(34)
def test_every_field_for_an_address_has_the_same_rule() -> None:
    fields = {
        name: part
        for shape in inputs()
        for name, part in named_parts(shape)
        if name.lower().endswith(("url", "urls", "website", "link", "uri"))
    }

    assert {"website", "url", "mediaUrls", "link"} <= fields.keys()
    for name, part in fields.items():
        for text in texts_of(part):
            # exchangeCode compares its URI with those of the stage, and `mediaUrl` is an upload.
            assert text.kind in ADDRESSES or name in ("redirectUri", "mediaUrl"), name


@pytest.mark.weakness(6)
@pytest.mark.parametrize("kind", ADDRESSES, ids=["HttpsUrl", "MediaUrl"])
@pytest.mark.parametrize("part", ["a.", "a-", "a", ".", "-", ":1", "/a", "?%20", "#", "%41", "@"])
def test_a_wrong_address_is_refused_in_linear_time(part: str, kind: Any) -> None:
    url = ("https://" + part * 500)[:499] + '"'

    assert not is_accepted(url, kind)
    assert cpu.seconds_of(lambda: is_accepted(url, kind)) < 0.01


def named_parts(shape: type[Input]) -> list[tuple[str, shapes.Part]]:
    part = shapes.of(shape)
    assert isinstance(part, shapes.Fields)
    return list(part.parts.items())
