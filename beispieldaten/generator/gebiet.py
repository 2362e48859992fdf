"""The invented territory: a Land, two Landkreise, a kreisfreie Stadt, their Gemeinden, Verbände and regions.

Land key 17 is not assigned in Germany (01 to 16 are), so no key and no row of the example can be mistaken
for, or collide with, a real one. All names are invented.
"""

from __future__ import annotations

from dataclasses import dataclass

LAND = ("17", "Birkenland")
REGIERUNGSBEZIRK = ("175", "Birkenstadt")
KREIS = "17521"
NACHBAR = "17522"
STADT = "17511"
KREISNAMEN = {KREIS: "Auental", NACHBAR: "Hohenrode", STADT: "Birkenstadt"}
FUSION = "2022-01-01"
VORJAHRE = range(2014, 2022)
"""Years whose 31.12. lies before the merger."""
JAHRE = range(2014, 2024)
FOLGEJAHR = 2024
"""The year of the second set of deliveries: the next edition."""


@dataclass(frozen=True)
class Gemeinde:
    """One Gemeinde: key (last three digits), name without and with suffix, size at 31.12.2013, character."""

    ags: str
    name: str
    zusatz: str
    einwohner: int
    profil: str
    flaeche: int
    verband: str = ""
    region: str = ""
    planungsraum: str = ""
    alos: int = 80
    """Arbeitslose je 1 000 Einwohner von 15 bis unter 65 Jahren im Jahr 2014."""
    zensus: int = -13
    """Abweichung des Zensus 2022 von der Fortschreibung, je 1 000 Einwohner."""

    @property
    def voller_name(self) -> str:
        """Name as the offices print it."""
        return self.name + self.zusatz

    def name_am(self, jahr: int) -> str:
        """Name as printed at 31.12. of ``jahr``: one town got a second title in 2022."""
        return self.voller_name if jahr >= 2022 else self.voller_name.removesuffix(", Rosenstadt")

    @property
    def kreis(self) -> str:
        """Key of the Kreis."""
        return self.ags[:5]

    @property
    def vb(self) -> str:
        """Four digits of the Verband: 5xxx for a shared one, 0 + Gemeinde for a Gemeinde of its own."""
        return self.verband or "0" + self.ags[5:]

    @property
    def ars(self) -> str:
        """Twelve-digit Regionalschlüssel."""
        return self.kreis + self.vb + self.ags[5:]


