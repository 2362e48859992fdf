"""Reference pages made from the code: the catalogue, ``vorlagen/sozmon_toml.md``, ``vorlagen/meldungen.md``.

``python -m sozmon.doku --pruefen`` ends with 1 when a page is stale, ``--schreiben`` renews it. The fields come from
``model.feld``, the lists from the shipped catalogue, so neither can say anything else than the program does.
"""

from __future__ import annotations

import dataclasses
import sys
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sozmon import model
from sozmon.definition import felder, ist_pflicht
from sozmon.katalog import Katalog, gelieferte_merkmale, load_katalog
from sozmon.katalogtext import DIMENSIONSWORTE, bruch_in_worten, formel, quellen_in_worten
from sozmon.model import meldungskatalog
from sozmon.projekt import BerichtKonfig, Projekt, StilKonfig
from sozmon.projektdatei import render_projektdatei, toml_wert, vorgabe

WURZEL = Path(__file__).resolve().parents[2]
HERKUNFT = "<!-- Diese Seite ist erzeugt (make doku); Änderungen gehören in die Definitionen oder in den Code. -->\n"

KLASSEN: tuple[tuple[type, str, str], ...] = (
    (model.Indikator, "Indikator", "Eine Datei je Indikator: `<dimension>/<kennung>.toml`."),
    (model.Teil, "Teil eines Zählers oder Nenners", "In `zaehler` und `nenner` eines Indikators."),
    (model.Beziehung, "Beziehung", "In `beziehungen` eines Indikators."),
    (model.Bruch, "Bruch", "In `brueche` eines Indikators oder Merkmals."),
    (model.Merkmal, "Merkmal", "Mehrere in einer Datei, je eine Tabelle `[kennung]`: `merkmale/<gruppe>.toml`."),
    (model.Dimension, "Dimension", "Eine Datei je Dimension: `dimensionen/<kennung>.toml`."),
    (model.Teilung, "Teilung", "In `teilungen` einer Dimension."),
    (model.Quelle, "Quelle", "Eine Datei je Quelle: `quellen/<kennung>.toml`."),
    (model.Pin, "Erkennungszeichen", "In `erkennung` einer Quelle."),
    (model.Zuordnung, "Zuordnung", "In `zuordnungen` einer Quelle: Maßzahl der Datei → Merkmal."),
    (model.Kodierung, "Kodierung", "In `kodierungen` einer Quelle: Variable der Datei → Dimension."),
    (model.Tabellenblatt, "Tabellenblatt", "In `blaetter` einer Quelle der Form `tabelle`."),
    (model.Spalte, "Spalte", "In `spalten` eines Tabellenblatts."),
    (model.Gliederung, "Gliederung", "In `gliederungen` eines Tabellenblatts."),
    (model.Standard, "Standardbevölkerung", "Eine Datei je Standard: `standards/<kennung>.toml`."),
)

EINLEITUNG = """\
# Der Katalog

Was sozmon zählt und rechnet, steht in den Dateien dieses Ordners, nicht im Programm. Wer einen Indikator braucht, legt
im Ordner `indikatoren/` des eigenen Projekts eine Datei an; eine Datei mit derselben Kennung ersetzt die mitgelieferte
als Ganzes. In Tabellen und Kapiteln erscheint er von selbst.

| Ordner | Inhalt |
|---|---|
| `demografie/`, `finanzen/`, `immateriell/`, `teilhabe/` | Indikatoren, nach Lebenslagendimension |
| `merkmale/` | was gezählt wird, und aus welcher Quelle es kommt |
| `dimensionen/` | Alter, Geschlecht …: ihre Werte und welche davon zusammen ein Ganzes ergeben |
| `quellen/` | wer liefert, woran die Dateien zu erkennen sind, was ihre Zeichen bedeuten |
| `standards/` | Standardbevölkerungen |
| `indizes/` | vorgesehen für zusammengesetzte Indizes |

Ein Tippfehler in einem Schlüssel ist ein Fehler mit Vorschlag; ob alles zusammenpasst, sagt `sozmon katalog pruefen`.
Der kürzeste Weg zu einer eigenen Definition: eine mitgelieferte Datei kopieren und ändern.

```toml
# indikatoren/teilhabe/arbeitslosenanteil_frauen.toml
kennung = "arbeitslosenanteil_frauen"
titel = "Arbeitslosenanteil der Frauen"
kurz = "Arbeitslose Frauen"
beschreibung = "Arbeitslose Frauen im Jahresdurchschnitt je 100 Frauen von 15 bis unter 65 Jahren."
dimension = "teilhabe"
thema = "Eingeschränkte soziale Teilhabe durch Arbeitslosigkeit"
einheit = "%"
zaehler = [{ merkmal = "arbeitslose", auspraegung = "geschlecht=w", zeitart = "jahresmittel" }]
nenner = [{ merkmal = "bevoelkerung", auspraegung = "alter=15-64|geschlecht=w" }]
richtung = "hoch_belastet"
variante_von = "arbeitslosenanteil"
```
"""


