"""What only the whole catalogue shows: Merkmale that no Quelle delivers yet or no Indikator uses.

Both are no faults: the catalogue is ahead of the files. One finding each, so that faults are not lost among them.
"""

from __future__ import annotations

from collections.abc import Iterator

from sozmon.katalog import Katalog, gelieferte_merkmale
from sozmon.model import Fundstelle, Meldung, Stufe


def check_ganzes(k: Katalog) -> Iterator[Meldung]:
    """Findings about the catalogue as a whole, all of them for information."""
    yield from _check_zuordnung(k)
    yield from _check_nutzung(k)


def _check_zuordnung(k: Katalog) -> Iterator[Meldung]:
    """Per Quelle the Merkmale that name it while it maps nothing to them; a form says itself what its columns are."""
    for quelle in k.quellen.values():
        liefert = gelieferte_merkmale(quelle)
        ohne = [m.kennung for m in k.merkmale.values() if quelle.kennung in m.quellen and m.kennung not in liefert]
        if quelle.form != "vordruck" and ohne:
            yield Meldung(
                kennung="katalog-quelle",
                stufe=Stufe.INFO,
                text=f"Quelle „{quelle.kennung}“: {_aufgezaehlt(ohne, ' ist noch keine Maßzahl zugeordnet')}.",
                fundstelle=Fundstelle(datei=f"quellen/{quelle.kennung}.toml"),
                abhilfe="Eine Datei mit „sozmon import --probe“ ansehen und ihre Codes in der Quelle eintragen.",
            )


def _check_nutzung(k: Katalog) -> Iterator[Meldung]:
    genutzt = {t.merkmal for i in k.indikatoren.values() for t in (*i.zaehler, *i.nenner)}
    if ohne := [kennung for kennung in k.merkmale if kennung not in genutzt]:
        yield Meldung(
            kennung="katalog-unbenutzt",
            stufe=Stufe.INFO,
            text=f"Kein Indikator rechnet mit {_aufgezaehlt(ohne)}.",
            fundstelle=Fundstelle(datei="merkmale"),
            abhilfe="Die Zahlen gibt „sozmon daten“ aus; einen Indikator legt „sozmon katalog neu“ an.",
        )


def _aufgezaehlt(kennungen: list[str], danach: str = "") -> str:
    wort = "einem Merkmal" if len(kennungen) == 1 else f"{len(kennungen)} Merkmalen"
    return f"{wort}{danach}: {', '.join(kennungen)}"
