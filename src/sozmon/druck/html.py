"""One self-contained, accessible HTML file: inline style, charts as data URIs, no script, a strict CSP."""

from __future__ import annotations

import base64
import string

from sozmon.druck.breiten import masse
from sozmon.druck.escape import sauber
from sozmon.druck.escape import xml as h
from sozmon.druck.logo import bildart
from sozmon.druck.modell import Dokument, Grafik, Stil, Tabelle, Zeile
from sozmon.druck.number import VERZEICHNIS, Eintrag, Satz, Ueberschrift, parse_dokument
from sozmon.druck.pandoc import render_baum
from sozmon.druck.ressource import schriftdateien, schriften, vorlage
from sozmon.druck.tree import Node, attr, ist_querverweis, kasten_titel, node, raw_block, raw_inline, rewrite
from sozmon.druck.zeichen import zeichenzeile

WEBSCHRIFT = "Sozmon Sans"


def render_html(dok: Dokument) -> bytes:
    """The document as one HTML file (UTF-8)."""
    return html_aus(parse_dokument(dok))


def html_aus(satz: Satz) -> bytes:
    """HTML of a parsed document."""
    dok = satz.dok
    seite = string.Template(vorlage("bericht.html").read_text(encoding="utf-8"))
    text = seite.substitute(
        titel=h(dok.titel),
        untertitel=h(dok.untertitel),
        herausgeber=h(dok.herausgeber),
        stand=h(" · ".join(t for t in (dok.stand, dok.datum) if t)),
        css=_css(dok.stil) + _seitenkopf(dok),
        stempel=_stempel(dok.stempel),
        logo=_logo(dok),
        inhalt=_inhalt(satz.ueberschriften),
        koerper=_koerper(satz),
        verzeichnisse=_verzeichnisse(satz) if dok.verzeichnisse else "",
    )
    return text.encode("utf-8")


def _css(stil: Stil) -> str:
    css = vorlage("bericht.css").read_text(encoding="utf-8").strip()
    eigene = stil.schrift == Stil().schrift
    familie = f'"{WEBSCHRIFT if eigene else stil.schrift}", "Segoe UI", "Helvetica Neue", Arial, sans-serif'
    werte = {"farbe": stil.farbe, "farbe-hell": stil.farbe_hell, "text": stil.text, "grau": stil.grau}
    variablen = " ".join(f"--{name}: {wert};" for name, wert in werte.items())
    regeln = _schriften() if eigene else _eigene_schriften(stil)
    return f"{regeln}:root {{ {variablen} --schrift: {familie}; }}\n{css}"


def _seitenkopf(dok: Dokument) -> str:
    """Stamp and page number for those who print the page (browsers that know margin boxes)."""
    raender = "@bottom-right { content: counter(page); font: 8pt var(--schrift); }"
    if dok.stempel:
        text = "".join(f"\\{ord(z):06x}" for z in sauber(dok.stempel))
        raender += f' @top-left {{ content: "{text}"; color: #a11d1d; font: 600 8pt var(--schrift); }}'
    return f"\n@media print {{ @page {{ {raender} }} }}"


def _schriften() -> str:
    """The shipped family as a small subset under its own name (the licence reserves the original's)."""
    regeln = []
    for name, gewicht, lage in (("normal", 400, "normal"), ("halbfett", 600, "normal"), ("kursiv", 400, "italic")):
        daten = base64.b64encode((schriften() / "web" / f"{name}.woff2").read_bytes()).decode("ascii")
        regeln.append(
            f'@font-face {{ font-family: "{WEBSCHRIFT}"; font-weight: {gewicht}; font-style: {lage}; '
            f'src: url(data:font/woff2;base64,{daten}) format("woff2"); }}\n'
        )
    return "".join(regeln)


def _eigene_schriften(stil: Stil) -> str:
    """The project's own family, whole: nobody but its owner may say what may be left out."""
    regeln = []
    for schnitt, datei in schriftdateien(stil.schrift, stil.schriftordner).items():
        gewicht, lage = 700 if schnitt.startswith("Bold") else 400, "italic" if schnitt.endswith("It") else "normal"
        daten = base64.b64encode(datei.read_bytes()).decode("ascii")
        regeln.append(
            f'@font-face {{ font-family: "{stil.schrift}"; font-weight: {gewicht}; font-style: {lage}; '
            f'src: url(data:font/ttf;base64,{daten}) format("truetype"); }}\n'
        )
    return "".join(regeln)