def render_katalog(katalog: Katalog | None = None) -> str:
    """``indikatoren/README.md``: what there is, then every field of every definition."""
    k = katalog or load_katalog(None)
    teile = [HERKUNFT, EINLEITUNG, "## Indikatoren\n", *_indikatoren(k), "## Merkmale\n", _merkmale(k)]
    teile += ["## Dimensionen\n", _dimensionen(k), "## Quellen\n", _quellen(k)]
    teile += ["## Felder der Definitionen\n\nFelder ohne Vorgabe sind Pflicht.\n"]
    teile += [f"### {titel}\n\n{text}\n\n{_feldtabelle(klasse)}" for klasse, titel, text in KLASSEN]
    return "\n".join(teile)


def _indikatoren(k: Katalog) -> Iterable[str]:
    for dimension, themen in k.themen().items():
        zeilen = [
            (f"`{i.kennung}`", i.titel, formel(k, i).split(". ")[0], i.einheit, i.richtung, _quellen_von(k, i))
            for liste in themen.values()
            for i in liste
        ]
        kopf = ("Kennung", "Titel", "Formel", "Einheit", "Richtung", "Quellen")
        yield f"### {DIMENSIONSWORTE[dimension]}\n\n{_tabelle(kopf, zeilen)}"


def _quellen_von(k: Katalog, i: model.Indikator) -> str:
    return quellen_in_worten(k, (*i.zaehler, *i.nenner))


def _merkmale(k: Katalog) -> str:
    zeilen = [
        (
            f"`{m.kennung}`",
            m.titel,
            m.einheit,
            ", ".join(m.zeitart),
            ", ".join(m.dimensionen),
            ", ".join(m.quellen),
            "; ".join(bruch_in_worten(b) for b in m.brueche),
        )
        for m in k.merkmale.values()
    ]
    return _tabelle(("Kennung", "Titel", "Einheit", "Zeitart", "Dimensionen", "Quellen", "Brüche"), zeilen)


def _dimensionen(k: Katalog) -> str:
    zeilen = [
        (f"`{d.kennung}`", d.titel, ", ".join(f"`{w}`" for w in d.werte), str(len(d.teilungen)))
        for d in k.dimensionen.values()
    ]
    return _tabelle(("Kennung", "Titel", "Werte", "Teilungen"), zeilen)


def _quellen(k: Katalog) -> str:
    zeilen = [
        (
            f"`{q.kennung}`",
            q.titel,
            q.herausgeber,
            q.form,
            ", ".join(f"`{m}`" for m in sorted(gelieferte_merkmale(q))),
            " ".join(f"`{z or 'leer'}` {s}" for z, s in q.zeichen.items()),
            str(q.mindestfallzahl),
            q.lizenz,
        )
        for q in k.quellen.values()
    ]
    kopf = ("Kennung", "Titel", "Herausgeber", "Form", "Merkmale", "Zeichen", "Mindestfallzahl", "Lizenz")
    return _tabelle(kopf, zeilen)


def render_projekt() -> str:
    """``vorlagen/sozmon_toml.md``: every setting of a project, and the file that ``sozmon neu`` writes."""
    abschnitte = (
        ("Am Anfang der Datei", Projekt, ""),
        ("[stil]", StilKonfig, "Hausstil.\n\n"),
        ("[berichte.NAME]", BerichtKonfig, "Ein Abschnitt je Bericht; sein Name steht in der Überschrift.\n\n"),
    )
    teile = [
        HERKUNFT,
        "# Die Einstellungen eines Projekts: sozmon.toml\n",
        "`sozmon neu` schreibt diese Datei mit allen Erklärungen. Gesucht wird sie mit `--projekt`, in der "
        "Umgebungsvariablen\n`SOZMON_PROJEKT`, sonst vom aktuellen Ordner aufwärts.\n",
    ]
    teile += [f"## {titel}\n\n{text}{_feldtabelle(klasse)}" for titel, klasse, text in abschnitte]
    teile += [f"## Die Datei eines neuen Projekts\n\n```toml\n{render_projektdatei(kreis='12345')}```\n"]
    return "\n".join(teile)


def render_einstellungen() -> str:
    """The block of README.md: every setting with its meaning, in short."""
    zeilen = [
        (
            f"`{abschnitt}{name}`",
            "Pflicht" if ist_pflicht(f) else _vorgabetext(f),
            f.metadata["doc"].replace("<", "&lt;"),
        )
        for abschnitt, klasse in (("", Projekt), ("stil.", StilKonfig), ("berichte.NAME.", BerichtKonfig))
        for name, (f, _) in felder(klasse).items()
        if name not in ("stil", "berichte", "kennung")
    ]
    seite = "Mit Beispielen: [`vorlagen/sozmon_toml.md`](vorlagen/sozmon_toml.md)."
    return _tabelle(("Feld", "Vorgabe", "Bedeutung"), zeilen) + "\n" + seite


