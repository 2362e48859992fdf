"""Many processes at one store: nothing is lost, nobody reads half a state, a lock names its holder."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hilfe import abbild
from schreiber import paket, starte

from sozmon import plattform
from sozmon.bestand import Bestand
from sozmon.errors import GesperrtError


def test_zwanzig_parallele_importe_enden_wie_nacheinander(tmp_path: Path) -> None:
    ziel, seriell = tmp_path / "parallel", tmp_path / "seriell"
    prozesse = [starte(ziel, tmp_path, "import", str(n)) for n in range(20)]
    for prozess in prozesse:
        prozess.join(timeout=120)
    assert [p.exitcode for p in prozesse] == [0] * 20
    for n in range(20):
        paket(n, tmp_path).import_in(Bestand(seriell))
    assert abbild(Bestand(ziel)) == abbild(Bestand(seriell))
    assert sorted(e.folge for e in Bestand(ziel).eintraege()) == list(range(1, 21))
    assert Bestand(ziel).sql("SELECT DISTINCT wert FROM merkmalswerte WHERE raum_id = '14522'") == [{"wert": 19.0}]


def test_leser_sehen_immer_einen_ganzen_stand(tmp_path: Path) -> None:
    ziel = tmp_path / "bestand"
    paket(0, tmp_path).import_in(Bestand(ziel))
    prozess = starte(ziel, tmp_path, "import", ",".join(str(n) for n in range(1, 15)))
    gelesen = set()
    while prozess.is_alive():
        leser = Bestand(ziel)
        zeilen = leser.sql(
            "SELECT (SELECT count(*) FROM merkmalswerte) AS w, (SELECT count(*) FROM fruehere) AS f, "
            "(SELECT count(*) FROM lieferungen) AS n",
            tabellen=("merkmalswerte", "fruehere", "lieferungen"),
        )[0]
        assert zeilen["w"] == 30 * zeilen["n"] + 4
        assert zeilen["f"] == 4 * (zeilen["n"] - 1)
        gelesen.add(zeilen["n"])
    assert prozess.exitcode == 0
    assert len(gelesen) > 2


def test_ohne_sperre_geht_trotzdem_nichts_verloren(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second fence: where the lock does not work, the numbered states still let only one writer through."""
    from contextlib import nullcontext

    monkeypatch.setattr(plattform, "sperre", lambda *_, **__: nullcontext())
    ziel = tmp_path / "bestand"
    paket(0, tmp_path).import_in(Bestand(ziel))
    fehler: list[BaseException] = []

    def schreibe(nummer: int) -> None:
        try:
            paket(nummer, tmp_path).import_in(Bestand(ziel))
        except BaseException as e:
            fehler.append(e)

    faeden = [threading.Thread(target=schreibe, args=(n,)) for n in range(1, 4)]
    for faden in faeden:
        faden.start()
    for faden in faeden:
        faden.join()
    angekommen = {x.datei for x in Bestand(ziel).lieferungen()}
    assert len(angekommen) + len(fehler) == 4
    assert all(isinstance(f, GesperrtError) for f in fehler)


def test_sperre_nennt_den_halter(tmp_path: Path) -> None:
    bestand = Bestand(tmp_path / "bestand", befehl="sozmon import a.csv")
    with bestand.gesperrt(), pytest.raises(GesperrtError) as fehler:
        paket(1, tmp_path).import_in(Bestand(bestand.ordner, warten=0.1))
    assert "sozmon import a.csv" in fehler.value.ort
    assert fehler.value.exit_code == 75


def test_lesen_laedt_weder_pandas_noch_pyarrow_und_endet_sauber(tmp_path: Path) -> None:
    """Trap 1: reading through pyarrow aborts some processes at exit (134); ours never does, and stays light."""
    ziel = tmp_path / "bestand"
    paket(1, tmp_path).import_in(Bestand(ziel))
    code = (
        "import sys; from pathlib import Path; from sozmon.bestand import Bestand; "
        f"b = Bestand(Path({str(ziel)!r})); "
        "n = len(b.werte(merkmale=['bevoelkerung'], raum_ids=['14522'], jahre=None)); "
        "schwer = {'pandas', 'pyarrow', 'numpy'} & set(sys.modules); print(n, sorted(schwer))"
    )
    laeufe = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True) for _ in range(8)]
    assert {(lauf.returncode, lauf.stdout, lauf.stderr) for lauf in laeufe} == {(0, "4 []\n", "")}


def test_kein_verbotener_aufruf_im_quelltext() -> None:
    ordner = Path(plattform.__file__).parent
    texte = {p: p.read_text("utf-8") for p in ordner.rglob("*.py")}
    assert len(texte) > 10
    for pfad, text in texte.items():
        code = "\n".join(z for z in text.splitlines() if "``" not in z)
        assert ".to_pyarrow_table(" not in code, pfad
        assert ".to_pyarrow_dataset(" not in code, pfad
        if "bestand" not in pfad.parts:
            assert "import deltalake" not in code, pfad
            assert "from deltalake" not in code, pfad
