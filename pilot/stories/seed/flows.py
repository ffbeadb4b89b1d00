"""Between which services something is missed, what is gained, and what happens today."""

from pilot.stories.seed.words import Flow, Words

W = Words


def _flow(source: str, target: str, *phrases: tuple[str, str]) -> Flow:
    where, when, role = (W(*one) for one in phrases)
    return Flow(source, target, where, when, role)


_HOME = ("hjemmetjenesten", "heimetenesta")
_HOSPITAL = ("sykehuset", "sjukehuset")
_GP = ("fastlegen", "fastlegen")
_NURSING = ("sykehjemmet", "sjukeheimen")
_HOME_NURSE = ("sykepleier i hjemmetjenesten", "sjukepleiar i heimetenesta")
_NURSE = ("sykepleier på sykehjem", "sjukepleiar på sjukeheim")
_DOCTOR = ("lege på legevakt", "lege på legevakt")
_AT_HOME = ("før første besøk hjemme", "før første besøk heime")
_EMERGENCY = ("når noen ringer om natten", "når nokon ringjer om natta")
_ADMISSION = ("ved innleggelse", "ved innlegging")

FLOWS = (
    _flow("sykehus", "hjemmetjeneste", _HOSPITAL, _AT_HOME, _HOME_NURSE),
    _flow(
        "legevakt",
        "hjemmetjeneste",
        ("legevakten", "legevakta"),
        ("dagen etter", "dagen etter"),
        _HOME_NURSE,
    ),
    _flow(
        "fastlege",
        "hjemmetjeneste",
        _GP,
        ("når noe endres", "når noko blir endra"),
        ("primærkontakt i hjemmetjenesten", "primærkontakt i heimetenesta"),
    ),
    _flow(
        "sykehjem",
        "hjemmetjeneste",
        _NURSING,
        ("etter et korttidsopphold", "etter eit korttidsopphald"),
        _HOME_NURSE,
    ),
    _flow("hjemmetjeneste", "legevakt", _HOME, _EMERGENCY, _DOCTOR),
    _flow("sykehjem", "legevakt", _NURSING, _EMERGENCY, _DOCTOR),
    _flow(
        "fastlege",
        "legevakt",
        _GP,
        _EMERGENCY,
        ("sykepleier på legevakt", "sjukepleiar på legevakt"),
    ),
    _flow(
        "hjemmetjeneste", "sykehus", _HOME, _ADMISSION, ("lege i akuttmottak", "lege i akuttmottak")
    ),
    _flow(
        "sykehjem",
        "sykehus",
        _NURSING,
        _ADMISSION,
        ("sykepleier i akuttmottak", "sjukepleiar i akuttmottak"),
    ),
    _flow(
        "psykisk-helse-og-rus",
        "sykehus",
        ("psykisk helse og rus", "psykisk helse og rus"),
        _ADMISSION,
        ("psykolog på distriktspsykiatrisk senter", "psykolog på distriktspsykiatrisk senter"),
    ),
    _flow(
        "hjemmetjeneste",
        "fastlege",
        _HOME,
        ("før årskontrollen", "før årskontrollen"),
        ("fastlege", "fastlege"),
    ),
    _flow(
        "legevakt",
        "fastlege",
        ("legevakten", "legevakta"),
        ("neste morgen", "neste morgon"),
        ("fastlege", "fastlege"),
    ),
    _flow(
        "sykehus",
        "fastlege",
        _HOSPITAL,
        ("etter utskriving", "etter utskriving"),
        ("fastlege", "fastlege"),
    ),
    _flow(
        "kad",
        "hjemmetjeneste",
        ("kommunal akutt døgnplass", "KAD"),
        ("ved hjemreise", "ved heimreise"),
        _HOME_NURSE,
    ),
    _flow(
        "hjemmetjeneste",
        "kad",
        _HOME,
        ("den første timen", "den første timen"),
        ("sykepleier på kommunal akutt døgnplass", "sjukepleiar på KAD"),
    ),
    _flow(
        "hjemmetjeneste", "sykehjem", _HOME, ("ved korttidsopphold", "ved korttidsopphald"), _NURSE
    ),
    _flow(
        "sykehus",
        "sykehjem",
        _HOSPITAL,
        ("før pasienten kommer", "før pasienten kjem"),
        ("sykehjemslege", "sjukeheimslege"),
    ),
    _flow(
        "sykehus",
        "tildelingskontor",
        _HOSPITAL,
        ("tidlig i oppholdet", "tidleg i opphaldet"),
        ("saksbehandler på tildelingskontoret", "saksbehandlar på tildelingskontoret"),
    ),
    _flow(
        "responssenter",
        "hjemmetjeneste",
        ("responssenteret", "responssenteret"),
        ("etter en utrykning", "etter ei utrykking"),
        _HOME_NURSE,
    ),
    _flow(
        "ambulanse",
        "legevakt",
        ("ambulansen", "ambulansen"),
        ("før pasienten er framme", "før pasienten er framme"),
        _DOCTOR,
    ),
    _flow(
        "sykehus",
        "rehabilitering",
        _HOSPITAL,
        ("før oppstart", "før oppstart"),
        ("fysioterapeut i kommunal rehabilitering", "fysioterapeut i kommunal rehabilitering"),
    ),
    _flow(
        "sykehus",
        "psykisk-helse-og-rus",
        _HOSPITAL,
        ("samme uke", "same veke"),
        ("psykiatrisk sykepleier i kommunen", "psykiatrisk sjukepleiar i kommunen"),
    ),
    _flow(
        "hjemmetjeneste",
        "hjemmetjeneste",
        ("hjemkommunen", "heimkommunen"),
        ("når noen er på hytta", "når nokon er på hytta"),
        ("sykepleier i en hyttekommune", "sjukepleiar i ein hyttekommune"),
    ),
    _flow(
        "jordmortjeneste",
        "helsestasjon",
        ("jordmortjenesten", "jordmortenesta"),
        ("før hjemmebesøket", "før heimebesøket"),
        ("helsesykepleier", "helsesjukepleiar"),
    ),
)

