"""ODT for writing on in LibreOffice: prose by pandoc's writer; title page, lists, tables, charts and styles by us.

Headings and captions carry LibreOffice's own numbering, pages in the lists are live references.
"""

from __future__ import annotations

from collections.abc import Sequence

from sozmon.druck.breiten import masse
from sozmon.druck.escape import xml as h
from sozmon.druck.logo import HOEHE_CM, bildart, seitenverhaeltnis
from sozmon.druck.modell import Dokument, Grafik, Tabelle, Zeile
from sozmon.druck.number import VERZEICHNIS, WORT, Eintrag, Satz, parse_dokument
from sozmon.druck.odt_teile import logoname, zusammensetzen
from sozmon.druck.opc import read_teile, render_zip
from sozmon.druck.pandoc import render_baum
from sozmon.druck.tree import Node, attr, ist_querverweis, kasten_titel, node, raw_block, raw_inline, rewrite, text_of

DIVSTILE = {"hinweis": "Hinweis", "fehlt": "Fehlt"}
AUSRICHTUNG = {"l": "Table_20_Contents", "r": "Table_20_Right", "c": "Table_20_Center"}


def render_odt(dok: Dokument) -> bytes:
    """The document as ODT."""
    return odt_aus(parse_dokument(dok))


def odt_aus(satz: Satz) -> bytes:
    """ODT of a parsed document."""
    schreiber = _Schreiber(satz)
    datei = render_baum(schreiber.bloecke(), satz.api, ["-t", "odt", "-o", "-"], zeitstempel=satz.dok.zeitstempel)
    teile = read_teile(datei)
    return render_zip(zusammensetzen(teile, satz, schreiber.spaltenstile), zuerst="mimetype")


def p(stil: str, inhalt: str) -> str:
    """A paragraph."""
    return f'<text:p text:style-name="{stil}">{inhalt}</text:p>'


def span(stil: str, inhalt: str) -> str:
    """A run with a character style."""
    return f'<text:span text:style-name="{stil}">{inhalt}</text:span>'


