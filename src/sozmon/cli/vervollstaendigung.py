"""What the Tab key offers: indicators, Merkmale and Räume with their names, out of one small file.

Pressing Tab must not load the catalogue, the registers or the store. The answers of the last time lie in the project's
``bestand/zwischenspeicher``, under a key of the names, sizes and times of everything they came from. Nothing depends
on it: without a project, or on a drive that cannot be written, the answer is computed anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sozmon.errors import SozmonError

if TYPE_CHECKING:
    from sozmon.cli.kontext import Kontext
    from sozmon.projekt import Projekt

Vorrat = dict[str, list[tuple[str, str]]]
"""Kind of word → (word, what it means)."""

Vorschlaege = Callable[[Any, list[str], str], list[tuple[str, str]]]


def vorschlaege(art: str) -> Vorschlaege:
    """Words of one kind ('indikator', 'merkmal', 'raum', 'quelle') for an option; nothing when there is no answer."""

    def schlage_vor(ctx: Any, args: list[str], incomplete: str) -> list[tuple[str, str]]:
        davor, komma, wort = incomplete.rpartition(",")  # the last word of a comma list
        try:
            worte = _vorrat(_kontext(ctx)).get(art, [])
        except (SozmonError, OSError):
            return []
        return [(f"{davor}{komma}{kennung}", titel) for kennung, titel in worte if kennung.startswith(wort)]

    return schlage_vor


def _kontext(ctx: Any) -> Kontext:
    """The Kontext of the call that is being typed: its main callback has not run."""
    from sozmon.cli.kontext import Kontext

    return Kontext(ctx.find_root().params.get("projekt"))


def _vorrat(kontext: Kontext) -> Vorrat:
    from sozmon.zwischenspeicher import Zwischenspeicher, schluessel

    projekt = kontext.projekt_oder_keins
    ordner = projekt.bestand / "zwischenspeicher" if projekt is not None and projekt.bestand.is_dir() else None
    speicher = Zwischenspeicher(ordner)
    key = schluessel("vervollstaendigung", *_marken(projekt))
    if (gemerkt := speicher.hole(key)) is not None:
        return {art: [(w, t) for w, t in worte] for art, worte in json.loads(gemerkt).items()}
    vorrat = _sammle(kontext)
    speicher.lege(key, json.dumps(vorrat, ensure_ascii=False).encode())
    return vorrat


def _marken(projekt: Projekt | None) -> Iterator[tuple[str, int, int]]:
    """Names, sizes and times of the definitions and registers: cheap to ask, different after every change."""
    from sozmon.projekt import mitgeliefert

    ordner = [mitgeliefert("indikatoren")]
    if projekt is not None:
        ordner += [projekt.indikatoren, projekt.raeume]
    for wurzel in ordner:
        for pfad in sorted(p for p in Path(wurzel).rglob("*") if p.is_file()):
            marke = pfad.stat()
            yield str(pfad), marke.st_size, marke.st_mtime_ns


def _sammle(kontext: Kontext) -> Vorrat:
    katalog = kontext.katalog
    vorrat = {
        "indikator": [(i.kennung, i.titel) for i in katalog.indikatoren.values()],
        "merkmal": [(m.kennung, m.titel) for m in katalog.merkmale.values()],
        "quelle": [(q.kennung, q.titel) for q in katalog.quellen.values()],
    }
    if kontext.projekt_oder_keins is not None:
        vorrat["raum"] = list(_raeume(kontext))
    return vorrat


def _raeume(kontext: Kontext) -> Iterator[tuple[str, str]]:
    """The own Kreis, its regions and Gemeinden, and what ``14522/gemeinde`` can be."""
    raeume, kreis = kontext.raeume, kontext.projekt.kreis
    ebenen = (*raeume.gliederungen, "gemeinde")
    for raum in (r for e in ("kreis", *ebenen) for r in raeume.kinder(kreis, e)):
        yield raum.raum_id, raum.name
    for ebene in ebenen:
        yield f"{kreis}/{ebene}", f"alle Räume der Ebene {ebene}"
