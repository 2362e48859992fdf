"""Drafting a Quelle from a file: look at the grid, propose, ask; decide nothing that only a person can know.

Import from here: ``entwirf``, ``Entwurf``, ``Raumkenner``.
"""

from sozmon.entwurf.entwerfen import Entwurf, entwirf
from sozmon.entwurf.schluessel import Raumkenner

__all__ = ["Entwurf", "Raumkenner", "entwirf"]
