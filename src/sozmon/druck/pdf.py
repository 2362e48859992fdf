"""PDF/UA-1 and PDF/A-2a through Typst: prose by pandoc's writer, tables and charts by our own Typst functions.

Row headers and small files come from a second pass with pikepdf: Typst 0.15 marks head rows only.
"""

from __future__ import annotations

import functools
import io
import re
from typing import Any

from sozmon.druck.breiten import masse
from sozmon.druck.escape import typst as t
from sozmon.druck.escape import typst_liste
from sozmon.druck.logo import bildart
from sozmon.druck.modell import Dokument, Grafik, Tabelle
from sozmon.druck.number import Eintrag, Satz, parse_dokument
from sozmon.druck.pandoc import render_baum
from sozmon.druck.ressource import schriften, vorlage
from sozmon.druck.tree import Node, kasten_titel, node, raw_block, raw_inline, rewrite
from sozmon.errors import KonfigError

_SCHLICHT = re.compile(r"(?!.*(\.\.|,,))[\w.,;:!?()%§„“‚‘’–…\u00a0\u202f]*\Z")


def render_pdf(dok: Dokument) -> bytes:
    """The document as PDF (UA-1 and A-2a in one file)."""
    return pdf_aus(parse_dokument(dok))


def pdf_aus(satz: Satz) -> bytes:
    """PDF of a parsed document."""
    return _nachbearbeiten(_setzen(satz))


def typst_aus(satz: Satz) -> str:
    """The Typst source of a parsed document; bericht.typ and the charts lie beside it."""
    bloecke = [b for block in satz.bloecke for b in _block(block, satz)]
    koerper = render_baum(bloecke, satz.api, ["-t", "typst", "--wrap=none"], zeitstempel=satz.dok.zeitstempel).decode(
        "utf-8"
    )
    return f'#import "bericht.typ": *\n#show: bericht.with({_angaben(satz)})\n\n{koerper}'


def _angaben(satz: Satz) -> str:
    dok, stil = satz.dok, satz.dok.stil
    paare = {
        "titel": t(dok.titel),
        "untertitel": t(dok.untertitel),
        "kurztitel": t(dok.kurztitel or dok.titel),
        "herausgeber": t(dok.herausgeber),
        "stand": t(dok.stand),
        "datum": t(dok.datum),
        "stempel": t(dok.stempel),
        "schrift": t(stil.schrift),
        "farbe": f"rgb({t(stil.farbe)})",
        "farbe-hell": f"rgb({t(stil.farbe_hell)})",
        "schwarz": f"rgb({t(stil.text)})",
        "grau": f"rgb({t(stil.grau)})",
        "groesse": f"{stil.groesse_pt}pt",
        "tabellengroesse": f"{stil.tabelle_pt}pt",
        "rand": f"{stil.rand_cm}cm",
        "logo": t(_logoart(stil.logo)),
        "logo-alt": t(dok.logo_alt),
        "tabellenverzeichnis": _ja(dok.verzeichnisse and satz.liste(Tabelle)),
        "abbildungsverzeichnis": _ja(dok.verzeichnisse and satz.liste(Grafik)),
        "inhalt": _ja(satz.ueberschriften),
    }
    return "\n  " + ",\n  ".join(f"{name}: {wert}" for name, wert in paare.items()) + ",\n"


def _ja(wert: object) -> str:
    return "true" if wert else "false"


def _logoart(logo: bytes) -> str:
    return bildart(logo) if logo else ""


def _block(block: Node, satz: Satz) -> list[Node]:
    if block["t"] == "Platz":
        eintrag = satz.eintraege[block["c"]]
        code = _tabelle(eintrag, satz) if isinstance(eintrag.objekt, Tabelle) else _grafik(eintrag)
        return [raw_block("typst", code)]
    if block["t"] == "Header":
        return [_ueberschrift(block)]
    neu: list[Node] = rewrite([block], _literal)
    return neu


def _ueberschrift(block: Node) -> Node:
    ebene, (kennung, _, paare), text = block["c"]
    nummer = dict(paare)["nummer"]
    auf = raw_inline("typst", f"#kopf({ebene}, {t(nummer)}, {t(kennung)})[")
    return node("Para", [auf, *rewrite(text, _literal), raw_inline("typst", "]")])


def _literal(knoten: Node) -> list[Node] | None:
    """Words with anything but letters and plain punctuation become string literals: nothing is read as markup."""
    if (titel := kasten_titel(knoten)) is not None:
        return [raw_block("typst", f"#merke({t(titel)})["), *knoten["c"][1], raw_block("typst", "]")]
    if knoten["t"] == "Div":
        kasten = next((k for k in knoten["c"][0][1] if k in ("hinweis", "fehlt")), "")
        inhalt: list[Node] = knoten["c"][1]
        return [raw_block("typst", f"#{kasten}["), *inhalt, raw_block("typst", "]")] if kasten else inhalt
    if knoten["t"] != "Str" or _SCHLICHT.match(knoten["c"]):
        return None
    return [raw_inline("typst", f"#{t(knoten['c'])};")]


