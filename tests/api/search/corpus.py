"""The demo, castings and people as a large stage has them, and what queries must find there.

Everything else comes from a seed. Each title has an invented word that few documents have, such as
the name of a film.
"""

import random
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, NamedTuple

from artisthub.shared import clock
from embedded import demo

Document = dict[str, Any]
Kind = Literal["casting", "user"]


def _words(text: str) -> list[str]:
    return text.split()


FIRST = _words("""
Aarav Aditi Akash Amit Ananya Anil Anjali Arjun Asha Bhavna Chitra Deepak Devika Divya Farhan
Fatima Gaurav Geeta Harish Imran Ishaan Jaya Kabir Kavya Kiran Lakshmi Leela Madhav Malini Manoj
Meera Mohammed Nandini Naveen Neha Nikhil Nisha Padma Pooja Pranav Priya Rahul Rajesh Ramya Ravi
Rekha Rohan Sameer Sandhya Sanjay Shabana Shalini Siddharth Sneha Sunita Suresh Tanvi Tenzin
Uday Varun Vidya Vikram Yamini Yusuf Zainab Zoya Joseph Maria Thomas Lalrempuii
""")
LAST = _words("""
Acharya Agarwal Ahmed Banerjee Basu Bhat Bose Chakraborty Chatterjee Chauhan Chopra Das Desai
Deshmukh Dutta Fernandes Gandhi Ghosh Gogoi Gupta Hegde Iyengar Iyer Jadhav Jain Joshi Kapoor
Kaur Khan Krishnan Kulkarni Kumar Lobo Mahajan Malhotra Mehta Menon Mishra Mukherjee Naidu Nair
Namboodiri Pandey Patel Patil Pillai Qureshi Rajan Rao Rathore Reddy Saxena Sengupta Shah Sharma
Shetty Singh Sinha Sridharan Subramaniam Swamy Thakur Tripathi Varma Venkatesan Verma Wangmo
Warrier Yadav Zachariah
""")
NAMES = [
    *("प्रिया शर्मा", "अनिल गायकवाड़", "நந்தினி சுப்பிரமணியம்", "முத்துலட்சுமி ராஜன்", "অনিন্দিতা মুখোপাধ্যায়"),
    *("শুভঙ্কর চট্টোপাধ্যায়", "ലക്ഷ്മി മേനോൻ", "ഗോപാലകൃഷ്ണൻ നായർ", "ಸಂಧ್ಯಾ ಹೆಗಡೆ", "రమ్య నాయుడు", "ਗੁਰਪ੍ਰੀਤ ਕੌਰ"),
    *(
        "ફાલ્ગુની પટેલ",
        "ऋतुराज देशमुख",
        "विद्यालक्ष्मी अय्यर",
        "Zoë Fernandes",
        "José D'Souza",
        "Renée O'Brien",
    ),
]
WORK = _words("""
Actor Accordionist Acrobat Announcer Bassist Bharatanatyam Cellist Cinematographer Clarinetist
Comedian Choreographer Dancer Drummer Dubbing Fiddler Flautist Gaffer Ghazal Guitarist Harmonium
Illustrator Juggler Kathak Kathakali Keyboardist Lyricist Magician Makeup Mime Model Mridangam
Narrator Percussionist Photographer Pianist Playback Puppeteer Qawwali Rapper Saxophonist
Scriptwriter Singer Sitarist Storyteller Stuntman Stylist Tabla Trumpeter Veena Ventriloquist
Violinist Voiceover Xylophonist
""")
SKILLS = [
    *("guitar", "horse riding", "kathak", "swimming", "fencing", "sitar", "tabla", "improvisation"),
    *("kalaripayattu", "beatboxing", "calligraphy", "mimicry", "juggling", "archery", "veena"),
    *(
        "contemporary",
        "hip hop",
        "carnatic",
        "hindustani",
        "dubbing",
        "narration",
        "odissi",
        "chhau",
    ),
]
LANGUAGES = _words("""
hindi english tamil telugu bengali marathi kannada malayalam urdu gujarati punjabi
""")
CITIES = {
    **dict.fromkeys(("Mumbai", "Bombay"), "Mumbai"),
    **dict.fromkeys(("Bengaluru", "Bangalore"), "Bengaluru"),
    **dict.fromkeys(("Chennai", "Madras"), "Chennai"),
    **dict.fromkeys(("Kolkata", "Calcutta"), "Kolkata"),
    **dict.fromkeys(("Kochi", "Cochin"), "Kochi"),
    **dict.fromkeys(("Mysuru", "Mysore"), "Mysuru"),
    **{
        each: each
        for each in ["Delhi", "Hyderabad", "Pune", "Jaipur", "Lucknow", "Guwahati", "Goa", "Indore"]
    },
    "Navi Mumbai": "Navi Mumbai",
}
KINDS = ["feature film", "web series", "music video", "short film", "stage play", "advertisement"]
SENTENCES = [
    "We are looking for people with experience on stage and in front of the camera.",
    "Rehearsals begin in March and the shooting takes about forty days near the city.",
    "Travel and accommodation are provided; please send a recent showreel.",
    "The story follows a family that runs an old cinema in a small town.",
    "Beginners with a strong voice are welcome, and training will be given.",
    "The director has worked on several award winning documentaries about rivers.",
]
SCRIPTS = {
    # As written, and as people ask for it.
    "नृत्यांगना": "नृत्यांगना",
    "हिंदी नाटक": "हिन्दी नाटक",
    "ज़िंदगी": "जिंदगी",
    "நாட்டியம்": "நாட்டியம்",
    "বাউল সঙ্গীত": "বাউল সঙ্গীত",
    "സംഗീതം": "സംഗീതം",
    "ನಾಟಕ ಕಲಾವಿದ": "ನಾಟಕ ಕಲಾವಿದ",
    "Café théâtre": "cafe theatre",
}
CATEGORIES = ["acting", "comedy", "dance", "modelling", "music", "photography", "voice", "writing"]
FIRST_DAY = datetime(2025, 1, 1, tzinfo=UTC)
_SYLLABLES = _words("""
ba cha de gha ji ka lo mu na pra ra shi su ta ve ya zu mba ndo rka lli
""")


