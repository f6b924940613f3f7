"""Texts that raise flags, and ordinary texts that do not."""

from collections.abc import Callable
from typing import Any

import pytest

from artisthub.applications import models as applications
from artisthub.castings import models as castings
from artisthub.connections import models as connections
from artisthub.flags import rules
from artisthub.shared import shapes
from artisthub.shared.models import Input, PageQuery
from artisthub.users import models as users
from tests import cpu

PHONES = [
    "9876543210",
    "Call 98765 43210 now",
    "+91 98765-43210",
    "+91-9876543210",
    "0091 9876543210",
    "919876543210",
    "09876543210",
    "(+91) 98765 43210",
    "987-654-3210",
    "9 8 7 6 5 4 3 2 1 0",
    "9.8.7.6.5.4.3.2.1.0",
    "9-8-7-6-5-4-3-2-1-0",
    "98_76_54_32_10",
    "98/76/54/32/10",
    "९८७६५४३२१०",
    "৯৮৭৬৫৪৩২১০",
    "௯௮௭௬௫௪௩௨௧௦",
    "٩٨٧٦٥٤٣٢١٠",
    "９８７６５４３２１０",
    "⁹⁸⁷⁶⁵⁴³²¹⁰",
    "⑨⑧⑦⑥⑤④③②①0",
    "9\ufe0f\u20e38\ufe0f\u20e37\ufe0f\u20e36\ufe0f\u20e35\ufe0f\u20e34\ufe0f\u20e33\ufe0f\u20e32\ufe0f\u20e31\ufe0f\u20e30\ufe0f\u20e3",
    "98\u200b765\u200b43210",
    "nine eight seven six five four three two one zero",
    "Nine-Eight-Seven-Six-Five-Four-Three-Two-One-Zero",
    "double nine eight seven six five four three two one",
    "nau aath saat che paanch char teen do ek shunya",
    "नौ आठ सात छह पांच चार तीन दो एक शून्य",
    "98765 four 3210",
    "98765 4321O",
    "My number, since 2024-2026: 98765 43210",
    "022 2345 6789 and 02223456789",
    "+1 (212) 555-0143",
    "+44 20 7946 0958",
    "+971501234567",
]


@pytest.mark.parametrize("text", PHONES)
def test_a_phone_number_in_any_spelling_raises_a_flag(text: str) -> None:
    assert "phone" in rules.reasons_of("/note", text)


CHANNELS = [
    "WhatsApp me",
    "whats app",
    "Whats-App only",
    "what's app",
    "w h a t s a p p",
    "w.h.a.t.s.a.p.p",
    "W_H_A_T_S_A_P_P",
    "wh4ts4pp",
    "wh@tsapp",
    "ＷｈａｔｓＡｐｐ",
    "𝗪𝗵𝗮𝘁𝘀𝗔𝗽𝗽",
    "Wh\u200ba\u200bt\u200bsapp",
    "Whаtsаpp with Cyrillic letters",
    "Ｗhátsápp",
    "watsapp pe aao",
    "व्हाट्सएप करो",
    "Telegram",
    "t e l e g r a m",
    "t3legram",
    "тelegram",
    "टेलीग्राम",
    "join t.me/casting",
    "wa.me/919876",
    "leela@example.com",
    "leela @ example . com",
    "leela(at)example(dot)com",
    "leela [at] example [dot] com",
    "leela at gmail dot com",
    "leela at gmail",
    "https://casting.example/form",
    "http://casting.example",
    "www.casting.example",
    "casting-agency.com",
    "casting agency dot com",
    "bit.ly/abc",
]


@pytest.mark.parametrize("text", CHANNELS)
def test_another_channel_in_any_spelling_raises_a_flag(text: str) -> None:
    assert "channel" in rules.reasons_of("/description", text)


MONEY = [
    "Registration fee 500 rupees",
    "Pay a registration fee of ₹500",
    "joining charges Rs 1000",
    "r e g i s t r a t i o n   f e e",
    "Refundable deposit",
    "a security deposit is required",
    "Please send money first",
    "send 500 rs to confirm",
    "Transfer the amount",
    "Pay ₹ 999 for the audition",
    "Paytm or GPay accepted",
    "P a y t m",
    "UPI id",
    "scan the QR code",
    "leela@okaxis",
    "processing fees apply",
    "You pay before the audition",
    "audition ke liye fees jama karo",
    "paise bhejo",
    "रजिस्ट्रेशन फीस 500",
    "पैसे भेज दो",
    "portfolio charges",
    "ID card: identity card fee",
]


@pytest.mark.parametrize("text", MONEY)
def test_asking_for_money_raises_a_flag(text: str) -> None:
    assert "money" in rules.reasons_of("/description", text)


