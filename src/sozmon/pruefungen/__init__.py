"""Checks across Merkmalswerte: sums, completeness, range, jumps. They report and never repair.

Every check takes a pyarrow table with the columns of MERKMALSWERTE (a file that was just read, or what the store
holds) and gives Meldungen. Only Räume that matter to the own Kreis are looked at, see ``tafel.schneide``.
"""

from sozmon.pruefungen.alle import check_indikatoren, check_reihen, check_werte
from sozmon.pruefungen.tafel import Umfeld

__all__ = ["Umfeld", "check_indikatoren", "check_reihen", "check_werte"]
