"""Definitions: what the TOML files of the catalogue become (Indikator, Merkmal, Dimension, Quelle, Standard).

Every field carries the text of its reference page (``feld``), so page, checks and code cannot drift apart.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from sozmon.model.werte import (
    DARSTELLUNGEN,
    DIMENSIONEN,
    GENAUIGKEITEN,
    LEBENSPHASEN,
    ORTSBEZUEGE,
    RICHTUNGEN,
    ZEITARTEN,
    Status,
)


def feld(
    doc: str,
    gut: str,
    schlecht: str = "",
    vorgabe: Any = dataclasses.MISSING,
    *,
    werte: tuple[str, ...] = (),
    pflicht: bool = False,
) -> Any:
    """A definition field: ``doc`` in German, one good and one bad TOML example, default (none = required).

    ``werte``: the only values allowed (of each element for lists, of each value for tables); () = free.
    ``pflicht``: files must state it although the class has a default (it follows a field that has one).
    """
    metadata = {"doc": doc, "gut": gut, "schlecht": schlecht, "werte": werte, "pflicht": pflicht}
    if vorgabe is dataclasses.MISSING:
        return dataclasses.field(metadata=metadata)
    if isinstance(vorgabe, dict):
        return dataclasses.field(default_factory=lambda: dict(vorgabe), metadata=metadata)
    return dataclasses.field(default=vorgabe, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Teil:
    """One summand of a Zähler or Nenner."""

    merkmal: str = feld("Kennung des Merkmals.", '"bevoelkerung"', '"Bevölkerung" (Titel statt Kennung)')
    auspraegung: str = feld(
        "Ausprägung in kanonischer Schreibweise; leer = insgesamt. Liegt sie nicht selbst vor, gilt eine "
        "Teilung der Dimension (Summe der Teile).",
        '"alter=15-64"',
        '"15 bis 64"',
        "",
    )
    zeitart: str = feld(
        "Welche Zeitart des Merkmals gemeint ist.", '"stichtag"', '"31.12."', "stichtag", werte=ZEITARTEN
    )
    vorzeichen: int = feld("1 oder -1.", "-1", '"-"', 1)
    jahr_versatz: int = feld("Verschiebung des Jahres: -1 = Vorjahr.", "-1", "2020 (Jahr statt Abstand)", 0)


@dataclass(frozen=True, slots=True)
class Bruch:
    """A declared break: values before and from ``ab`` are not comparable."""

    ab: str = feld("Erster Zeitpunkt nach dem Bruch (Jahr oder Datum).", '"2022"', '"seit Zensus"')
    grund: str = feld("Warum, in Worten für den Bericht.", '"Zensus 2022"', '""')


@dataclass(frozen=True, slots=True)
class Beziehung:
    """A declared relation to other indicators (sums, complements); the disclosure audit uses it."""

    art: str = feld(
        "summe (dieser ist die Summe der genannten), komplement (mit dem genannten 100 %) oder teil (in dem genannten enthalten).",
        '"summe"',
        '"ähnlich"',
        werte=("summe", "komplement", "teil"),
    )
    mit: tuple[str, ...] = feld("Kennungen der anderen Indikatoren.", '["jugendquotient", "altenquotient"]', "[]")


@dataclass(frozen=True, slots=True)
class Indikator:
    """A figure computed from Merkmale (or taken over as delivered: ``art = "fertigwert"``)."""

    kennung: str = feld("Gleich dem Dateinamen; a-z, 0-9, _.", '"arbeitslosenanteil"', '"Arbeitslosenanteil %"')
    titel: str = feld("Vollständiger Name für Überschriften.", '"Arbeitslosenanteil"', '"ALQ"')
    kurz: str = feld(
        "Kurzname für Tabellenköpfe und Achsen (bis 28 Zeichen).",
        '"Arbeitslose je 100 Ew. 15–64"',
        '"Registrierte Arbeitslose je hundert Einwohner"',
    )
    beschreibung: str = feld(
        "Ein bis drei Sätze: was gezählt wird und was nicht.", '"Anteil der … an …"', '"siehe oben"'
    )
    dimension: str = feld(
        "Lebenslagendimension: demografie, finanzen, immateriell oder teilhabe; zugleich der Ordner der Datei.",
        '"teilhabe"',
        '"Arbeit"',
        werte=DIMENSIONEN,
    )
    thema: str = feld("Unterkapitel.", '"Teilhabe am Erwerbsleben"', '"Sonstiges"')
    einheit: str = feld("Einheit, wie sie gedruckt wird.", '"%"', '"Prozentwert"')
    zaehler: tuple[Teil, ...] = feld(
        "Vorzeichenbehaftete Summe von Merkmalen.", '[{ merkmal = "arbeitslose", zeitart = "jahresmittel" }]', "[]"
    )
    nenner: tuple[Teil, ...] = feld(
        "Wie zaehler; leer bei Anzahlen und Fertigwerten.", '[{ merkmal = "bevoelkerung" }]', '["bevoelkerung"]', ()
    )
    art: str = feld(
        "berechnet oder fertigwert (ohne Teile geliefert, nie aggregiert).",
        '"berechnet"',
        '"quote"',
        "berechnet",
        werte=("berechnet", "fertigwert"),
    )
    verfahren: str = feld(
        "anzahl, anteil (Zähler ⊂ Nenner), rate (Ereignisse), verhaeltnis (getrennte Gruppen), veraenderung "
        "(Zähler ist eine Differenz) oder uebernommen.",
        '"anteil"',
        '"prozent"',
        "anteil",
        werte=("anzahl", "anteil", "rate", "verhaeltnis", "veraenderung", "uebernommen"),
    )
    intervall: str = feld(
        "Verfahren für das Konfidenzintervall: wilson (Anteile), byar (Ereignisse) oder keins.",
        '"wilson"',
        '"normal"',
        "keins",
        werte=("wilson", "byar", "keins"),
    )
    faktor: float = feld("Womit Zähler/Nenner multipliziert wird.", "100", '"%"', 100.0)
    nachkommastellen: int = feld("Stellen im Text und in Tabellen.", "1", "1.5", 1)
    richtung: str = feld(
        "hoch_belastet, hoch_guenstig oder neutral; neutral wird nie bewertet.",
        '"hoch_belastet"',
        '"rot"',
        "neutral",
        werte=RICHTUNGEN,
    )
    aggregation: str = feld(
        "summe (Zähler und Nenner werden summiert), gewichtet (mit dem eigenen Nenner) oder keine.",
        '"summe"',
        '"mittelwert"',
        "summe",
        werte=("summe", "gewichtet", "keine"),
    )
    ortsbezug: str = feld("wohnort, arbeitsort oder schulort.", '"wohnort"', '"hier"', "wohnort", werte=ORTSBEZUEGE)
    personen: bool = feld("Zählt Personen oder Haushalte: dann gelten die Geheimhaltungsregeln.", "true", '"ja"', True)
    plausibel_min: float | None = feld("Kleinster plausibler Wert.", "0", '"null"', None)
    plausibel_max: float | None = feld("Größter plausibler Wert.", "100", '"100 %"', None)
    mindestnenner: float = feld("Unter diesem Nenner wird kein Wert gebildet.", "100", "-1", 0.0)
    standardbevoelkerung: str = feld(
        "Standard für altersstandardisierte Raten (Ordner standards/).", '"esp2013"', '"Europa"', ""
    )
    rhythmus: str = feld("jaehrlich, zweijaehrlich, wahl, einmalig …", '"jaehrlich"', '"12"', "jaehrlich")
    toleranz: float = feld("Zulässige Abweichung bei Summenprüfungen (absolut).", "0", '"klein"', 0.0)
    beziehungen: tuple[Beziehung, ...] = feld(
        "Rechnerische Beziehungen zu anderen Indikatoren.", '[{ art = "summe", mit = ["a", "b"] }]', '["a plus b"]', ()
    )
    brueche: tuple[Bruch, ...] = feld(
        "Brüche, die nur diesen Indikator treffen; die der Merkmale gelten ohnehin.",
        '[{ ab = "2023", grund = "…" }]',
        '["2023"]',
        (),
    )
    ebene_min: str = feld("Niedrigste rechtlich und fachlich zulässige Ebene.", '"gemeinde"', '"Ortsteil"', "gemeinde")
    reihenfolge: int = feld(
        "Reihenfolge im Kapitel; ein Thema steht dort, wo sein erster Indikator steht.", "110", '"erst"', 1000
    )
    lebensphase: str = feld(
        "kindheit, jugend, erwerbsalter, alter oder leer.", '"alter"', '"Senioren"', "", werte=LEBENSPHASEN
    )
    bereich: str = feld("Fachplanung, z. B. jugendhilfe, altenhilfe.", '"altenhilfe"', '"Amt 50"', "")
    querschnitt: tuple[str, ...] = feld("Querschnittsthemen.", '["gleichstellung"]', '"gleichstellung"', ())
    zielgruppe: str = feld("Zielgruppe in Worten.", '"Ältere Menschen"', '"65+"', "")
    teile: tuple[str, ...] = feld(
        "Ausprägungen, die im Bericht für Regionen und Kreis neben dem Ganzen berechnet werden (für Pyramide und "
        "gestapelte Balken); eine Dimension ohne Wert steht für alle Werte ihrer ersten Teilung.",
        '["alter=0-17", "alter=18-64", "alter=65+", "alter|geschlecht"]',
        '["unter 18"]',
        (),
    )
    darstellung: tuple[str, ...] = feld(
        "Diagramme im Kapitel in dieser Reihenfolge; leer = nach den Daten gewählt.",
        '["linie", "pyramide", "rangfolge"]',
        '["Torte"]',
        (),
        werte=DARSTELLUNGEN,
    )
    leitindikator: bool = feld(
        "Steht in der Kurzfassung unter den Zahlen auf einen Blick (etwa fünfzehn im ganzen Katalog).",
        "true",
        '"wichtig"',
        False,
    )
    variante_von: str = feld(
        "Grundindikator, wenn dies eine Variante ist.", '"jugendquotient"', '"Jugendquotient (unter 20)"', ""
    )
    hinweise: tuple[str, ...] = feld(
        "Sätze, die in der Methodik stehen müssen.", '["Jahresdurchschnitt."]', '"Jahresdurchschnitt"', ()
    )
    stand: str = feld("Datum der letzten inhaltlichen Änderung dieser Definition.", '"2026-11-21"', '"neu"', "")


@dataclass(frozen=True, slots=True)
class Merkmal:
    """What is counted."""

    kennung: str = feld("Gleich dem Schlüssel in der Datei.", '"bevoelkerung"', '"BEVSTD"')
    titel: str = feld("Name für Menschen.", '"Bevölkerung"', '"BEVSTD"')
    einheit: str = feld("Was gezählt wird.", '"Personen"', '"1"')
    zeitart: tuple[str, ...] = feld("Zulässige Zeitarten.", '["stichtag"]', '["31.12."]', werte=ZEITARTEN)
    quellen: tuple[str, ...] = feld(
        "Quellen in der Reihenfolge ihres Vorrangs.", '["regionaldatenbank", "gv_isys"]', "[]"
    )
    dimensionen: tuple[str, ...] = feld("Zulässige Dimensionen.", '["alter", "geschlecht"]', '["Frauen"]', ())
    additiv: bool = feld("Summe der Gemeinden = Kreis? Nein bei Medianen und Quoten.", "true", '"ja"', True)
    personen: bool = feld("Personen oder Haushalte (Geheimhaltung).", "true", '"Personen"', True)
    ortsbezug: str = feld("wohnort, arbeitsort, schulort.", '"wohnort"', '"Gemeinde"', "wohnort", werte=ORTSBEZUEGE)
    toleranz: float = feld("Zulässige Abweichung der Summe der Teile vom Ganzen.", "0", '"gering"', 0.0)
    brueche: tuple[Bruch, ...] = feld("Brüche der Reihe.", '[{ ab = "2011", grund = "Zensus 2011" }]', '["Zensus"]', ())
    hinweise: tuple[str, ...] = feld(
        "Hinweise für die Methodik.", '["Zusammen veranlagte Eheleute zählen als einer."]', '"siehe Quelle"', ()
    )


@dataclass(frozen=True, slots=True)
class Teilung:
    """``teile`` partition ``ganz`` (empty = total): sum checks and disclosure equations come from here."""

    ganz: str = feld("Das Ganze; leer = insgesamt.", '"0-17"', '"u18"')
    teile: tuple[str, ...] = feld(
        "Die Teile, vollständig und ohne Überschneidung.", '["0-2", "3-5", "6-9", "10-14", "15-17"]', "[]"
    )


@dataclass(frozen=True, slots=True)
class Dimension:
    """A breakdown: its values and which of them add up."""

    kennung: str = feld("Gleich dem Dateinamen.", '"alter"', '"Alter"')
    titel: str = feld("Name für Menschen.", '"Alter"', '"ALTX20"')
    werte: dict[str, str] = feld("Wert → Beschriftung.", '{ "0-2" = "unter 3 Jahre" }', '["0-2", "3-5"]')
    teilungen: tuple[Teilung, ...] = feld(
        "Welche Werte zusammen ein Ganzes ergeben.", '[{ ganz = "", teile = ["m", "w"] }]', '[["m", "w"]]', ()
    )


@dataclass(frozen=True, slots=True)
class Zuordnung:
    """Official measure code → Merkmal."""

    code: str = feld("Code oder Spaltenkopf der Maßzahl in der Datei.", '"BEVSTD"', '"Bevölkerung"')
    merkmal: str = feld("Merkmal des Katalogs.", '"bevoelkerung"', '"Bevölkerung"')
    statistik: str = feld("Nur für diese Statistik/Tabelle (leer = alle).", '"12411"', "12411", "")
    auspraegung: str = feld("Feste Ausprägung, die der Code bedeutet.", '"alter=15-64"', '"15 bis 64"', "")
    zeitart: str = feld(
        "Zeitart des Werts; leer = wie in der Datei.", '"jahresmittel"', '"Durchschnitt"', "", werte=("", *ZEITARTEN)
    )
    faktor: float = feld("Womit der gelieferte Wert multipliziert wird (1000 bei „in 1 000“).", "1000", '"Tsd."', 1.0)
    genauigkeit: str = feld(
        "exakt, gerundet_5, gerundet_10, tausend, ueberlagert.", '"tausend"', '"ungefähr"', "exakt", werte=GENAUIGKEITEN
    )
    basis: str = feld("Fortschreibungsbasis.", '"Zensus 2022"', '"2022 "', "")
    variante: str = feld("Prognosevariante.", '"V1"', '"mittlere"', "")


@dataclass(frozen=True, slots=True)
class Kodierung:
    """A file's classifying variable → a dimension of the catalogue."""

    variable: str = feld("Code der Variablen in der Datei.", '"GES"', '"Geschlecht"')
    dimension: str = feld("Dimension des Katalogs.", '"geschlecht"', '"GES"')
    werte: dict[str, str] = feld(
        "Code in der Datei → Wert der Dimension; leerer Wert = insgesamt.",
        '{ GESM = "m" }',
        '{ m = "GESM" } (verkehrt herum)',
    )