class _Schreiber:
    """Turns a Satz into blocks for pandoc's ODT writer."""

    def __init__(self, satz: Satz) -> None:
        self.satz, self.dok = satz, satz.dok
        self.spaltenstile: list[str] = []
        self.quer = False

    def bloecke(self) -> list[Node]:
        """The whole body."""
        koerper = [b for block in self.satz.bloecke for b in self._block(block)]
        return [raw_block("opendocument", self._titelblatt() + self._verzeichnisse()), *rewrite(koerper, self._innen)]

    def _block(self, block: Node) -> list[Node]:
        zurueck = self.quer and not (block["t"] == "Header" and block["c"][0] == 1)
        vorn = [raw_block("opendocument", p("Hochformat", ""))] if zurueck else []
        self.quer = False
        if block["t"] == "Platz":
            eintrag = self.satz.eintraege[block["c"]]
            if isinstance(eintrag.objekt, Tabelle):
                self.quer = masse(eintrag.objekt, self.dok.stil).quer
                return [*([] if self.quer else vorn), raw_block("opendocument", self._tabelle(eintrag, eintrag.objekt))]
            return [*vorn, raw_block("opendocument", self._grafik(eintrag))]
        if block["t"] == "Header":
            return [*vorn, self._ueberschrift(block)]
        return [*vorn, block]

    def _innen(self, knoten: Node) -> list[Node] | None:
        if ist_querverweis(knoten):
            return [raw_inline("opendocument", self._querverweis(knoten))]
        if (titel := kasten_titel(knoten)) is not None:
            kopf = [raw_block("opendocument", p("Kasten_20_Titel", h(titel)))] if titel else []
            return [*kopf, node("Div", attr(custom_style="Kasten"), knoten["c"][1])]
        if knoten["t"] != "Div":
            return None
        stil = next((DIVSTILE[k] for k in knoten["c"][0][1] if k in DIVSTILE), "")
        return [node("Div", attr(custom_style=stil), knoten["c"][1])] if stil else list(knoten["c"][1])

    def _querverweis(self, knoten: Node) -> str:
        """A reference field: it follows its target when chapters or tables are added."""
        ziel, text = knoten["c"][2][0][1:], text_of(knoten["c"][1])
        wort, leer, nummer = text.partition("\u00a0")

        def feld(art: str, inhalt: str) -> str:
            angaben = f'text:reference-format="{art}" text:ref-name="{ziel}"'
            return f"<text:bookmark-ref {angaben}>{h(inhalt)}</text:bookmark-ref>"

        if ziel in self.satz.eintraege:
            return feld("text", text)
        if not leer:
            return f'<text:a xlink:type="simple" xlink:href="#{ziel}">{h(text)}</text:a>'
        return h(wort + leer) + feld("number", nummer)

    def _ueberschrift(self, block: Node) -> Node:
        ebene, (kennung, _, paare), text = block["c"]
        if dict(paare)["nummer"]:
            return node("Header", ebene, attr(kennung), text)
        return raw_block(
            "opendocument",
            f'<text:h text:style-name="Heading_20_{ebene}" text:outline-level="{ebene}" text:is-list-header="true">'
            f"{_marke(kennung, h(text_of(text)))}</text:h>",
        )

    def _titelblatt(self) -> str:
        dok = self.dok
        return "".join(
            [
                p("Herausgeber", self._logo() + h(dok.herausgeber)),
                p("Title", h(dok.titel)),
                p("Subtitle", h(dok.untertitel)),
                p("Stempel", h(dok.stempel)) if dok.stempel else "",
                p("Stand", f"{h(dok.stand)}<text:tab/>{h(dok.datum)}"),
            ]
        )

    def _logo(self) -> str:
        stil = self.dok.stil
        if not stil.logo:
            return ""
        breite = f"{HOEHE_CM / seitenverhaeltnis(stil.logo):.2f}cm"
        return (
            f'<draw:frame draw:name="Logo" draw:style-name="Logo" text:anchor-type="paragraph" svg:width="{breite}" '
            f'svg:height="{HOEHE_CM}cm"><draw:image xlink:href="Pictures/{logoname(stil.logo)}" xlink:type="simple" '
            f'xlink:show="embed" xlink:actuate="onLoad"/><svg:desc>{h(self.dok.logo_alt)}</svg:desc></draw:frame>'
        )

    # --- lists

    def _verzeichnisse(self) -> str:
        koepfe = [k for k in self.satz.ueberschriften if k.ebene <= 2]
        zeilen = [p(f"Contents_20_{k.ebene}", _zeile(k.id, k.nummer, k.text)) for k in koepfe]
        teile = []
        if zeilen:
            teile.append(_inhaltsverzeichnis(zeilen))
        if self.dok.verzeichnisse:
            for art in (Tabelle, Grafik):
                eintraege = self.satz.liste(art)
                zeilen = [p("Figure_20_Index_20_1", _zeile(e.objekt.id, e.name, e.objekt.titel)) for e in eintraege]
                teile.append(_abbildungsverzeichnis(art, zeilen) if zeilen else "")
        return "".join(teile)

    # --- tables and figures

    def _titel(self, eintrag: Eintrag, stil: str = "Caption") -> str:
        wort, (kapitel, _, laufend) = WORT[type(eintrag.objekt)], eintrag.nummer.partition(".")
        nummer = (
            f'<text:sequence text:ref-name="ref{wort}{eintrag.nummer}" text:name="{wort}" '
            f'text:formula="ooow:{wort}+1" style:num-format="1">{kapitel}.{laufend}</text:sequence>'
        )
        text = _marke(eintrag.objekt.id, f"{wort}\u00a0{nummer if kapitel != '0' else eintrag.nummer}")
        return p(stil, f'{span("Nummer", text)}<text:s text:c="2"/>{h(eintrag.objekt.titel)}')

    def _unter(self, objekt: Tabelle | Grafik) -> str:
        zeilen = [*objekt.fussnoten, *([f"Quelle: {objekt.quelle}"] if objekt.quelle else [])] or [""]
        return "".join(p("Quelle", h(z)) for z in zeilen[:-1]) + p("Quelle_20_Ende", h(zeilen[-1]))

    def _tabelle(self, eintrag: Eintrag, tab: Tabelle) -> str:
        groesse = masse(tab, self.dok.stil)
        name = f"T{len(self.spaltenstile) + 1}"
        self.spaltenstile.append(_tabellenstile(name, groesse.anteile, groesse.breite_cm))
        spalten = "".join(f'<table:table-column table:style-name="{name}.{s}"/>' for s in range(len(tab.kopf)))
        kopf = _reihe([_zelle("ZelleKopf", AUSRICHTUNG[tab.richtung(s)], k, fett=True) for s, k in enumerate(tab.kopf)])
        letzte = len(tab.zeilen) - 1
        zeilen = "".join(_tabellenzeile(tab, z, letzte=nr == letzte) for nr, z in enumerate(tab.zeilen))
        return (
            self._titel(eintrag, "Caption_20_quer" if groesse.quer else "Caption")
            + f'<table:table table:name="{h(tab.id)}" table:style-name="{name}">{spalten}'
            + f"<table:table-header-rows>{kopf}</table:table-header-rows>{zeilen}</table:table>"
            + self._unter(tab)
        )

    def _grafik(self, eintrag: Eintrag) -> str:
        bild = eintrag.objekt
        assert isinstance(bild, Grafik)
        breite = min(bild.breite_cm, 21.0 - 2 * self.dok.stil.rand_cm)
        hoehe = breite * seitenverhaeltnis(bild.svg)
        rahmen = (
            f'<draw:frame draw:name="{h(bild.id)}" draw:style-name="Bild" text:anchor-type="as-char" '
            f'svg:width="{breite:.2f}cm" svg:height="{hoehe:.2f}cm">'
            f'<draw:image xlink:href="Pictures/{bild.id}.{bildart(bild.svg)}" xlink:type="simple" xlink:show="embed" '
            f'xlink:actuate="onLoad"/><svg:title>{h(eintrag.name)}</svg:title><svg:desc>{h(bild.alt)}</svg:desc></draw:frame>'
        )
        return self._titel(eintrag) + p("Abbildung", rahmen) + self._unter(bild)


