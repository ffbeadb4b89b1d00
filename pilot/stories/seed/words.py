"""What the large number of stories is made of: topics, flows between services, and gains.

Each phrase stands in bokmål and nynorsk. Topics and flows are combined freely, as needs are in
life: the same plan is missed on the way in and on the way out.
"""

from dataclasses import dataclass
from typing import NamedTuple


class Words(NamedTuple):
    """A phrase in bokmål and in nynorsk."""

    nb: str
    nn: str

    def read(self, language: str) -> str:
        return self.nn if language == "nn" else self.nb


@dataclass(frozen=True)
class Topic:
    """What somebody needs to see, with the pieces of information in it."""

    name: Words  # definite, as in «se …»
    elements: tuple[Words, ...]
    solution: str  # the key of the national solution that is wished for


@dataclass(frozen=True)
class Flow:
    """From where to where, and who stands at the far end."""

    source: str  # key of a care setting
    target: str
    where: Words  # «fra …»
    when: Words
    role: Words


W = Words


def _topic(nb: str, nn: str, solution: str, *elements: tuple[str, str]) -> Topic:
    return Topic(W(nb, nn), tuple(W(*one) for one in elements), solution)


_DATE = ("dato og ansvarlig", "dato og ansvarleg")
_CONTACT = ("kontaktperson", "kontaktperson")

