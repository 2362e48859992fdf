"""A small invented country for tests of territory: Land 98, two Kreise, a merger, a cut, a forest."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sozmon.quellen.gitter import Blatt
from sozmon.raeume import Aenderung, Aenderungsliste, Raeume, Register, RegisterRaum
from sozmon.raeume.gliederung import Raumgliederung, parse_gliederung

NAMEN = {
    "98001010": "Ahorn, Stadt",
    "98001020": "Buche",
    "98001030": "Eiche",
    "98001040": "Erle",
    "98001050": "Ährenfeld",
    "98001900": "Forst, gemfr. Gebiet",
    "98002010": "Ginster, Stadt",
    "98002020": "Heide/Berg",
    "98002030": "Buche",
    "98002040": "Zeder",
}
FLAECHEN = {
    "98001010": 80.11,
    "98001020": 20.22,
    "98001030": 30.33,
    "98001040": 7.44,
    "98001050": 50.55,
    "98001900": 12.0,
    "98002010": 60.61,
    "98002020": 33.32,
    "98002030": 25.23,
    "98002040": 20.24,
}
FUSION = "98001060"
"""Buche (98001020) and Eiche (98001030) become Buchenhain on 2022-01-01."""


def register(datum: str, flaechen: dict[str, float], namen: dict[str, str] | None = None) -> Register:
    """A register with all parents of the given Gemeinden; Verbandsfreie except 98001040/50 (Amt 5001)."""
    benannt = NAMEN | (namen or {})
    raeume = [RegisterRaum("98", "Musterland", "land", "98")]
    for kreis in sorted({g[:5] for g in flaechen}):
        raeume.append(RegisterRaum(kreis, {"98001": "Waldkreis", "98002": "Moorkreis"}[kreis], "kreis", kreis))
    verbaende = {}
    for g, flaeche in flaechen.items():
        vb = "5001" if g in ("98001040", "98001050") else f"0{g[5:]}"
        verbaende[g[:5] + vb] = "Amt Erlenau" if vb == "5001" else benannt[g]
        art = "66" if g == "98001900" else "64"
        einwohner = 0.0 if art == "66" else round(flaeche * 100)
        raeume.append(RegisterRaum(g, benannt[g], "gemeinde", g[:5] + vb + g[5:], art, flaeche, einwohner))
    raeume += [RegisterRaum(v, name, "verband", v, "50") for v, name in verbaende.items()]
    return Register(datum, tuple(raeume))


def register_2020() -> Register:
    return register("2020-12-31", FLAECHEN)


def register_2023() -> Register:
    flaechen = {g: f for g, f in FLAECHEN.items() if g not in ("98001020", "98001030")}
    flaechen[FUSION] = round(20.22 + 30.33, 2)
    return register("2023-12-31", flaechen, {FUSION: "Buchenhain"})


def aenderung(
    alt: str, neu: str, tag: str, arten: tuple[int, ...] = (1,), qm: float | None = None, **mehr: str
) -> Aenderung:
    namen = NAMEN | {FUSION: "Buchenhain"}
    return Aenderung(
        mehr.get("kennziffer", "98/2022/0001-R"),
        "Gemeinde",
        arten,
        mehr.get("ars_alt", f"{alt[:5]}0{alt[5:]}{alt[5:]}"),
        alt,
        mehr.get("name_alt", namen.get(alt, alt)),
        mehr.get("ars_neu", f"{neu[:5]}0{neu[5:]}{neu[5:]}"),
        neu,
        mehr.get("name_neu", namen.get(neu, neu)),
        tag,
        tag,
        qm,
    )


def liste(jahr: int, aenderungen: Iterable[Aenderung] = ()) -> Aenderungsliste:
    return Aenderungsliste(f"{jahr}-01-01", f"{jahr}-12-31", tuple(aenderungen))


def liste_2022() -> Aenderungsliste:
    return liste(
        2022,
        [
            aenderung("98001020", FUSION, "2022-01-01", qm=20.22e6),
            aenderung("98001030", FUSION, "2022-01-01", qm=30.33e6),
        ],
    )


def gliederung(text: str, name: str = "regionen") -> Raumgliederung:
    return parse_gliederung(name, [z.split(";") for z in text.strip().splitlines()], f"{name}.csv")


REGIONEN = f"""raum_id;raum;gemeinde;gueltig_ab;gueltig_bis
R1;Stadt;98001010;2015-01-01;
R2;Wald;98001020;2015-01-01;2021-12-31
R2;Wald;98001030;2015-01-01;2021-12-31
R2;Wald;{FUSION};2022-01-01;
R2;Wald;98001040;2015-01-01;
R10;Felder;98001050;2015-01-01;
"""


def land(*, mit_liste: bool = True, regionen: str = REGIONEN, gebietsstand: str = "") -> Raeume:
    """2020 and 2023 registers, the change lists between them on demand, regions of 98001."""
    listen = [liste(2021), liste_2022(), liste(2023)] if mit_liste else []
    gliederungen = [gliederung(regionen)] if regionen else []
    register = [register_2023(), register_2020()]
    return Raeume.aus_werten(register, listen, gliederungen, gebietsstand=gebietsstand, kreis="98001")


def blatt(zeilen: list[list[str | int | float]], name: str = "Tabelle", art: str = "xlsx") -> Blatt:
    return Blatt(name, zeilen, art)


def schreibe(ordner: Path, name: str, text: str, kodierung: str = "utf-8") -> Path:
    pfad = ordner / name
    pfad.write_bytes(text.encode(kodierung))
    return pfad