def _marke(kennung: str, inhalt: str) -> str:
    return f'<text:bookmark-start text:name="{kennung}"/>{inhalt}<text:bookmark-end text:name="{kennung}"/>'


def _zeile(ziel: str, nummer: str, text: str) -> str:
    vorn = f"{h(nummer)}<text:tab/>" if nummer else ""
    seite = f'<text:bookmark-ref text:reference-format="page" text:ref-name="{ziel}"/>'
    return f'<text:a xlink:type="simple" xlink:href="#{ziel}">{vorn}{h(text)}</text:a><text:tab/>{seite}'


def _eintraege(element: str, stil: str, ebenen: Sequence[int]) -> str:
    """How LibreOffice builds the lines when it updates the list."""
    vorn = '<text:index-entry-chapter/><text:index-entry-tab-stop style:type="left" style:position="1cm"/>'
    inhalt = element == "table-of-content"
    return "".join(
        f"<text:{element}-entry-template"
        + (f' text:outline-level="{e}"' if inhalt else "")
        + f' text:style-name="{stil.format(e)}"><text:index-entry-link-start/>{vorn if inhalt else ""}'
        "<text:index-entry-text/><text:index-entry-link-end/>"
        '<text:index-entry-tab-stop style:type="right" style:leader-char="."/><text:index-entry-page-number/>'
        f"</text:{element}-entry-template>"
        for e in ebenen
    )


def _inhaltsverzeichnis(zeilen: Sequence[str]) -> str:
    titel = "Inhaltsverzeichnis"
    return (
        '<text:table-of-content text:name="Inhaltsverzeichnis" text:protected="false">'
        '<text:table-of-content-source text:outline-level="2">'
        f'<text:index-title-template text:style-name="Verzeichnistitel_20_Seite">{titel}</text:index-title-template>'
        f"{_eintraege('table-of-content', 'Contents_20_{}', (1, 2))}</text:table-of-content-source><text:index-body>"
        f'<text:index-title text:name="{titel}_Titel">{p("Verzeichnistitel_20_Seite", titel)}</text:index-title>'
        f"{''.join(zeilen)}</text:index-body></text:table-of-content>"
    )


def _abbildungsverzeichnis(art: type[Tabelle] | type[Grafik], zeilen: Sequence[str]) -> str:
    element, titel = ("table-index" if art is Tabelle else "illustration-index"), VERZEICHNIS[art]
    return (
        f'<text:{element} text:name="{titel}" text:protected="false">'
        f'<text:{element}-source text:caption-sequence-name="{WORT[art]}" text:caption-sequence-format="text">'
        f'<text:index-title-template text:style-name="Verzeichnistitel">{titel}</text:index-title-template>'
        f"{_eintraege(element, 'Figure_20_Index_20_1', (1,))}</text:{element}-source><text:index-body>"
        f'<text:index-title text:name="{titel}_Titel">{p("Verzeichnistitel", titel)}</text:index-title>'
        f"{''.join(zeilen)}</text:index-body></text:{element}>"
    )


def _tabellenstile(name: str, anteile: Sequence[float], breite: float) -> str:
    spalten = "".join(
        f'<style:style style:name="{name}.{s}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{a * breite:.3f}cm"/></style:style>'
        for s, a in enumerate(anteile)
    )
    return (
        f'<style:style style:name="{name}" style:family="table"><style:table-properties style:width="{breite:.3f}cm" '
        f'table:align="left" table:border-model="collapsing"/></style:style>{spalten}'
    )


def _reihe(zellen: Sequence[str]) -> str:
    return f"<table:table-row>{''.join(zellen)}</table:table-row>"


def _zelle(stil: str, absatzstil: str, text: str, *, fett: bool = False, spalten: int = 1) -> str:
    inhalt = span("Strong_20_Emphasis", h(text)) if fett else h(text)
    ueber = f' table:number-columns-spanned="{spalten}"' if spalten > 1 else ""
    rest = "<table:covered-table-cell/>" * (spalten - 1)
    kopf = f'<table:table-cell table:style-name="{stil}" office:value-type="string"{ueber}>'
    return f"{kopf}{p(absatzstil, inhalt)}</table:table-cell>{rest}"


def _tabellenzeile(tab: Tabelle, zeile: Zeile, *, letzte: bool) -> str:
    if zeile.art == "gruppe":
        return _reihe([_zelle("ZelleGruppe", "Table_20_Contents", zeile.zellen[0], fett=True, spalten=len(tab.kopf))])
    stil = "ZelleLetzte" if letzte else "Zelle"
    fett = zeile.art == "summe"
    return _reihe([_zelle(stil, AUSRICHTUNG[tab.richtung(s)], z, fett=fett) for s, z in enumerate(zeile.zellen)])
