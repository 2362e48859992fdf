"""How the Meldungen of a conversion are worded: sentences for many things at once, remedies, visible texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

NULLEN_GEMISCHT = " Andere Schlüssel der Datei haben ihre führende Null; so uneinheitlich ist nichts zu ergänzen."
NICHT = {
    "schluessel_unbekannt": "Der Raumschlüssel {} ist nicht zuzuordnen.",
    "schluessel_falsch": "Der Raumschlüssel „{}“ ist nicht lesbar.",
    "name_unbekannt": "Der Name „{}“ ist keinem Raum zugeordnet.",
    "zeile_ohne_regel": "Die Zeile „{}“ passt zu keiner Regel der Quelle.",
    "kreis_fremd": "Die Zeile „{}“ gilt nach der Quelle im eigenen Kreis, die Datei ist aber von einem anderen.",
}
HILFE_SCHLUESSEL = {
    "schluessel_unbekannt": "Schlüssel prüfen; bei neuen Gemeinden das aktuelle Gemeindeverzeichnis importieren.",
    "schluessel_falsch": "Den Schlüssel berichtigen: Ziffern ohne Leerraum und unsichtbare Zeichen.",
    "name_unbekannt": "sozmon raeume namen DATEI sammelt alle Vorschläge zum Bestätigen; oder die Schreibweise "
    "selbst in raeume/namen.csv eintragen: schreibweise;raum_id;quelle.",
    "zeile_ohne_regel": "In der Quelle sagen, was die Zeile ist: kreiszeile (Summe des Kreises), ohne_zuordnung, "
    "filter (bleibt weg) oder ende (ab hier nichts mehr lesen).",
    "kreis_fremd": "Prüfen, ob es die richtige Datei ist; sonst kreiszeile und ohne_zuordnung enger fassen.",
}
HILFE_NAME = "Der Schlüssel gilt. Prüfen, ob die Gemeinde umbenannt wurde oder ob die Zeile zu einer anderen gehört."
HILFE_NAMEN = "Vermutlich wurde eine Spalte allein sortiert oder verschoben: die Datei noch einmal anfordern."
EINZELN = 20
"""Things that are named one by one."""
HILFE_KREISZEILE = (
    "Ist es nur die Summe dieser Gemeinden, die Zeile aus der Datei nehmen oder kreiszeile in der Quelle enger fassen."
)
HILFE_DOPPELT = "In der Datei zu einer Zeile zusammenzählen, oder in der Quelle eine davon mit filter weglassen."
HILFE_ZEITART = "Das Feld zeitart der Quelle prüfen, oder ein anderes Merkmal wählen."
HILFE_WERT = "Die Zelle berichtigen, oder das Zeichen in der Quelle unter [zeichen] erklären."


def ohne_zuordnung(codes: Sequence[str]) -> str:
    """Codes without a Merkmal."""
    return f"Ohne Merkmal im Katalog, unter dem amtlichen Code gespeichert: {aufzaehlung(sorted(codes))}."


def ohne_kodierung(codes: Sequence[str]) -> str:
    """Variables or codes without a dimension."""
    return f"Gliederung ohne Dimension im Katalog, mit amtlichem Code gespeichert: {aufzaehlung(codes)}."


def ausserhalb(raeume: Sequence[str]) -> str:
    """Räume outside the own Kreis whose values are dropped; the first one is the example."""
    zahl = _raeume(len(raeume))
    return f"{zahl} außerhalb des eigenen Kreises nicht zuzuordnen, Werte nicht gespeichert. {raeume[0]}".strip()


def ohne_wert(raeume: Sequence[str]) -> str:
    """Räume that bring signs only."""
    zahl = _raeume(len(raeume))
    return f"{zahl} ohne Wert (nur Zeichen): in keinem Gemeindeverzeichnis enthalten, meist längst aufgelöst."


def einheit_fremd(masse: Sequence[str]) -> str:
    """Measures in another unit than their Quelle counts in."""
    return f"{aufzaehlung(masse, 4)}; die Quelle rechnet anders."


def repariert(raeume: Sequence[str]) -> str:
    """Keys that got their zero back; the first one is the example."""
    zahl = len(raeume)
    return f"{zahl} Raumschlüssel ohne führende Null, nach dem Gemeindeverzeichnis ergänzt. {raeume[0]}".strip()


def vorlaeufig(raeume: Sequence[str]) -> str:
    """Räume that a register may still settle; the first one is the example."""
    return f"{_raeume(len(raeume))} nur vorläufig zugeordnet. {raeume[0]}".strip()


TEXT_GUETE = {"repariert": repariert, "vorlaeufig": vorlaeufig}


def _raeume(anzahl: int) -> str:
    return "1 Raum" if anzahl == 1 else f"{anzahl} Räume"


def mit_zeichen(grund: str, text: str) -> str:
    """Name the sign itself when it is one; never a text with digits: it may be the value of a small cell."""
    if len(text) <= 8 and text.strip() and not any(z.isdigit() for z in text):
        return f"das Zeichen „{sichtbar(text)}“ ist in der Quelle nicht erklärt"
    return grund


def sichtbar(text: str) -> str:
    """Text with control and direction characters written out."""
    return "".join(z if z.isprintable() else f"\\u{ord(z):04x}" for z in text[:60])


def aufzaehlung(worte: Iterable[str], hoechstens: int = 8) -> str:
    """'a, b, c und 4 weitere'."""
    liste = list(worte)
    if len(liste) <= hoechstens:
        return ", ".join(liste)
    return f"{', '.join(liste[:hoechstens])} und {len(liste) - hoechstens} weitere"
