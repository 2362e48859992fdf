"""DOCX for Word and LibreOffice: prose by pandoc's writer; title page, lists, tables, captions and sections by us.

pandoc's reference document is not used: after the run our own styles, settings, header, footer and fonts take
the place of its parts. Headings carry Word's own numbering, captions are SEQ fields, so a colleague can go on
writing; every field has its result filled in, so nothing asks to be updated on opening.
"""

from __future__ import annotations

import base64

from sozmon.druck import wordml as w
from sozmon.druck.breiten import masse
from sozmon.druck.docx_teile import zusammensetzen
from sozmon.druck.logo import HOEHE_CM, als_png, bildart
from sozmon.druck.modell import Dokument, Grafik, Tabelle
from sozmon.druck.number import VERZEICHNIS, WORT, Eintrag, Satz, parse_dokument
from sozmon.druck.opc import read_teile, render_zip
from sozmon.druck.pandoc import render_baum
from sozmon.druck.tree import (
    Node,
    attr,
    inlines,
    ist_querverweis,
    kasten_titel,
    node,
    raw_block,
    raw_inline,
    rewrite,
    text_of,
)

DIVSTILE = {"hinweis": "Hinweis", "fehlt": "Fehlt"}


def render_docx(dok: Dokument) -> bytes:
    """The document as DOCX."""
    return docx_aus(parse_dokument(dok))


def docx_aus(satz: Satz) -> bytes:
    """DOCX of a parsed document."""
    return render_zip(zusammensetzen(_pandoc_teile(satz), satz.dok), zuerst="[Content_Types].xml")


# --- body --------------------------------------------------------------------------------------------------


