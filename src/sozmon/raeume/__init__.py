"""Territory with validity: registers, change lists, Raumgliederungen, keys, conversion between Gebietsstände.

Import from here: ``load_raeume``, ``Raeume``, ``Raum``, ``ZuordnungZeile``, ``Aufloesung``, ``Register``,
``RegisterRaum``, ``Aenderungsliste``, ``Aenderung``, ``write_register``, ``write_aenderungen``, ``check_raeume``.
"""

from sozmon.raeume.auskunft import Raeume, load_raeume
from sozmon.raeume.gliederungspruefung import verlange_gliederung
from sozmon.raeume.pruefung import check_raeume
from sozmon.raeume.register import (
    Aenderung,
    Aenderungsliste,
    Register,
    RegisterRaum,
    write_aenderungen,
    write_register,
)
from sozmon.raeume.werte import Aufloesung, Raum, ZuordnungZeile

__all__ = [
    "Aenderung",
    "Aenderungsliste",
    "Aufloesung",
    "Raeume",
    "Raum",
    "Register",
    "RegisterRaum",
    "ZuordnungZeile",
    "check_raeume",
    "load_raeume",
    "verlange_gliederung",
    "write_aenderungen",
    "write_register",
]
