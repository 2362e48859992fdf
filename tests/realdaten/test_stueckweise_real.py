"""The offices' flat files read in small pieces give the same values, counts and findings as in one go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sozmon.dateien import open_datei
from sozmon.einlesen import Lesung, read_lieferung, setze_antwort_um
from sozmon.katalog import Katalog, load_katalog
from sozmon.quellen.leser import Leser
from sozmon.raeume import Raeume, Register
from stueckhilfe import alle_zeilen, lies_im_prozess

pytestmark = [pytest.mark.realdaten]

KREIS = "14522"
DATEIEN = (
    "AI-N-01-2-5_flat_abruf20241203.csv",
    "1000A-0000_1773175153999_de_flat.csv",
    "12211-Z-11_1773175349407_de_flat.csv",
    "12411-01-01-4_de_flat_abruf20250410.csv",
    "12411-01-01-4_flat_abruf20241203.csv",
    "73111-01-01-4_1773175092845_de_flat.csv",
    "11111-02-01-4_1773174974558_de_flat.csv",
)


@pytest.fixture(scope="module")
def umfeld(realdaten: Path) -> Iterator[tuple[Katalog, Raeume]]:
    katalog, register = load_katalog(), []
    with Leser() as kind:
        for name in ("31122021_Auszug_GV.xlsx", "31122023_Auszug_GV.xlsx"):
            with open_datei(str(realdaten / "gebiete" / name)) as datei:
                gelesen = read_lieferung(datei, katalog, Raeume(), kreis=KREIS, leser=kind).register
                assert isinstance(gelesen, Register)
                register.append(gelesen)
    yield katalog, Raeume.aus_werten(register, kreis=KREIS)


@pytest.mark.parametrize("name", DATEIEN)
def test_pieces_read_the_same(
    realdaten: Path, umfeld: tuple[Katalog, Raeume], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    katalog, raeume = umfeld

    def lies(stueck: int) -> Lesung:
        with open_datei(str(realdaten / "genesis" / name)) as datei:
            antwort = lies_im_prozess(monkeypatch, datei, katalog.quellen.values(), "", stueck)
            return setze_antwort_um(antwort, datei, katalog, raeume, stand=None, kreis=KREIS)

    ganz, teilweise = lies(0), lies(50_000)
    assert ganz.tabelle.num_rows > 400 and alle_zeilen(teilweise.tabelle) == alle_zeilen(ganz.tabelle)
    for feld in ("quelle", "titel", "stand", "gebietsstand", "abgelehnt", "geheim", "ausserhalb", "offen"):
        assert getattr(teilweise, feld) == getattr(ganz, feld), feld
    gefunden = [{(m.kennung, m.stufe, m.anzahl) for m in x.meldungen} for x in (ganz, teilweise)]
    assert gefunden[0] == gefunden[1]
