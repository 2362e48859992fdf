"""Texts of people: Markdown or Word, pictures, what they cite, what is told when something is wrong."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from berichtshilfe import KAPITEL, bausteine, projekt

from sozmon.bausteine import Bausteine
from sozmon.druck.modell import Grafik
from sozmon.errors import KonfigError
from sozmon.kapitel import Gerendert, render_kapitel
from sozmon.projekt import Projekt
from sozmon.textbloecke import find_zitierte

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000ffff03000006000557bfabd4"
    "0000000049454e44ae426082"
)


@pytest.fixture
def p(tmp_path: Path) -> Projekt:
    neu = projekt(tmp_path)
    (neu.texte / "teilhabe").mkdir(parents=True)
    return neu


def schreibe(p: Projekt, name: str, inhalt: str | bytes) -> None:
    daten = inhalt.encode("utf-8") if isinstance(inhalt, str) else inhalt
    (p.texte / "teilhabe" / name).write_bytes(daten)


def rendere(p: Projekt, b: Bausteine | None = None) -> Gerendert:
    return render_kapitel(p, b or bausteine(), [KAPITEL])


def word(*absaetze: Any, bild: str | None = None) -> bytes:
    """A DOCX; an absatz may be a list of (text, bold) runs. bild: alt text ('' = none)."""
    import docx

    dokument = docx.Document()
    for absatz in absaetze:
        zeile = dokument.add_paragraph()
        for text, fett in [(absatz, False)] if isinstance(absatz, str) else absatz:
            zeile.add_run(text).bold = fett
    if bild is not None:
        from PIL import Image

        puffer = io.BytesIO()
        Image.new("RGB", (40, 20), "navy").save(puffer, "PNG")
        form = dokument.add_picture(io.BytesIO(puffer.getvalue()))
        form._inline.docPr.set("descr", bild)
    ziel = io.BytesIO()
    dokument.save(ziel)
    return ziel.getvalue()


def test_word_block_reads_like_markdown_with_calls_over_several_runs(p: Projekt) -> None:
    schreibe(
        p,
        "einleitung.docx",
        word([("Die Quote liegt bei {{ we", False), ("rt(„qu", True), ("ote“) }}, *nicht* <b>fett</b>.", False)]),
    )
    b = bausteine()
    markdown = rendere(p, b).markdown
    assert "14\\,0" in markdown, "the call was gathered from three runs and answered"
    assert "\\*nicht\\*" in markdown and "\\<b\\>" in markdown, "nothing of Word is read as markup"
    assert [(z.block, z.indikator) for z in b.zitate] == [("texte/teilhabe/einleitung.docx", "quote")]


def test_word_saved_by_libreoffice_reads_the_same(p: Projekt, tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice ist nicht installiert")
    quelle = tmp_path / "text.docx"
    quelle.write_bytes(word("Erster Absatz.", "Wert: {{ wert(„quote“, raum=„R1“) }}"))
    for art in ("odt", "docx"):
        ziel = tmp_path / art
        befehl = [soffice, f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to", art]
        subprocess.run([*befehl, "--outdir", str(ziel), str(quelle)], check=True, capture_output=True, timeout=120)
        schreibe(p, f"einleitung.{art}", (ziel / f"text.{art}").read_bytes())
        markdown = rendere(p).markdown
        assert "Erster Absatz" in markdown and "12\\,0" in markdown
        (p.texte / "teilhabe" / f"einleitung.{art}").unlink()


def test_picture_in_word_becomes_a_figure_with_its_alt_text(p: Projekt) -> None:
    schreibe(p, "einleitung.docx", word("Vorher.", bild="Karte der Regionen"))
    b = bausteine()
    markdown = rendere(p, b).markdown
    (grafik,) = [o for o in b.objekte.values() if isinstance(o, Grafik) and "bild" in o.id]
    assert grafik.alt == "Karte der Regionen" and f"#{grafik.id}}}" in markdown and grafik.svg.startswith(b"\x89PNG")
    schreibe(p, "einleitung.docx", word(bild=""))
    with pytest.raises(KonfigError, match="Alternativtext") as fehler:
        rendere(p)
    assert "texte/teilhabe/einleitung.docx" in fehler.value.ort and "Rechtsklick" in fehler.value.abhilfe


def test_table_in_word_is_refused_with_a_cure(p: Projekt) -> None:
    import docx

    dokument = docx.Document()
    dokument.add_table(2, 2)
    ziel = io.BytesIO()
    dokument.save(ziel)
    schreibe(p, "einleitung.docx", ziel.getvalue())
    with pytest.raises(KonfigError, match="Tabelle") as fehler:
        rendere(p)
    assert "texte/teilhabe/einleitung.docx" in fehler.value.ort and "tabelle" in fehler.value.abhilfe.lower()


def _mit_teil(inhalt: bytes, name: str, teil: bytes, alt: bytes = b"", neu: bytes = b"") -> bytes:
    ziel = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(inhalt)) as a, zipfile.ZipFile(ziel, "w") as z:
        for eintrag in a.namelist():
            z.writestr(eintrag, a.read(eintrag).replace(alt, neu) if alt else a.read(eintrag))
        if name:
            z.writestr(name, teil)
    return ziel.getvalue()


def test_broken_macro_and_swollen_files_are_refused(p: Projekt) -> None:
    for inhalt, grund in (
        (b"kein Word", "nicht öffnen"),
        (_mit_teil(word("x"), "word/vbaProject.bin", b"x"), "Makros"),
    ):
        schreibe(p, "einleitung.docx", inhalt)
        with pytest.raises(KonfigError, match=grund):
            rendere(p)
    ziel = io.BytesIO()
    with zipfile.ZipFile(ziel, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("word/document.xml", b"0" * 201_000_000)
    schreibe(p, "einleitung.docx", ziel.getvalue())
    with pytest.raises(KonfigError, match="übermäßiger"):
        rendere(p)


def test_tracked_changes_are_told(p: Projekt) -> None:
    einfuegung = b'<w:ins w:id="1" w:author="x" w:date="2024-01-01T00:00:00Z"><w:r><w:t>neu</w:t></w:r></w:ins></w:p>'
    schreibe(p, "einleitung.docx", _mit_teil(word("Alt "), "", b"", b"</w:p>", einfuegung))
    gerendert = rendere(p)
    assert "neu" in gerendert.markdown
    assert [m.text for m in gerendert.meldungen if m.kennung == "text_aus_word"] == [
        "Nachverfolgte Änderungen sind als angenommen gelesen."
    ]


def test_two_files_of_one_block_and_old_word_are_refused(p: Projekt) -> None:
    schreibe(p, "einleitung.md", "x")
    schreibe(p, "einleitung.docx", word("x"))
    with pytest.raises(KonfigError, match="zweimal"):
        rendere(p)
    (p.texte / "teilhabe" / "einleitung.md").unlink()
    (p.texte / "teilhabe" / "einleitung.docx").rename(p.texte / "teilhabe" / "einleitung.doc")
    with pytest.raises(KonfigError, match=r"\.doc"):
        rendere(p)


def test_text_that_no_template_calls_is_told_with_the_name_that_was_meant(p: Projekt) -> None:
    schreibe(p, "einleitun.md", "Verloren?")
    schreibe(p, "~$einleitung.docx", b"")
    schreibe(p, "karte.png", PNG)
    (meldung,) = [m for m in rendere(p).meldungen if m.kennung == "text_ohne_platz"]
    assert "einleitun.md" in meldung.text and "einleitung" in meldung.abhilfe


def test_picture_of_people_is_a_numbered_figure(p: Projekt) -> None:
    from PIL import Image

    Image.new("RGB", (3000, 100), "navy").save(p.texte / "teilhabe" / "foto.jpg")
    schreibe(p, "einleitung.md", 'Siehe.\n\n{{ bild("foto.jpg", titel="Markt", alt="Der Markt", quelle="Archiv") }}')
    b = bausteine()
    rendere(p, b)
    (grafik,) = [o for o in b.objekte.values() if isinstance(o, Grafik) and "bild" in o.id]
    assert (grafik.titel, grafik.alt, grafik.quelle) == ("Markt", "Der Markt", "Archiv")
    with Image.open(io.BytesIO(grafik.svg)) as bild:
        assert bild.size == (1600, 53) and bild.format == "JPEG"


@pytest.mark.parametrize(
    ("aufruf", "grund"),
    [
        ('{{ bild("foto.png") }}', "Alternativtext"),
        ('{{ bild("fehlt.png", alt="x") }}', "gibt es nicht"),
        ('{{ bild("../../sozmon.toml", alt="x") }}', "liegt nicht beim Text"),
        ('{{ bild("kaputt.png", alt="x") }}', "nicht lesen"),
        ('{{ wert("quote", raun="R1") }}', "raun"),
        ('{{ wert("quote" }}', "nicht zu lesen"),
        ('{{ wert("qoute") }}', "qoute"),
        ('{{ satz.entwiklung("quote") }}', "entwiklung"),
        ('{{ wetr("quote") }}', "wetr"),
        ('{{ wert("quote", zeit="gestern") }}', "Zeit"),
        ("{% if x %}ja{% endif %}", "Bedingung"),
        ('{{ diagramm("torte", "quote") }}', "torte"),
    ],
)
def test_whatever_is_wrong_in_a_text_names_file_and_line(p: Projekt, aufruf: str, grund: str) -> None:
    schreibe(p, "kaputt.png", b"kein Bild")
    schreibe(p, "einleitung.md", f"Gut.\n\nHier: {aufruf}\n")
    with pytest.raises(KonfigError) as fehler:
        rendere(p)
    alles = f"{fehler.value.text} {fehler.value.grund} {fehler.value.abhilfe}"
    assert grund in alles and "texte/teilhabe/einleitung.md" in fehler.value.ort and "3" in fehler.value.ort
    assert fehler.value.exit_code == 78 and fehler.value.abhilfe + fehler.value.grund


def test_numbers_typed_by_hand_are_listed(p: Projekt) -> None:
    schreibe(p, "einleitung.md", "Dort leben 483 Kinder; die Quote ist {{ wert('quote') }}.")
    assert [m.kennung for m in rendere(p).meldungen] == ["zahl_von_hand"]


def test_an_object_that_stands_twice_is_referred_to(p: Projekt) -> None:
    schreibe(p, "quote.md", 'Mehr dazu: {{ tabelle("zeitreihe", "quote") }}')
    markdown = rendere(p).markdown
    assert markdown.count("{.platz #tab-quote}") == 1 and 'Siehe [x]{.verweis ziel="tab-quote"}' in markdown


def test_the_text_of_one_report_comes_before_the_one_of_all(p: Projekt) -> None:
    from PIL import Image

    eigene = p.texte / "kurzbericht" / "teilhabe"
    eigene.mkdir(parents=True)
    Image.new("RGB", (40, 20), "navy").save(eigene / "hof.png")
    schreibe(p, "einleitung.md", "Für alle.")
    schreibe(p, "befund.md", "Auch für alle.")
    (eigene / "einleitung.md").write_text('Nur hier.\n\n{{ bild("hof.png", alt="Hof") }}\n', "utf-8")
    (eigene / "einleitun.md").write_text("Verloren?", "utf-8")
    b = bausteine()
    hier = render_kapitel(p, b, [KAPITEL], bericht="kurzbericht")
    assert "Nur hier." in hier.markdown and "Auch für alle." in hier.markdown and "\nFür alle." not in hier.markdown
    assert [m.fundstelle.datei for m in hier.meldungen] == ["texte/kurzbericht/teilhabe/einleitun.md"]
    assert any(isinstance(o, Grafik) and o.alt == "Hof" for o in b.objekte.values())
    anderswo = rendere(p)
    assert "Für alle." in anderswo.markdown and "Nur hier." not in anderswo.markdown and not anderswo.meldungen


def test_what_texts_and_own_templates_ask_for_is_found_before_anything_is_computed(p: Projekt) -> None:
    schreibe(p, "einleitung.md", 'Prosa mit armut. {{ wert("quote") }} und {{\n satz.rang(„leer“)\n}}')
    schreibe(p, "fazit.docx", word([("{{ we", False), ("rt(„leute“) }}", True)]))
    (p.texte / "kurzbericht" / "teilhabe").mkdir(parents=True)
    (p.texte / "kurzbericht" / "teilhabe" / "bedarf.md").write_text('{{ wert("eigen") }}', "utf-8")
    (p.vorlagen / "kapitel").mkdir(parents=True)
    (p.vorlagen / "kapitel" / "teilhabe.md.j2").write_text(
        '{% for k in ["armut2"] %}{{ wert(k) }}{% endfor %}', "utf-8"
    )
    gefunden = find_zitierte(p.texte, ["teilhabe"], p.vorlagen, "kurzbericht")
    assert gefunden >= {"quote", "leer", "leute", "eigen", "armut2"} and "armut" not in gefunden
    assert "eigen" not in find_zitierte(p.texte, ["teilhabe"], p.vorlagen)
    assert "quote" not in find_zitierte(p.texte, ["methodik"], p.vorlagen)


def test_an_indikator_that_was_not_computed_is_an_error_and_not_missing_data(p: Projekt) -> None:
    schreibe(p, "einleitung.md", '{{ wert("quote") }}')
    with pytest.raises(KonfigError, match="nicht gerechnet") as fehler:
        rendere(p, bausteine(gerechnet=frozenset({"leute"})))
    assert "texte/teilhabe/einleitung.md" in fehler.value.ort and "ausschreiben" in fehler.value.abhilfe


def test_a_raum_that_is_unknown_because_no_register_was_read_says_so(p: Projekt) -> None:
    from dataclasses import replace

    from berichtshilfe import ORTE

    schreibe(p, "einleitung.md", '{{ wert("quote", raum="Adorff") }}')
    with pytest.raises(KonfigError, match="Adorff") as fehler:
        rendere(p)
    assert "Adorf" in fehler.value.abhilfe
    with pytest.raises(KonfigError, match="Adorff") as fehler:
        rendere(p, bausteine(orte=replace(ORTE, gemeinden=(), regionen=())))
    assert "Gemeindeverzeichnis" in fehler.value.abhilfe
