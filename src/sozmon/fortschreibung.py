"""What would change if a report's Redaktionsschluss moved: counted, listed, and which texts cite it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sozmon.berichtsgrundlage import compute_freigabe, load_grundlage
from sozmon.unterschied import Unterschied, compare_staende
from sozmon.zitate import load_zitate

if TYPE_CHECKING:
    from sozmon.bestand import Lieferung
    from sozmon.projekt import Projekt


@dataclass(frozen=True, slots=True)
class Aussicht:
    """``lieferungen``: those that the report does not use yet; ``texte``: blocks that cite changed values.

    endet: last year of the Berichtszeitraum; 0 = open.
    """

    bericht: str
    datenstand: str
    lieferungen: tuple[Lieferung, ...]
    unterschiede: tuple[Unterschied, ...]
    texte: tuple[str, ...]
    endet: int


def wartende_lieferungen(lieferungen: list[Lieferung], datenstand: str) -> tuple[Lieferung, ...]:
    """Active Lieferungen with a later ``stand`` than the report's; () for a report that takes everything."""
    if not datenstand:
        return ()
    return tuple(x for x in lieferungen if x.ist_aktiv and x.stand > datenstand)


def compute_aussicht(projekt: Projekt, name: str = "", bis: str = "") -> Aussicht:
    """Compare the report's released values with those at a later data state (``bis``; '' = everything there is)."""
    grundlage = load_grundlage(projekt, name)
    konfig = grundlage.konfig
    alt, _ = compute_freigabe(grundlage)
    neu, _ = compute_freigabe(grundlage, bis)
    unterschiede = tuple(compare_staende(alt.werte, neu.werte))
    betroffen = {(w.indikator, w.raum_id, w.zeit) for u in unterschiede if (w := u.neu or u.alt) is not None}
    zitate = [z for z in load_zitate(projekt.texte / "zitate.csv") if z.bericht == konfig.kennung]
    texte = dict.fromkeys(z.block for z in zitate if (z.indikator, z.raum_id, z.zeit) in betroffen)
    wartend = wartende_lieferungen(grundlage.bestand.lieferungen(), konfig.datenstand)
    return Aussicht(
        konfig.kennung,
        konfig.datenstand,
        wartend,
        unterschiede,
        tuple(texte),
        konfig.zeitraum[1] if konfig.zeitraum else 0,
    )
