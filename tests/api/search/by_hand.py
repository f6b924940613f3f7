"""Profiles and castings as people write them, and 100 searches as people type them.

The searches and their expected results were written by hand after the search itself, before anybody
ran them. They must not be changed to fit the search.
"""

from tests.api.search import corpus
from tests.api.search.corpus import Document, Kind, Query

STEP = 7  # generated documents between two of these

# The id, the name, the headline, the biography, the city and the category.
PEOPLE = """
lakshmi | Lakshmi Narayanan | Bharatanatyam dancer and teacher | Thirty years of arangetrams. | Chennai | dance
arindam | অরিন্দম গঙ্গোপাধ্যায় | থিয়েটার অভিনেতা | দশ বছর গ্রুপ থিয়েটার, দুটি বাংলা ছবি। | Kolkata | acting
sunita | सुनीता जोशी | शास्त्रीय गायिका | किराना घराना, भजन और ठुमरी। | Pune | music
karthik | கார்த்திக் முருகன் | கூத்து கலைஞர் | மதுரை அருகே பிறந்தவர், பறை வாசிப்பவர். | Madurai | acting
irfan | Mohammed Irfan Shaikh | Stunt performer | Parkour, falls from height, wire work. | Mumbai | acting
gurpreet | Gurpreet Kaur Dhillon | Punjabi playback singer | Songs for four films. | Chandigarh | music
dwijendra | Dwijendra Chowdhury | Sarod player | Senia school, concerts in Europe. | Kolkata | music
jyotsna | Jyotsna Deshpande | Actor and voice-over artist | Marathi stage, animation dubbing. | Pune | voice
vishwanathan | Vishwanathan R. K. | Mridangam | Accompanist of All India Radio. | Thanjavur | music
annemarie | Anne-Marie D'Souza | Jazz vocalist | Standards and bossa nova with a trio. | Panaji | music
bobby | Bhupinder "Bobby" Ahluwalia | Stand-up comedian | Clean humour for offices. | Delhi | comedy
kshitij | Kshitij Wagh | Cinematographer and drone operator | Own Alexa Mini. | Nashik | photography
ranganayaki | M. S. Ranganayaki | Carnatic violinist | Solo and with singers. | Mysuru | music
lalthanmawia | Lalthanmawia Ralte | Bass guitarist | Gospel, rock and funk. | Aizawl | music
sanatombi | Ngangom Sanatombi Devi | Manipuri dancer | Ras Leela and pung cholom. | Imphal | dance
xavier | Xavier Pinto | Saxophonist and arranger | Big band charts. | Mapusa | music
vidhya | Sree Vidhya Lakshmi | Child and family photographer | Daylight studio. | Coimbatore | photography
debjani | Debjani Mukhopadhyay | Puppet maker | Rod puppets for children's theatre. | Santiniketan | acting
yashodhara | Yashodhara Rathod | Kalbeliya folk dancer | With a troupe of seven. | Jodhpur | dance
faizan | Faizan Akhtar Ansari | Urdu lyricist | Ghazals and nazms for films. | Lucknow | writing
roshni | Roshni Thapa | Runway and print model | Bridal and sportswear. | Darjeeling | modelling
ezhilarasi | Ezhilarasi Pandian | Actor | Silambam and other Tamil martial arts. | Tiruchirappalli | acting
padmaja | Padmaja Rao | Make-up artist, prosthetics | Wounds, beards, old age. | Hyderabad | photography
hrishikesh | Hrishikesh Bhattacharjee | Sound designer | Field recordings of the Brahmaputra. | Guwahati | music
anjali | അഞ്ജലി നമ്പ്യാർ | കഥകളി കലാകാരി | കോഴിക്കോട് ജനിച്ചു വളർന്നു. | Kozhikode | dance
twins | Riddhi and Siddhi Shah | Twin sisters, actors | Two at once, nineteen years old. | Ahmedabad | acting
"""  # noqa: E501
LANGUAGES = {"gurpreet": ["punjabi"], "faizan": ["urdu"], "jyotsna": ["marathi"]}
FEMALE = {"gurpreet", "jyotsna", "roshni", "ezhilarasi", "padmaja", "sunita", "lakshmi"}
# The id, the name, the headline, the company and the city.
RECRUITERS = """
zeenat | Zeenat Merchant | Casting for streaming series | Blue Lotus Casting | Mumbai
harpreet | Harpreet Singh Sodhi | Live events and weddings | Tamasha Talent House | Delhi
"""
# The id, the title, the description, the role, the tags, the city and the category.
CASTINGS = """
inspector | Female lead for a Malayalam thriller | Night shoots in Fort Kochi; must drive a jeep. | Police inspector | feature film, malayalam | Kochi | acting
biryani | Background artists for a biryani commercial | One evening, sixty people who eat with joy. | Guest at a banquet | tvc, ad film | Hyderabad | acting
children | Child actors, 8 to 12, for a school web series | With a tutor on set. | Class monitor | web series, kids | Gurugram | acting
dhol | Dhol players and brass band for a wedding scene | Own uniforms welcome. | Band leader | feature film | Amritsar | music
kural | குரல் கலைஞர்கள் தேவை | தமிழ் ஒலிநூல் பதிவு, பத்து நாட்கள். | கதை சொல்பவர் | audiobook | Chennai | voice
dadi | लघु फ़िल्म के लिए दादी की भूमिका | गंगा घाट पर तीन दिन की शूटिंग। | दादी | short film | Varanasi | acting
jatra | যাত্রাপালার জন্য অভিনেতা চাই | শীতকালে বারোটি রাত, থাকা খাওয়া দেওয়া হবে। | খলনায়ক | jatra | Bardhaman | acting
anchor | Bilingual anchor for a cricket show | Hindi and English, live every evening of the league. | Anchor | live tv, sports | Mumbai | voice
warriors | Warriors for a Mahabharata stage musical | Sword fighting and singing, eight shows a week. | Kaurava | musical, theatre | Delhi | acting
crew | Hip-hop crew for a reality TV finale | Crews of six to ten. | B-boy | reality show | Mumbai | dance
plus | Plus-size models for ethnic wear | E-commerce shoot, lehengas and sarees. | Model | e-commerce, saree | Surat | modelling
museum | Mime artists for a museum night | Living statues between the galleries. | Statue | event | Ahmedabad | acting
bansuri | Bansuri player for a meditation album | Record at home, twelve tracks. | Flautist | album | Rishikesh | music
rapper | Marathi rapper for a music video | Own lyrics about the local train. | Rapper | music video, marathi | Pune | music
madhubala | Look-alike of Madhubala for a biopic | Screen test with costume. | Young Madhubala | biopic | Mumbai | acting
deaf | Deaf actor for a short film | Fluent in Indian Sign Language; interpreter on set. | Ravi, a baker | short film, inclusive | Bengaluru | acting
dialogue | Dialogue writer for a Bhojpuri feature | Two drafts in ten weeks. | Writer | feature film, bhojpuri | Patna | writing
stills | Still photographer for a monsoon schedule | Rain covers provided, tea estates. | Unit photographer | feature film | Munnar | photography
cruise | Singers and dancers for a cruise ship | Six months at sea, cabin included. | Vocalist | cruise, contract | Goa | music
kuchipudi | Kuchipudi dancers for a temple opening | Four items with live orchestra. | Dancer | classical | Vijayawada | dance
korean | Telugu dubbing artists for a Korean drama | Sixteen episodes. | Heroine | dubbing, k-drama | Hyderabad | voice
seniors | Senior citizens, 60+, for an insurance ad | Couples preferred. | Grandfather | ad film | Thane | acting
riders | Horse riders for a period epic | Cavalry scenes at Amer fort. | Rider | feature film, period | Jaipur | acting
tabla | Tabla accompanist for a Kathak recital | Lucknow gharana, three evenings. | Tabla | recital | Lucknow | music
tughlaq | Understudies for Tughlaq by Girish Karnad | Kannada production, tour in winter. | Barani | theatre, kannada | Mysuru | acting
"""  # noqa: E501

