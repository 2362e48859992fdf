"""Alt texts of the charts with many parts, from the same plain values that are drawn."""

from __future__ import annotations

from collections.abc import Sequence

from sozmon.diagramm.mehrteilig import Block
from sozmon.diagramm.modell import Angaben, Reihe
from sozmon.diagramm.pyramide import Altersgruppe
from sozmon.diagramm.steigung import Strecke
from sozmon.diagramm.tafeln import Spalte, Verlauf
from sozmon.sprache.alttexte import WORT_FUER_ZEICHEN
from sozmon.sprache.worte import anzahl, aufzaehlung, satz
from sozmon.zahlen import format_zahl


def _einheit(angaben: Angaben) -> str:
    if angaben.einheit in WORT_FUER_ZEICHEN:
        return f", in {WORT_FUER_ZEICHEN[angaben.einheit]}"
    return f", {angaben.einheit}" if angaben.einheit else ""


def _zahl(wert: float, angaben: Angaben) -> str:
    return format_zahl(wert, angaben.nachkommastellen)


def alt_vielfache(titel: str, reihen: Sequence[Reihe], vergleich: Reihe, angaben: Angaben) -> str:
    """Small multiples: first and last value of each panel and of the reference."""
    jahre = [p.jahr for r in (*reihen, vergleich) for p in r.punkte]
    zeit = f"{min(jahre):.0f} bis {max(jahre):.0f}" if jahre else "ohne Werte"
    kopf = f"{anzahl(len(reihen), 'n')} kleine Liniendiagramme mit gleicher Achse: {titel}{_einheit(angaben)}, {zeit}"
    teile = [kopf, f"In jedem steht als graue Linie zum Vergleich {vergleich.name}"]
    teile += [f"{r.name}: {_von_bis(r, angaben)}" for r in (*reihen, vergleich)]
    teile += [f"Bruch der Reihe ab {ab:.0f}: {grund}" for ab, grund in angaben.brueche if jahre and min(jahre) < ab]
    return " ".join(satz(t) for t in teile)


def _von_bis(reihe: Reihe, angaben: Angaben) -> str:
    da = [(p.jahr, p.wert) for p in sorted(reihe.punkte, key=lambda p: p.jahr) if p.wert is not None]
    verborgen = sum(p.art == "geheim" for p in reihe.punkte)
    rest = f"; {anzahl(verborgen, 'm')} {'Wert' if verborgen == 1 else 'Werte'} nicht ausgewiesen" if verborgen else ""
    if not da:
        return f"kein Wert{rest}"
    worte = [f"{_zahl(wert, angaben)} ({jahr:.0f})" for jahr, wert in (da[0], da[-1])]
    return (f"von {worte[0]} bis {worte[1]}" if len(da) > 1 else worte[0]) + rest


def alt_steigung(titel: str, strecken: Sequence[Strecke], zeiten: tuple[str, str], angaben: Angaben) -> str:
    """Slope chart: both ends of every line, highest end first."""
    ganze = sorted((s for s in strecken if s.ist_ganz), key=lambda s: (-(s.ende or 0.0), s.name))
    teile = [f"Liniendiagramm mit zwei Zeitpunkten, {zeiten[0]} und {zeiten[1]}: {titel}{_einheit(angaben)}"]
    zeilen = [f"{s.name} von {_zahl(s.anfang or 0.0, angaben)} auf {_zahl(s.ende or 0.0, angaben)}" for s in ganze]
    teile += ["; ".join(zeilen)] if zeilen else ["Kein Raum hat zu beiden Zeitpunkten einen Wert"]
    ohne = [s.name for s in strecken if not s.ist_ganz]
    teile += [f"Ohne Wertepaar: {aufzaehlung(ohne)}"] if ohne else []
    return " ".join(satz(t) for t in teile)


