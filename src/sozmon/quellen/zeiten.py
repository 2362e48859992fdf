"""Times as offices write them → zeit and zeitart as sozmon keeps them."""

from __future__ import annotations

import calendar
import re
from typing import NamedTuple

from sozmon.zahlen import MONATE, parse_datum


class Zeit(NamedTuple):
    """zeit text, zeitart, and a dimension that the time itself carries ('semester=winter') or ''."""

    zeit: str
    zeitart: str
    zusatz: str = ""


_JAHR = re.compile(r"(?P<j>\d{4})")
_SCHULJAHR = re.compile(r"(?:SJ\s*)?(?P<j>\d{4})/(?P<k>\d{4}|\d{2})")
_MONAT = re.compile(
    r"(?P<j>\d{4})-(?P<m>\d{2})(?:P1M)?|(?P<j2>\d{4}) MONAT(?P<m2>\d{2})|(?P<w>[A-Za-zä]{3,9})\.? (?P<j3>\d{4})"
)
_QUARTAL = re.compile(
    r"(?P<j>\d{4})-?Q(?P<q>[1-4])|(?P<q2>[1-4])\. ?(?:Quartal|Vj\.?) (?P<j2>\d{4})|(?P<j3>\d{4}) QUART\w?(?P<q3>[1-4])"
)
_DAUER = re.compile(r"(?P<j>\d{4})-(?P<m>\d{2})(?:-01)?P(?P<n>3M|6M|12M|1Y)")
_SEMESTER = re.compile(r"(?P<w>WS|SS|Wintersemester|Sommersemester) (?P<j>\d{4})(?:/(?P<k>\d{2,4}))?")


def parse_zeit(text: str) -> Zeit:
    """Read a delivered time: '31.12.2023', '2023', '2023-05', '2023-10P6M', '2022/23', '1. Quartal 2023' …

    ValueError with a German reason when it is none of these.
    """
    text = " ".join(text.split())
    if _JAHR.fullmatch(text):
        return Zeit(_jahr(text), "jahr")
    if treffer := _SCHULJAHR.fullmatch(text):
        jahr = int(_jahr(treffer["j"]))
        if (jahr + 1) % 100 != int(treffer["k"]) % 100:
            raise ValueError(f"„{text}“ sind nicht zwei aufeinander folgende Jahre")
        return Zeit(f"{jahr}/{(jahr + 1) % 100:02d}", "schuljahr")
    if treffer := _DAUER.fullmatch(text):
        return _dauer(int(_jahr(treffer["j"])), int(treffer["m"]), treffer["n"], text)
    if treffer := _MONAT.fullmatch(text):
        jahr_text = treffer["j"] or treffer["j2"] or treffer["j3"]
        monat = int(treffer["m"] or treffer["m2"] or 0) or _monat(treffer["w"], text)
        if not 1 <= monat <= 12:
            raise ValueError(f"„{text}“: diesen Monat gibt es nicht")
        return Zeit(f"{_jahr(jahr_text)}-{monat:02d}", "monat")
    if treffer := _QUARTAL.fullmatch(text):
        jahr_text = treffer["j"] or treffer["j2"] or treffer["j3"]
        return Zeit(f"{_jahr(jahr_text)}-Q{treffer['q'] or treffer['q2'] or treffer['q3']}", "quartal")
    if treffer := _SEMESTER.fullmatch(text):
        return _semester(int(_jahr(treffer["j"])), treffer["w"].startswith("W"))
    return Zeit(parse_datum(text), "stichtag")


def _jahr(text: str) -> str:
    if not 1800 <= int(text) <= 2200:
        raise ValueError(f"„{text}“ ist kein Jahr zwischen 1800 und 2200")
    return text


def _monat(wort: str, text: str) -> int:
    for nummer, monat in enumerate(MONATE, 1):
        if monat.startswith(wort.lower()):
            return nummer
    raise ValueError(f"„{text}“ ist keine Zeitangabe")