# The expected result, the typed text, and the chosen filters.
SEARCHES = {
    "by hand: names": """
        lakshmi | lakshmi narayanan
        irfan | irfan shaikh
        gurpreet | gurpreet dhillon
        dwijendra | chowdhury sarod
        annemarie | anne marie dsouza
        bobby | bobby ahluwalia
        vishwanathan | r k vishwanathan
        ranganayaki | m.s. ranganayaki
        lalthanmawia | ralte
        sanatombi | Sanatombi Devi
        zeenat | zeenat merchant
        harpreet | harpreet sodhi
        faizan | faizan ansari
        twins | riddhi siddhi
        """,
    "by hand: spellings": """
        irfan | mohammed irfan sheikh
        dwijendra | dwijendra choudhury
        lakshmi | laxmi narayanan
        vidhya | vidya lakshmi
        jyotsna | jyotsana deshpande
        yashodhara | yashodara rathod
        bobby | bhupindar ahluwalia
        hrishikesh | hrishikesh bhattacharya
        gurpreet | gurprit kaur
        kshitij | kshitiz wagh
        padmaja | makeup artist hyderabad
        jyotsna | voiceover artist pune
        bobby | standup comedian
        """,
    "by hand: scripts": """
        sunita | सुनीता जोशी
        sunita | शास्त्रीय गायिका
        sunita | ठुमरी
        arindam | অরিন্দম গঙ্গোপাধ্যায়
        arindam | থিয়েটার অভিনেতা
        karthik | கார்த்திக்
        karthik | கூத்து கலைஞர்
        anjali | അഞ്ജലി നമ്പ്യാർ
        anjali | കഥകളി
        dadi | दादी
        dadi | लघु फिल्म
        jatra | যাত্রাপালা
        jatra | অভিনেতা চাই
        kural | குரல் கலைஞர்கள்
        kural | தமிழ் ஒலிநூல்
        """,
    "by hand: typos": """
        inspector | malyalam thriller
        biryani | biriyani commercial
        children | child actros school
        warriors | sword fihgting
        anchor | crickt anchor
        museum | musuem mime
        bansuri | meditaton bansuri
        madhubala | madhubla
        kuchipudi | kuchipudy
        korean | koraen drama
        xavier | saxaphonist goa band
        kshitij | cinematograper nashik
        debjani | pupet maker
        irfan | parkuor
        vidhya | photograper coimbatore
        bobby | comedien | city=Delhi
        """,
    "by hand: beginnings": """
        bansuri | bans
        warriors | mahabh
        cruise | crui
        riders | period epi
        tabla | tab kath
        tughlaq | tughl
        ranganayaki | name=rangan
        lalthanmawia | name=lal ral
        ezhilarasi | silam
        hrishikesh | sound des
        faizan | ghaz | city=Lucknow
        zeenat | blue lot
        """,
    "by hand: cities": """
        children | child actor gurgaon
        jatra | burdwan
        vishwanathan | mridangam tanjore
        annemarie | jazz panjim
        ezhilarasi | trichy actor
        roshni | model | city=Darjeeling
        warriors | musical new delhi
        seniors | insurance | city=Thana
        museum | mime | city=Ahmedabad
        """,
    "by hand: plurals": """
        dhol | dhol player
        plus | plus size model
        rapper | marathi rappers
        riders | horse rider
        korean | telugu dubbing artist
        stills | still photographers
        seniors | senior citizen ad
        tughlaq | understudy
        yashodhara | folk dancers jodhpur
        jyotsna | marathi actress
        """,
    "by hand: several words": """
        deaf | sign language short film
        deaf | actor deaf bangalore
        dialogue | writer bhojpuri
        dhol | band wedding amritsar
        crew | hiphop crew
        tabla | kathak tabla lucknow
        cruise | ship singer
        faizan | lucknow lyricist urdu
        irfan | stunt mumbai wire
        kshitij | drone operator
        gurpreet | singer | language=punjabi | gender=female
        """,
}


