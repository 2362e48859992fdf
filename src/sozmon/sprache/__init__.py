"""Numbers → German: words for values, sentences and alt texts from Indikatorwerte. Pure, plain text, no markup."""

from sozmon.sprache.alt_tafeln import alt_steigung, alt_verlaeufe, alt_vielfache, alt_waerme
from sozmon.sprache.alt_weitere import alt_gestapelt, alt_gruppiert, alt_pyramide
from sozmon.sprache.alttexte import alt_linie, alt_punkte, alt_rangfolge
from sozmon.sprache.befunde import (
    Auffaelligkeit,
    Befundlage,
    find_auffaelligkeiten,
    satz_auswahl,
    waehle_auffaellige,
)
from sozmon.sprache.grundlage import satz_stand
from sozmon.sprache.gruppensaetze import satz_gruppe
from sozmon.sprache.kernsaetze import satz_kernaussage
from sozmon.sprache.rangsaetze import satz_rang, satz_richtung
from sozmon.sprache.raumname import Raumwort, ebenenwort, raumwort
from sozmon.sprache.saetze import absatz_befund, satz_anschluss, satz_entwicklung
from sozmon.sprache.titel import Titelwort, titelwort
from sozmon.sprache.vergleichssaetze import satz_spannweite, satz_vergleich
from sozmon.sprache.worte import (
    anzahl,
    aufzaehlung,
    datum,
    menge,
    prozent,
    prozentpunkte,
    unterschied,
    wert_mit_einheit,
    zahl,
    zeit_wann,
)

__all__ = [
    "Auffaelligkeit",
    "Befundlage",
    "Raumwort",
    "Titelwort",
    "absatz_befund",
    "alt_gestapelt",
    "alt_gruppiert",
    "alt_linie",
    "alt_punkte",
    "alt_pyramide",
    "alt_rangfolge",
    "alt_steigung",
    "alt_verlaeufe",
    "alt_vielfache",
    "alt_waerme",
    "anzahl",
    "aufzaehlung",
    "datum",
    "ebenenwort",
    "find_auffaelligkeiten",
    "menge",
    "prozent",
    "prozentpunkte",
    "raumwort",
    "satz_anschluss",
    "satz_auswahl",
    "satz_entwicklung",
    "satz_gruppe",
    "satz_kernaussage",
    "satz_rang",
    "satz_richtung",
    "satz_spannweite",
    "satz_stand",
    "satz_vergleich",
    "titelwort",
    "unterschied",
    "waehle_auffaellige",
    "wert_mit_einheit",
    "zahl",
    "zeit_wann",
]