@dataclass(frozen=True, slots=True)
class Pin:
    """A pinned cell or header by which a file is recognised: ``muster`` is a regular expression."""

    muster: str = feld("Regulärer Ausdruck, der passen muss.", r"'^Gemeinderatswahlen (\d+)'", "'.*' (passt immer)")
    blatt: str = feld("Blatt (regulärer Ausdruck); leer = jedes.", "'^Erklärung'", "1", "")
    zelle: str = feld("Zelle wie A1; leer = irgendwo in den ersten 12 Zeilen.", '"A1"', '"Zeile 1"', "")


@dataclass(frozen=True, slots=True)
class Spalte:
    """A value column of a declared table, or with ``muster`` all columns whose head fits."""

    kopf: str = feld(
        "Kopftext der Spalte (nach Zusammenfügen der Kopfzeilen mit „ / “); „Anzahl#2“ ist die zweite Spalte dieses "
        "Namens, „Spalte D“ eine ohne Kopf. Entweder kopf oder muster.",
        '"Wahlberechtigte"',
        '"D"',
        "",
    )
    merkmal: str = feld(
        "Merkmal des Katalogs; leer = die Spalte wird nicht gelesen.",
        '"wahlberechtigte"',
        '"Wahlberechtigte"',
        "",
        pflicht=True,
    )
    auspraegung: str = feld("Ausprägung der Spalte.", '"wahl=gemeinderat"', '"Gemeinderat"', "")
    zeit: str = feld("Zeitpunkt der Spalte; leer = Zeit der Quelle.", '"2023-12-31"', '"letztes Jahr"', "")
    faktor: float = feld("Womit der Wert multipliziert wird.", "1000", '"in Tausend"', 1.0)
    zeitart: str = feld(
        "Zeitart der Spalte; leer = Zeitart der Quelle.", '"stichtag"', '"31.12."', "", werte=("", *ZEITARTEN)
    )
    muster: str = feld(
        "Regulärer Ausdruck auf den Kopf, anstelle von kopf; er darf mehrere Spalten treffen. Die Gruppe zeit ist der "
        "Zeitpunkt der Spalte, jede andere Gruppe heißt wie eine Dimension; fehlt ihr Text im Kopf, gilt insgesamt. "
        "Ein Datum im Kopf heißt dort 2023-12-31, auch wenn Excel es anders anzeigt.",
        r"'^(?P<geschlecht>Männer|Frauen) / (?P<zeit>\d{4}-\d{2}-\d{2})$'",
        "'Männer' (passt auch auf „darunter Männer“)",
        "",
    )
    werte: dict[str, dict[str, str]] = feld(
        "Zu den Gruppen von muster: Dimension → { Text im Kopf = Wert der Dimension }; leerer Wert = insgesamt.",
        '{ geschlecht = { "Männer" = "m", "Frauen" = "w" } }',
        '{ geschlecht = ["m", "w"] }',
        {},
    )
    darf_fehlen: bool = feld(
        "Die Spalte steht nicht in jeder Lieferung; fehlt sie, ist das nur eine Info.", "true", '"ja"', False
    )