def documents(size: int) -> list[tuple[Kind, Document]]:
    """These profiles and castings, spread among the newest of so many generated documents."""
    found: list[tuple[Kind, Document]] = [
        *(("user", _person(*row)) for row in _rows(PEOPLE)),
        *(("user", _recruiter(*row)) for row in _rows(RECRUITERS)),
        *(("casting", _casting(*row)) for row in _rows(CASTINGS)),
    ]
    return [
        (kind, corpus.stamps(size - STEP * number) | document)
        for number, (kind, document) in enumerate(found)
    ]


def queries() -> list[Query]:
    castings = {row[0] for row in _rows(CASTINGS)}
    return [
        Query(about, "casting" if expected in castings else "user", _filters(*typed), expected)
        for about, searches in SEARCHES.items()
        for expected, *typed in _rows(searches)
    ]


def _rows(table: str) -> list[list[str]]:
    return [line.strip().split(" | ") for line in table.strip().splitlines()]


def _filters(*typed: str) -> dict[str, str]:
    return dict((each if "=" in each else f"text={each}").split("=") for each in typed)


def _person(user_id: str, *texts: str) -> Document:
    name, headline, bio, city, category = texts
    return _profile(user_id, "artist", name, headline, city) | {
        "bio": bio,
        "categories": [category],
        "languages": LANGUAGES.get(user_id, []),
        "gender": "female" if user_id in FEMALE else None,
    }


def _recruiter(user_id: str, name: str, headline: str, company: str, city: str) -> Document:
    return _profile(user_id, "recruiter", name, headline, city) | {"companyName": company}


def _profile(user_id: str, role: str, name: str, headline: str, city: str) -> Document:
    return {
        "userId": user_id,
        "username": user_id[::-1],  # only the name itself finds somebody by name
        "role": role,
        "email": "someone@example.org",
        "displayName": name,
        "headline": headline,
        "city": city,
        "bornOn": "1990-05-17",
        "privacy": "public",
        "status": "active",
    }


def _casting(casting_id: str, *texts: str) -> Document:
    title, description, role, tags, city, category = texts
    return {
        "castingId": casting_id,
        "recruiterId": "zeenat",
        "title": title,
        "description": description,
        "category": category,
        "mode": "onsite",
        "city": city,
        "tags": tags.split(", "),
        "roles": [{"title": role, "roleId": "r1-0", "requirements": {}}],
        "roleCount": 1,
        "isPaid": False,
        "status": "open",
    }
