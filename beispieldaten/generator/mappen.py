"""Workbooks: register, change list, INKAR, elections, the order from the employment office; fixed properties."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping, Sequence

import xlsxwriter
import xlwt

from .gebiet import (
    FUSION,
    FUSIONSGEMEINDE,
    GEMEINDEN,
    KREIS,
    KREISNAMEN,
    LAND,
    NACHBAR,
    REGIERUNGSBEZIRK,
    STADT,
    TEILE_DER_FUSION,
    VERBAENDE,
    Gemeinde,
    gemeinden_am,
)
from .merkmale import JAHRE_SGB2, LISTEN, WAHLEN, Merkmale, Wahl, anteil, im_kreis, summe_wahl
from .modell import Modell, zwischen
from .text import HINWEIS

Zelle = str | int | float | None
Blatt = tuple[str, Sequence[Sequence[Zelle]]]


def xlsx(blaetter: Iterable[Blatt], verbunden: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """A workbook; text stays text, numbers stay numbers, ``verbunden`` merges ranges per sheet."""
    puffer = io.BytesIO()
    mappe = xlsxwriter.Workbook(puffer, {"in_memory": True, "strings_to_numbers": False, "strings_to_urls": False})
    mappe.set_properties({"created": datetime.datetime(2025, 1, 1), "comments": HINWEIS, "title": "Beispieldaten"})
    kopf = mappe.add_format({"align": "center", "valign": "vcenter", "text_wrap": True})
    for name, zeilen in blaetter:
        blatt = mappe.add_worksheet(name)
        bereiche = list((verbunden or {}).get(name, ()))
        for bereich in bereiche:
            blatt.merge_range(bereich, "", kopf)
        for z, zeile in enumerate(zeilen):
            for s, wert in enumerate(zeile):
                if wert is None or wert == "":
                    continue
                if isinstance(wert, str):
                    blatt.write_string(z, s, wert)
                else:
                    blatt.write_number(z, s, wert)
    mappe.close()
    return puffer.getvalue()


# --------------------------------------------------------------------------------------------------
# Gemeindeverzeichnis

_STAEDTISCH = {1: "dicht besiedelt", 2: "mittlere Besiedlungsdichte", 3: "gering besiedelt"}
_FUSSNOTEN = (
    "",
    "Quelle: Gemeindeverzeichnis-Informationssytem GV-ISys",
    "",
    "1) Abweichungen bei den Flächenangaben sind durch Runden der Zahlen möglich.",
    "2) Fortschreibung auf Grundlage des Zensus 2011.",
    "3) Die Postleitzahlen sind erfunden; die Koordinaten liegen in der Nordsee.",
    "",
    HINWEIS,
)


def _gv_gemeinde(g: Gemeinde, modell: Modell, jahr: int, nummer: int) -> list[Zelle]:
    teile = TEILE_DER_FUSION if g.ags == FUSIONSGEMEINDE.ags else (g.ags,)
    zellen = modell.bevoelkerung(teile, jahr, "2011")
    maenner, frauen = sum(zellen[0]), sum(zellen[1])
    ew = maenner + frauen
    art = "61" if g.kreis == STADT else "63" if g.zusatz else "64"
    dichte = (200 * ew + g.flaeche) // (2 * g.flaeche)
    grad = 1 if ew > 100000 else 2 if ew > 5000 and dichte > 100 else 3
    grade = [4_500_000 + 37_123 * (nummer % 9), 54_600_000 + 29_456 * (nummer // 9)]
    laenge, breite = (f"{grad // 10**6},{grad % 10**6:06d}" for grad in grade)
    schluessel = [g.ags[:2], g.ags[2], g.ags[3:5], g.vb, g.ags[5:]]
    return [
        "60", art, *schluessel, g.name_am(jahr), g.flaeche / 100, ew, maenner, frauen,
        dichte, f"00{101 + nummer}", laenge, breite,
        "Z01" if g.kreis == KREIS else "Z02", "Auental" if g.kreis == KREIS else "Birkenland Mitte", f"0{grad}",
        _STAEDTISCH[grad],
    ]  # fmt: skip


def _gv_zeilen(modell: Modell, jahr: int) -> list[list[Zelle]]:
    land, bezirk = LAND, REGIERUNGSBEZIRK
    zeilen: list[list[Zelle]] = [["10", "", land[0], "", "", "", "", land[1]]]
    zeilen.append(["20", "", land[0], bezirk[0][2], "", "", "", f"früher: Direktionsbezirk {bezirk[1]}"])
    gemeinden, nummer = gemeinden_am(jahr), 0
    for kreis in (STADT, KREIS, NACHBAR):
        teile = [kreis[:2], kreis[2], kreis[3:]]
        name = KREISNAMEN[kreis] + (", Landeshauptstadt" if kreis == STADT else "")
        zeilen.append(["40", "41" if kreis == STADT else "44", *teile, "", "", name])
        letzter = ""
        for g in sorted((g for g in gemeinden if g.kreis == kreis), key=lambda g: (g.vb, g.ags)):
            if g.vb != letzter:
                gemeinsam = VERBAENDE.get((kreis, g.vb), "")
                zeilen.append(["50", "54" if gemeinsam else "50", *teile, g.vb, "", gemeinsam or g.name_am(jahr)])
                letzter = g.vb
            zeilen.append(_gv_gemeinde(g, modell, jahr, nummer))
            nummer += 1
    return zeilen


def gemeindeverzeichnis(modell: Modell, jahr: int) -> bytes:
    """GV-ISys extract of 31.12. of ``jahr``: Satzart 10 to 60, population of the Fortschreibung, basis Zensus 2011."""
    tag = f"31.12.{jahr} (Jahr)"
    kopf: list[list[Zelle]] = [
        [f"Gemeinden in Deutschland nach Fläche, Bevölkerung und Postleitzahl am {tag}"],
        [],
        ["Satz-art", "Text-kenn-zeichen", "Amtlicher Regionalschlüssel (ARS)", "", "", "", "", "Gemeindename",
         "Fläche km2 1)", "Bevölkerung2)", "", "", "", "Postleit-zahl3)", "Geografische Mittelpunktkoordinaten", "",
         "Reisegebiete", "", "Grad der Verstädterung"],
        ["", "", "Land", "RB", "Kreis", "VB", "Gem", "", "", "insgesamt", "männlich", "weiblich", "je km2", "",
         "Längengrad", "Breitengrad", "Schlüssel", "Bezeichnung", "Schlüssel", "Bezeichnung"],
        ["", "", f"Gebietsstand am {tag}", "", "", "", "", "", tag, "", "", "", "", "",
         *[t for _ in range(3) for t in (f"Zuordnungsstand am 31.12.{jahr}", "")]],
        [],
    ]  # fmt: skip
    erschienen = f"September {jahr + 1}"
    inhalt: list[Sequence[Zelle]] = [[] for _ in range(51)]
    for z, text in {
        3: "Beispieldaten von sozmon", 8: "Gemeindeverzeichnis",
        9: "Alle politisch selbständigen Gemeinden (mit Gemeindeverband) in Deutschland",
        10: "nach Fläche, Bevölkerung, Bevölkerungsdichte",
        11: "und der Postleitzahl des Verwaltungssitzes der Gemeinde.",
        17: "Deutschland", 18: f"{LAND[0]}  {LAND[1]}", 36: f"Gebietsstand: {tag}",
        37: f"Erscheinungsmonat: {erschienen}", 48: HINWEIS,
    }.items():  # fmt: skip
        inhalt[z] = [text]
    blatt = "Onlineprodukt_Gemeinden" + (f"3112{jahr}" if jahr > 2021 else "")
    zeilen: list[Sequence[Zelle]] = [*kopf, *_gv_zeilen(modell, jahr), *([t] for t in _FUSSNOTEN)]
    bereiche = (
        "A1:T1",
        "A3:A5",
        "B3:B5",
        "C3:G3",
        "H3:H4",
        "I3:I4",
        "J3:M3",
        "N3:N5",
        "O3:P3",
        "C5:H5",
        "Q3:R3",
        "S3:T3",
    )
    return xlsx([("Inhalt", inhalt), (blatt, zeilen)], {blatt: bereiche})


def gebietsaenderungen(modell: Modell) -> bytes:
    """Official change list of 2022: the merger, and a change of a name."""
    von_bis = "Gebietsänderungen vom 01.01. - 31.12.2022"
    tag = ".".join(reversed(FUSION.split("-")))
    neu = FUSIONSGEMEINDE
    kopf: list[Sequence[Zelle]] = [
        [von_bis, "", "", "", "", "", "", "", von_bis],
        ["Kennziffer", "Regionaleinheit", "Abgebende / Aufgelöste Gemeinde", "", "", "", "", "",
         "Aufnehmende / Neugebildete Gemeinde", "", "", "Wirksamkeitsdatum"],
        ["", "", "Amtlicher Regionalschlüssel (ARS)", "Amtlicher Gemeinde-schlüssel (AGS)", "Name", "Änderungs-art 1)",
         "Fläche qm", "Einwohner", "Amtlicher Regionalschlüssel (ARS)", "Amtlicher Gemeinde-schlüssel (AGS)", "Name",
         "juristisch", "statistisch"],
        [],
    ]  # fmt: skip
    nr = f"{LAND[0]}/2022/0001-R"
    alte = [g for g in GEMEINDEN if g.ags in TEILE_DER_FUSION]
    verband = KREIS + alte[0].vb
    zeilen: list[Sequence[Zelle]] = [
        [
            nr,
            "Gemeindeverband",
            verband,
            "",
            VERBAENDE[KREIS, alte[0].vb],
            1,
            "",
            "",
            neu.ars[:9],
            "",
            neu.name,
            tag,
            tag,
        ]
    ]
    for g in alte:
        ew = zwischen(modell.bevoelkerung([g.ags], 2021, "2011"), 0, 101)
        zeilen.append(
            [nr, "Gemeinde", g.ars, g.ags, g.name, 1, g.flaeche * 10000, ew, neu.ars, neu.ags, neu.name, tag, tag]
        )
    rosen = next(g for g in GEMEINDEN if "Rosenstadt" in g.zusatz)
    nr2, alt = f"{LAND[0]}/2022/0002-R", rosen.name_am(2021)
    zeilen.append([nr2, "Gemeinde", rosen.ars, rosen.ags, alt, "4", "", "", rosen.ars, rosen.ags, rosen.voller_name,
                   "01.07.2022", "01.07.2022"])  # fmt: skip
    fuss = ["", "", "1) Änderungsart:", "    1 = Auflösung", "    2 = Teilausgliederung", "    3 = Schlüsseländerung"]
    zeilen += [[t] for t in [*fuss, "    4 = Namensänderung", "", HINWEIS]]
    deckblatt: list[Sequence[Zelle]] = [[] for _ in range(49)]
    deckblatt[8] = ["Daten aus dem Gemeindeverzeichnis"]
    deckblatt[9] = ["Gebietsänderungen vom 01.01. bis 31.12.2022"]
    deckblatt[10] = ["Erscheinungsmonat: Januar 2023"]
    deckblatt[46] = [HINWEIS]
    bereiche = {"Gebietsaenderungen": ("A1:H1", "I1:M1", "A2:A3", "B2:B3", "C2:H2", "I2:K2", "L2:M2")}
    return xlsx([("Deckblatt", deckblatt), ("Gebietsaenderungen", [*kopf, *zeilen])], bereiche)


# --------------------------------------------------------------------------------------------------
# INKAR

_INKAR_QUELLE = (
    "Quelle (Zitierhinweis): Indikatoren und Karten zur Raum- und Stadtentwicklung. INKAR. Ausgabe 2024. "
    f"{HINWEIS}.\r\n© erfunden"
)


def inkar(kurz: str, lang: str, quelle: str, anmerkung: str, werte: dict[str, dict[int, int]]) -> bytes:
    """INKAR workbook (BIFF): counts by Gemeinde on the borders of 31.12.2021, years as text."""
    jahre = range(2014, 2022)
    mappe = xlwt.Workbook(encoding="utf-8")
    daten = mappe.add_sheet("Daten")
    kopf = [["Kennziffer", "Raumeinheit", "Aggregat", *[kurz] * len(jahre)], ["", "", "", *map(str, jahre)]]
    for z, zeile in enumerate(kopf):
        for s, text in enumerate(zeile):
            daten.write(z, s, text)
    for z, g in enumerate(GEMEINDEN, 2):
        for s, wert in enumerate([g.ags, g.name_am(2021), "Gemeinden", *(werte[g.ags][j] for j in jahre)]):
            daten.write(z, s, wert)
    meta = mappe.add_sheet("Metadaten")
    meta.write(0, 0, "Dokumentation der exportierten Indikatoren")
    for s, text in enumerate(("Indikator", "Langname", "Quelle", "Berechnungsgrundlage", "Anmerkungen")):
        meta.write(1, s, text)
    for s, text in enumerate((kurz, lang, quelle, "", anmerkung)):
        meta.write(2, s, text)
    mappe.add_sheet("Quellangabe").write(0, 0, _INKAR_QUELLE)
    puffer = io.BytesIO()
    mappe.save(puffer)
    return puffer.getvalue()


def inkar_dateien(modell: Modell, m: Merkmale) -> dict[str, bytes]:
    """Both INKAR workbooks: annual mean of Arbeitslose, inhabitants from 15 to under 65 on 31.12."""
    erwerbsfaehige = {
        g.ags: {j: zwischen(modell.bevoelkerung([g.ags], j, "2011"), 15, 65) for j in range(2014, 2022)}
        for g in GEMEINDEN
    }
    name = "Erwerbsfähige Bevölkerung (15 bis unter 65 Jahre)"
    return {
        "A_Arbeitslosigkeit.xls": inkar(
            "Arbeitslose", "Zahl der Arbeitslosen insgesamt", "Arbeitsmarktstatistik (erfunden)",
            "Es handelt sich um die Zahl der Arbeitslosen im Jahresdurchschnitt.", m.arbeitslose,
        ),
        "A_ErwerbsfaehigeBevoelkerung.xls": inkar(
            name, "Zahl der Einwohner im Alter von 15 bis unter 65 Jahren", "Fortschreibung (erfunden)",
            "Einwohnerinnen und Einwohner zum Stichtag 31. Dezember, Grundlage Zensus 2011.", erwerbsfaehige,
        ),
    }  # fmt: skip


# --------------------------------------------------------------------------------------------------
# Gemeinderatswahl

_ZAHLEN = ("WB_OSVM", "WB_MSVM", "WB_A3", "Wahlberechtigte", "Wähler", "Wähler_MWS", "Briefwähler",
           "ungültige Stimmzettel", "gültige Stimmzettel", "gültige Stimmen")  # fmt: skip
_PARTEIEN = (*LISTEN, "Wählervereinigungen", "Einzelvorschläge")
_PROZENTE = (
    "Wahlbeteiligung",
    "ungültige Stimmzettel in %",
    "gültige Stimmzettel in %",
    *(f"{p} in %" for p in _PARTEIEN),
)
NACHWAHL = KREIS + "250"


def _wahlzeile(w: Wahl, ohne_beteiligung: bool = False) -> list[Zelle]:
    gueltig, stimmen = w.waehler - w.ungueltig, sum(n or 0 for n in w.stimmen)
    zahlen: list[Zelle] = [w.berechtigte_ohne, w.berechtigte_mit, 0, w.berechtigte, w.waehler, w.wahlschein, w.brief]
    zahlen += [w.ungueltig, gueltig, stimmen, *("x" if n is None else n for n in w.stimmen), ""]
    zahlen.append("x" if ohne_beteiligung else anteil(w.waehler, w.berechtigte) / 10)
    zahlen += [anteil(w.ungueltig, w.waehler) / 10, anteil(gueltig, w.waehler) / 10]
    return [*zahlen, *("x" if n is None else anteil(n, stimmen) / 10 for n in w.stimmen)]


def gemeinderatswahl(m: Merkmale, jahr: int) -> bytes:
    """Election workbook in the layout of 2024: legend, Land and Kreise, Gemeinden; key of the Land is a number."""
    kuerzel, land = f"GR{jahr % 100}", "BL"
    legende: list[Sequence[Zelle]] = [
        [f"Gemeinderatswahlen {LAND[1]} {WAHLEN[jahr]} - endgültige Ergebnisse für das Land (BL), die Landkreise (LK), "
         "für die Kreisfreien Städte (KS) sowie für die Gemeinden (GE) "],
        [f"Stand 01.03.{jahr + 1}"],
        [f"{HINWEIS}. 1) Nachwahl; die Wahlbeteiligung wird nicht ausgewiesen." if jahr == 2024 else HINWEIS],
        ["Wahl", f"{kuerzel}=Gemeinderatswahlen {jahr}"], ["Ebene", "BL=Land, LK=Landkreis; KS=Kreisfreie Stadt"],
        ["Schlüssel", "Landkreisschlüssel, Schlüssel der Kreisfreien Stadt"], ["Bezeichnung", "Gebietsbezeichnung"],
        ["Ebene 1", "GE=Gemeinde; KS=Kreisfreie Stadt"],
        ["Ortnummer", "Ortnummer der Gemeinde oder der Kreisfreien Stadt"],
        ["Ortname", "Ortname der Gemeinde oder der Kreisfreien Stadt"],
        *([k, k] for k in (*_ZAHLEN, *_PARTEIEN, *_PROZENTE)),
    ]  # fmt: skip

    def summe(teile: Iterable[str]) -> Wahl:
        return summe_wahl(m.wahlen[a][jahr] for a in teile)

    kopf = ["Wahl", "Ebene", "Schlüssel", "Bezeichnung"]
    werte = [*_ZAHLEN, *_PARTEIEN, "", *_PROZENTE]
    oben: list[Sequence[Zelle]] = [[*kopf, *werte]]
    oben.append([kuerzel, land, int(LAND[0]), f"Land {LAND[1]}", *_wahlzeile(summe(g.ags for g in GEMEINDEN))])
    stadt = KREISNAMEN[STADT] + ", Stadt"
    oben.append([kuerzel, "KS", STADT + "000", stadt, *_wahlzeile(summe(im_kreis(STADT)))])
    for kreis in (KREIS, NACHBAR):
        oben.append([kuerzel, "LK", kreis, KREISNAMEN[kreis], *_wahlzeile(summe(im_kreis(kreis)))])
    unten: list[Sequence[Zelle]] = [[*kopf, "Ebene 1", "Ortnummer", "Ortname", *werte]]
    stadtteil = [kuerzel, land, LAND[0], f"Land {LAND[1]}", "KS", STADT + "000", stadt]
    unten.append([*stadtteil, *_wahlzeile(summe(im_kreis(STADT)))])
    for g in gemeinden_am(jahr):
        if g.kreis == STADT:
            continue
        teile = TEILE_DER_FUSION if g.ags == FUSIONSGEMEINDE.ags else (g.ags,)
        nachwahl = jahr == 2024 and g.ags == NACHWAHL
        vorn = [kuerzel, "LK", g.kreis, KREISNAMEN[g.kreis], "GE", g.ags, g.name_am(jahr) + (" 1)" if nachwahl else "")]
        unten.append([*vorn, *_wahlzeile(summe(teile), nachwahl)])
    return xlsx([("Erklärung_Legende", legende), (f"{kuerzel}_EE_BL_LK", oben), (f"{kuerzel}_EE_KS_GE", unten)])


# --------------------------------------------------------------------------------------------------
# Form filled in by the Jobcenter: small numbers replaced by *


def vordruck_sgb2(m: Merkmale, jahr: int) -> bytes:
    """Shipped form of the Quelle ``jobcenter``: counts by Gemeinde; 1 and 2 are '*', the Kreis is complete."""
    zeilen: list[Sequence[Zelle]] = [
        ["Vordruck SGB II", "", "", HINWEIS],
        [f"Stichtag: 31.12.{jahr}"],
        [f"Datenstand: 15.04.{jahr + 1}"],
        ["Gemeindeschlüssel", "Gemeinde", "Leistungsberechtigte",
         "Nicht erwerbsfähige Leistungsberechtigte unter 15 Jahren"],
    ]  # fmt: skip

    def werte(teile: Iterable[str]) -> list[int]:
        return [sum(spalte) for spalte in zip(*(m.leistungen[a][jahr] for a in teile), strict=True)]

    zeilen.append([KREIS, f"{KREISNAMEN[KREIS]}, Landkreis", *werte(im_kreis(KREIS))])
    for g in gemeinden_am(jahr):
        if g.kreis == KREIS:
            zahlen = werte(TEILE_DER_FUSION if g.ags == FUSIONSGEMEINDE.ags else (g.ags,))
            zeilen.append([g.ags, g.name_am(jahr), *("-" if n == 0 else "*" if n < 3 else n for n in zahlen)])
    return xlsx([("SGB II", zeilen)])


def dateien(modell: Modell, m: Merkmale) -> dict[str, bytes]:
    """File name → bytes of every workbook."""
    ergebnis = {f"3112{jahr}_Auszug_GV.xlsx": gemeindeverzeichnis(modell, jahr) for jahr in (2013, 2021, 2023)}
    ergebnis["Gebietsaenderungen_2022.xlsx"] = gebietsaenderungen(modell)
    ergebnis |= inkar_dateien(modell, m)
    ergebnis |= {f"Gemeinderatswahl_Birkenland_{jahr}.xlsx": gemeinderatswahl(m, jahr) for jahr in WAHLEN}
    ergebnis |= {f"Vordruck_SGB_II_Auental_{jahr}.xlsx": vordruck_sgb2(m, jahr) for jahr in JAHRE_SGB2}
    return ergebnis
