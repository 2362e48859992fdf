"""WordprocessingML as text: fields, paragraphs, tables, sections. Every text goes through ``xml``."""

from __future__ import annotations

from collections.abc import Sequence

from sozmon.druck.escape import xml as h
from sozmon.druck.modell import Tabelle, Zeile

TWIP_JE_CM = 567.0
_SEITEN = {False: 'w:w="11906" w:h="16838"', True: 'w:w="16838" w:h="11906" w:orient="landscape"'}


def twip(cm: float) -> int:
    """Twentieths of a point."""
    return round(cm * TWIP_JE_CM)


def lauf(text: str, eigenschaften: str = "") -> str:
    """A run of text."""
    eigen = f"<w:rPr>{eigenschaften}</w:rPr>" if eigenschaften else ""
    return f'<w:r>{eigen}<w:t xml:space="preserve">{h(text)}</w:t></w:r>'


TAB = "<w:r><w:tab/></w:r>"
ABSTAND = '<w:r><w:t xml:space="preserve">  </w:t></w:r>'
"""The gap between a number and its title (blanks at the ends of a text are dropped)."""


def zeichenstil(kennung: str) -> str:
    """Run property: a character style."""
    return f'<w:rStyle w:val="{kennung}"/>'


def feld(code: str, ergebnis: str, eigenschaften: str = "") -> str:
    """A field with its result filled in."""
    eigen = f"<w:rPr>{eigenschaften}</w:rPr>" if eigenschaften else ""
    return (
        f'<w:r>{eigen}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{eigen}<w:instrText xml:space="preserve"> {h(code)} </w:instrText></w:r>'
        f'<w:r>{eigen}<w:fldChar w:fldCharType="separate"/></w:r>{lauf(ergebnis, eigenschaften)}'
        f'<w:r>{eigen}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def absatz(stil: str, inhalt: str, eigenschaften: str = "") -> str:
    """A paragraph of a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{stil}"/>{eigenschaften}</w:pPr>{inhalt}</w:p>'


def textmarke(name: str, nummer: int, inhalt: str) -> str:
    """Contents inside a bookmark."""
    return f'<w:bookmarkStart w:id="{nummer}" w:name="{name}"/>{inhalt}<w:bookmarkEnd w:id="{nummer}"/>'


def verzeichnis(stile: Sequence[str], anweisung: str, zeilen: Sequence[str]) -> str:
    """A table-of-contents field whose result is ``zeilen`` (each the contents of a paragraph of ``stile``)."""
    auf = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {h(anweisung)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    zu = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    letzte = len(zeilen) - 1
    return "".join(
        absatz(stil, (auf if nr == 0 else "") + zeile + (zu if nr == letzte else ""))
        for nr, (stil, zeile) in enumerate(zip(stile, zeilen, strict=True))
    )


def verzeichniszeile(ziel: str, nummer: str, text: str) -> str:
    """One entry of a list, a link to the bookmark ``ziel``.

    Without a page: only Word's own layout knows it, and a wrong number would be worse than none. Word and
    LibreOffice put the pages in when the field is updated (F9).
    """
    vorn = (lauf(nummer) + TAB) if nummer else ""
    return f'<w:hyperlink w:anchor="{ziel}" w:history="1">{vorn}{lauf(text)}</w:hyperlink>'


def abschnitt(*, quer: bool, rand_cm: float, kopf: str = "", fuss: str = "") -> str:
    """Section properties; ``kopf`` and ``fuss`` are relationship ids ('' = none)."""
    rand = twip(rand_cm)
    bezuege = (f'<w:headerReference w:type="default" r:id="{kopf}"/>' if kopf else "") + (
        f'<w:footerReference w:type="default" r:id="{fuss}"/>' if fuss else ""
    )
    return (
        f'<w:sectPr>{bezuege}<w:type w:val="nextPage"/><w:pgSz {_SEITEN[quer]}/>'
        f'<w:pgMar w:top="{twip(2.8)}" w:right="{rand}" w:bottom="{twip(2.4)}" w:left="{rand}" '
        f'w:header="{twip(1.3)}" w:footer="{twip(1.2)}" w:gutter="0"/></w:sectPr>'
    )


def tabelle(tab: Tabelle, anteile: Sequence[float], breite_cm: float, farbe_hell: str) -> str:
    """A table: its head repeats on every page, rows do not break."""
    breiten = [twip(a * breite_cm) for a in anteile]
    gitter = "".join(f'<w:gridCol w:w="{b}"/>' for b in breiten)
    kopf = "".join(
        _zelle("Tabellenkopf", k, b, tab.richtung(s), unten=True)
        for s, (k, b) in enumerate(zip(tab.kopf, breiten, strict=True))
    )
    kopfzeile = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{kopf}</w:tr>"
    zusammen = len(tab.zeilen) <= 14
    letzte = len(tab.zeilen) - 1
    zeilen = "".join(
        _zeile(tab, z, breiten, farbe_hell, halten=zusammen or nr == letzte) for nr, z in enumerate(tab.zeilen)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Berichtstabelle"/><w:tblW w:w="{sum(breiten)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{h(tab.titel)}"/></w:tblPr><w:tblGrid>{gitter}</w:tblGrid>{kopfzeile}{zeilen}</w:tbl>'
    )


def _zeile(tab: Tabelle, zeile: Zeile, breiten: Sequence[int], farbe_hell: str, *, halten: bool) -> str:
    auf = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
    halte = "<w:keepNext/>" if halten or zeile.art == "gruppe" else ""
    if zeile.art == "gruppe":
        eigen = (
            f'<w:tcPr><w:tcW w:w="{sum(breiten)}" w:type="dxa"/><w:gridSpan w:val="{len(breiten)}"/>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{farbe_hell}"/></w:tcPr>'
        )
        return f"{auf}<w:tc>{eigen}{absatz('Tabellentext', lauf(zeile.zellen[0], '<w:b/>'), halte)}</w:tc></w:tr>"
    fett = zeile.art == "summe"
    zellen = "".join(
        _zelle("Tabellentext", z, b, tab.richtung(s), fett=fett, halte=halte)
        for s, (z, b) in enumerate(zip(zeile.zellen, breiten, strict=True))
    )
    return f"{auf}{zellen}</w:tr>"


def _zelle(
    stil: str, text: str, breite: int, richtung: str, *, fett: bool = False, unten: bool = False, halte: str = ""
) -> str:
    ausrichtung = {"l": "", "r": '<w:jc w:val="right"/>', "c": '<w:jc w:val="center"/>'}[richtung]
    lage = '<w:vAlign w:val="bottom"/>' if unten else ""
    eigen = f'<w:tcPr><w:tcW w:w="{breite}" w:type="dxa"/>{lage}</w:tcPr>'
    return f"<w:tc>{eigen}{absatz(stil, lauf(text, '<w:b/>' if fett else ''), halte + ausrichtung)}</w:tc>"