# --------------------------------------------------------------------------------------------------


def _feldtabelle(klasse: type) -> str:
    zeilen = [
        (
            f"`{name}`",
            _art(art),
            "Pflicht" if ist_pflicht(f) else _vorgabetext(f),
            (f.metadata["doc"] + _werte(f)).replace("<", "&lt;"),
            _code(f.metadata["gut"]),
            _code(f.metadata["schlecht"]),
        )
        for name, (f, art) in felder(klasse).items()
    ]
    return _tabelle(("Feld", "Art", "Vorgabe", "Bedeutung", "gut", "schlecht"), zeilen)


def _vorgabetext(feld: dataclasses.Field[Any]) -> str:
    wert = vorgabe(feld)
    if wert is None or dataclasses.is_dataclass(wert):
        return "keine"
    return _code(toml_wert(wert)) if wert not in ("", (), {}) else "leer"


def _werte(feld: dataclasses.Field[Any]) -> str:
    erlaubt = [w for w in feld.metadata["werte"] if w]
    genannt = all(w in feld.metadata["doc"] for w in erlaubt)
    return "" if genannt else " Erlaubt: " + ", ".join(erlaubt) + "."


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


_ARTEN: Mapping[object, str] = {str: "Text", int: "ganze Zahl", float: "Zahl", bool: "true oder false"}


def _art(art: Any) -> str:
    if art in _ARTEN:
        return _ARTEN[art]
    ursprung = typing.get_origin(art)
    if ursprung in (types.UnionType, typing.Union):
        return _art(next(a for a in typing.get_args(art) if a is not types.NoneType))
    if ursprung is tuple:
        return f"Liste: {_art(typing.get_args(art)[0])}"
    if ursprung is dict:
        return f"Tabelle: Text → {_art(typing.get_args(art)[1])}"
    return next((titel for klasse, titel, _ in KLASSEN if klasse is art), "Abschnitt")


def _tabelle(kopf: Sequence[str], zeilen: Iterable[Sequence[str]]) -> str:
    reihen = [kopf, ["---"] * len(kopf), *zeilen]
    return "\n".join("| " + " | ".join(z.replace("|", "\\|") for z in reihe) + " |" for reihe in reihen) + "\n"


MELDUNGEN = """\
# Die Meldungen

Jede Meldung von sozmon hat eine Kennung. Was zu tun ist, steht in der Meldung selbst, mit der Fundstelle: Datei, Blatt
und Zelle oder Zeile. Keine verändert eine Zahl.

| Stufe | heißt |
|---|---|
| Ablehnung | Die Datei wird nicht eingelesen, nichts wird geschrieben (Rückgabewert 4) |
| Fehler | ebenso; alle Stellen werden genannt |
| Warnung | Eingelesen, aber anzusehen; mit `--streng` ein Fehler, mit `--fehler-ab warnung` Rückgabewert 3 |
| Info | Eingelesen; gut zu wissen |
"""


def render_meldungen() -> str:
    """The page of all Meldungen, by subject."""
    teile = [HERKUNFT + "\n" + MELDUNGEN]
    for titel, eintraege in meldungskatalog.GRUPPEN:
        zeilen = [
            (f"`{kennung}`", ", ".join(STUFENWORTE[s.strip()] for s in stufen.split(",")), satz)
            for kennung, stufen, satz in eintraege
        ]
        teile.append(f"## {titel}\n\n" + _tabelle(("Kennung", "Stufe", "Was es heißt"), zeilen))
    return "\n".join(teile)


STUFENWORTE = {"ablehnung": "Ablehnung", "fehler": "Fehler", "warnung": "Warnung", "info": "Info"}

SEITEN: Mapping[str, Callable[[], str]] = {
    "indikatoren/README.md": render_katalog,
    "vorlagen/sozmon_toml.md": render_projekt,
    "vorlagen/meldungen.md": render_meldungen,
}
"""Path in the checkout → what it must contain."""


def veraltete_seiten(wurzel: Path = WURZEL) -> list[str]:
    """Generated pages that do not say what the code says."""

    def alt(name: str) -> str:
        pfad = wurzel / name
        return pfad.read_text("utf-8") if pfad.is_file() else ""

    return [name for name, render in SEITEN.items() if alt(name) != render()]


def write_seiten(wurzel: Path = WURZEL) -> list[Path]:
    """Renew the stale pages; returns what was written."""
    from sozmon.plattform import write_text

    return [write_text(wurzel / name, SEITEN[name]()) for name in veraltete_seiten(wurzel)]


def main(argv: Sequence[str]) -> str | None:
    """Check or renew; the text of an error, which ends the program with 1."""
    if list(argv) == ["--schreiben"]:
        write_seiten()
        return None
    if list(argv) == ["--pruefen"]:
        veraltet = veraltete_seiten()
        return f"Nicht aktuell: {', '.join(veraltet)}. Abhilfe: make doku" if veraltet else None
    return "Aufruf: python -m sozmon.doku --pruefen | --schreiben"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
