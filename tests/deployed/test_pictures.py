"""Pictures of people over HTTP, with the layer, the permissions and the stream of the stage."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.deployed.people import Person, Service, eventually
from tests.images import SCRIPT, an_image, opened

pytestmark = pytest.mark.deployed


def read(service: Service, url: str) -> httpx.Response:
    address = service.outputs["apiUrl"] + url
    return httpx.get(address, follow_redirects=True, trust_env=False)


def set_picture(person: Person, content: bytes) -> dict[str, Any]:
    body = {"mediaUrl": person.uploaded(content)}
    picture: dict[str, Any] = person.succeed("PUT", "/users/me/picture", body).json()["picture"]
    return picture


def test_a_picture_is_shown_without_a_token_and_without_metadata(service: Service) -> None:
    artist = service.person("artist")

    picture = set_picture(artist, an_image("WEBP", (2000, 1500), xmp=SCRIPT))

    sizes = {name: read(service, url) for name, url in picture.items()}
    assert {name: opened(size.content).size for name, size in sizes.items()} == {
        "small": (96, 96),
        "medium": (320, 320),
        "large": (1080, 810),
    }
    for size in sizes.values():
        assert (size.status_code, size.headers["content-type"]) == (200, "image/jpeg")
        assert SCRIPT not in size.content
    assert sizes["small"].headers["cache-control"] == "private, max-age=86400, immutable"
    stored = artist.succeed("GET", "/users/me/export").json()["sections"]["media"]
    assert len(stored) == 4  # with the upload


def test_files_of_former_pictures_are_deleted(service: Service) -> None:
    artist = service.person("artist")
    first = set_picture(artist, an_image())

    second = set_picture(artist, an_image("PNG"))

    eventually(lambda: read(service, first["small"]).status_code, 404)
    assert read(service, second["small"]).status_code == 200
    artist.succeed("DELETE", "/users/me/picture")
    eventually(lambda: read(service, second["medium"]).status_code, 404)


def test_searches_applicants_and_castings_show_the_picture(service: Service) -> None:
    artist, recruiter = service.person("artist"), service.person("recruiter")
    of_artist = set_picture(artist, an_image())
    casting = recruiter.casting("open")
    path = f"/castings/{casting['castingId']}"
    body = {"roleId": casting["roles"][0]["roleId"], "shareContact": False}
    artist.succeed("POST", f"{path}/applications", body)
    of_recruiter = set_picture(recruiter, an_image())

    def found() -> list[Any]:
        page = recruiter.succeed("GET", f"/users?name={artist.me['username']}").json()
        return [each["picture"] for each in page["items"]]

    def cast_by() -> Any:
        recruiter_card = artist.succeed("GET", path).json()["recruiter"]
        return recruiter_card and recruiter_card["picture"]

    [applicant] = recruiter.succeed("GET", f"{path}/applications").json()["items"]
    assert applicant["artist"]["picture"] == of_artist
    eventually(found, [of_artist])
    eventually(cast_by, of_recruiter)


def test_a_person_or_an_administrator_deletes_a_picture_by_its_address(
    service: Service, admin: Person
) -> None:
    for by_admin in (True, False):
        artist = service.person("artist")
        picture = set_picture(artist, an_image())

        deleter = admin if by_admin else artist
        deleter.succeed("DELETE", picture["large"].removeprefix("/v1"))

        assert read(service, picture["small"]).status_code == 404
        assert artist.succeed("GET", "/users/me").json()["picture"] is None


def test_a_reported_picture_is_deleted_by_a_decision(
    service: Service, artist: Person, admin: Person
) -> None:
    person = service.person("recruiter")
    picture = set_picture(person, an_image())
    report = {"kind": "upload", "mediaUrl": picture["large"], "reason": "sexual"}
    made = artist.succeed("POST", "/reports", report)

    case_id = made.headers["location"].removeprefix("reports/")
    decision = {"outcome": "deleted", "reason": "No nudity in pictures."}
    admin.succeed("PUT", f"/admin/cases/{case_id}/decision", decision)

    eventually(lambda: person.succeed("GET", "/users/me").json()["picture"], None)
    eventually(lambda: read(service, picture["small"]).status_code, 404)


@pytest.mark.race
def test_of_two_pictures_at_once_one_stays_with_its_files(service: Service) -> None:
    artist = service.person("artist")
    urls = [artist.uploaded(an_image(kind)) for kind in ("JPEG", "PNG")]

    with ThreadPoolExecutor() as pool:
        answers = list(
            pool.map(lambda url: artist.call("PUT", "/users/me/picture", {"mediaUrl": url}), urls)
        )

    assert [answer.status_code for answer in answers] == [200, 200]

    def files() -> int:
        return len(artist.succeed("GET", "/users/me/export").json()["sections"]["media"])

    eventually(files, len(urls) + 3)
    picture = artist.succeed("GET", "/users/me").json()["picture"]
    assert read(service, picture["small"]).status_code == 200
