"""Shared fixtures: where the original files lie, and a guard that no test reaches the network."""

from __future__ import annotations

import os
import socket
from collections.abc import Generator
from pathlib import Path

import pytest

GRUND = "SOZMON_REALDATEN ist nicht gesetzt: Originaldateien der Ämter fehlen hier"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the real-file tests, with the reason, where the files are not at hand."""
    if os.environ.get("SOZMON_REALDATEN"):
        return
    for item in items:
        if "realdaten" in item.keywords:
            item.add_marker(pytest.mark.skip(reason=GRUND))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where every tool must be at hand (``.ci/run``), a test that skips because one is missing has failed."""
    bericht = yield
    if bericht.skipped and os.environ.get("SOZMON_ALLE_WERKZEUGE") and "fehlt" in str(bericht.longrepr):
        bericht.outcome = "failed"
    return bericht


@pytest.fixture(scope="session")
def realdaten() -> Path:
    """Folder of the original files; its absence is an error once the variable is set."""
    ordner = Path(os.environ["SOZMON_REALDATEN"]).resolve()
    assert (ordner / "README.md").is_file(), f"SOZMON_REALDATEN zeigt auf {ordner}, dort liegen keine Realdaten"
    return ordner


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only ``holen`` may reach the network; a test never does."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a test tried to open a network connection")

    monkeypatch.setattr(socket, "create_connection", refuse)
