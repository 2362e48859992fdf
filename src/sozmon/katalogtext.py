"""The catalogue in German sentences: formula, Ausprägungen, Brüche and sources of an Indikator (pure text)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sozmon.katalog import Katalog, kann_liefern, zerlege
from sozmon.model import Bruch, Indikator, Quelle, Teil
from sozmon.zahlen import format_zahl

ZEITARTWORTE = {
    "stichtag": "am Stichtag",
    "jahr": "im Jahr",
    "jahresmittel": "im Jahresdurchschnitt",
    "schuljahr": "im Schuljahr",
    "monat": "im Monat",
    "quartal": "im Quartal",
    "wahltag": "am Wahltag",
}
EBENENWORTE = {
    "gemeinde": "Gemeinde",
    "verband": "Gemeindeverband",
    "kreis": "Kreis",
    "regierungsbezirk": "Regierungsbezirk",
    "land": "Land",
    "bund": "Deutschland",
}
DIMENSIONSWORTE = {
    "demografie": "Demografie",
    "finanzen": "Finanzen und Einkommen",
    "immateriell": "Immaterielle Lebenslagen",
    "teilhabe": "Soziale Teilhabe",
}
RICHTUNGSWORTE = {
    "hoch_belastet": "Ein hoher Wert zeigt eine Belastung an.",
    "hoch_guenstig": "Ein hoher Wert ist günstig.",
    "neutral": "Der Wert wird nicht bewertet: weder hoch noch niedrig ist an sich gut oder schlecht.",
}


def formel(katalog: Katalog, indikator: Indikator) -> str:
    """Formula in one or two sentences: 'A minus B, geteilt durch C, mal 100. Für mehrere Gemeinden …'."""
    zaehler = summe(katalog, indikator.zaehler)
    if indikator.art == "fertigwert":
        return f"{zaehler}: wie geliefert. Der Wert wird weder umgerechnet noch zusammengefasst."
    if not indikator.nenner:
        mal = f", mal {format_zahl(indikator.faktor, None)}" if indikator.faktor != 1 else ""
        return f"{zaehler}{mal}. {_zusammenfassung(indikator)}"
    satz = f"{zaehler}, geteilt durch {summe(katalog, indikator.nenner)}"
    mal = f", mal {format_zahl(indikator.faktor, None)}" if indikator.faktor != 1 else ""
    return f"{satz}{mal}. {_zusammenfassung(indikator)}"


def _zusammenfassung(indikator: Indikator) -> str:
    if indikator.aggregation == "keine":
        return "Werte mehrerer Räume werden nicht zusammengefasst."
    if not indikator.nenner:
        return "Für Regionen und Kreis wird über die Gemeinden summiert."
    if indikator.aggregation == "gewichtet":
        return "Für Regionen und Kreis wird mit dem Nenner gewichtet."
    return "Für Regionen und Kreis werden erst Zähler und Nenner über alle Gemeinden summiert, dann wird geteilt."


def summe(katalog: Katalog, teile: Sequence[Teil]) -> str:
    """'Lebendgeborene minus Gestorbene, jeweils im Jahr' from signed parts."""
    arten = {(t.zeitart, t.jahr_versatz) for t in teile}
    gemeinsam = len(teile) > 1 and len(arten) == 1
    worte = [teil_in_worten(katalog, t, mit_zeit=not gemeinsam) for t in teile]
    text = worte[0] if teile[0].vorzeichen > 0 else f"minus {worte[0]}"
    for teil, wort in zip(teile[1:], worte[1:], strict=True):
        text += f" {'plus' if teil.vorzeichen > 0 else 'minus'} {wort}"
    return f"{text}, jeweils {_zeit(teile[0])}" if gemeinsam else text


def teil_in_worten(katalog: Katalog, teil: Teil, *, mit_zeit: bool = True) -> str:
    """'Bevölkerung (15 bis unter 65 Jahre) am Stichtag'."""
    merkmal = katalog.merkmale.get(teil.merkmal)
    text = merkmal.titel if merkmal else teil.merkmal
    if teil.auspraegung:
        text += f" ({auspraegung_in_worten(katalog, teil.auspraegung)})"
    return f"{text} {_zeit(teil)}" if mit_zeit else text


def _zeit(teil: Teil) -> str:
    wort = ZEITARTWORTE[teil.zeitart]
    if teil.jahr_versatz == -1:
        return f"{wort} des Vorjahres" if teil.zeitart in ("stichtag", "wahltag", "monat") else "im Vorjahr"
    if teil.jahr_versatz:
        richtung = "davor" if teil.jahr_versatz < 0 else "danach"
        return f"{wort} {abs(teil.jahr_versatz)} Jahre {richtung}"
    return wort


def auspraegung_in_worten(katalog: Katalog, auspraegung: str) -> str:
    """'weiblich, 65 Jahre und älter'; '' → 'insgesamt'."""
    teile = zerlege(auspraegung)
    worte = [
        katalog.dimensionen[name].werte.get(wert, wert) if name in katalog.dimensionen else wert
        for name, wert in sorted(teile.items(), key=lambda t: t[0] == "alter")
    ]
    return ", ".join(worte) or "insgesamt"


def quellen_von(katalog: Katalog, teil: Teil) -> list[Quelle]:
    """Quellen that can deliver a part, in order of precedence; where none maps it yet, the declared ones."""
    alle = [katalog.quellen[q] for q in katalog.quellen_fuer(teil.merkmal) if q in katalog.quellen]
    return [q for q in alle if kann_liefern(q, teil.merkmal, teil.auspraegung)] or alle


def quellen_in_worten(katalog: Katalog, teile: Iterable[Teil]) -> str:
    """Titles of the Quellen that can deliver the parts, each once."""
    return ", ".join(dict.fromkeys(q.titel for teil in teile for q in quellen_von(katalog, teil)))


def bruch_in_worten(bruch: Bruch) -> str:
    """'ab 2022: Zensus 2022 …'."""
    return f"ab {bruch.ab}: {bruch.grund}"


def jahre_in_worten(jahre: Iterable[int], *, bis: str = "–", und: str = ", ") -> str:
    """{2019, 2020, 2021, 2023} → '2019–2021, 2023'; with bis='..' and und=',' the words of the option -z."""
    strecken: list[list[int]] = []
    for jahr in sorted(set(jahre)):
        if strecken and strecken[-1][1] == jahr - 1:
            strecken[-1][1] = jahr
        else:
            strecken.append([jahr, jahr])
    return und.join(str(a) if a == b else f"{a}{bis}{b}" for a, b in strecken)