@dataclass(frozen=True, slots=True)
class Gliederung:
    """A column of a declared table whose text breaks every row down."""

    kopf: str = feld("Kopftext der Spalte mit der Gliederung.", '"Geschlecht"', '"C"')
    dimension: str = feld("Dimension des Katalogs.", '"geschlecht"', '"Geschlecht"')
    werte: dict[str, str] = feld(
        "Text der Zelle → Wert der Dimension; leerer Wert = insgesamt. Ein Text, der hier fehlt, ist ein Fehler.",
        '{ "männlich" = "m", "weiblich" = "w", "zusammen" = "" }',
        '{ m = "männlich" } (verkehrt herum)',
    )


@dataclass(frozen=True, slots=True)
class Tabellenblatt:
    """One sheet of a declared table."""

    blatt: str = feld("Blattname (regulärer Ausdruck).", "'^GR24_EE_KS_GE$'", "2", "")
    kopfzeile: int = feld("Erste Kopfzeile (1 = erste Zeile).", "1", "0", 1)
    kopfsuche: str = feld(
        "Regulärer Ausdruck: die erste Zeile mit einer passenden Zelle ist die erste Kopfzeile. Anstelle von kopfzeile, "
        "wenn die Zahl der Vorzeilen wechselt; passen mehrere Blätter auf blatt, zählt das eine, in dem sie vorkommt.",
        "'^Regionalschlüssel$'",
        "'Region' (passt schon auf den Titel)",
        "",
    )
    kopfzeilen: int = feld("Anzahl der Kopfzeilen; verbundene Köpfe werden nach rechts gefüllt.", "1", "0", 1)
    gedreht: bool = feld(
        "Die Merkmale stehen in den Zeilen, die Räume in den Spalten: das Blatt wird gedreht, dann gilt alles wie "
        "sonst (die erste Spalte ist die erste Kopfzeile).",
        "true",
        '"ja"',
        False,
    )
    schluessel: str = feld("Kopftext der Spalte mit dem Raumschlüssel.", '"Ortnummer"', '"F"', "")
    schluesselmuster: str = feld(
        "Regulärer Ausdruck, der die Zelle zerlegt, wenn Schlüssel und Name zusammen darin stehen: Gruppe schluessel, "
        "wahlweise Gruppe name.",
        r"'^(?P<schluessel>\d{2,8}) (?P<name>.+)$'",
        r"'^\d+ .+$' (keine Gruppe)",
        "",
    )
    raum_muster: str = feld(
        "Regulärer Ausdruck, der den Raumschlüssel im Text über der Tabelle findet (Gruppe 1), wenn die Datei nur einen "
        "Raum betrifft; kreiszeile meint dann dessen Kreis.",
        r"'Gemeindeschlüssel:? (\d{8})'",
        "'Gemeindeschlüssel' (keine Gruppe)",
        "",
    )
    schluesselart: str = feld(
        "ags, ars, verband, region oder name.",
        '"ags"',
        '"AGS"',
        "ags",
        werte=("ags", "ars", "verband", "region", "name"),
    )
    name: str = feld("Kopftext der Spalte mit dem Namen (Gegenprobe).", '"Ortname"', '"G"', "")
    spalten: tuple[Spalte, ...] = feld(
        "Welche Spalten gelesen werden.", '[{ kopf = "Wähler", merkmal = "waehler" }]', '["Wähler"]', ()
    )
    kreiszeile: str = feld(
        "Regulärer Ausdruck auf die Schlüssel- oder Namenszelle: diese Zeile ist die Summe des eigenen Kreises. '^' heißt: "
        "jede Zeile.",
        "'^(Summe|Landkreis insgesamt)$'",
        "'Summe' (passt auch auf „Zwischensumme“)",
        "",
    )
    ohne_zuordnung: str = feld(
        "Ebenso: diese Zeile zählt, was keiner Gemeinde zuzuordnen ist. Es zählt im Kreis, in keiner Region.",
        "'^(nicht zuzuordnen|unbekannt|o\\. A\\.)$'",
        "'.*'",
        "",
    )
    fuellen: tuple[str, ...] = feld(
        "Köpfe der Spalten, in denen eine leere Zelle den Text darüber meint (verbundene Zellen einer Gruppe).",
        '["Gemeinde"]',
        '"Gemeinde"',
        (),
    )
    gliederungen: tuple[Gliederung, ...] = feld(
        "Spalten, deren Text die Zeile gliedert.",
        '[{ kopf = "Geschlecht", dimension = "geschlecht", werte = { "m" = "m", "w" = "w", "gesamt" = "" } }]',
        '["Geschlecht"]',
        (),
    )
    zeitspalte: str = feld(
        "Kopftext der Spalte mit dem Zeitpunkt der Zeile (auch als Datum formatiert).", '"Stichtag"', '"2023"', ""
    )
    filter: dict[str, str] = feld(
        "Nur Zeilen, deren Spalte passt (regulärer Ausdruck).", '{ "Ebene 1" = "^(GE|KS)$" }', '["GE", "KS"]', {}
    )
    ende: str = feld("Regulärer Ausdruck der ersten Zelle, ab der nichts mehr gelesen wird.", "'^_+$'", '"leer"', "")
    fussnote: str = feld(
        "Regulärer Ausdruck angeklebter Fußnotenzeichen am Namen und an den Köpfen.",
        r"' \d+\)$'",
        "'1)' (die Klammer hat hier eine Bedeutung)",
        "",
    )
    wertfussnote: str = feld(
        "Regulärer Ausdruck angeklebter Fußnotenzeichen am Wert; ein Zeichen, das allein steht, bleibt stehen.",
        r"'([¹²³]| \d\))$'",
        r"'\d$' (schneidet Ziffern ab)",
        "",
    )
    verborgen: str = feld(
        "Was mit verborgenen Zeilen/Spalten geschieht: ablehnen, lesen, auslassen.",
        '"ablehnen"',
        '"egal"',
        "ablehnen",
        werte=("ablehnen", "lesen", "auslassen"),
    )


