"""The core set of the field: ninety indicators, each with level, polarity and dimension as the profession uses them.

Level: G = every Gemeinde, K = Kreis only, B = official for the Kreis and by order for Gemeinden, L = Land only.
Polarity: - high is burdened, + high is favourable, 0 neutral.
Typed in from the comparison of the reports of German districts, not from our files.
"""

from __future__ import annotations

import pytest

from sozmon.katalog import Katalog, load_katalog

KERNSATZ = """
1 bevoelkerung G 0 1
2 bevoelkerungsentwicklung G 0 1
3 bevoelkerungsdichte G 0 1
4 durchschnittsalter G 0 1
5 medianalter G 0 1
6 anteil_unter_3 G 0 1
7 anteil_3_bis_5 G 0 1
8 anteil_minderjaehrige G 0 1
9 anteil_65_plus G 0 1
10 anteil_80_plus B - 1
11 jugendquotient G 0 1
12 altenquotient G - 1
13 gesamtquotient G - 1
14 alterungsindex G - 1
15 geburtenrate G 0 1
16 fruchtbarkeitsrate G 0 1
17 sterberate G 0 1
18 natuerlicher_saldo G 0 1
19 wanderungssaldo G + 1
20 familienwanderung G + 1
21 bildungswanderung K + 1
22 auslaenderanteil B 0 1
23 schutzsuchende K 0 1
24 migrationshintergrund G 0 1
25 einpersonenhaushalte B 0 1
26 alleinerziehendenhaushalte B - 1
27 haushaltsgroesse G 0 1
28 haushaltseinkommen K + 2
29 einkuenfte_je_steuerpflichtigen G + 2
30 medianentgelt K + 2
31 armutsgefaehrdungsquote L - 2
32 mindestsicherungsquote K - 2
33 sgb2_quote B - 2
34 elb_quote G - 2
35 kinderarmut G - 2
36 kinder_in_bedarfsgemeinschaften G - 2
37 bedarfsgemeinschaften_je_haushalte G - 2
38 alleinerziehende_bedarfsgemeinschaften G - 2
39 langzeitleistungsbezug B - 2
40 grundsicherung_im_alter B - 2
41 grundsicherung_erwerbsminderung B - 2
42 hilfe_zum_lebensunterhalt K - 2
43 asylbewerberleistungen K 0 2
44 wohngeldhaushalte B - 2
45 kosten_der_unterkunft G 0 2
46 bildung_und_teilhabe K + 2
47 verbraucherinsolvenzen K - 2
48 ueberschuldungsquote K - 2
49 betreuungsquote_unter_3 B + 3
50 betreuungsquote_3_bis_5 B + 3
51 kita_eingliederungshilfe B - 3
52 kita_familiensprache K 0 3
53 schulabgaenge_ohne_abschluss K - 3
54 hochschulreife K + 3
55 uebergang_gymnasium B + 3
56 foerderquote K - 3
57 klassenwiederholung K - 3
58 sprachauffaelligkeit G - 3
59 uebergewicht_einschulung G - 3
60 motorik_einschulung G - 3
61 rueckstellungsempfehlungen G - 3
62 vorsorge_u8_u9 G + 3
63 hilfen_zur_erziehung G - 3
64 inobhutnahmen B - 3
65 gefaehrdungseinschaetzungen B - 3
66 schwerbehindertenquote B 0 3
67 eingliederungshilfe K 0 3
68 pflegequote K - 3
69 pflege_zu_hause K 0 3
70 pflegeheimplaetze B + 3
71 hausarztdichte G + 3
72 vorzeitige_sterblichkeit K - 3
73 suchtberatung G - 3
74 untergebrachte_wohnungslose B - 3
75 raeumungstermine G - 3
76 wohnflaeche_je_einwohner G + 3
77 leerstandsquote G 0 3
78 wahlbeteiligung_gemeinderat G + 4
79 arbeitslosenquote K - 4
80 arbeitslosenanteil G - 4
81 arbeitslose_sgb2_anteil G - 4
82 jugendarbeitslosigkeit G - 4
83 arbeitslosigkeit_ab_55 G - 4
84 langzeitarbeitslose G - 4
85 beschaeftigungsquote G + 4
86 frauenbeschaeftigungsquote G + 4
87 teilzeitquote B 0 4
88 minijobs G - 4
89 pendlersaldo G 0 4
90 straftaten B - 4
"""
ZEILEN = [z.split() for z in KERNSATZ.strip().splitlines()]
RICHTUNG = {"-": "hoch_belastet", "+": "hoch_guenstig", "0": "neutral"}
EBENE = {"G": ("gemeinde",), "K": ("kreis",), "B": ("gemeinde", "kreis"), "L": ("land",)}
DIMENSION = {"1": "demografie", "2": "finanzen", "3": "immateriell", "4": "teilhabe"}
ABWEICHEND = {
    "hochschulreife": "neutral: a school-leaving certificate is not better than an apprenticeship",
    "alleinerziehendenhaushalte": "neutral: a way to live is no burden in itself",
    "pflegeheimplaetze": "neutral: many places are no merit where care at home is wanted",
}
THEMEN = {"Digitalisierung", "Bürgerschaftliches Engagement", "Mobilität", "Bildung im Alter"}


@pytest.fixture(scope="module")
def katalog() -> Katalog:
    return load_katalog(None)


def test_ninety_numbers() -> None:
    assert [int(z[0]) for z in ZEILEN] == list(range(1, 91))


@pytest.mark.parametrize(("nummer", "kennung", "ebene", "pol", "dimension"), ZEILEN, ids=lambda w: w)
def test_core_indicator(katalog: Katalog, nummer: str, kennung: str, ebene: str, pol: str, dimension: str) -> None:
    i = katalog.indikatoren[kennung]
    assert i.dimension == DIMENSION[dimension]
    if kennung in ABWEICHEND:
        assert i.richtung == "neutral"
    else:
        assert i.richtung == RICHTUNG[pol]
    # an own count of the district may reach lower than the official table: never the other way round
    assert i.ebene_min in EBENE[ebene] or (ebene == "K" and i.ebene_min == "gemeinde")
    assert i.zaehler and (i.nenner or i.verfahren in ("anzahl", "uebernommen"))


def test_further_themes_of_the_districts(katalog: Katalog) -> None:
    je_thema = {t: [i for i in katalog.indikatoren.values() if i.thema == t] for t in THEMEN}
    assert all(len(liste) >= 2 for liste in je_thema.values()), {t: len(x) for t, x in je_thema.items()}


def test_about_fifteen_leading_ones(katalog: Katalog) -> None:
    assert 12 <= sum(i.leitindikator for i in katalog.indikatoren.values()) <= 18
