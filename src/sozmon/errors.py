"""Exceptions of sozmon: one class per way out, each with its exit code.

A ``SozmonError`` is something the *user* can change: it is shown in German, without a traceback.
Anything else that reaches ``cli.app.main`` is a bug and ends with exit code 1.
"""

from __future__ import annotations

from typing import ClassVar


class SozmonError(Exception):
    """Base of every error shown to the user.

    text: what happened; ort: file, sheet, cell or line; grund: why; abhilfe: what to do now.
    No text may carry the value of a small cell.
    """

    exit_code: ClassVar[int] = 1
    kennung: ClassVar[str] = "intern"
    bedeutung: ClassVar[str] = "Fehler in sozmon"

    def __init__(self, text: str, *, ort: str = "", grund: str = "", abhilfe: str = "") -> None:
        super().__init__(text)
        self.text, self.ort, self.grund, self.abhilfe = text, ort, grund, abhilfe


class AufrufError(SozmonError):
    """The command line itself is wrong (unknown id, bad option value)."""

    exit_code, kennung, bedeutung = 2, "aufruf", "falscher Aufruf"


class MeldungenError(SozmonError):
    """The work is done, but there are Meldungen at or above ``--fehler-ab``."""

    exit_code, kennung, bedeutung = 3, "meldungen", "fertig, mit Meldungen ab der Stufe von --fehler-ab"


class EingabeError(SozmonError):
    """An input was rejected; nothing of it was written."""

    exit_code, kennung, bedeutung = 4, "eingabe", "Eingabe abgelehnt, nichts geschrieben"


class GeheimhaltungError(SozmonError):
    """The disclosure gate refused; nothing was written."""

    exit_code, kennung, bedeutung = 5, "geheim", "Geheimhaltung verweigert, nichts geschrieben"


class VerschiedenError(SozmonError):
    """``diff --exit-code`` found a difference."""

    exit_code, kennung, bedeutung = 6, "verschieden", "diff --exit-code: Unterschiede gefunden"


class EingabeFehltError(SozmonError):
    """A file, folder or project that the call names does not exist."""

    exit_code, kennung, bedeutung = 66, "eingabe-fehlt", "Eingabe nicht gefunden"


class AusgabeError(SozmonError):
    """The output cannot be created (exists, folder missing, open in Word or Excel)."""

    exit_code, kennung, bedeutung = (
        73,
        "ausgabe",
        "Ausgabe kann nicht angelegt werden (auch: in Word oder Excel geöffnet)",
    )


class EinAusgabeError(SozmonError):
    """Disk full, closed stdout, input/output error."""

    exit_code, kennung, bedeutung = 74, "ein-ausgabe", "Ein-/Ausgabefehler (Platte voll, Ausgabe geschlossen)"


class GesperrtError(SozmonError):
    """Another run holds the lock; try again."""

    exit_code, kennung, bedeutung = 75, "gesperrt", "gesperrt durch einen anderen Lauf, später erneut versuchen"


class BestandError(SozmonError):
    """The store is damaged, or written by a newer version."""

    exit_code, kennung, bedeutung = 76, "bestand", "Bestand beschädigt oder neuer als dieses Programm"


class RechteError(SozmonError):
    """No permission to read or write."""

    exit_code, kennung, bedeutung = 77, "rechte", "keine Berechtigung"


class KonfigError(SozmonError):
    """Configuration, catalogue, template or text is wrong."""

    exit_code, kennung, bedeutung = 78, "konfig", "Konfiguration, Katalog, Vorlage oder Text fehlerhaft"


FEHLERKLASSEN: tuple[type[SozmonError], ...] = (
    SozmonError,
    AufrufError,
    MeldungenError,
    EingabeError,
    GeheimhaltungError,
    VerschiedenError,
    EingabeFehltError,
    AusgabeError,
    EinAusgabeError,
    GesperrtError,
    BestandError,
    RechteError,
    KonfigError,
)
"""Every way out, in the order of its exit code; the table in README.md is made from this."""

SIGNAL_CODES: dict[int, str] = {
    130: "abgebrochen (Strg+C)",
    141: "Leser der Ausgabe beendet (SIGPIPE)",
    143: "beendet (SIGTERM)",
}