def alt_pyramide(titel: str, gruppen: Sequence[Altersgruppe], zeiten: tuple[str, str]) -> str:
    """Population pyramid: the fullest and the emptiest ages of both sexes, how many groups are hidden."""
    teile = [f"Bevölkerungspyramide: {titel}, {zeiten[0]}" + (f", als Umriss {zeiten[1]}" if zeiten[1] else "")]
    teile.append("Links Männer, rechts Frauen, nach oben das Alter; die Balken zeigen Personen je Altersjahr")
    for wort, nr in (("Männer", 0), ("Frauen", 1)):
        da = [(g.dichte(w), g.name) for g in gruppen if (w := (g.maenner, g.frauen)[nr]) is not None]
        if da:
            hoch, tief = max(da), min(da)
            teile.append(
                f"{wort}: am stärksten besetzt ist die Altersgruppe {hoch[1]} "
                f"({format_zahl(hoch[0], 0)} je Altersjahr), am schwächsten {tief[1]} ({format_zahl(tief[0], 0)})"
            )
    verborgen = sum(w is None for g in gruppen for w in (g.maenner, g.frauen))
    teile += [f"{anzahl(verborgen, 'm')} Werte sind nicht ausgewiesen"] if verborgen else []
    return " ".join(satz(t) for t in teile)


def alt_gestapelt(titel: str, bloecke: Sequence[Block], teile: Sequence[str], angaben: Angaben) -> str:
    """Stacked bars: the shares of every bar."""
    saetze = [f"Gestapelte Balken, Anteile in Prozent: {titel}; Teile: {aufzaehlung(list(teile))}"]
    for block in bloecke:
        summe = sum(w or 0.0 for w in block.werte)
        if not block.ist_ganz or summe <= 0:
            saetze.append(f"{block.name}: nicht ausgewiesen")
            continue
        worte = [_zahl((w or 0.0) / summe * 100, angaben) for w in block.werte]
        saetze.append(f"{block.name}: {'; '.join(f'{t} {w}' for t, w in zip(teile, worte, strict=True))}")
    return " ".join(satz(s) for s in saetze)


def alt_gruppiert(titel: str, bloecke: Sequence[Block], teile: Sequence[str], angaben: Angaben) -> str:
    """Grouped bars: every value."""
    saetze = [f"Gruppierte Balken: {titel}{_einheit(angaben)}; je Gruppe {aufzaehlung(list(teile))}"]
    for block in bloecke:
        worte = [_zahl(w, angaben) if w is not None else "nicht ausgewiesen" for w in block.werte]
        saetze.append(f"{block.name}: {'; '.join(f'{t} {w}' for t, w in zip(teile, worte, strict=True))}")
    return " ".join(satz(s) for s in saetze)


def alt_waerme(titel: str, zeilen: Sequence[str], spalten: Sequence[Spalte], *, summe: bool) -> str:
    """Heat table: highest and lowest Raum of every column, and how many cells are not told."""
    raeume = zeilen[:-1] if summe else zeilen
    saetze = [f"Tabelle mit getönten Feldern: {titel}; {len(raeume)} Räume, {len(spalten)} Indikatoren"]
    for spalte in spalten:
        da = [(f.wert, z) for f, z in zip(spalte.felder, raeume, strict=False) if f.wert is not None]
        verborgen = sum(f.art == "geheim" for f in spalte.felder)
        rest = f", {anzahl(verborgen, 'n')} Feld{'er' if verborgen > 1 else ''} nicht ausgewiesen" if verborgen else ""
        if not da:
            saetze.append(f"{spalte.kopf}: keine Werte{rest}")
            continue
        hoch, tief = max(da), min(da)
        worte = [f"{z} ({format_zahl(w, spalte.nachkommastellen)})" for w, z in (hoch, tief)]
        saetze.append(f"{spalte.kopf}: am höchsten {worte[0]}, am niedrigsten {worte[1]}{rest}")
    return " ".join(satz(s) for s in saetze)


def alt_verlaeufe(titel: str, verlaeufe: Sequence[Verlauf], koepfe: tuple[str, str, str, str]) -> str:
    """Courses at a glance: the printed numbers of every row."""
    worte = [k.replace("\n", " ") for k in koepfe]
    saetze = [f"Tabelle mit kleinen Verlaufslinien: {titel}; Spalten: {aufzaehlung(worte)}"]
    for v in verlaeufe:
        zellen = [t for t in (v.anfang, v.ende, v.veraenderung, v.vergleich) if t]
        saetze.append(f"{v.name}: {'; '.join(zellen)}")
    return " ".join(satz(s) for s in saetze)