GAINS = (
    W("vi slipper å ringe rundt", "vi slepp å ringje rundt"),
    W(
        "pasienten slipper å fortelle det samme på nytt",
        "pasienten slepp å fortelje det same på nytt",
    ),
    W("vi oppdager forverring tidligere", "vi oppdagar forverring tidlegare"),
    W("riktig hjelp er på plass fra første dag", "rett hjelp er på plass frå første dag"),
    W(
        "vi unngår feil som ingen ser før det er for seint",
        "vi unngår feil som ingen ser før det er for seint",
    ),
    W("pasienten kan være hjemme lenger", "pasienten kan vere heime lenger"),
    W(
        "vi bruker tiden på pasienten og ikke på å lete",
        "vi bruker tida på pasienten og ikkje på å leite",
    ),
    W("pårørende slipper å være budbringere", "pårørande slepp å vere bodberarar"),
    W("vi unngår en unødvendig innleggelse", "vi unngår ei unødvendig innlegging"),
    W("alle arbeider etter den samme planen", "alle arbeider etter den same planen"),
)
TODAY = (
    W(
        "I dag ringer vi, og venter gjerne en halv time på svar.",
        "I dag ringjer vi, og ventar gjerne ein halv time på svar.",
    ),
    W(
        "I dag kommer opplysningene på papir, eller ikke i det hele tatt.",
        "I dag kjem opplysningane på papir, eller ikkje i det heile.",
    ),
    W("I dag skriver vi det samme inn i to systemer.", "I dag skriv vi det same inn i to system."),
    W(
        "I dag får vi vite det av pårørende, ofte flere dager etterpå.",
        "I dag får vi vite det av pårørande, ofte fleire dagar etterpå.",
    ),
    W("", ""),
)
CRITERIA = (
    W("Opplysningene vises innen ti sekunder", "Opplysningane blir viste innan ti sekund"),
    W(
        "Tidspunkt og kilde vises ved hver opplysning",
        "Tidspunkt og kjelde blir viste ved kvar opplysning",
    ),
    W(
        "Oppslaget logges og er synlig for innbyggeren",
        "Oppslaget blir logga og er synleg for innbyggjaren",
    ),
    W(
        "Bare ansatte med tjenstlig behov har tilgang",
        "Berre tilsette med tenstleg behov har tilgang",
    ),
    W("Endringer siden sist er merket", "Endringar sidan sist er merkte"),
    W(
        "Opplysningene kan leses også når journalsystemet er nede",
        "Opplysningane kan lesast òg når journalsystemet er nede",
    ),
)
#: Markdown, as people write it.
BACKGROUND = (
    W(
        "Vi ser dette oftest i helger og ferier, når vikarene ikke kjenner pasientene.\n\n"
        "**Det som skjer i dag:**\n\n- noen leter i tre systemer\n- noen ringer\n- noen gir opp",
        "Vi ser dette oftast i helger og feriar, når vikarane ikkje kjenner pasientane.\n\n"
        "**Det som skjer i dag:**\n\n- nokon leiter i tre system\n- nokon ringjer\n- nokon gir opp",
    ),
    W(
        "Behovet kom fram i en gjennomgang av avvik. Tjenestene er enige om at opplysningene "
        "finnes, men at de ligger der ingen ser dem.",
        "Behovet kom fram i ein gjennomgang av avvik. Tenestene er samde om at opplysningane "
        "finst, men at dei ligg der ingen ser dei.",
    ),
    W(
        "Vi har prøvd med en felles perm. Den virket til den ble glemt i en bil.",
        "Vi har prøvd med ein felles perm. Han verka til han blei gløymd i ein bil.",
    ),
    W("", ""),
)
