"""The Python client signs in to the deployed service and does what people do."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import httpx
import pyotp
import pytest

from artisthub_client import ArtistHub, Session, TotpRequired, each, errors, models, pages
from checks import ROOT
from tests.deployed.people import PASSWORD, Person, Service, a_name
from tests.images import an_image

if TYPE_CHECKING:
    from embedded import Instance

pytestmark = pytest.mark.deployed

CLIENT = ROOT / "clients/python"
NewHub = Callable[[], ArtistHub]


@pytest.fixture
def new_hub(service: Service) -> Iterator[NewHub]:
    """Make clients of the stage. They use no proxy, which could not reach this machine."""
    made = []

    def make() -> ArtistHub:
        http = httpx.Client(trust_env=False, timeout=60)
        outputs = service.outputs
        hub = ArtistHub(outputs["apiUrl"], user_pool_id=outputs["userPoolId"], http=http)
        made.append(hub)
        return hub

    yield make
    for hub in made:
        hub.close()


@pytest.fixture
def account(service: Service) -> str:
    """The address of an account without a profile."""
    return service.account().email


def with_profile(hub: ArtistHub, service: Service, role: Any) -> models.OwnProfile:
    """Sign in with a new account, and create its profile."""
    session = hub.sign_in(service.account().email, PASSWORD)
    me = hub.create_user(
        username=a_name(), role=role, display_name="Priya Sharma", born_on=date(1990, 5, 17)
    )
    seen = {"userId": me.user_id, "role": role}
    service.verify(Person(service, token=session.access_token, me=seen))
    return hub.get_me()


def test_a_person_signs_up_confirms_and_signs_in(service: Service, new_hub: NewHub) -> None:
    hub, email = new_hub(), service.address()
    code = service.mailbox.sign_up_code

    assert hub.sign_up(email=email, password=PASSWORD).next_ == "confirm"
    hub.confirm_sign_up(email=email, code=code, password=PASSWORD)
    session = hub.sign_in(email, PASSWORD)

    assert session.device
    assert [device.device_key for device in each(hub.list_devices)] == [session.device.key]
    with pytest.raises(errors.ProfileRequired):
        hub.get_me()


def test_a_wrong_password_is_an_error(account: str, new_hub: NewHub) -> None:
    with pytest.raises(errors.SignInFailed) as caught:
        new_hub().sign_in(account, "Monsoon-Stage-2025")
    assert (caught.value.status, caught.value.code) == (401, "SignInFailed")
    assert caught.value.request_id


def test_a_recruiter_publishes_and_an_artist_applies(service: Service, new_hub: NewHub) -> None:
    recruiter, artist = new_hub(), new_hub()
    with_profile(recruiter, service, "recruiter")
    person = with_profile(artist, service, "artist")
    unpaid = models.PayFields(kind="unpaid")
    roles = [models.RoleFields(title=title, pay=unpaid) for title in ("Dancer", "Singer")]
    draft = recruiter.create_casting(
        title="Dancers",
        description="An evening by the river.",
        category="dance",
        city="Kolkata",
        roles=roles,
    )
    casting = recruiter.set_casting_status(draft.casting_id, status="open", if_match=draft)
    for role in casting.roles:
        artist.apply_to_casting(casting.casting_id, role_id=role.role_id, share_contact=False)

    listed = list(each(recruiter.list_casting_applications, casting.casting_id, limit=1))

    assert {found.role_title for found in listed} == {"Dancer", "Singer"}
    assert {found.artist_id for found in listed} == {person.user_id}
    assert len(list(pages(recruiter.list_casting_applications, casting.casting_id, limit=1))) >= 2
    with pytest.raises(errors.AlreadyApplied):
        artist.apply_to_casting(
            casting.casting_id, role_id=casting.roles[0].role_id, share_contact=False
        )
    with pytest.raises(errors.Stale):
        recruiter.update_casting(casting.casting_id, if_match=draft, title="Singers")
    changed = recruiter.update_casting(
        casting.casting_id, if_match=casting, mode="remote", city=None
    )
    assert (changed.title, changed.mode, changed.city) == ("Dancers", "remote", None)


def test_all_wrong_fields_are_in_the_error(service: Service, new_hub: NewHub) -> None:
    hub = new_hub()
    with_profile(hub, service, "recruiter")

    with pytest.raises(errors.Invalid) as caught:
        hub.create_casting(title="", description="", category="dance", roles=[])
    pointers = [fault["pointer"] for fault in caught.value.errors]
    assert {"/title", "/description", "/roles"} <= set(pointers)


def test_the_same_key_creates_one_casting(service: Service, new_hub: NewHub) -> None:
    hub = new_hub()
    with_profile(hub, service, "recruiter")

    def create() -> str:
        return hub.create_casting(
            title="Dancers",
            description="An evening.",
            category="dance",
            city="Kolkata",
            roles=[models.RoleFields(title="Dancer")],
            idempotency_key="one",
        ).casting_id

    assert create() == create()


def test_each_sees_as_much_of_a_profile_as_they_may(service: Service, new_hub: NewHub) -> None:
    owner, other = new_hub(), new_hub()
    me = with_profile(owner, service, "artist")
    with_profile(other, service, "recruiter")

    assert isinstance(owner.get_user(me.user_id), models.OwnProfile)
    assert isinstance(other.get_user(me.user_id), models.PublicProfile)
    owner.update_user(if_match=owner.get_me(), privacy="private")
    assert isinstance(other.get_user(me.user_id), models.LimitedProfile)


def test_a_session_is_refreshed_before_its_token_expires(account: str, new_hub: NewHub) -> None:
    hub = new_hub()
    old = hub.sign_in(account, PASSWORD)
    hub.session = Session.from_json(replace(old, expires_at=0).to_json())

    list(each(hub.list_devices))

    assert hub.session.access_token != old.access_token
    assert hub.session.device == old.device


def test_a_token_that_the_service_refuses_is_refreshed(account: str, new_hub: NewHub) -> None:
    hub = new_hub()
    hub.session = replace(hub.sign_in(account, PASSWORD), access_token="nonsense")

    list(each(hub.list_devices))

    assert hub.session.access_token != "nonsense"


def test_a_session_ends_with_the_sign_out(account: str, new_hub: NewHub) -> None:
    hub = new_hub()
    session = hub.sign_in(account, PASSWORD)

    hub.sign_out()

    assert hub.session is None
    hub.session = replace(session, expires_at=0)
    with pytest.raises(errors.SessionEnded):
        list(each(hub.list_devices))


def test_a_remembered_device_needs_no_code(account: str, new_hub: NewHub) -> None:
    hub = new_hub()
    device = hub.sign_in(account, PASSWORD, remember=True, device_name="Phone").device
    totp = pyotp.TOTP(hub.set_up_totp().secret)
    hub.confirm_totp(code=totp.now())

    assert new_hub().sign_in(account, PASSWORD, device=device).device == device
    with pytest.raises(TotpRequired):
        new_hub().sign_in(account, PASSWORD)
    assert new_hub().sign_in(account, PASSWORD, totp=totp.now).device != device


def test_a_forgotten_device_is_replaced(account: str, new_hub: NewHub) -> None:
    hub = new_hub()
    device = hub.sign_in(account, PASSWORD, remember=True).device
    assert device
    hub.forget_device(device.key)

    renewed = new_hub().sign_in(account, PASSWORD, device=device).device

    assert renewed
    assert renewed != device


def test_a_picture_is_uploaded_in_one_call(service: Service, new_hub: NewHub) -> None:
    hub = new_hub()
    with_profile(hub, service, "artist")

    upload = hub.upload(an_image(), "image/jpeg")

    picture = hub.set_picture(media_url=upload.media_url).picture
    assert picture
    assert hub.get_picture(*picture.small.split("/")[3:]).startswith(b"\xff\xd8")
    assert hub.get_media(*upload.media_url.split("/")[3:]).startswith("http")


@pytest.mark.embedded_only("follows the README, which uses the codes of the embedded AWS")
def test_the_examples_of_the_readme_run(instance: Instance, tmp_path: Any) -> None:
    readme = (CLIENT / "README.md").read_text()
    blocks = re.findall(r"^```python\n(.*?)^```$", readme, re.M | re.S)
    (tmp_path / ".artisthub").symlink_to(instance.state)
    (tmp_path / "portrait.png").write_bytes(an_image("PNG"))

    finished = subprocess.run(
        [sys.executable, "-W", "error", "-c", "\n".join(blocks)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(CLIENT / "src"), "NO_PROXY": "127.0.0.1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert finished.returncode == 0, finished.stderr
    assert "Narrator draft" in finished.stdout
    assert "Nothing is new" in finished.stdout
    assert "/title must not be empty" in finished.stdout