TOPICS = (
    _topic(
        "legemidlene som faktisk deles ut",
        "legemidla som faktisk blir delte ut",
        "pll",
        ("legemidler i bruk", "legemiddel i bruk"),
        ("siste utdeling", "siste utdeling"),
        ("cave", "cave"),
        _DATE,
    ),
    _topic(
        "endringene i multidosen",
        "endringane i multidosen",
        "multidose",
        ("multidoseordinasjon", "multidoseordinasjon"),
        ("årsak", "årsak"),
        ("neste pakking", "neste pakking"),
    ),
    _topic(
        "epikrisen",
        "epikrisa",
        "dokumentdeling",
        ("epikrise", "epikrise"),
        ("kontrolltimer", "kontrolltimar"),
        ("endringer i legemidler", "endringar i legemiddel"),
    ),
    _topic(
        "vurderingen av funksjonsnivå",
        "vurderinga av funksjonsnivå",
        "dokumentdeling",
        ("funksjonsvurdering", "funksjonsvurdering"),
        ("hjelpemidler", "hjelpemiddel"),
        _DATE,
        _CONTACT,
    ),
    _topic(
        "tiltaksplanen",
        "tiltaksplanen",
        "ny",
        ("tiltak", "tiltak"),
        ("mål", "mål"),
        ("døgnrytme", "døgnrytme"),
        _CONTACT,
    ),
    _topic(
        "behandlingsavklaringen",
        "behandlingsavklaringa",
        "kjernejournal",
        ("behandlingsavklaring", "behandlingsavklaring"),
        ("forhåndssamtale", "førehandssamtale"),
        _DATE,
        ("pårørende", "pårørande"),
    ),
    _topic(
        "allergier og annen kritisk informasjon",
        "allergiar og annan kritisk informasjon",
        "kjernejournal",
        ("allergier", "allergiar"),
        ("kritisk informasjon", "kritisk informasjon"),
        ("kilde", "kjelde"),
    ),
    _topic(
        "prøvesvarene fra de siste ukene",
        "prøvesvara frå dei siste vekene",
        "provesvar",
        ("prøvesvar", "prøvesvar"),
        ("referanseområde", "referanseområde"),
        _DATE,
    ),
    _topic(
        "målingene av blodtrykk og vekt",
        "målingane av blodtrykk og vekt",
        "pmd",
        ("blodtrykk", "blodtrykk"),
        ("vekt", "vekt"),
        ("grenseverdier", "grenseverdiar"),
    ),
    _topic(
        "utviklingen i NEWS2",
        "utviklinga i NEWS2",
        "pmd",
        ("NEWS2-skår", "NEWS2-skår"),
        ("vitale målinger", "vitale målingar"),
        ("tidspunkt", "tidspunkt"),
    ),
    _topic(
        "den palliative planen",
        "den palliative planen",
        "ny",
        ("palliativ plan", "palliativ plan"),
        ("medikamentskrin", "medikamentskrin"),
        ("ønsket behandlingssted", "ønskt behandlingsstad"),
        ("pårørende", "pårørande"),
    ),
    _topic(
        "kriseplanen",
        "kriseplanen",
        "ny",
        ("varseltegn", "varselteikn"),
        ("hva som hjelper", "kva som hjelper"),
        _CONTACT,
    ),
    _topic(
        "egenbehandlingsplanen",
        "eigenbehandlingsplanen",
        "dho",
        ("egenbehandlingsplan", "eigenbehandlingsplan"),
        ("grenseverdier", "grenseverdiar"),
        ("avtalte tiltak ved forverring", "avtalte tiltak ved forverring"),
    ),
    _topic(
        "hendelsene fra trygghetsalarmen",
        "hendingane frå tryggleiksalarmen",
        "vkp",
        ("alarmtype", "alarmtype"),
        ("respons", "respons"),
        ("tidspunkt", "tidspunkt"),
    ),
    _topic(
        "uttakene fra medisindispenseren",
        "uttaka frå medisindispensaren",
        "vkp",
        ("uttak", "uttak"),
        ("manglende uttak", "manglande uttak"),
        ("tidspunkt", "tidspunkt"),
    ),
    _topic(
        "ernæringskartleggingen",
        "ernæringskartlegginga",
        "ny",
        ("vekt", "vekt"),
        ("ernæringsplan", "ernæringsplan"),
        ("svelgevansker", "svelgjevanskar"),
    ),
    _topic(
        "bildene av såret",
        "bileta av såret",
        "dokumentdeling",
        ("sårbilde", "sårbilete"),
        ("sårmål", "sårmål"),
        ("stelleintervall", "stelleintervall"),
    ),
    _topic(
        "fallrisikoen",
        "fallrisikoen",
        "ny",
        ("fallrisikovurdering", "fallrisikovurdering"),
        ("tidligere fall", "tidlegare fall"),
        ("hjelpemidler", "hjelpemiddel"),
    ),
    _topic(
        "aktive vedtak og tjenester",
        "aktive vedtak og tenester",
        "ny",
        ("aktive vedtak", "aktive vedtak"),
        ("omfang", "omfang"),
        _CONTACT,
    ),
    _topic(
        "individuell plan",
        "individuell plan",
        "ny",
        ("mål", "mål"),
        ("tiltak", "tiltak"),
        ("ansvarlige", "ansvarlege"),
        ("neste møte", "neste møte"),
    ),
    _topic(
        "språk og tolkebehov",
        "språk og tolkebehov",
        "kjernejournal",
        ("språk", "språk"),
        ("tolkebehov", "tolkebehov"),
        ("kommunikasjonshjelpemidler", "kommunikasjonshjelpemiddel"),
    ),
    _topic(
        "hvem som er pårørende",
        "kven som er pårørande",
        "kjernejournal",
        ("pårørende", "pårørande"),
        ("telefon", "telefon"),
        ("fullmakter", "fullmakter"),
    ),
    _topic(
        "rehabiliteringsmålene",
        "rehabiliteringsmåla",
        "dokumentdeling",
        ("rehabiliteringsmål", "rehabiliteringsmål"),
        ("funksjonstester", "funksjonstestar"),
        ("restriksjoner", "restriksjonar"),
    ),
    _topic(
        "resultatene av demensutredningen",
        "resultata av demensutgreiinga",
        "meldinger",
        ("kartlegging", "kartlegging"),
        ("pårørendesamtale", "pårørandesamtale"),
        ("funksjonsvurdering", "funksjonsvurdering"),
    ),
    _topic(
        "vaksinene som er gitt",
        "vaksinane som er gitt",
        "sysvak",
        ("vaksiner gitt", "vaksinar gitt"),
        ("dato", "dato"),
        ("planlagte vaksiner", "planlagde vaksinar"),
    ),
    _topic(
        "forventet dato for utskriving",
        "venta dato for utskriving",
        "meldinger",
        ("forventet utskrivingsdato", "venta utskrivingsdato"),
        ("hjelpebehov", "hjelpebehov"),
        _CONTACT,
    ),
    _topic(
        "smittestatus og isolering",
        "smittestatus og isolering",
        "kjernejournal",
        ("smittestatus", "smittestatus"),
        ("tiltak", "tiltak"),
        _DATE,
    ),
    _topic(
        "hvem som har lest opplysningene",
        "kven som har lese opplysningane",
        "helsenorge",
        ("rolle", "rolle"),
        ("organisasjon", "organisasjon"),
        ("tidspunkt", "tidspunkt"),
    ),
)
