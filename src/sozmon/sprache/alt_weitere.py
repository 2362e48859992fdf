"""Alt texts of the charts with many parts, from the same plain values that are drawn."""

from __future__ import annotations

from collections.abc import Sequence

from sozmon.diagramm.mehrteilig import Block
from sozmon.diagramm.modell import Angaben
from sozmon.diagramm.pyramide import Altersgruppe
from sozmon.sprache.alttexte import WORT_FUER_ZEICHEN
from sozmon.sprache.worte import anzahl, aufzaehlung, satz
from sozmon.zahlen import format_zahl


def _einheit(angaben: Angaben) -> str:
    if angaben.einheit in WORT_FUER_ZEICHEN:
        return f", in {WORT_FUER_ZEICHEN[angaben.einheit]}"
    return f", {angaben.einheit}" if angaben.einheit else ""


def _zahl(wert: float, angaben: Angaben) -> str:
    return format_zahl(wert, angaben.nachkommastellen)


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