def _stempel(text: str) -> str:
    return f'<aside class="stempel" aria-label="Hinweis"><p>{h(text)}</p></aside>\n' if text else ""


def _logo(dok: Dokument) -> str:
    logo = dok.stil.logo
    return f'<img class="logo" src="{_daten(logo)}" alt="{h(dok.logo_alt)}">\n' if logo else ""


def _daten(bild: bytes) -> str:
    art = {"svg": "image/svg+xml"}.get(bildart(bild), f"image/{bildart(bild)}")
    return f"data:{art};base64,{base64.b64encode(bild).decode('ascii')}"


def _inhalt(koepfe: tuple[Ueberschrift, ...]) -> str:
    """Chapters and sections as nested lists."""
    zeilen, offen = ["<h2>Inhalt</h2>", "<ol>"], False
    for kopf in koepfe:
        if kopf.ebene > 2:
            continue
        eintrag = f'<a href="#{kopf.id}">{_nr(kopf.nummer)}{h(kopf.text)}</a>'
        if kopf.ebene == 2:
            zeilen.append(("<ol>" if not offen else "") + f"<li>{eintrag}</li>")
            offen = True
            continue
        if len(zeilen) > 2:
            zeilen.append("</ol></li>" if offen else "</li>")
        zeilen.append(f"<li>{eintrag}")
        offen = False
    if len(zeilen) > 2:
        zeilen.append("</ol></li>" if offen else "</li>")
    return "\n".join([*zeilen, "</ol>"]) + "\n" if koepfe else ""


def _nr(nummer: str) -> str:
    return f'<span class="nr">{h(nummer)}</span> ' if nummer else ""


def _koerper(satz: Satz) -> str:
    bloecke = [_block(b, satz) for block in satz.bloecke for b in _mit_kasten(block)]
    bloecke = rewrite(bloecke, _schlicht)
    text = render_baum(bloecke, satz.api, ["-t", "html5", "--wrap=none"], zeitstempel=0).decode("utf-8").strip()
    text = text.replace(
        'role="doc-endnotes">\n<hr />',
        'role="doc-endnotes" aria-labelledby="fussnoten">\n<h2 id="fussnoten">Fußnoten</h2>',
    )
    return text.replace(' role="doc-backlink">↩︎</a>', ' role="doc-backlink" aria-label="Zurück zum Text">↩</a>')


def _schlicht(knoten: Node) -> None:
    """A cross-reference is a link like any other."""
    if ist_querverweis(knoten):
        knoten["c"][0][1] = []


def _mit_kasten(block: Node) -> list[Node]:
    """A box is a named group: no landmark of its own, for every chapter has one of the same name."""
    titel = kasten_titel(block)
    if titel is None:
        return [block]
    name = f' aria-label="{h(titel)}"' if titel else ""
    kopf = f'<p class="merktitel">{h(titel)}</p>' if titel else ""
    auf, zu = raw_block("html", f'<div class="merke" role="group"{name}>{kopf}'), raw_block("html", "</div>")
    return [auf, *block["c"][1], zu]


def _block(block: Node, satz: Satz) -> Node:
    if block["t"] == "Platz":
        eintrag = satz.eintraege[block["c"]]
        return raw_block("html", _tabelle(eintrag, satz) if isinstance(eintrag.objekt, Tabelle) else _grafik(eintrag))
    if block["t"] == "Header":
        ebene, (kennung, _, paare), text = block["c"]
        nummer = raw_inline("html", _nr(dict(paare)["nummer"]))
        return node("Header", ebene + 1, attr(kennung), [nummer, *text])
    return block


def _titel(eintrag: Eintrag) -> str:
    return f'<span class="nr">{h(eintrag.name)}</span> {h(eintrag.objekt.titel)}'


def _unter(objekt: Tabelle | Grafik) -> str:
    zeilen = [f"<p>{h(f)}</p>" for f in objekt.fussnoten]
    if objekt.quelle:
        zeilen.append(f"<p>Quelle: {h(objekt.quelle)}</p>")
    return f'<div class="unter">{"".join(zeilen)}</div>' if zeilen else ""