# fmt: off
_AUENTAL = (
    # key, name, suffix, inhabitants 2013, profile, area in ha, Verband, region, planning area, unemployed, Zensus
    ("010", "Auenfurt",      ", Stadt",                 30600, "stadt",    6480, "",     "SR1", "PR1", 102, -19),
    ("020", "Auenfurt-Land", "",                         3700, "umland",   5210, "",     "SR5", "PR1",  52,  -6),
    ("030", "Bärenbrück",    "",                         3100, "land",     5930, "",     "SR2", "PR2",  70,  -9),
    ("040", "Drehnau",       "",                         1250, "land",     4120, "5103", "SR3", "PR3",  98,  -4),
    ("050", "Eichfurt",      "",                         1900, "land",     3340, "5101", "SR2", "PR2",  62, -11),
    ("060", "Gersnitz",      "",                          740, "land",     2780, "",     "SR4", "PR4",  66,   8),
    ("070", "Hirschlitz",    "",                         1450, "land",     3610, "",     "SR2", "PR2",  64, -12),
    ("080", "Kesselbrück",   ", Stadt",                  4100, "kleinstadt", 4450, "",   "SR3", "PR3", 118, -17),
    ("090", "Kirchsteina",   "",                         1950, "land",     3920, "5105", "SR4", "PR4",  73,  -8),
    ("100", "Klausnitz/Sa.", "",                         2700, "land",     4380, "",     "SR3", "PR3", 101,  -7),
    ("110", "Lautergrund",   "",                         3300, "land",     6120, "",     "SR4", "PR4",  69, -10),
    ("120", "Lindenfurt",    ", Stadt, Rosenstadt",     13900, "kleinstadt", 5870, "5107", "SR5", "PR1", 84, -14),
    ("130", "Mühlbergen",    ", Stadt",                 12400, "kleinstadt", 6650, "5101", "SR2", "PR2", 89, -12),
    ("140", "Neuwehr",       "",                         5200, "pendler",  3050, "",     "SR5", "PR1",  41,   3),
    ("150", "Öhringsau",     "",                         2350, "land",     4760, "",     "SR2", "PR1",  61,  -9),
    ("160", "Pöhlfurt",      "",                         1600, "land",     3490, "",     "SR4", "PR4",  75, -13),
    ("170", "Röderfurt",     ", Stadt",                  9300, "kleinstadt", 5540, "5103", "SR3", "PR3", 124, -21),
    ("180", "Schönwerda",    "",                         4400, "umland",   4890, "",     "SR5", "PR1",  55,  -7),
    ("190", "Sorntal",       "",                         2050, "land",     5020, "",     "SR3", "PR3",  95, -10),
    ("200", "Torfhagen",     "",                          410, "land",     1940, "5103", "SR3", "PR3",  90, -24),
    ("210", "Trebsdorf",     "",                         2600, "umland",   3700, "",     "SR5", "PR2",  57, -10),
    ("220", "Ullersgrün",    "",                         1100, "land",     2660, "5107", "SR5", "PR1",  60,  -5),
    ("230", "Weidfurt",      ", Stadt",                  8200, "kleinstadt", 5160, "",   "SR4", "PR4",  91, -15),
    ("240", "Zschornitz",    "",                          980, "land",     2310, "5105", "SR4", "PR4",  79, -12),
    ("250", "Zwergau",       "",                          620, "land",     2090, "5101", "SR2", "PR2",  58,  -2),
)
_HOHENRODE = (
    ("010", "Altenwehr",     "",                         1700, "land",     4210, "",     "",    "",     81, -9),
    ("020", "Brandlitz",     "",                         2400, "land",     5080, "",     "",    "",     76, -11),
    ("030", "Finkenbrück",   ", Stadt",                  6100, "kleinstadt", 5330, "",   "",    "",     93, -12),
    ("040", "Grauwitz",      ", Stadt",                  8800, "kleinstadt", 6270, "5201", "",  "",    109, -16),
    ("050", "Hohenrode",     ", Stadt",                 24500, "stadt",    7120, "",     "",    "",    106, -18),
    ("060", "Jessnau",       "",                         1150, "land",     3060, "5201", "",    "",     72, -6),
    ("070", "Kranzau",       "",                         3050, "land",     4730, "",     "",    "",     70, -8),
    ("080", "Marktauen",     ", Stadt",                 11200, "kleinstadt", 6030, "",   "",    "",     97, -13),
    ("090", "Moosbrück",     "",                          900, "land",     2870, "",     "",    "",     66, 5),
    ("100", "Rabenfurt",     "",                         4700, "umland",   4480, "",     "",    "",     60, -7),
    ("110", "Tannfurt",      "",                         2150, "land",     5190, "",     "",    "",     74, -10),
    ("120", "Weißenau",      "",                         3600, "umland",   3950, "",     "",    "",     58, -4),
)
# fmt: on

GEMEINDEN: tuple[Gemeinde, ...] = (
    *(Gemeinde(KREIS + zeile[0], *zeile[1:]) for zeile in _AUENTAL),
    *(Gemeinde(NACHBAR + zeile[0], *zeile[1:]) for zeile in _HOHENRODE),
    Gemeinde(STADT + "000", "Birkenstadt", ", Landeshauptstadt", 148000, "grossstadt", 19860, "0000", alos=98),
)
"""Every Gemeinde at 31.12.2021 (the last day before the merger)."""

TEILE_DER_FUSION = (KREIS + "090", KREIS + "240")
FUSIONSGEMEINDE = Gemeinde(KREIS + "195", "Steinatal", "", 0, "land", 3920 + 2310, "", "SR4", "PR4")
VERBAENDE = {
    (KREIS, "5101"): "Mühlbergen",
    (KREIS, "5103"): "Röderfurt",
    (KREIS, "5105"): "Kirchsteina",
    (KREIS, "5107"): "Lindenfurt",
    (NACHBAR, "5201"): "Grauwitz",
}
SOZIALREGIONEN = {
    "SR1": "Auenfurt",
    "SR2": "Nord (Mühlbergen)",
    "SR3": "Ost (Röderfurt)",
    "SR4": "Süd (Weidfurt)",
    "SR5": "West (Lindenfurt)",
}
PLANUNGSRAEUME = {"PR1": "Mitte", "PR2": "Mühlbergen", "PR3": "Röderland", "PR4": "Weidtal"}


def gemeinden_am(jahr: int) -> tuple[Gemeinde, ...]:
    """Gemeinden that exist on 31.12. of ``jahr``, sorted by key."""
    if jahr in VORJAHRE or jahr < min(VORJAHRE):
        return GEMEINDEN
    geblieben = [g for g in GEMEINDEN if g.ags not in TEILE_DER_FUSION]
    return tuple(sorted([*geblieben, FUSIONSGEMEINDE], key=lambda g: g.ags))


def heutiger_schluessel(ags: str) -> str:
    """Key of the Gemeinde that holds this one since the merger."""
    return FUSIONSGEMEINDE.ags if ags in TEILE_DER_FUSION else ags
