"""A project folder: find it, load its ``sozmon.toml``, make a new one.

Fields of the configuration carry their German description (``model.feld``); the commented file that
``sozmon neu`` writes and the reference page are made from them.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sozmon.definition import load_definition, load_toml, vorschlag
from sozmon.errors import AufrufError, AusgabeError, EingabeFehltError, KonfigError
from sozmon.model import DIMENSIONEN, SCHNITTE, feld

DATEI = "sozmon.toml"
NAMEN_SPALTEN = ("schreibweise", "raum_id", "quelle")
KORREKTUREN_SPALTEN = (
    "raum_id", "zeit", "merkmal", "auspraegung", "wert_alt", "wert_neu", "grund", "kuerzel", "datum",
)  # fmt: skip
KORREKTUREN_DATEI = "korrekturen.csv"
ANMERKUNGEN_SPALTEN = ("raum_id", "kennung", "von", "bis", "text")
UNTERORDNER = ("indikatoren", "vorlagen", "texte", "raeume", "eingang", "ausgabe", "auflagen")
_UEBERSEHEN = {".DS_Store", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class BerichtKonfig:
    """One report of the project: ``[berichte.<kennung>]``."""

    kennung: str = feld("Gleich dem Namen der Tabelle; so heißen auch die Produkte.", '"sozialbericht"', '"Bericht 1"')
    titel: str = feld("Titel auf der Titelseite.", '"Sozialbericht 2026"', '"Bericht.docx"', "Sozialbericht")
    untertitel: str = feld("Zweite Zeile der Titelseite.", '"Landkreis Musterland"', '["Landkreis"]', "")
    schnitt: str = feld(
        "Wonach die Indikatoren auf die Kapitel verteilt werden: dimension, lebensphase, bereich oder querschnitt.",
        '"lebensphase"',
        '"alter"',
        "dimension",
        werte=SCHNITTE,
    )
    kapitel: tuple[str, ...] = feld(
        "Kapitel in der Reihenfolge des Berichts: Rahmenkapitel (kurzfassung, einleitung, exkurs-NAME, methodik, "
        "impressum) und Werte des Schnitts (demografie … oder kindheit … oder der Name eines Bereichs). Jedes hat "
        "einen Ordner unter texte/.",
        '["kurzfassung", "demografie", "teilhabe", "methodik"]',
        '["Kapitel 1"]',
        ("kurzfassung", "einleitung", *DIMENSIONEN, "methodik", "impressum"),
    )
    kapiteltitel: dict[str, str] = feld(
        "Gedruckter Titel je Kapitel, wo er ein anderer sein soll.",
        '{ exkurs-pendeln = "Exkurs: Pendeln" }',
        '{ "Exkurs: Pendeln" = "exkurs-pendeln" } (verkehrt herum)',
        {},
    )
    berichtszeitraum: tuple[int, ...] = feld(
        "Erstes und letztes Jahr; leer = alles, was vorliegt.", "[2015, 2024]", "[2024]", ()
    )
    vorbericht: int = feld("Letztes Jahr des vorigen Berichts; 0 = keiner.", "2019", '"2019"', 0)
    datenstand: str = feld(
        "Redaktionsschluss: spätere Lieferungen ändern den Bericht nicht mehr; leer = alles.",
        '"2026-03-31"',
        '"31.03.2026"',
        "",
    )
    raumgliederung: str = feld(
        "Raumgliederung der Tabellen zwischen Gemeinde und Kreis; leer = die einzige vorhandene.",
        '"sozialregionen"',
        '"Sozialregionen des Kreises"',
        "",
    )
    herausgeber: str = feld(
        "Steht auf der Titelseite; leer = herausgeber des Projekts.", '"Landratsamt Musterland"', '["Landratsamt"]', ""
    )
    kurztitel: str = feld(
        "Kopfzeile der Seiten; leer = titel.",
        '"Sozialbericht"',
        '"Sozialbericht des Landkreises Musterland, dritte Fortschreibung"',
        "",
    )

    @property
    def zeitraum(self) -> tuple[int, int] | None:
        """(first, last) year, None = everything there is."""
        return (self.berichtszeitraum[0], self.berichtszeitraum[1]) if self.berichtszeitraum else None


@dataclass(frozen=True, slots=True)
class StilKonfig:
    """House style: ``[stil]``."""

    farbe: str = feld("Hauptfarbe für Überschriften und Linien.", '"#1f4e79"', '"blau"', "#1f4e79")
    farbe_hell: str = feld("Hintergrund der Tabellenköpfe.", '"#e9eff5"', '"hellblau"', "#e9eff5")
    schrift: str = feld(
        "Schriftfamilie des Textes. Eine eigene liegt als TrueType in vorlagen/schriften/ des Projekts "
        "(Name-Regular.ttf, Name-Bold.ttf, Name-It.ttf, Name-BoldIt.ttf). Diagramme behalten die mitgelieferte.",
        '"Source Sans Pro"',
        '"Arial.ttf"',
        "Source Sans Pro",
    )
    groesse_pt: float = feld("Schriftgröße des Textes in Punkt (9 bis 14).", "10.5", '"groß"', 10.5)
    tabelle_pt: float = feld("Schriftgröße der Tabellen in Punkt (7 bis 12).", "9", "4", 9.0)
    rand_cm: float = feld("Seitenrand links und rechts in Zentimetern (1,5 bis 4).", "2.5", "0", 2.5)
    logo: str = feld("SVG- oder PNG-Datei im Projektordner.", '"vorlagen/wappen.svg"', '"C:\\\\wappen.svg"', "")
    logo_alt: str = feld(
        "Was das Logo zeigt, in Worten (für Vorleseprogramme).", '"Wappen des Landkreises"', '"Bild"', ""
    )


@dataclass(frozen=True, slots=True)
class Projekt:
    """A project as its ``sozmon.toml`` describes it."""

    ordner: Path
    kreis: str = feld("Kreisschlüssel, fünf Ziffern als Text.", '"12345"', "12345 (ohne Anführungszeichen)")
    land: str = feld("Landesschlüssel; leer = die ersten zwei Ziffern des Kreises.", '"12"', '"Musterland"', "")
    titel: str = feld("Name des Projekts.", '"Sozialmonitoring Musterland"', '""', "Sozialmonitoring")
    herausgeber: str = feld("Wer veröffentlicht.", '"Landratsamt Musterland, Stabsstelle Sozialplanung"', '"Meyer"', "")
    gebietsstand: str = feld(
        "Datum, auf dessen Grenzen gerechnet wird; leer = das neueste eingelesene Gemeindeverzeichnis.",
        '"2024-12-31"',
        '"31.12.2024"',
        "",
    )
    raumgliederungen: dict[str, str] = feld(
        "Gedruckter Name je Raumgliederung. Die Zuordnung selbst steht in raeume/<name>.csv.",
        '{ sozialregionen = "Sozialregion" }',
        '{ SR1 = "Nord" } (Räume gehören in die Tabelle)',
        {},
    )
    schwellen: dict[str, int] = feld(
        "Mindestfallzahl je Quelle oder „allgemein“; die strengste gilt. Lockern geht nur in der Quelle, "
        "mit Begründung.",
        "{ allgemein = 3, jobcenter = 10 }",
        "{ allgemein = 0 }",
        {},
    )
    verlauf: bool = feld(
        "Festhalten, wer wann was eingelesen, zurückgenommen oder gelöscht hat (sozmon status --verlauf). Mit false "
        "wird nichts davon aufgezeichnet und im Bestand kein Benutzername mehr gespeichert (Beschäftigtendatenschutz); "
        "was schon dort steht, bleibt.",
        "false",
        '"nein"',
        True,
    )
    stil: StilKonfig = feld(
        "Hausstil: Farben, Schrift, Maße und Logo; gilt für alle Formate.",
        '{ farbe = "#1f4e79" }',
        '"blau"',
        StilKonfig(),
    )
    berichte: dict[str, BerichtKonfig] = feld(
        "Ein Abschnitt [berichte.<name>] je Bericht.",
        '{ sozialbericht = { titel = "Sozialbericht 2026" } }',
        'berichte = ["sozialbericht"]',
        {},
    )

    @property
    def bestand(self) -> Path:
        """The private store."""
        return self.ordner / "bestand"

    @property
    def raeume(self) -> Path:
        """Tables of Raumgliederungen, confirmed names, parsed registers."""
        return self.ordner / "raeume"

    @property
    def texte(self) -> Path:
        """Text blocks of people: texte/<kapitel>/<block>.md."""
        return self.ordner / "texte"

    @property
    def ausgabe(self) -> Path:
        """Products."""
        return self.ordner / "ausgabe"

    @property
    def eingang(self) -> Path:
        """Files that wait to be read."""
        return self.ordner / "eingang"

    @property
    def auflagen(self) -> Path:
        """Frozen editions."""
        return self.ordner / "auflagen"

    @property
    def vorlagen(self) -> Path:
        """Own or overriding templates."""
        return self.ordner / "vorlagen"

    @property
    def indikatoren(self) -> Path:
        """Own or overriding definitions."""
        return self.ordner / "indikatoren"

    def bericht(self, name: str = "") -> BerichtKonfig:
        """The report ``name``; '' = the first. Without any entry a plain default. AufrufError (2) when unknown."""
        if not self.berichte and name in ("", "sozialbericht"):
            return BerichtKonfig(kennung="sozialbericht")
        if not name:
            return next(iter(self.berichte.values()))
        if name not in self.berichte:
            raise AufrufError(
                f"Den Bericht „{name}“ gibt es in diesem Projekt nicht.",
                ort=DATEI,
                abhilfe=vorschlag(name, self.berichte) or f"Vorhanden: {', '.join(self.berichte) or 'sozialbericht'}.",
            )
        return self.berichte[name]


# --------------------------------------------------------------------------------------------------
# Shipped data, finding, loading


@cache
def _mitgeliefert() -> Path:
    paket = Path(__file__).resolve().parent
    im_rad = paket / "mitgeliefert"
    return im_rad if im_rad.is_dir() else paket.parents[1]


def mitgeliefert(*teile: str) -> Path:
    """Path of shipped data ('indikatoren', 'vorlagen', 'beispieldaten'): in the wheel or beside ``src``."""
    return _mitgeliefert().joinpath(*teile)


def find_projekt(angabe: str | None = None) -> Path:
    """Folder of the project: ``angabe`` (option), SOZMON_PROJEKT, or upward from the working directory.

    The search upward stops at HOME and at file-system borders. EingabeFehltError (66) when there is none.
    """
    for wort, woher in ((angabe, "--projekt"), (os.environ.get("SOZMON_PROJEKT"), "SOZMON_PROJEKT")):
        if wort:
            return _benannt(Path(wort).expanduser(), woher)
    return _aufwaerts()


def _benannt(pfad: Path, woher: str) -> Path:
    ordner = pfad.parent if pfad.name == DATEI else pfad
    if (ordner / DATEI).is_file():
        return ordner.resolve()
    raise EingabeFehltError(
        "Dort ist kein Projekt." if ordner.is_dir() else "Den Projektordner gibt es nicht.",
        ort=f"{ordner} (aus {woher})",
        grund=f"Ein Projekt ist ein Ordner mit der Datei {DATEI}.",
        abhilfe="Pfad prüfen oder ein Projekt anlegen: sozmon neu ORDNER --kreis KREISSCHLÜSSEL",
    )


def _aufwaerts() -> Path:
    try:
        start = Path.cwd()
        geraet = start.stat().st_dev
    except OSError:
        raise EingabeFehltError("Der aktuelle Ordner ist nicht mehr vorhanden.") from None
    zuhause = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() raises where no HOME is known
    for ordner in (start, *start.parents):
        if ordner.stat().st_dev != geraet:
            break
        if (ordner / DATEI).is_file():
            return ordner
        if ordner == zuhause:
            break
    raise EingabeFehltError(
        "Hier ist kein Projekt.",
        ort=str(start),
        grund=f"Weder dort noch in den Ordnern darüber liegt eine {DATEI}.",
        abhilfe="In den Projektordner wechseln, --projekt ORDNER angeben oder ein Projekt anlegen: "
        "sozmon neu ORDNER --kreis KREISSCHLÜSSEL",
    )


def load_projekt(ordner: Path) -> Projekt:
    """Load ``sozmon.toml`` of a project folder; KonfigError (78) names key and nearest good word."""
    if not (ordner / DATEI).is_file():
        _benannt(ordner, "--projekt")
    projekt = load_definition(Projekt, load_toml(ordner / DATEI, DATEI), DATEI, ordner=ordner)
    _pruefe(projekt)
    return projekt if projekt.land else _mit_land(projekt)


def _mit_land(projekt: Projekt) -> Projekt:
    import dataclasses

    return dataclasses.replace(projekt, land=projekt.kreis[:2])


def _pruefe(projekt: Projekt) -> None:
    try:
        parse_kreis(projekt.kreis)
    except AufrufError as fehler:
        raise KonfigError(
            fehler.text, ort=f"{DATEI}, Schlüssel kreis", grund=fehler.grund, abhilfe=fehler.abhilfe
        ) from None
    daten = [("gebietsstand", projekt.gebietsstand)]
    daten += [(f"berichte.{b.kennung}.datenstand", b.datenstand) for b in projekt.berichte.values()]
    for name, datum in daten:
        if datum and not _ist_datum(datum):
            raise KonfigError(
                f"„{datum}“ ist kein Datum.", ort=f"{DATEI}, Schlüssel {name}",
                grund="Daten stehen als Jahr-Monat-Tag.", abhilfe='Zum Beispiel: "2024-12-31"',
            )  # fmt: skip
    for bericht in projekt.berichte.values():
        _pruefe_bericht(bericht)
    _pruefe_stil(projekt.stil)
    for name, schwelle in projekt.schwellen.items():
        if schwelle < 1:
            raise KonfigError(
                f"Die Schwelle für „{name}“ muss mindestens 1 sein.", ort=f"{DATEI}, Schlüssel schwellen.{name}"
            )


def _pruefe_stil(stil: StilKonfig) -> None:
    grenzen = {"groesse_pt": (9.0, 14.0), "tabelle_pt": (7.0, 12.0), "rand_cm": (1.5, 4.0)}
    for name, (von, bis) in grenzen.items():
        if not von <= getattr(stil, name) <= bis:
            raise KonfigError(
                f"{getattr(stil, name):g} liegt außerhalb dessen, was sich drucken und lesen lässt.",
                ort=f"{DATEI}, Schlüssel stil.{name}",
                abhilfe=f"Möglich ist {von:g} bis {bis:g}.",
            )


def _pruefe_bericht(bericht: BerichtKonfig) -> None:
    ort = f"{DATEI}, Schlüssel berichte.{bericht.kennung}"
    if not re.fullmatch(r"[a-z0-9_-]+", bericht.kennung):
        raise KonfigError(
            f"„{bericht.kennung}“ taugt nicht als Name eines Berichts.", ort=ort,
            grund="So heißen auch die Dateien: erlaubt sind a–z, 0–9, _ und -.",
        )  # fmt: skip
    zeitraum = bericht.berichtszeitraum
    if zeitraum and (len(zeitraum) != 2 or zeitraum[0] > zeitraum[1]):
        raise KonfigError(
            "Der Berichtszeitraum braucht ein erstes und ein letztes Jahr.",
            ort=f"{ort}.berichtszeitraum",
            abhilfe="Zum Beispiel: berichtszeitraum = [2015, 2024]",
        )


def _ist_datum(text: str) -> bool:
    import datetime

    try:
        return len(text) == 10 and bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


def parse_kreis(text: str) -> str:
    """A Kreisschlüssel of five digits; AufrufError (2) says what the given text rather is."""
    if re.fullmatch(r"[0-9]{5}", text):
        return text
    abhilfe = "Fünf Ziffern angeben; der Schlüssel steht am Anfang jedes Gemeindeschlüssels (AGS)."
    if re.fullmatch(r"[0-9]{8}|[0-9]{12}", text):
        abhilfe = f"Das ist der Schlüssel einer Gemeinde; ihr Kreis ist {text[:5]}."
    elif re.fullmatch(r"[0-9]{4}", text):
        abhilfe = f"Nötig sind fünf Ziffern: Fehlt vorn die Null, ist es 0{text}; sonst fehlt hinten eine Ziffer."
    raise AufrufError(f"„{text}“ ist kein Kreisschlüssel.", abhilfe=abhilfe)


# --------------------------------------------------------------------------------------------------
# A new project


def create_projekt(ordner: Path, *, kreis: str = "", beispiel: bool = False) -> Projekt:
    """Make a project in a missing or empty folder; ``beispiel`` copies the shipped example with its deliveries.

    ``sozmon.toml`` is written last, so an interrupted run leaves no half project. AusgabeError (73) for a
    folder with content, AufrufError (2) for a wrong kreis.
    """
    if not beispiel:
        parse_kreis(kreis)
    _pruefe_leer(ordner)
    dateien = _beispieldateien() if beispiel else _startdateien(kreis)
    _write_projekt(ordner, dateien)
    return load_projekt(ordner.resolve())


def _pruefe_leer(ordner: Path) -> None:
    if ordner.exists() and not ordner.is_dir():
        raise AusgabeError(
            "Unter diesem Namen gibt es schon eine Datei.", ort=str(ordner), abhilfe="Einen anderen Namen wählen."
        )
    inhalt = sorted(p.name for p in ordner.iterdir() if p.name not in _UEBERSEHEN) if ordner.exists() else []
    if inhalt:
        raise AusgabeError(
            "Der Ordner ist schon ein Projekt." if DATEI in inhalt else "Der Ordner ist nicht leer.",
            ort=str(ordner),
            grund=f"Darin liegt zum Beispiel „{inhalt[0]}“. Vorhandenes wird nie überschrieben.",
            abhilfe="Einen neuen oder leeren Ordner angeben.",
        )


def _startdateien(kreis: str) -> dict[str, bytes]:
    from sozmon.projektdatei import render_projektdatei

    dateien = {p.name: p.read_bytes() for p in sorted(mitgeliefert("vorlagen", "projekt").iterdir()) if p.is_file()}
    dateien["raeume/namen.csv"] = _kopf(NAMEN_SPALTEN)
    dateien[KORREKTUREN_DATEI] = _kopf(KORREKTUREN_SPALTEN)
    dateien["anmerkungen.csv"] = _kopf(ANMERKUNGEN_SPALTEN)
    dateien[DATEI] = render_projektdatei(kreis=kreis).encode("utf-8")
    return dateien


def _kopf(spalten: tuple[str, ...]) -> bytes:
    """Header of a CSV for people: with BOM, because Excel would otherwise spoil the umlauts on double click."""
    return ("\ufeff" + ";".join(spalten) + "\r\n").encode("utf-8")


def _beispieldateien() -> dict[str, bytes]:
    quelle = mitgeliefert("beispieldaten")
    dateien = {
        ziel + p.relative_to(quelle / ordner).as_posix(): p.read_bytes()
        for ordner, ziel in (("projekt", ""), ("lieferungen", "eingang/"), ("fortschreibung", "fortschreibung/"))
        for p in sorted((quelle / ordner).rglob("*"))
        if p.is_file()
    }
    if DATEI not in dateien:
        raise EingabeFehltError(
            "Das mitgelieferte Beispiel fehlt in dieser Installation.",
            ort=str(quelle),
            abhilfe="sozmon neu installieren, oder ohne --beispiel ein eigenes Projekt anlegen.",
        )
    return dateien


def _write_projekt(ordner: Path, dateien: dict[str, bytes]) -> None:
    from sozmon import plattform

    for name in ("", *UNTERORDNER):
        plattform.create_ordner(ordner / name)
    for name, inhalt in sorted(dateien.items(), key=lambda d: d[0] == DATEI):
        plattform.create_ordner((ordner / name).parent)
        plattform.write_bytes(ordner / name, inhalt)
