"""CSV and HTML files of the suppliers in their real shapes. All figures invented."""

from __future__ import annotations

from pathlib import Path

from lieferantenhilfe import GEMEINDEN, KREIS, OHNE, Buch, Fakt, deutsch


def wahlleiter(ziel: Path) -> list[Fakt]:
    """Windows-1252, five lines above the head, dots in numbers, the Kreis among the Gemeinden."""
    buch = Buch(10, {"x": (None, "nicht_sinnvoll")})
    zeilen = [
        "Bundestagswahl 2025 – endgültiges Ergebnis", "Landkreis Probekreis, Kreiswahlleiter",
        "Wahltag: 23.02.2025", "Stand: 05.03.2025 10:14", "",
        "Gemeindeschlüssel;Gemeinde;Wahlbezirke;Wahlberechtigte;Wähler;Ungültige",
    ]  # fmt: skip
    for raum, name in {KREIS: "Landkreis gesamt", **GEMEINDEN}.items():
        zellen = [deutsch(buch.zelle(raum, "2025-02-23", m, "wahl=bundestag", gross=raum == KREIS))
                  for m in ("wahlberechtigte", "waehler")]  # fmt: skip
        zeilen.append(f"{raum};{name};3;{zellen[0]};{zellen[1]};7")
    ziel.write_bytes(("\r\n".join(zeilen) + "\r\n").encode("cp1252"))
    return buch.fakten


def melderegister(ziel: Path) -> list[Fakt]:
    """One row per Gemeinde, residence and citizenship; only main residences are read."""
    buch = Buch(11, {"*": (None, "geheim_quelle"), "-": (0.0, "null_genau")})
    zeilen = ["sb;Einwohnerauszählung;erstellt am 09.01.2024", "GKZ;GEMEINDE;STICHTAG;WST;STAAT;ANZ_EW"]
    namen = {**{k: (k, n) for k, n in GEMEINDEN.items()}, OHNE: ("OHNE", "ungeklärt"), KREIS: ("KREIS", "Probekreis")}
    for raum, (schluessel, name) in namen.items():
        for text, teil in (("D", "deutsch"), ("A", "auslaendisch"), ("G", "")):
            auspraegung = f"staatsangehoerigkeit={teil}" if teil else ""
            zahl = buch.zelle(raum, "2023-12-31", "einwohner_register", auspraegung)
            zeilen.append(f"{schluessel};{name};31.12.2023;HW;{text};{zahl}")
        zeilen.append(f"{schluessel};{name};31.12.2023;NW;G;21")
    ziel.write_bytes(("\n".join(zeilen) + "\n").encode("cp1252"))
    return buch.fakten


def kreisstatistik(ziel: Path) -> list[Fakt]:
    """A page of an old portal in Latin-1: layout table around the data table, spans, footnotes glued to labels."""
    buch = Buch(12, {".": (None, "geheim_quelle")})
    raum = "99001020"
    merkmale = [
        ("Bevölkerung insgesamt 1)", "bevoelkerung", "", "2023-12-31"),
        ("Bevölkerung männlich", "bevoelkerung", "geschlecht=m", "2023-12-31"),
        ("Bevölkerung weiblich", "bevoelkerung", "geschlecht=w", "2023-12-31"),
        ("Lebendgeborene", "lebendgeborene", "", "2023"),
        ("Gestorbene 12)", "gestorbene", "", "2023"),
    ]
    zeilen = ["<tr><td>Fläche in qkm 36)</td><td align=right>69,85</td><td align=right>2.112,40</td></tr>"]
    buch.merke(raum, "2023-12-31", "flaeche", "", 69.85)
    buch.merke(KREIS, "2023-12-31", "flaeche", "", 2112.4)
    zeilen.append("<tr><td colspan=3><b>Bevölkerung</b></td></tr>")
    for text, merkmal, teil, zeit in merkmale:
        zellen = [deutsch(buch.zelle(r, zeit, merkmal, teil, gross=r == KREIS)) for r in (raum, KREIS)]
        zeilen.append(f"<tr><td>&nbsp;{text}</td>" + "".join(f"<td align=right>{z}</td>" for z in zellen) + "</tr>")
    seite = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">
<title>Gemeindestatistik 2023 für Bergdorf</title><script>var x = "<table>";</script></head><body>
<table width=100%><tr><td>Navigation<br>Gemeindeschlüssel: {raum}</td><td>
<h1>Gemeindestatistik 2023 für Bergdorf</h1>
<table border=1><tr><th rowspan=2>Merkmal<th colspan=2>2023</tr>
<tr><th>Gemeinde<th>Landkreis</tr>
{"".join(zeilen)}
</table>
<p>36) Katasterfläche. Datenstand: 15.06.2024</p></td></tr></table></body></html>"""
    ziel.write_bytes(seite.encode("iso-8859-1"))
    return buch.fakten