def _tabelle(eintrag: Eintrag, satz: Satz) -> str:
    tab = eintrag.objekt
    assert isinstance(tab, Tabelle)
    voll = ' class="voll"' if masse(tab, satz.dok.stil).anteil >= 1 else ""
    kopf = "".join(f'<th scope="col"{_richtung(tab, s)}>{h(k)}</th>' for s, k in enumerate(tab.kopf))
    return (
        f'<div class="tab" id="{tab.id}">\n'
        f'<div class="rollen" role="region" aria-labelledby="{tab.id}-titel" tabindex="0">\n'
        f'<table{voll}>\n<caption id="{tab.id}-titel"><span class="block">{_titel(eintrag)}</span></caption>\n'
        f"<thead><tr>{kopf}</tr></thead>\n{_rumpf(tab)}</table>\n</div>\n{_unter(tab)}\n</div>"
    )


def _richtung(tab: Tabelle, spalte: int) -> str:
    richtung = tab.richtung(spalte)
    return "" if richtung == "l" else f' class="{richtung}"'


def _rumpf(tab: Tabelle) -> str:
    """Rows; each group row begins a tbody of its own, so that its head is the group's head."""
    teile = ["<tbody>\n"]
    for zeile in tab.zeilen:
        if zeile.art == "gruppe":
            teile.append("</tbody>\n<tbody>\n" if len(teile) > 1 else "")
            teile.append(
                f'<tr class="gruppe"><th scope="rowgroup" colspan="{len(tab.kopf)}">{h(zeile.zellen[0])}</th></tr>\n'
            )
        else:
            teile.append(_zeile(tab, zeile))
    return "".join([*teile, "</tbody>\n"])


def _zeile(tab: Tabelle, zeile: Zeile) -> str:
    klasse = ' class="summe"' if zeile.art == "summe" else ""
    zellen = "".join(f"<td{_richtung(tab, s)}>{h(z)}</td>" for s, z in enumerate(zeile.zellen) if s)
    return f'<tr{klasse}><th scope="row"{_richtung(tab, 0)}>{h(zeile.zellen[0])}</th>{zellen}</tr>\n'


def _grafik(eintrag: Eintrag) -> str:
    bild = eintrag.objekt
    assert isinstance(bild, Grafik)
    return (
        f'<figure id="{bild.id}">\n<figcaption>{_titel(eintrag)}</figcaption>\n'
        f'<div class="rollen bild" role="group" aria-label="{h(eintrag.name)}" tabindex="0">'
        f'<img src="{_daten(bild.svg)}" alt="{h(bild.alt)}" style="width:{bild.breite_cm:.2f}cm"></div>\n'
        f"{_unter(bild)}{_werte(eintrag)}\n</figure>"
    )


def _werte(eintrag: Eintrag) -> str:
    """The drawn values as a folded table."""
    daten = eintrag.objekt.daten if isinstance(eintrag.objekt, Grafik) else ()
    if len(daten) < 2:
        return ""
    kopf = "".join(f'<th scope="col"{_rechts(s)}>{h(k)}</th>' for s, k in enumerate(daten[0]))
    zeilen = "".join(
        f'<tr><th scope="row">{h(z[0])}</th>' + "".join(f'<td class="r">{h(w)}</td>' for w in z[1:]) + "</tr>\n"
        for z in daten[1:]
    )
    erklaerung = zeichenzeile(w for z in daten[1:] for w in z[1:])
    zeichen = f'<div class="unter"><p>{h(erklaerung)}</p></div>' if erklaerung else ""
    return (
        f"\n<details><summary>Werte der {h(eintrag.name)} als Tabelle</summary>"
        f'<div class="rollen" role="region" aria-label="Werte der {h(eintrag.name)}" tabindex="0">'
        f"<table><thead><tr>{kopf}</tr></thead>\n<tbody>\n{zeilen}</tbody></table></div>{zeichen}</details>"
    )


def _rechts(spalte: int) -> str:
    return ' class="r"' if spalte else ""


def _verzeichnisse(satz: Satz) -> str:
    teile = []
    for art, titel in VERZEICHNIS.items():
        if eintraege := satz.liste(art):
            punkte = "".join(f'<li><a href="#{e.objekt.id}">{_titel(e)}</a></li>\n' for e in eintraege)
            teile.append(
                f'<section class="liste"><h2 id="{titel.lower()}">{titel}</h2>\n<ol>\n{punkte}</ol></section>\n'
            )
    return "".join(teile)