ORDINARY = [
    "",
    "Ten days of shooting on the backwaters.",
    "Dancers for a river festival, 18 to 25 years, Kolkata.",
    "Paid role: ₹15,000 a day, 10 days.",
    "Rs 60000-70000 for the project",
    "The fee for the artist is 5000 a day.",
    "No registration fee. We never ask artists to pay.",
    "Shooting from 2026-11-25 to 2026-12-05, 10:00 to 18:30.",
    "Height 5'8\", weight 65-70 kg, ages 6, 7 and 8.",
    "Born in 1996, trained 2014-2018 at NSD, 120 shows.",
    "I speak Hindi, Tamil and English; I dance Kathak.",
    "What's appealing: what's a pity, what sap runs in this tree?",
    "The signal for the actors is a bell.",
    "मैं एक अभिनेत्री हूँ और दो साल से थिएटर करती हूँ।",
    "Reading at the studio. In the evening we rehearse.",
    "Season 1, episodes 1-10; casting 3 women and 2 men.",
    "Budget 1,50,000 for 3 days",
    "PIN 700001, Park Street 22/7",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_text_raises_no_flag(text: str) -> None:
    assert rules.reasons_of("/description", text) == []


URLS = {
    "https://video.example/reel": [],
    "https://instagram.com/leela": [],
    "https://wa.me/919876543210": ["channel"],
    "https://t.me/casting": ["channel"],
    "https://chat.whatsapp.com/abc": ["channel"],
    "https://example.com/t.me": [],
    "https://cat.me/x": [],
}


@pytest.mark.parametrize("url", URLS)
def test_an_address_raises_a_flag_only_if_it_leads_to_a_messenger(url: str) -> None:
    assert rules.reasons_of("/portfolio/0/url", url) == URLS[url]


SLOW = {
    "letters": "w " * 2_500,
    "digits": "9 8" * 1_600,
    "digits in one word": "9" * 5_000,
    "words of digits": "nine " * 1_000,
    "ats": "a@" * 2_500,
    "dots": "a." * 2_500,
    "dot words": "a dot " * 800,
    "fees": "registration " * 400,
    "pay to the": "pay to the " * 450,
    "marks": "a" + "\u0315" * 2_500 + "\u0316" * 2_500,
    "wide": "Ｗ" * 5_000,
    "whats": "whatsa" * 800,
    "plus": "+" * 5_000,
    "spaces": " " * 5_000,
}


@pytest.mark.parametrize("name", SLOW)
def test_no_text_takes_long(name: str) -> None:
    assert cpu.seconds_of(lambda: rules.reasons_of("/description", SLOW[name])) < 0.05


def test_only_new_and_changed_texts_raise_flags() -> None:
    before = {"/title": "Call 9876543210", "/description": "Hello"}
    after = {"/title": "Call 9876543210", "/description": "On WhatsApp", "/roles/0/title": "Dancer"}

    [found] = rules.found_in(before, after)

    assert (found.place, found.reasons) == ("/description", ["channel"])


# The texts that others can read, by the input that brings them and the item that stores them.
LOOKED_AT: dict[type[Input], tuple[Callable[[Any], rules.Texts], Callable[[Any], Any]]] = {
    castings.CastingFields: (rules.texts_of_casting, lambda sent: sent),
    castings.NewDocument: (rules.texts_of_casting, lambda sent: {"documents": [sent]}),
    users.NewUser: (rules.texts_of_user, lambda sent: sent),
    users.NewUsername: (rules.texts_of_user, lambda sent: sent),
    users.NewPortfolioItem: (rules.texts_of_user, lambda sent: {"portfolio": [sent]}),
    users.NewWorkExperience: (rules.texts_of_user, lambda sent: {"workExperience": [sent]}),
    applications.NewApplication: (rules.texts_of_application, lambda sent: sent),
    applications.NewAudition: (rules.texts_of_audition, lambda sent: {"audition": sent}),
    connections.NewConnection: (rules.texts_of_connection, lambda sent: sent),
}
PARTS_OF_OTHERS = {
    castings.MoneyFields, castings.PayFields, castings.RequirementsFields, castings.RoleFields,
    users.ProfileFields, applications.StatusChange, applications.StatusChanges,
}  # fmt: skip
# Only their author reads them, or nobody: ids in a query.
PRIVATE = {applications.Assessment, applications.NoteFields, applications.RelationsQuery}
# Ids; and the phone number that an artist shares by consent.
NOT_TEXTS = {"roleId", "userId", "itemIds", "phone"}


def filled(part: shapes.Part, name: str, text: str) -> Any:
    """A value whose free texts are all this one."""
    if isinstance(part, shapes.Fields):
        values = {each: filled(of, each, text) for each, of in part.parts.items()}
        return {each: value for each, value in values.items() if value}
    if isinstance(part, shapes.Items):
        item = filled(part.item, name, text)
        return [item] if item else []
    if isinstance(part, shapes.Choice):
        return next(filter(None, (filled(each, name, text) for each in part.members)), None)
    return text if isinstance(part, shapes.Text) and name not in NOT_TEXTS else None


def count(value: Any) -> int:
    if isinstance(value, dict | list):
        return sum(map(count, value.values() if isinstance(value, dict) else value))
    return int(value is not None)


@pytest.mark.weakness(56)
@pytest.mark.parametrize("shape", LOOKED_AT, ids=lambda shape: shape.__name__)
def test_every_text_that_others_can_read_is_looked_at(shape: type[Input]) -> None:
    texts_of, stored = LOOKED_AT[shape]
    sent = filled(shapes.of(shape), "", "https://wa.me/1")

    found = rules.found_in({}, texts_of(stored(sent)))

    assert count(sent) > 0
    assert len(found) == count(sent)
    assert texts_of(None) == {}


@pytest.mark.weakness(56)
def test_every_input_is_looked_at_or_private() -> None:
    features = (castings, users, applications, connections)
    sent = {
        shape
        for feature in features
        for shape in vars(feature).values()
        if isinstance(shape, type) and issubclass(shape, Input) and not issubclass(shape, PageQuery)
        if shape is not Input and filled(shapes.of(shape), "", "text")
    }

    assert sent - PARTS_OF_OTHERS - PRIVATE == LOOKED_AT.keys()


@pytest.mark.weakness(56)
def test_no_text_makes_the_cache_of_characters_grow_without_bound() -> None:
    every = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x20000)]))

    rules.reasons_of("/description", every)

    assert rules._plain_character.cache_info().currsize <= 4_096
