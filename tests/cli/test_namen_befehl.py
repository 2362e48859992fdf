"""``sozmon raeume namen``: from a table with names to stored values, with a person in between."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

BERATUNG = """\
kennung = "beratung"
titel = "Beratungsstelle"
herausgeber = "Träger"
form = "tabelle"
zeit = "2023"
zeitart = "jahr"
stand = "2024-03-01"
erkennung = [{ muster = '^Beratungen$' }]
[[blaetter]]
kopfzeile = 1
schluessel = "Ort"
schluesselart = "name"
[[blaetter.spalten]]
kopf = "Beratungen"
merkmal = "hilfen_zur_erziehung"
"""


def test_names_are_proposed_confirmed_and_then_read(sozmon: Callable[..., Any], projekt: Path, tmp_path: Path) -> None:
    quellen = projekt / "indikatoren" / "quellen"
    quellen.mkdir(parents=True, exist_ok=True)
    (quellen / "beratung.toml").write_text(BERATUNG, "utf-8")
    datei = tmp_path / "b.csv"
    datei.write_text("Ort;Beratungen\nStadt Mühlbergen;6\nEichfurth;3\nohne_zuordnung;2\n", "utf-8")
    vorher = (projekt / "raeume" / "namen.csv").read_text("utf-8")

    lauf = sozmon("--projekt", projekt, "import", datei)
    assert lauf.code == 4 and "Vorschlag: 17521130 (Mühlbergen, Stadt)" in lauf.err
    assert lauf.err.count("sozmon raeume namen") == 1, "the same remedy once"
    assert sozmon("--projekt", projekt, "raeume", "namen", datei).code == 0
    assert (projekt / "raeume" / "namen.csv").read_text("utf-8") == vorher, "nothing is taken unseen"

    vorschlag = projekt / "raeume" / "namen_vorschlag.csv"
    assert sozmon("--projekt", projekt, "raeume", "pruefen").code == 0, "the file disturbs nothing"
    lauf = sozmon("--projekt", projekt, "raeume", "namen", "--bestaetigen", vorschlag)
    assert lauf.code == 0 and "Stadt Mühlbergen = 17521130" in lauf.out and "Eichfurth" in lauf.out
    text = vorschlag.read_text("utf-8").replace("Eichfurth;;", "Eichfurth;17521050;")
    vorschlag.write_text(text, "utf-8")
    assert sozmon("--projekt", projekt, "raeume", "namen", "--bestaetigen", vorschlag).code == 0
    assert not vorschlag.exists(), "all of it is confirmed"

    lauf = sozmon("--projekt", projekt, "import", datei)
    assert lauf.code == 0 and "neu 3" in lauf.out
    assert "schon zugeordnet" in sozmon("--projekt", projekt, "raeume", "namen", datei).out
    assert sozmon("--projekt", projekt, "raeume", "namen").code == 2
    assert sozmon("--projekt", projekt, "raeume", "namen", "--bestaetigen", vorschlag).code == 66