def _tabelle(eintrag: Eintrag, satz: Satz) -> str:
    tab = eintrag.objekt
    assert isinstance(tab, Tabelle)
    groesse = masse(tab, satz.dok.stil)
    richtungen = {"l": "left", "r": "right", "c": "center"}
    zeilen = [f"({t(z.art)}, {typst_liste([t(c) for c in z.zellen])})" for z in tab.zeilen]
    return "\n".join(
        [
            "#tabelle(",
            f"  kennung: {t(tab.id)}, nummer: {t(eintrag.nummer)}, titel: {t(tab.titel)}, quelle: {t(tab.quelle)},",
            f"  quer: {_ja(groesse.quer)}, breite: {groesse.anteil * 100:.1f}%,",
            f"  spalten: {typst_liste([f'{a * 100:.2f}fr' for a in groesse.anteile])},",
            f"  richtung: {typst_liste([richtungen[tab.richtung(s)] for s in range(len(tab.kopf))])},",
            f"  fussnoten: {typst_liste([t(f) for f in tab.fussnoten])},",
            f"  kopf: {typst_liste([t(k) for k in tab.kopf])},",
            "  zeilen: (",
            *(f"    {zeile}," for zeile in zeilen),
            "  ),",
            ")",
        ]
    )


def _grafik(eintrag: Eintrag) -> str:
    bild = eintrag.objekt
    assert isinstance(bild, Grafik)
    return "\n".join(
        [
            "#grafik(",
            f"  kennung: {t(bild.id)}, nummer: {t(eintrag.nummer)}, titel: {t(bild.titel)}, quelle: {t(bild.quelle)},",
            f"  datei: {t('bild-' + bild.id)}, art: {t(bildart(bild.svg))}, breite: {bild.breite_cm:.2f}cm,",
            f"  fussnoten: {typst_liste([t(f) for f in bild.fussnoten])},",
            f"  alt: {t(bild.alt)},",
            ")",
        ]
    )


@functools.cache
def _schriften(eigene: str) -> Any:
    import typst

    ordner = [str(schriften()), *([eigene] if eigene else [])]
    return typst.Fonts(include_system_fonts=False, font_paths=ordner)


def _setzen(satz: Satz) -> bytes:
    """Typst in memory: it sees the folder of the page templates and the charts handed over, nothing else."""
    import typst

    try:
        pdf, warnungen = typst.compile_with_warnings(
            typst_aus(satz).encode("utf-8"),
            root=str(vorlage()),
            font_paths=_schriften(satz.dok.stil.schriftordner),
            sys_inputs=_bilder(satz),
            pdf_standards=["ua-1", "a-2a"],
            timestamp=satz.dok.zeitstempel,
        )
    except typst.TypstError as fehler:
        raise _typst_fehler(fehler) from fehler
    if any("unknown font family" in w.message for w in warnungen):
        raise KonfigError(f"Die Schrift „{satz.dok.stil.schrift}“ wird nicht mitgeliefert.")
    if warnungen:
        raise RuntimeError("typst: " + "; ".join(w.message for w in warnungen))
    return bytes(pdf)


def _bilder(satz: Satz) -> dict[str, str]:
    """Name → picture."""
    bilder = {f"bild-{b.id}": _eingabe(b.svg) for e in satz.liste(Grafik) if isinstance(b := e.objekt, Grafik)}
    logo = satz.dok.stil.logo
    if logo:
        bilder["logo"] = _eingabe(logo)
    return bilder


def _eingabe(bild: bytes) -> str:
    """SVG as text, other pictures as their bytes in figures: Typst takes texts only."""
    return bild.decode("utf-8") if bildart(bild) == "svg" else ",".join(map(str, bild))


def _typst_fehler(fehler: Any) -> Exception:
    text = str(fehler)
    if "missing alt text" in text:
        return KonfigError("Eine Abbildung hat keinen Alternativtext; das PDF wäre nicht barrierefrei.")
    if "missing document title" in text:
        return KonfigError("Der Bericht hat keinen Titel.", abhilfe="In sozmon.toml den Titel des Berichts eintragen.")
    if treffer := re.search(r"the text `\"(.*?)\"` could not be displayed", text):
        return KonfigError(
            f"Das Zeichen „{treffer[1]}“ kann nicht gedruckt werden.",
            grund="Keine der mitgelieferten Schriften enthält es; ein Kästchen im PDF wäre falsch.",
            abhilfe="Das Zeichen ersetzen oder weglassen.",
        )
    return RuntimeError(f"typst: {fehler.message}\n{fehler.diagnostic}")


def _nachbearbeiten(pdf: bytes) -> bytes:
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as datei:
        _zeilenkoepfe(datei.Root.StructTreeRoot.K, pikepdf)
        ziel = io.BytesIO()
        datei.save(ziel, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return ziel.getvalue()


def _zeilenkoepfe(teil: Any, pikepdf: Any, im_rumpf: bool = False) -> None:
    """The first cell of every body row becomes a row header (TH, Scope Row)."""
    name = pikepdf.Name
    if isinstance(teil, pikepdf.Array):
        for kind in teil:
            _zeilenkoepfe(kind, pikepdf, im_rumpf)
    elif isinstance(teil, pikepdf.Dictionary):
        art = teil.get("/S")
        if im_rumpf and art == name.TR:
            zelle = teil.K[0] if isinstance(teil.K, pikepdf.Array) else teil.K
            if zelle.get("/S") == name.TD:
                zelle.S = name.TH
                kopf = pikepdf.Dictionary(O=name.Table, Scope=name.Row)
                alt = zelle.get("/A")
                if alt is not None and not isinstance(alt, pikepdf.Array):
                    alt = pikepdf.Array([alt])
                zelle.A = pikepdf.Array([*(alt or []), kopf])
        elif "/K" in teil:
            _zeilenkoepfe(teil.K, pikepdf, art == name.TBody)