class Query(NamedTuple):
    """A search, and the id of a document that its first page must have."""

    about: str
    kind: Kind
    filters: dict[str, str]
    expected: str


def documents(size: int, seed: int = 15) -> Iterator[tuple[Kind, Document]]:
    """Generated documents: two castings for every three people."""
    chance = random.Random(seed)
    for number in range(size):
        yield (
            ("casting", _casting(chance, number))
            if number % 5 < 2
            else ("user", _user(chance, number))
        )


def documents_of_the_demo() -> Iterator[tuple[Kind, Document]]:
    for number, profile in enumerate(demo.PROFILES):
        yield (
            "user",
            stamps(number)
            | {"userId": profile["username"], "status": "active"}
            | {
                "email": "a@example.org",
                **profile,
            },
        )
    for number, (recruiter, status, _, fields) in enumerate(demo.CASTINGS):
        roles = [role | {"roleId": f"r1-{n}"} for n, role in enumerate(fields["roles"])]
        own = {"castingId": fields["title"], "recruiterId": recruiter, "status": status}
        more = {"roles": roles, "roleCount": len(roles), "isPaid": True}
        yield "casting", stamps(number) | fields | own | more


def stamps(number: int) -> Document:
    at = clock.text(FIRST_DAY + timedelta(minutes=number))
    return {"createdAt": at, "updatedAt": at, "publishedAt": at, "version": 1}