def _dauer(jahr: int, monat: int, dauer: str, text: str) -> Zeit:
    if dauer == "3M" and monat in (1, 4, 7, 10):
        return Zeit(f"{jahr}-Q{(monat + 2) // 3}", "quartal")
    if dauer == "6M" and monat in (4, 10):
        return _semester(jahr, monat == 10)
    if dauer in ("12M", "1Y") and monat == 1:
        return Zeit(str(jahr), "jahr")
    if dauer in ("12M", "1Y") and monat in (8, 9, 10):
        return Zeit(f"{jahr}/{(jahr + 1) % 100:02d}", "schuljahr")
    raise ValueError(f"„{text}“: dieser Zeitraum ist unbekannt")


def _semester(jahr: int, winter: bool) -> Zeit:
    """Winter 2023/24 and summer 2024 both belong to the academic year 2023/24."""
    beginn = jahr if winter else jahr - 1
    return Zeit(f"{beginn}/{(beginn + 1) % 100:02d}", "schuljahr", "semester=winter" if winter else "semester=sommer")


def als_zeitart(zeit: Zeit, zeitart: str) -> Zeit:
    """The same time as another kind: year → 31.12. for a Stichtag, a date → its year, month or quarter.

    ValueError when the kinds do not fit.
    """
    if not zeitart or zeitart == zeit.zeitart:
        return zeit
    jahrweise = ("jahr", "jahresmittel")
    tagweise = ("stichtag", "wahltag")
    if zeitart in tagweise and zeit.zeitart in jahrweise:
        return Zeit(f"{zeit.zeit}-12-31", zeitart, zeit.zusatz)
    if (zeitart in tagweise and zeit.zeitart in tagweise) or (zeitart in jahrweise and zeit.zeitart in jahrweise):
        return Zeit(zeit.zeit, zeitart, zeit.zusatz)
    if zeitart in jahrweise and zeit.zeitart in tagweise:
        return Zeit(zeit.zeit[:4], zeitart, zeit.zusatz)
    if zeitart == "monat" and zeit.zeitart in tagweise:
        return Zeit(zeit.zeit[:7], zeitart, zeit.zusatz)
    if zeitart == "quartal" and zeit.zeitart in tagweise:
        return Zeit(f"{zeit.zeit[:4]}-Q{(int(zeit.zeit[5:7]) + 2) // 3}", zeitart, zeit.zusatz)
    if zeitart == "schuljahr" and zeit.zeitart in jahrweise:
        jahr = int(zeit.zeit)
        return Zeit(f"{jahr}/{(jahr + 1) % 100:02d}", zeitart, zeit.zusatz)
    raise ValueError(f"die Zeit ist als {zeit.zeitart} geliefert, erwartet wird {zeitart}")


def stichtag_von(zeit: Zeit) -> str:
    """The day whose borders a value of this time follows: the day itself, else the end of month, quarter or year."""
    if zeit.zeitart in ("stichtag", "wahltag"):
        return zeit.zeit
    jahr = int(zeit.zeit[:4])
    if zeit.zeitart == "monat":
        return _monatsende(jahr, int(zeit.zeit[5:]))
    if zeit.zeitart == "quartal":
        return _monatsende(jahr, 3 * int(zeit.zeit[6:]))
    return f"{jahr}-12-31"


def _monatsende(jahr: int, monat: int) -> str:
    return f"{jahr}-{monat:02d}-{calendar.monthrange(jahr, monat)[1]:02d}"


def parse_stand(text: str) -> str:
    """Date of a Stand as ISO: '20241203', 13-digit milliseconds, '2024' (= 31.12.), 'Januar 2024' (= its last day),
    or a date. ValueError with a German reason."""
    text = " ".join(text.split())
    if re.fullmatch(r"\d{13}", text):
        import datetime

        return datetime.datetime.fromtimestamp(int(text) / 1000, datetime.UTC).date().isoformat()
    if re.fullmatch(r"\d{8}", text):
        return parse_datum(f"{text[:4]}-{text[4:6]}-{text[6:]}")
    return stichtag_von(parse_zeit(text))
