"""sozmon: Sozialmonitoring für Landkreise."""

__version__ = "0.1.0"
