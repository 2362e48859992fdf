"""What the global options mean for a command: project, catalogue, territory and store, each loaded on first use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sozmon.errors import EingabeFehltError

if TYPE_CHECKING:
    import typer

    from sozmon.bestand import Bestand
    from sozmon.katalog import Katalog
    from sozmon.projekt import Projekt
    from sozmon.raeume import Raeume


@dataclass
class Kontext:
    """One call of sozmon."""

    projekt_angabe: str | None = None
    leise: bool = False
    ausfuehrlich: bool = False
    debug: bool = False

    @cached_property
    def projekt(self) -> Projekt:
        """The project of this call; EingabeFehltError when there is none."""
        from sozmon.projekt import find_projekt, load_projekt

        return load_projekt(find_projekt(self.projekt_angabe))

    @cached_property
    def projekt_oder_keins(self) -> Projekt | None:
        """The project, or None where a command works without one; a project that was named must exist."""
        if self.projekt_angabe is not None:
            return self.projekt
        try:
            return self.projekt
        except EingabeFehltError:
            return None

    @cached_property
    def katalog(self) -> Katalog:
        """Shipped definitions, and those of the project if there is one."""
        from sozmon.katalog import load_katalog

        return load_katalog(self.projekt_oder_keins)

    @cached_property
    def raeume(self) -> Raeume:
        """The territory of the project."""
        from sozmon.raeume import load_raeume

        return load_raeume(self.projekt)

    @cached_property
    def bestand(self) -> Bestand:
        """The store of the project."""
        from sozmon.bestand import Bestand

        return Bestand(self.projekt.bestand)


def kontext_von(ctx: typer.Context) -> Kontext:
    """The Kontext that the global options made."""
    kontext = ctx.find_object(Kontext)
    assert kontext is not None, "the main callback sets it"
    return kontext
