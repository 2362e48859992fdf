"""A table as one self-contained HTML page for people: caption, heads with scope, no script, nothing loaded."""

from __future__ import annotations

import html
import string
from collections.abc import Iterator, Sequence
from itertools import groupby

from sozmon.tabellen.maschine import Zeile
from sozmon.tabellen.mensch import Stellen, menschentabelle

PUNKT = "– "
"""What a paragraph begins with that is a point of a list."""

_SEITE = string.Template("""<!DOCTYPE html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>$titel</title>
<style>
body { font: 1rem/1.45 "Source Sans Pro", "Segoe UI", Arial, sans-serif; color: #1a1a1a; background: #fff;
  margin: 1.5rem auto; padding: 0 1rem; max-width: 90rem; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
p, ul { margin: .3rem 0; }
.intern { border-left: .4rem solid #8a1c1c; background: #fdf1f1; padding: .4rem .8rem; font-weight: 600; }
.rahmen { overflow-x: auto; }
table { border-collapse: collapse; font-size: .95rem; }
caption { text-align: left; font-weight: 600; padding: .8rem 0 .4rem; }
th, td { padding: .3rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid #c9c9c9; }
thead th { border-bottom: 2px solid #1a1a1a; background: #eef2f6; }
tbody th { font-weight: 400; }
.zahl { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
@media print { body { margin: 0; max-width: none; font-size: 9pt; } thead { display: table-header-group; } }
</style>
</head>
<body>
<main>
<h1>$titel</h1>
$vorspann
<div class="rahmen" role="region" aria-label="$beschriftung" tabindex="0">
<table>
<caption>$beschriftung</caption>
<thead>
<tr>$kopf</tr>
</thead>
<tbody>
$koerper
</tbody>
</table>
</div>
$fuss
</main>
</body>
</html>
""")


def render_seite(
    zeilen: Sequence[Zeile],
    spalten: Sequence[str],
    stellen: Stellen | None,
    *,
    titel: str,
    absaetze: Sequence[str] = (),
    beschriftung: str = "",
    warnung: str = "",
) -> str:
    """The page; the first column heads its row. ``absaetze`` stand above the table, ``warnung`` in a box."""
    tabelle = menschentabelle(zeilen, spalten, stellen)
    klassen = [' class="zahl"' if r else "" for r in tabelle.rechts]
    kopf = "".join(f'<th scope="col"{k}>{_h(t)}</th>' for t, k in zip(tabelle.kopf, klassen, strict=True))
    reihen = []
    for zellen in tabelle.zellen:
        erste = f'<th scope="row"{klassen[0]}>{_h(zellen[0])}</th>'
        weitere = (f"<td{k}>{_h(t)}</td>" for t, k in zip(zellen[1:], klassen[1:], strict=True))
        reihen.append(f"<tr>{erste}{''.join(weitere)}</tr>")
    if not reihen:
        reihen = [f'<tr><td colspan="{len(tabelle.kopf)}">Keine Zeile.</td></tr>']
    kasten = [f'<p class="intern">{_h(warnung)}</p>'] if warnung else []
    return _SEITE.substitute(
        titel=_h(titel),
        vorspann="\n".join([*kasten, *_absaetze(absaetze)]),
        beschriftung=_h(beschriftung or titel),
        kopf=kopf,
        koerper="\n".join(reihen),
        fuss=f"<p>{'<br>'.join(map(_h, tabelle.zeichen))}</p>" if tabelle.zeichen else "",
    )


def _absaetze(texte: Sequence[str]) -> Iterator[str]:
    """Paragraphs; those that begin with a dash are the points of a list."""
    for ist_punkt, gruppe in groupby(texte, key=lambda t: t.startswith(PUNKT)):
        if ist_punkt:
            yield f"<ul>{''.join(f'<li>{_h(t.removeprefix(PUNKT))}</li>' for t in gruppe)}</ul>"
        else:
            yield from (f"<p>{_h(t)}</p>" for t in gruppe)


def _h(text: str) -> str:
    return html.escape(text)