def _casting(chance: random.Random, number: int) -> Document:
    work, name = chance.choice(WORK), invented(chance)
    ending = f" in {script}" if (script := chance.choice([*SCRIPTS, *[""] * 40])) else ""
    city, kind = chance.choice(list(CITIES)), chance.choice(KINDS)
    role = {"title": f"{work} {number % 7}", "roleId": "r1-0", "requirements": {}}
    return stamps(number) | {
        "castingId": str(uuid.UUID(int=chance.getrandbits(128))),
        "recruiterId": "kavya",
        "title": f"{work} for the {kind} {name.title()}{ending}",
        "description": f"{' '.join(chance.sample(SENTENCES, 3))} Set in {city}.",
        "category": chance.choice(CATEGORIES),
        "mode": chance.choice(["onsite", "onsite", "remote", "hybrid"]),
        "city": city,
        "tags": [kind, chance.choice(SKILLS)],
        "roles": [role],
        "roleCount": 1,
        "isPaid": False,
        "status": "open",
    }


def _user(chance: random.Random, number: int) -> Document:
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    if chance.random() < 0.02:
        name = chance.choice(NAMES)
    work, city = chance.choice(WORK), chance.choice(list(CITIES))
    is_artist = chance.random() < 0.8
    own = {"skills": chance.sample(SKILLS, 3), "languages": chance.sample(LANGUAGES, 2)}
    company = {
        "companyName": f"{invented(chance).title()} {chance.choice(['Films', 'Talent', 'Arts'])}"
    }
    return stamps(number) | {
        "userId": str(uuid.UUID(int=chance.getrandbits(128))),
        "username": f"{invented(chance)}{number % 100}",
        "role": "artist" if is_artist else "recruiter",
        "email": "someone@example.org",
        "displayName": name,
        "headline": f"{work} from {city}",
        "bio": " ".join(chance.sample(SENTENCES, 2)),
        "city": city,
        "categories": chance.sample(CATEGORIES, 2),
        "gender": chance.choice(["female", "male", "nonbinary", "other"]),
        "bornOn": f"{chance.randint(1960, 2005)}-05-17",
        "privacy": "public",
        "status": "active",
        **(own if is_artist else company),
    }


def invented(chance: random.Random) -> str:
    """A word such as `praloveka`."""
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(3, 5)))


def mistyped(chance: random.Random, word: str) -> str:
    """The word with one letter too many, too few or wrong, or two swapped."""
    at = chance.randrange(len(word) - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz".replace(word[at], ""))
    wrong = chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )
    return wrong if wrong != word else word[:at] + letter + word[at + 1 :]


# Queries over the demo: the parameter, what is expected, and what is asked.
OF_THE_DEMO: list[tuple[Kind, str, str, str]] = [
    (
        "casting",
        "text",
        "Lead and sister for a web series",
        "cinema, cinem, cinmea, sister, siter, projectionist, projection, series hindi, lead web, "
        "mumbai episodes, bombay epsiodes, younger, tara sister, family",
    ),
    (
        "casting",
        "text",
        "Dancers for a river festival",
        "dancer, dancers, danc, festival, festivl, fest, calcutta dance, contemporary, "
        "contemporry, rehearsal, open air, ensemble, river, rivers",
    ),
    (
        "casting",
        "text",
        "Faces for a handloom catalogue",
        "handloom, handlom, catalog, weaver, model guwahati, gauhati, photograph",
    ),
    (
        "user",
        "text",
        "priya",
        "priya, pryia, sharma priya, theatre, theatr, horse ridng, improv, actor mumbai",
    ),
    (
        "user",
        "text",
        "rohan",
        "rohan das, choreographer, choreo, choreografer, chhau, dancer kolkata",
    ),
    ("user", "name", "meera", "meera, mee kris, krishnan, krishann"),
    ("user", "text", "imran", "qureshi, quershi, bariton, dubbing, narrat"),
    ("user", "text", "kavya", "andheri casting, andhri, director films"),
    ("user", "text", "nandini", "marina talent, commercial, fashon"),
]


