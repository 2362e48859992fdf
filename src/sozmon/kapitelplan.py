"""Which chapters a report has, what each is called, and which Indikatoren it shows: from sozmon.toml and the catalogue.

A chapter is a frame (Kurzfassung, Einleitung, Exkurs, Methodik, Impressum), a value of the report's cut (a
Lebenslagendimension, a Lebensphase, a Bereich, a Querschnitt), or has a template of its own name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sozmon.definition import vorschlag
from sozmon.errors import AufrufError, KonfigError
from sozmon.model import DIMENSIONEN, LEBENSPHASEN, Indikator
from sozmon.projekt import mitgeliefert

if TYPE_CHECKING:
    from sozmon.katalog import Katalog
    from sozmon.projekt import BerichtKonfig, Projekt

RAHMEN = {
    "kurzfassung": "Kurzfassung",
    "einleitung": "Einleitung",
    "methodik": "Methodik",
    "impressum": "Impressum",
}
"""Chapters that are the same whatever the cut, and their titles."""
TITEL = {
    "demografie": "Demografie",
    "finanzen": "Finanzen und Einkommen",
    "immateriell": "Immaterielle Lebenslagen",
    "teilhabe": "Soziale Teilhabe",
    "kindheit": "Kindheit",
    "jugend": "Jugend",
    "erwerbsalter": "Erwerbsalter",
    "alter": "Alter",
}
EXKURS = "exkurs-"
INHALT, EXKURSVORLAGE = "indikatoren", "exkurs"
"""Names of the two templates that serve many chapters."""


@dataclass(frozen=True, slots=True)
class Kapitel:
    """One chapter. ``name``: word in sozmon.toml, folder under texte/ and id; ``vorlage``: its template."""

    name: str
    titel: str
    vorlage: str
    indikatoren: tuple[Indikator, ...] = ()

    @property
    def ist_inhalt(self) -> bool:
        """True for a chapter of the cut: it shows Indikatoren."""
        return bool(self.indikatoren) or self.vorlage == INHALT


def plan_kapitel(projekt: Projekt, konfig: BerichtKonfig, katalog: Katalog) -> tuple[Kapitel, ...]:
    """The chapters of a report in their order; Methodik is added when it is not named. KonfigError (78)."""
    namen = list(dict.fromkeys(konfig.kapitel))
    if "methodik" not in namen:
        namen.append("methodik")
    vorlagen = vorhandene_vorlagen(projekt)
    plan = tuple(_kapitel(name, konfig, katalog, vorlagen) for name in namen)
    for name in konfig.kapiteltitel:
        if name not in namen:
            raise KonfigError(
                f"Ein Titel ist für das Kapitel „{name}“ angegeben, das der Bericht nicht hat.",
                ort=f"sozmon.toml, Schlüssel berichte.{konfig.kennung}.kapiteltitel",
                abhilfe=vorschlag(name, namen) or "Das Kapitel in kapitel aufnehmen oder den Titel löschen.",
            )
    return plan


def vorhandene_vorlagen(projekt: Projekt) -> set[str]:
    """Names of the chapter templates of the project and of those shipped."""
    ordner = [o / "kapitel" for o in (projekt.vorlagen, mitgeliefert("vorlagen"))]
    return {p.name.removesuffix(".md.j2") for o in ordner if o.is_dir() for p in o.glob("*.md.j2")}


def _kapitel(name: str, konfig: BerichtKonfig, katalog: Katalog, vorlagen: set[str]) -> Kapitel:
    indikatoren = tuple(i for i in katalog.indikatoren.values() if name in schnittwerte(i, konfig.schnitt))
    titel = konfig.kapiteltitel.get(name) or RAHMEN.get(name) or TITEL.get(name) or _als_titel(name)
    if name in vorlagen - {INHALT, EXKURSVORLAGE}:
        return Kapitel(name, titel, name, indikatoren)
    if name.startswith(EXKURS):
        return Kapitel(name, titel, EXKURSVORLAGE)
    if indikatoren or name in moegliche_werte(katalog, konfig.schnitt):
        return Kapitel(name, titel, INHALT, indikatoren)
    raise _unbekannt(name, konfig, katalog)


def schnittwerte(indikator: Indikator, schnitt: str) -> tuple[str, ...]:
    """The chapters of a cut that an Indikator belongs to."""
    wert = getattr(indikator, schnitt)
    return tuple(wert) if isinstance(wert, tuple) else (wert,) if wert else ()


def moegliche_werte(katalog: Katalog, schnitt: str) -> list[str]:
    """All chapters that a cut can have."""
    fest = {"dimension": DIMENSIONEN, "lebensphase": tuple(p for p in LEBENSPHASEN if p)}
    if schnitt in fest:
        return list(fest[schnitt])
    return sorted({w for i in katalog.indikatoren.values() for w in schnittwerte(i, schnitt)})


def _als_titel(name: str) -> str:
    """'exkurs-pendeln' → 'Exkurs: Pendeln', 'altenhilfe' → 'Altenhilfe'."""
    wort = name.removeprefix(EXKURS).replace("_", " ").replace("-", " ")
    wort = wort[:1].upper() + wort[1:]
    return f"Exkurs: {wort}" if name.startswith(EXKURS) else wort


def _unbekannt(name: str, konfig: BerichtKonfig, katalog: Katalog) -> KonfigError:
    moeglich = [*RAHMEN, *moegliche_werte(katalog, konfig.schnitt)]
    return KonfigError(
        f"Das Kapitel „{name}“ gibt es nicht.",
        ort=f"sozmon.toml, Schlüssel berichte.{konfig.kennung or 'sozialbericht'}.kapitel",
        grund=f"Der Bericht ist nach {konfig.schnitt} gegliedert.",
        abhilfe=vorschlag(name, moeglich)
        or f"Möglich sind {', '.join(moeglich)}, exkurs-NAME oder eine eigene Vorlage.",
    )


def waehle_kapitel(plan: Iterable[Kapitel], name: str) -> tuple[Kapitel, ...]:
    """The chapter ``name`` alone; '' = all. AufrufError (2) with a suggestion."""
    alle = tuple(plan)
    if not name:
        return alle
    treffer = tuple(k for k in alle if k.name == name)
    if not treffer:
        namen = [k.name for k in alle]
        raise AufrufError(
            f"Das Kapitel „{name}“ hat dieser Bericht nicht.",
            ort="--kapitel",
            abhilfe=vorschlag(name, namen) or f"Möglich sind: {', '.join(namen)}.",
        )
    return treffer
