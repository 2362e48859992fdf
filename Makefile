# sozmon: was man in einem frischen Verzeichnis tun kann. `make` allein zeigt die Ziele.
# Jedes Ziel richtet .venv selbst ein; pyproject.toml entscheidet, ob neu installiert wird.

SHELL := /bin/sh
BIN := .venv/bin
SOZMON := $(BIN)/sozmon
# Kindprozesse der Werkzeuge sollen nichts von einer anderen Umgebung erben
unexport PYTHONPATH PYTHONHOME
# übersetzte Module werden aufgehoben: ohne sie dauern die Tests doppelt so lang
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := hilfe
.PHONY: hilfe beispiel test lang pruefen doku fuzz absturz benchmarks paket aufraeumen

hilfe: ## diese Übersicht
	@echo "Ziele von make:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

beispiel: .venv/.installiert ## das Beispiel rechnen und den Bericht drucken (nach ./beispiel)
	@test -f beispiel/sozmon.toml || $(SOZMON) neu beispiel --beispiel
	@$(SOZMON) --projekt beispiel import beispiel/eingang/*
	@$(SOZMON) -q --projekt beispiel bericht > beispiel/.berichtspfade
	@echo
	@echo "Der Bericht liegt hier:"
	@sed "s|^$$PWD/||; s|^|  |" beispiel/.berichtspfade

test: .venv/.eingerichtet ## alle Tests (zwei Prozesse)
	@$(BIN)/python -m pytest -n 2 --dist worksteal

lang: .venv/.eingerichtet ## was länger dauert: nächste Ausgabe des Beispiels, alle Originaldateien in zwei Reihenfolgen
	@$(BIN)/python -m pytest -m langsam tests/beispiel tests/realdaten

pruefen: .venv/.eingerichtet ## Form, Regeln, Typen, Dokumentation aktuell (keine Tests)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m sozmon.doku --pruefen
	@$(BIN)/python -m sozmon.cli.doku --pruefen

doku: .venv/.eingerichtet ## die erzeugten Teile der Dokumentation neu schreiben
	@$(BIN)/python -m sozmon.doku --schreiben
	@$(BIN)/python -m sozmon.cli.doku --schreiben

fuzz: .venv/.eingerichtet ## hunderttausend beschädigte Dateien einlesen (make fuzz SAAT=2 ANZAHL=5000 FUNDE=ordner)
	@SOZMON_FUZZ_SAAT=$(or $(SAAT),1) SOZMON_FUZZ_ANZAHL=$(or $(ANZAHL),100000) SOZMON_FUZZ_FUNDE=$(FUNDE) \
		$(BIN)/python -m pytest -m langsam -k fuzz -s

absturz: .venv/.eingerichtet ## kill -9 in Schleife, volle Platte, viele Schreiber
	@$(BIN)/python -m pytest -m langsam -k "not fuzz and not paket" --ignore tests/beispiel --ignore tests/realdaten

benchmarks: .venv/.eingerichtet ## Verhältnisse messen: Start, Einlesen, Abfrage, Bericht
	@for messung in benchmarks/[a-z]*.py; do echo "== $$messung"; $(BIN)/python $$messung || exit 1; done

paket: .venv/.eingerichtet ## Wheel bauen und in einer leeren Umgebung ausprobieren
	@$(BIN)/python -m pytest -m langsam -k paket

aufraeumen: ## Umgebung und Zwischenspeicher löschen (nicht ./beispiel)
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build

# --- Einrichtung ------------------------------------------------------------------------------------
# Das neueste Python ab 3.11, das wirklich startet (pyenv legt auch Namen an, hinter denen nichts steht).
FINDE_PYTHON = for p in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done

.venv/bin/python:
	@python=$$($(FINDE_PYTHON)); \
	if [ -z "$$python" ]; then \
		echo "sozmon braucht Python ab 3.11 mit venv (Debian: apt install python3-venv)." >&2; exit 1; fi; \
	echo "Richte .venv mit $$($$python -V) ein …"; $$python -m venv .venv

.venv/.installiert: pyproject.toml | .venv/bin/python
	@echo "Installiere sozmon …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/.eingerichtet: .venv/.installiert
	@echo "Installiere die Werkzeuge der Entwicklung …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[entwicklung]'
	@touch $@
