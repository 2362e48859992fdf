"""Every error of a template becomes a German KonfigError with file, line and call; a bug stays a bug."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping, Sequence

import jinja2
from jinja2.exceptions import SecurityError

from sozmon.errors import KonfigError
from sozmon.vorlage.umgebung import Unbekannt
from sozmon.vorlage.werte import Innen, vorschlag


class Deutsch:
    """Turns every error of a template into a KonfigError with file, line and call."""

    def __init__(
        self,
        ort: str,
        namen: Mapping[str, object],
        quelltext: Callable[[str], str],
        vorlagen: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        self.ort, self.namen, self.quelltext, self.vorlagen = ort, namen, quelltext, vorlagen

    def __enter__(self) -> None:
        return None

    def __exit__(self, art: object, fehler: BaseException | None, spur: object) -> None:
        if fehler is None:
            return
        neu = self._uebersetze(fehler)
        if neu is not None:
            raise neu from fehler

    def _uebersetze(self, fehler: BaseException) -> KonfigError | None:
        match fehler:
            case Innen() | KonfigError() if isinstance(fehler, Innen) or not fehler.ort:
                ort = ", ".join(t for t in (self._zeile(fehler), fehler.ort) if t)
                return KonfigError(fehler.text, ort=ort, grund=fehler.grund, abhilfe=fehler.abhilfe)
            case Unbekannt():
                return self._unbekannt(fehler)
            case jinja2.TemplateSyntaxError():
                return KonfigError(
                    "Der Aufruf ist nicht zu lesen.",
                    ort=f"{fehler.filename or self.ort}, Zeile {fehler.lineno}",
                    grund="Eine Klammer oder ein Anführungszeichen fehlt, oder ein Zeichen steht zu viel.",
                    abhilfe='Klammern und Anführungszeichen prüfen: {{ wert("bevoelkerung") }}.',
                )
            case jinja2.TemplateNotFound():
                hilfe = vorschlag(str(fehler.name), self.vorlagen())
                return KonfigError(f"Die Vorlage „{fehler.name}“ fehlt.", ort=self._zeile(fehler), abhilfe=hilfe)
            case SecurityError() | RecursionError():
                return KonfigError(
                    "Das darf eine Vorlage nicht.", ort=self._zeile(fehler), grund="Vorlagen rufen nur Funktionen auf."
                )
            case TypeError() if "darf nicht in eine Vorlage" not in str(fehler):
                return KonfigError("Der Vergleich oder die Schleife passt nicht zum Wert.", ort=self._zeile(fehler))
        return None

    def _unbekannt(self, fehler: Unbekannt) -> KonfigError:
        bekannte = list(fehler.objekt) if isinstance(fehler.objekt, Mapping) else list(self.namen)
        return KonfigError(
            f"„{fehler.name}“ ist hier nicht bekannt.",
            ort=self._zeile(fehler, fehler.name),
            abhilfe=vorschlag(fehler.name, bekannte, "Möglich sind"),
        )

    def _zeile(self, fehler: BaseException, wort: str = "") -> str:
        """File and line of the innermost template frame, and the call on it that contains ``wort``."""
        for rahmen in reversed(traceback.extract_tb(fehler.__traceback__)):
            datei, zeile = rahmen.filename, rahmen.lineno or 1
            if datei == self.ort or datei.startswith("vorlagen/"):
                aufruf = _aufruf_mit(self.quelltext(datei), zeile, wort) if wort else ""
                return f"{datei}, Zeile {zeile}" + (f", {aufruf}" if aufruf else "")
        return self.ort


def _aufruf_mit(text: str, zeile: int, wort: str) -> str:
    stellen = text.split("\n")[zeile - 1 : zeile]
    return next((a for s in stellen for a in re.findall(r"\{\{.*?\}\}", s) if wort in a), "")