@dataclass(frozen=True, slots=True)
class Quelle:
    """Who delivers, how the files are recognised and read, and what law says."""

    kennung: str = feld("Gleich dem Dateinamen.", '"inkar"', '"INKAR 2024"')
    titel: str = feld("Kurzer Name.", '"INKAR"', '"Datei vom BBSR"')
    herausgeber: str = feld("Wie er in der Quellenzeile steht.", '"BBSR, INKAR"', '"Internet"')
    form: str = feld(
        "ffcsv, genesis_tabelle, inkar, gv_isys, gebietsaenderungen, umsteigeschluessel, tabelle, vordruck (nur "
        "Vordrucke von sozmon abfrage; die lesen sich ohne Erkennung und Blätter).",
        '"inkar"',
        '"xls"',
        werte=(
            "ffcsv",
            "genesis_tabelle",
            "inkar",
            "gv_isys",
            "gebietsaenderungen",
            "umsteigeschluessel",
            "tabelle",
            "vordruck",
        ),
    )
    lizenz: str = feld("Lizenz der Daten.", '"dl-de/by-2-0"', '"frei"', "")
    adresse: str = feld("Wo Ämter sie anbieten.", '"https://www.inkar.de"', '"Downloads"', "")
    erkennung: tuple[Pin, ...] = feld(
        "Alle müssen passen.", "[{ muster = '^Kennziffer$', zelle = \"A1\" }]", '["Kennziffer"]', ()
    )
    statistiken: tuple[str, ...] = feld(
        "Bei ffcsv: Statistikcodes (reguläre Ausdrücke), für die diese Quelle gilt.", '["^12411$"]', "[12411]", ()
    )
    tabellen: tuple[str, ...] = feld(
        "Klassische GENESIS-Tabellen dieser Quelle: Tabellencodes (reguläre Ausdrücke).",
        "['^12411-01-']",
        "[12411]",
        (),
    )
    kodierung: str = feld("Rückfall, wenn die Datei kein UTF-8 ist.", '"cp1252"', '"Windows"', "cp1252")
    zahlen: str = feld(
        "de: 1.234,5 · de_kurz: ebenso, auch ,5 für 0,5 · en: 1,234.5 · punkt: 1234.5.",
        '"de"',
        '"deutsch"',
        "de",
        werte=("de", "de_kurz", "en", "punkt"),
    )
    zeichen: dict[str, str] = feld(
        "Zeichen → Status.",
        '{ "-" = "null_genau", "." = "geheim_quelle" }',
        '{ "-" = "0" } (ein Zeichen wird nie zur Zahl)',
        {},
        werte=tuple(s.value for s in Status),
    )
    kennzeichen: dict[str, str] = feld(
        "Zusatz am Wert → p, r, s, e.", '{ "p" = "p" }', '{ "p" = "vorläufig" }', {}, werte=("p", "r", "s", "e")
    )
    geheim_min: float = feld("Kleinster möglicher Wert hinter einem geheimen Zeichen.", "1", '"1"', 0.0)
    geheim_max: float | None = feld("Größter möglicher Wert (leer = offen).", "2", '"*"', None)
    mindestfallzahl: int = feld("Werte von 1 bis unter dieser Zahl werden nicht veröffentlicht.", "3", '"<3"', 3)
    begruendung: str = feld(
        "Pflicht, wenn eine Schwelle unter 3 gelockert wird.", '"Flächenangabe, keine Personen"', '"ist so üblich"', ""
    )
    gebietsstand: str = feld(
        "zeit (wie der Wert), letztes_jahr (31.12. des letzten Jahres der Datei), ein Datum.",
        '"letztes_jahr"',
        '"heute"',
        "zeit",
    )
    stand: str = feld(
        "Woher der Stand kommt: dateiname, inhalt (regulärer Ausdruck in stand_muster), ein Datum.",
        '"dateiname"',
        '"neu"',
        "dateiname",
    )
    stand_muster: str = feld(
        "Regulärer Ausdruck; Gruppe 1 = Datum oder Jahr.", r"'Ausgabe (\d{4})'", "'Ausgabe' (keine Gruppe)", ""
    )
    zeit: str = feld(
        "Fester Zeitpunkt aller Werte (Wahltag) oder leer = aus der Datei.", '"2024-06-09"', '"Juni 2024"', ""
    )
    zeit_muster: str = feld(
        "Regulärer Ausdruck, der den Zeitpunkt in den ersten Zeilen der Datei findet; Gruppe 1 = Datum oder Jahr.",
        r"'Stichtag:? (\d{2}\.\d{2}\.\d{4})'",
        "'Stichtag' (keine Gruppe)",
        "",
    )
    zeitart: str = feld("Zeitart, wenn die Datei keine nennt.", '"wahltag"', '"Wahl"', "", werte=("", *ZEITARTEN))
    raumvariablen: dict[str, str] = feld(
        "Bei ffcsv: Variable, die den Raum nennt (regulärer Ausdruck, ganzer Code) → Schlüsselart "
        "(ags, ars, verband, kreis; leer = Deutschland).",
        '{ "GEMEIN|KREISE" = "ags", "GEO.*" = "ars" }',
        '{ KREISE = "Kreis" }',
        {},
        werte=("ags", "ars", "verband", "kreis", ""),
    )
    zuordnungen: tuple[Zuordnung, ...] = feld(
        "Maßzahl → Merkmal.", '[{ code = "BEVSTD", merkmal = "bevoelkerung" }]', '{ BEVSTD = "bevoelkerung" }', ()
    )
    kodierungen: tuple[Kodierung, ...] = feld(
        "Variable → Dimension.",
        '[{ variable = "GES", dimension = "geschlecht", werte = { GESM = "m" } }]',
        '{ GES = "geschlecht" }',
        (),
    )
    blaetter: tuple[Tabellenblatt, ...] = feld(
        "Bei form = tabelle: die Blätter.",
        '[{ blatt = \'^Tabelle\', schluessel = "AGS", spalten = [{ kopf = "Wähler", merkmal = "waehler" }] }]',
        '["Tabelle1"]',
        (),
    )
    rechtsgrundlage: str = feld(
        "Auf welcher Grundlage das Amt die Daten hat.", '"Amtliche Statistik"', '"liegt vor"', ""
    )
    veroeffentlichung: str = feld("ja, ab_ebene:<ebene>, nein.", '"ja"', '"vielleicht"', "ja")
    aufbewahrung_bis: str = feld(
        "Datum, bis zu dem die Lieferung aufbewahrt werden darf.", '"2030-12-31"', '"2030"', ""
    )
    rhythmus: str = feld("Erwarteter Abstand der Lieferungen.", '"jaehrlich"', '"12"', "jaehrlich")
    hinweise: tuple[str, ...] = feld(
        "Was man über diese Daten wissen muss; steht in der Methodik.", '["Zellen sind überlagert."]', '"Cell-Key"', ()
    )


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard population for age-standardised rates: weights of age groups (only their proportions matter)."""

    kennung: str = feld("Gleich dem Dateinamen.", '"esp2013"', '"ESP 2013"')
    titel: str = feld("Name für Menschen.", '"Europastandardbevölkerung 2013"', '"Standard"')
    dimension: str = feld("Dimension, deren Werte gewichtet werden.", '"alter"', '"Alter"')
    gewichte: dict[str, float] = feld("Wert der Dimension → Gewicht.", '{ "0-4" = 5000, "5-9" = 5500 }', "[5000, 5500]")
    herkunft: str = feld(
        "Veröffentlichung, aus der die Gewichte stammen.", '"Eurostat, Revision of the …"', '"Lehrbuch"', ""
    )