def queries_of_the_demo() -> list[Query]:
    return [
        Query("demo", kind, {parameter: text}, expected)
        for kind, parameter, expected, texts in OF_THE_DEMO
        for text in texts.split(", ")
    ]


def queries(of: list[tuple[Kind, Document]], seed: int = 16) -> list[Query]:
    """Queries over generated documents. With those over the demo, they are 200."""
    chance = random.Random(seed)
    castings = [each for kind, each in of if kind == "casting"]
    people = [each for kind, each in of if kind == "user"]
    ways = [(_of_castings, castings)] * 72 + [(_of_people, people)] * 64
    return [ask(chance, number, among) for number, (ask, among) in enumerate(ways)]


def _of_castings(chance: random.Random, number: int, among: list[Document]) -> Query:
    target = chance.choice(among)
    work, name = target["title"].split()[0], _name_of(target)
    city = {"city": CITIES[target["city"]]}
    ways: list[tuple[str, dict[str, str]]] = [
        ("words", {"text": f"{name} {work}"}),
        ("beginnings", {"text": name[:5]}),
        ("typos", {"text": mistyped(chance, name)}),
        ("typos", {"text": mistyped(chance, name)} | city),
        ("two words, one typo", {"text": f"{mistyped(chance, work.lower())} {name}"}),
        ("plurals", {"text": f"{work.lower()}s {name}"}),
        ("city names", {"text": f"{name} {target['city']}"} | city),
    ]
    if number % 9 == 7:
        target = _newest(among, lambda each: each["title"].endswith(tuple(SCRIPTS)), chance)
        written = target["title"].partition(" in ")[2]
        return Query(
            "scripts", "casting", {"text": SCRIPTS[written]} | _where(target), target["castingId"]
        )
    if number % 9 == 8:
        start = work[: max(4, len(work) - 3)].lower()
        target = next(
            each
            for each in reversed(among)
            if each["title"].lower().startswith(start) and CITIES[each["city"]] == city["city"]
        )
        return Query(
            "beginnings of common words", "casting", {"text": start} | city, target["castingId"]
        )
    about, filters = ways[number % 9]
    return Query(about, "casting", filters, target["castingId"])


def _of_people(chance: random.Random, number: int, among: list[Document]) -> Query:
    target = _newest(among, lambda each: each["displayName"].isascii(), chance)
    first, last = target["displayName"].lower().split()
    where = _where(target)
    wrong = mistyped(chance, last) if len(last) > 4 else last
    ways: list[tuple[str, dict[str, str]]] = [
        ("words", {"text": f"{first} {last}"} | where),
        ("beginnings", {"name": f"{first[:3]} {last[:4]}"} | where),
        ("typos", {"text": f"{first} {wrong}"} | where),
        ("typos", {"name": f"{first} {wrong}"} | where),
        ("beginnings", {"text": target["username"][:7]}),
        ("typos", {"name": mistyped(chance, target["username"])}),
    ]
    if number % 8 == 6:
        target = _newest(among, lambda each: each["displayName"] in NAMES, chance)
        return Query("scripts", "user", {"text": target["displayName"]}, target["userId"])
    if number % 8 == 7:
        target = _newest(among, lambda each: each["role"] == "recruiter", chance)
        company = target["companyName"].split()[0].lower()
        return Query("typos", "user", {"text": mistyped(chance, company)}, target["userId"])
    about, filters = ways[number % 8]
    return Query(about, "user", filters, target["userId"])


def _name_of(casting: Document) -> str:
    kind = casting["tags"][0]
    return str(casting["title"].partition(f"{kind} ")[2].split()[0].lower())


def _where(document: Document) -> dict[str, str]:
    return {"city": CITIES[document["city"]]}


def _newest(among: list[Document], fits: Any, chance: random.Random) -> Document:
    """A fitting document among the newest 400, which a first page can have."""
    recent = [each for each in among if fits(each)][-400:]
    chosen: Document = chance.choice(recent[-20:] if len(recent) < 400 else recent)
    return chosen