class _Schreiber:
    """Turns a Satz into blocks for pandoc; bookmarks are short because Word cuts names at 40 characters."""

    def __init__(self, satz: Satz) -> None:
        self.satz, self.dok = satz, satz.dok
        ids = [k.id for k in satz.ueberschriften] + list(satz.eintraege)
        self.marken = {kennung: f"ziel{nr}" for nr, kennung in enumerate(ids, 1)}
        self.breite_cm = 21.0 - 2 * self.dok.stil.rand_cm

    def bloecke(self) -> list[Node]:
        """The whole body."""
        koerper = [b for block in self.satz.bloecke for b in self._block(block)]
        vorn = [*self._logo(), raw_block("openxml", self._titelblatt() + self._verzeichnisse())]
        return [*vorn, *rewrite(koerper, self._innen)]

    def _logo(self) -> list[Node]:
        stil = self.dok.stil
        if not stil.logo:
            return []
        bild = node("Image", attr(height=f"{HOEHE_CM}cm"), inlines(self.dok.logo_alt), [_daten(als_png(stil.logo)), ""])
        return [node("Div", attr(custom_style="Logo"), [node("Para", [bild])])]

    def _block(self, block: Node) -> list[Node]:
        if block["t"] == "Platz":
            eintrag = self.satz.eintraege[block["c"]]
            return (
                [raw_block("openxml", self._tabelle(eintrag))]
                if isinstance(eintrag.objekt, Tabelle)
                else self._grafik(eintrag)
            )
        if block["t"] == "Header":
            return [self._ueberschrift(block)]
        return [block]

    def _innen(self, knoten: Node) -> list[Node] | None:
        if ist_querverweis(knoten):
            return [raw_inline("openxml", self._querverweis(knoten))]
        if knoten["t"] == "Link" and knoten["c"][2][0].startswith("#"):
            knoten["c"][2][0] = "#" + self.marken[knoten["c"][2][0][1:]]
        elif (titel := kasten_titel(knoten)) is not None:
            kopf = [raw_block("openxml", w.absatz("KastenTitel", w.lauf(titel)))] if titel else []
            return [*kopf, node("Div", attr(custom_style="Kasten"), knoten["c"][1])]
        elif knoten["t"] == "Div" and not dict(knoten["c"][0][2]).get("custom-style"):
            stil = next((DIVSTILE[k] for k in knoten["c"][0][1] if k in DIVSTILE), "")
            return [node("Div", attr(custom_style=stil), knoten["c"][1])] if stil else list(knoten["c"][1])
        return None

    def _querverweis(self, knoten: Node) -> str:
        """A REF field: Word keeps the number right when chapters or tables are added."""
        ziel, text = knoten["c"][2][0][1:], text_of(knoten["c"][1])
        marke, stil = self.marken[ziel], w.zeichenstil("Hyperlink")
        wort, leer, nummer = text.partition("\u00a0")
        if ziel in self.satz.eintraege:
            return w.feld(f"REF {marke} \\h", text, stil)
        if not leer:  # an unnumbered heading is quoted
            return f'<w:hyperlink w:anchor="{marke}" w:history="1">{w.lauf(text, stil)}</w:hyperlink>'
        return w.lauf(wort + leer, stil) + w.feld(f"REF {marke} \\r \\h", nummer, stil)

    def _ueberschrift(self, block: Node) -> Node:
        ebene, (kennung, _, paare), text = block["c"]
        marke = self.marken[kennung]
        if dict(paare)["nummer"]:
            return node("Header", ebene, attr(marke), text)
        stil = "Kapitel ohne Nummer" if ebene == 1 else "Abschnitt ohne Nummer"
        return node("Div", attr(custom_style=stil), [node("Para", [node("Span", attr(marke), text)])])

    def _titelblatt(self) -> str:
        dok = self.dok
        stand = w.lauf(dok.stand) + w.TAB + w.lauf(dok.datum)
        ende = w.abschnitt(quer=False, rand_cm=dok.stil.rand_cm)
        return "".join(
            [
                w.absatz("Herausgeber", w.lauf(dok.herausgeber)),
                w.absatz("Title", w.lauf(dok.titel)),
                w.absatz("Subtitle", w.lauf(dok.untertitel)),
                w.absatz("Stempel", w.lauf(dok.stempel)) if dok.stempel else "",
                w.absatz("Stand", stand),
                w.absatz("Abschnittswechsel", "", ende),
            ]
        )

    def _verzeichnisse(self) -> str:
        koepfe = [k for k in self.satz.ueberschriften if k.ebene <= 2]
        zeilen = [w.verzeichniszeile(self.marken[k.id], k.nummer, k.text) for k in koepfe]
        teile = [
            self._verzeichnis("Inhaltsverzeichnis", [f"TOC{k.ebene}" for k in koepfe], r'TOC \o "1-2" \h \z \u', zeilen)
        ]
        if self.dok.verzeichnisse:
            for art in (Tabelle, Grafik):
                eintraege = self.satz.liste(art)
                zeilen = [w.verzeichniszeile(self.marken[e.objekt.id], e.name, e.objekt.titel) for e in eintraege]
                anweisung = f'TOC \\h \\z \\c "{WORT[art]}"'
                teile.append(
                    self._verzeichnis(
                        VERZEICHNIS[art],
                        ["TableofFigures"] * len(zeilen),
                        anweisung,
                        zeilen,
                    )
                )
        return "".join(teile)

    def _verzeichnis(self, titel: str, stile: list[str], anweisung: str, zeilen: list[str]) -> str:
        if not zeilen:
            return ""
        return w.absatz("TOCHeading", w.lauf(titel)) + w.verzeichnis(stile, anweisung, zeilen)

    # --- tables and figures

    def _titel(self, eintrag: Eintrag) -> str:
        wort, (kapitel, _, laufend) = WORT[type(eintrag.objekt)], eintrag.nummer.partition(".")
        stil = w.zeichenstil("Nummer")
        nummer = (
            w.lauf(wort + "\u00a0", stil)
            + (w.feld(r"STYLEREF 1 \s", kapitel, stil) if kapitel != "0" else w.lauf(kapitel, stil))
            + w.lauf(".", stil)
            + w.feld(f"SEQ {wort} \\* ARABIC \\s 1", laufend, stil)
        )
        marke = self.marken[eintrag.objekt.id]
        text = w.textmarke(marke, 9000 + int(marke[4:]), nummer) + w.ABSTAND + w.lauf(eintrag.objekt.titel)
        return w.absatz("Caption", text)

    def _unter(self, objekt: Tabelle | Grafik, abschluss: str = "") -> str:
        zeilen = [*objekt.fussnoten, *([f"Quelle: {objekt.quelle}"] if objekt.quelle else [])] or [""]
        letzte = len(zeilen) - 1
        return "".join(
            w.absatz(
                "QuelleEnde" if nr == letzte else "Quelle", w.lauf(z), abschluss if nr == letzte else "<w:keepNext/>"
            )
            for nr, z in enumerate(zeilen)
        )

    def _tabelle(self, eintrag: Eintrag) -> str:
        tab, stil = eintrag.objekt, self.dok.stil
        assert isinstance(tab, Tabelle)
        groesse = masse(tab, stil)
        inhalt = w.tabelle(tab, groesse.anteile, groesse.breite_cm, stil.farbe_hell.lstrip("#"))
        if not groesse.quer:
            return self._titel(eintrag) + inhalt + self._unter(tab)
        hoch = w.abschnitt(quer=False, rand_cm=stil.rand_cm, kopf="rIdKopf1", fuss="rIdFuss1")
        quer = w.abschnitt(quer=True, rand_cm=stil.rand_cm, kopf="rIdKopf2", fuss="rIdFuss2")
        return w.absatz("Abschnittswechsel", "", hoch) + self._titel(eintrag) + inhalt + self._unter(tab, quer)

    def _grafik(self, eintrag: Eintrag) -> list[Node]:
        bild = eintrag.objekt
        assert isinstance(bild, Grafik)
        breite = f"{min(bild.breite_cm, self.breite_cm):.2f}cm"
        inhalt = node("Image", attr(width=breite), inlines(bild.alt), [_daten(bild.png), ""])
        return [
            raw_block("openxml", self._titel(eintrag)),
            node("Div", attr(custom_style="Abbildung"), [node("Para", [inhalt])]),
            raw_block("openxml", self._unter(bild)),
        ]


def _daten(bild: bytes) -> str:
    return f"data:image/{bildart(bild)};base64," + base64.b64encode(bild).decode("ascii")


def _pandoc_teile(satz: Satz) -> dict[str, bytes]:
    bloecke = _Schreiber(satz).bloecke()
    return read_teile(render_baum(bloecke, satz.api, ["-t", "docx", "-o", "-"], zeitstempel=satz.dok.zeitstempel))
