"""The one door to disk and operating system: atomic writing, private folders, locks, child limits.

Everything POSIX-only or Windows-only lives here, and so does every write of sozmon (the Delta log of the
store excepted), so faults can be injected and promises be kept in one place. Errors of the operating
system become the German errors of ``errors`` here and nowhere else.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor, Future

from sozmon.errors import AusgabeError, EinAusgabeError, GesperrtError, RechteError, SozmonError

REST_SEKUNDEN = 6 * 3600.0
"""Age from which a temporary file or folder is taken for the debris of a killed run."""
_TEILNAME = re.compile(r"\..+\.[0-9a-f]{12}\.teil")
_VOLL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} if hasattr(errno, "EDQUOT") else {errno.ENOSPC, errno.EFBIG}
_RECHTE = {errno.EACCES, errno.EPERM, errno.EROFS}
_KEINE_LINKS = {errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EPERM, errno.EMLINK}
_KEINE_SPERREN = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP}


# --------------------------------------------------------------------------------------------------
# Writing


def write_bytes(ziel: Path, daten: bytes, *, privat: bool = False) -> Path:
    """Write ``daten`` to ``ziel`` all or nothing; an existing file is replaced, a link is never followed.

    The folder must exist. ``privat`` makes the file readable for its owner only (0600).
    Raises AusgabeError (73), EinAusgabeError (74, disk full) or RechteError (77).
    """
    with write_strom(ziel, privat=privat) as teil:
        teil.write_bytes(daten)
    return ziel


def write_fluechtig(ziel: Path, daten: bytes) -> None:
    """Write a private file that may be lost (a cache entry): whole or not at all, but not synchronised to disk."""
    teil = _teilname(ziel)
    try:
        griff = os.open(teil, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(griff, "wb") as datei:
            datei.write(daten)
        teil.replace(ziel)
    finally:
        try_remove(teil)


def write_text(ziel: Path, text: str, *, privat: bool = False) -> Path:
    """``write_bytes`` of UTF-8 text; line ends stay as they are in ``text``."""
    return write_bytes(ziel, text.encode("utf-8"), privat=privat)


@contextmanager
def write_strom(ziel: Path, *, privat: bool = False) -> Iterator[Path]:
    """Hand out a private name beside ``ziel`` to write to; it takes the place of ``ziel`` when the block succeeds.

    For libraries that want a path. Synchronised to disk before the switch; after any failure nothing is left.
    """
    teil = _teilname(ziel)
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        os.close(os.open(teil, flags, 0o600 if privat else 0o666))
        yield teil
        _fsync(teil)
        os.replace(teil, ziel)  # noqa: PTH105 - Path.replace would do the same; the system call is the point here
    except OSError as fehler:
        raise schreibfehler(fehler, ziel) from fehler
    finally:
        with contextlib.suppress(OSError):
            teil.unlink(missing_ok=True)


def create_bytes(ziel: Path, daten: bytes, *, privat: bool = False, hardlink: bool = True) -> bool:
    """Write ``daten`` to ``ziel`` all or nothing *if the name is free*; False if somebody else took it.

    The file appears complete or not at all (hard link of a finished file). ``hardlink=False`` is for shares
    that know none: there the caller must hold a lock.
    """
    teil = _teilname(ziel)
    try:
        with write_strom(teil, privat=privat) as strom:
            strom.write_bytes(daten)
        if not hardlink:
            if ziel.exists():
                return False
            teil.rename(ziel)
            return True
        os.link(teil, ziel)
        return True
    except FileExistsError:
        return False
    except OSError as fehler:
        if fehler.errno in _KEINE_LINKS:
            raise _ohne_hardlinks(ziel, fehler) from fehler
        raise schreibfehler(fehler, ziel) from fehler
    finally:
        try_remove(teil)


def try_remove(pfad: Path) -> None:
    """Remove a file if possible; a file that is open on a Windows share stays for the next time."""
    with contextlib.suppress(OSError):
        pfad.unlink(missing_ok=True)


def fsync(*pfade: Path) -> None:
    """Put these files and folders on disk (Delta never does), where the system can; a failing disk is an error (74)."""
    for pfad in pfade:
        try:
            griff = os.open(pfad, os.O_RDONLY)
            try:
                os.fsync(griff)
            finally:
                os.close(griff)
        except OSError as fehler:
            if fehler.errno in _VOLL or fehler.errno == errno.EIO:
                raise schreibfehler(fehler, pfad) from fehler


def _teilname(ziel: Path) -> Path:
    return ziel.with_name(f".{ziel.name[:60]}.{os.urandom(6).hex()}.teil")


def _ohne_hardlinks(ziel: Path, fehler: OSError) -> AusgabeError:
    return AusgabeError(
        "Dieses Laufwerk kennt keine Hardlinks, auf die sich der Bestand sonst verlässt.",
        ort=str(ziel),
        grund=systemgrund(fehler),
        abhilfe="Das Projekt auf ein lokales Laufwerk legen, oder (ein Schreiber zur Zeit, mit Sperrdatei): "
        "sozmon bestand einstellen --ohne-hardlinks",
    )


def schreibfehler(fehler: OSError, ziel: Path) -> SozmonError:
    """The error of the user for an error of the operating system while writing ``ziel``."""
    nummer, ort = fehler.errno or 0, str(ziel)
    if nummer in _VOLL:
        return EinAusgabeError(
            f"Der Datenträger ist voll: „{ziel.name}“ konnte nicht geschrieben werden.",
            ort=ort,
            grund=_frei(ziel),
            abhilfe="Platz schaffen und den Befehl wiederholen; es wurde nichts verändert.",
        )
    if nummer == errno.EIO:
        return EinAusgabeError(f"Schreibfehler bei „{ziel.name}“.", ort=ort, grund=systemgrund(fehler))
    if nummer in _KEINE_LINKS - _RECHTE:
        return _ohne_hardlinks(ziel, fehler)
    if nummer in _RECHTE and not _gehoert_word(fehler, ziel):
        return RechteError(
            f"Keine Schreibrechte für „{ziel.name}“.",
            ort=ort,
            grund=systemgrund(fehler),
            abhilfe="Rechte des Ordners prüfen oder ein anderes Ziel angeben.",
        )
    if isinstance(fehler, PermissionError):
        grund, abhilfe = (
            "Die Datei ist vermutlich in Word oder Excel geöffnet.",
            "Datei dort schließen und wiederholen.",
        )
    elif nummer == errno.ENOENT:
        grund, abhilfe = f"Der Ordner „{ziel.parent}“ fehlt.", "Ordner anlegen oder ein anderes Ziel angeben."
    else:
        grund, abhilfe = systemgrund(fehler), "Ziel prüfen oder ein anderes angeben."
    return AusgabeError(f"„{ziel.name}“ kann nicht angelegt werden.", ort=ort, grund=grund, abhilfe=abhilfe)


def create_ordner(pfad: Path, *, privat: bool = False) -> Path:
    """Make the folder and its parents; ``privat`` = 0700 for those made here. An existing folder is left alone."""
    try:
        for teil in (*reversed(pfad.parents), pfad):
            if not teil.exists():
                with contextlib.suppress(FileExistsError):
                    teil.mkdir(mode=0o700 if privat else 0o777)
        if not pfad.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "Kein Ordner", str(pfad))
    except OSError as fehler:
        raise schreibfehler(fehler, pfad) from fehler
    return pfad


def remove(pfad: Path) -> None:
    """Remove a file, a link or a whole folder; what is missing is fine. Links are never followed."""
    import shutil

    try:
        if pfad.is_dir() and not pfad.is_symlink():
            shutil.rmtree(pfad)
        else:
            pfad.unlink(missing_ok=True)
    except OSError as fehler:
        raise schreibfehler(fehler, pfad) from fehler


@contextmanager
def temp_ordner() -> Iterator[Path]:
    """A fresh folder that only this user may enter (0700), removed with all it holds in any case."""
    import shutil
    import tempfile

    try:
        ordner = Path(tempfile.mkdtemp(prefix="sozmon-"))
    except OSError as fehler:
        raise schreibfehler(fehler, Path(tempfile.gettempdir())) from fehler
    try:
        yield ordner
    finally:
        shutil.rmtree(ordner, ignore_errors=True)


def sweep_reste(*ordner: Path) -> None:
    """Remove what runs that were killed hours ago left: private copies in the system's folder for temporary files,
    and half-written files below ``ordner``. Younger ones may belong to a run that is at work.
    """
    import shutil
    import tempfile

    for pfad in Path(tempfile.gettempdir()).glob("sozmon-*"):
        if _ist_rest(pfad) and pfad.is_dir() and not pfad.is_symlink():
            shutil.rmtree(pfad, ignore_errors=True)
    for pfad in (p for o in ordner for p in o.rglob(".*.teil")):
        if _ist_rest(pfad) and ist_regulaer(pfad) and _TEILNAME.fullmatch(pfad.name):
            try_remove(pfad)


def _ist_rest(pfad: Path) -> bool:
    """Our own, and not touched for hours."""
    try:
        stand = pfad.lstat()
    except OSError:
        return False
    eigen = not hasattr(os, "getuid") or stand.st_uid == os.getuid()
    return eigen and time.time() - stand.st_mtime > REST_SEKUNDEN


@contextmanager
def temp_ordner_in(ordner: Path, vorne: str) -> Iterator[Path]:
    """A private folder inside ``ordner``, for building what is moved into place when it is finished."""
    neu = ordner / f"{vorne}{os.urandom(6).hex()}"
    try:
        neu.mkdir(mode=0o700)
    except OSError as fehler:
        raise schreibfehler(fehler, neu) from fehler
    try:
        yield neu
    finally:
        import shutil

        shutil.rmtree(neu, ignore_errors=True)


def move(von: Path, nach: Path) -> None:
    """Rename within one file system; ``nach`` must not exist."""
    try:
        von.rename(nach)
    except OSError as fehler:
        raise schreibfehler(fehler, nach) from fehler


def touch(pfad: Path) -> None:
    """Set the time of last change to now."""
    with contextlib.suppress(OSError):
        os.utime(pfad)


def set_zugriff(ordner: Path, *, gruppe: bool) -> None:
    """Open a folder with all it holds to its group (02770/0660), or to its owner alone (0700/0600)."""
    rechte = (0o2770, 0o660) if gruppe else (0o700, 0o600)
    try:
        for pfad in (ordner, *ordner.rglob("*")):
            if not pfad.is_symlink():
                pfad.chmod(rechte[0] if pfad.is_dir() else rechte[1])
    except OSError as fehler:
        raise schreibfehler(fehler, ordner) from fehler


@contextmanager
def fuer_gruppe(gruppe: bool) -> Iterator[None]:
    """While the block runs, new files and folders of this process are open to the group, never to others."""
    if not gruppe:
        yield
        return
    alt = os.umask(0o007)
    try:
        yield
    finally:
        os.umask(alt)


def sync() -> None:
    """Ask the operating system to put everything on disk (Delta itself never does); no-op on Windows."""
    if hasattr(os, "sync"):
        os.sync()


def _fsync(pfad: Path) -> None:
    griff = os.open(pfad, os.O_RDWR)
    try:
        os.fsync(griff)
    finally:
        os.close(griff)


def _gehoert_word(fehler: OSError, ziel: Path) -> bool:
    """On Windows an open document refuses to be replaced with the error of missing rights."""
    return os.name == "nt" and isinstance(fehler, PermissionError) and ziel.exists()


def systemgrund(fehler: OSError) -> str:
    """Why the operating system refused, in German; its own sentences are English."""
    gruende = {
        errno.ENOSPC: "Der Datenträger ist voll.",
        getattr(errno, "EDQUOT", -1): "Das Speicherkontingent ist ausgeschöpft.",
        errno.EACCES: "Die Berechtigung fehlt.",
        errno.EPERM: "Die Berechtigung fehlt.",
        errno.EROFS: "Der Datenträger ist schreibgeschützt.",
        errno.ENOENT: "Datei oder Ordner gibt es nicht.",
        errno.EISDIR: "Das ist ein Ordner, keine Datei.",
        errno.ENOTDIR: "Ein Teil des Pfades ist kein Ordner.",
        errno.EEXIST: "Die Datei gibt es schon.",
        errno.ENAMETOOLONG: "Der Name ist zu lang.",
        errno.EMFILE: "Zu viele Dateien sind geöffnet.",
        errno.EIO: "Lese- oder Schreibfehler des Datenträgers.",
        errno.EBADF: "Die Ausgabe ist geschlossen.",
        errno.ENOMEM: "Der Arbeitsspeicher reicht nicht.",
    }
    return gruende.get(fehler.errno or 0, f"Das Betriebssystem meldet Fehler Nummer {fehler.errno}.")


def _frei(ziel: Path) -> str:
    import shutil

    try:
        frei = shutil.disk_usage(ziel.parent if ziel.parent.exists() else Path.cwd()).free
    except OSError:
        return "Kein Platz mehr auf dem Datenträger."
    return f"Noch frei: {frei // 1024} KiB."


# --------------------------------------------------------------------------------------------------
# Lock


@contextmanager
def sperre(pfad: Path, *, warten: float, befehl: str, weich: bool = False, gruppe: bool = False) -> Iterator[None]:
    """Hold the lock ``pfad`` (kernel lock: it dies with its process, there is never a stale one).

    warten: seconds to wait for another run; befehl: what the other run reads about us. ``weich`` uses a lock
    *file* instead, for shares that cannot lock; ``gruppe``: others of the group may take it too. Not re-entrant.
    Raises GesperrtError (75) that names who, where, since when and which command.
    """
    from filelock import FileLock, SoftFileLock, Timeout

    art = SoftFileLock if weich else FileLock
    pfad = pfad.with_name(pfad.name + "-datei") if weich else pfad
    schloss = art(str(pfad), timeout=max(0.0, warten), thread_local=False, mode=0o660 if gruppe else 0o600)
    wer = pfad.with_name(pfad.name + ".wer")
    try:
        schloss.acquire(poll_interval=0.05)
    except Timeout as fehler:
        raise _gesperrt(wer, warten) from fehler
    except OSError as fehler:
        if fehler.errno in _KEINE_SPERREN:
            raise _ohne_sperren(pfad, fehler) from fehler
        raise schreibfehler(fehler, pfad) from fehler
    try:
        _write_wer(wer, befehl)
        yield
    finally:
        with contextlib.suppress(OSError):
            wer.unlink(missing_ok=True)
        schloss.release()


def _write_wer(wer: Path, befehl: str) -> None:
    """Note for the others who holds the lock; only a courtesy, so a failure here never stops the work."""
    import json

    angaben = {"wer": nutzer(), "rechner": rechner(), "prozess": os.getpid(), "seit": jetzt(), "befehl": befehl}
    with contextlib.suppress(OSError, SozmonError):
        write_text(wer, json.dumps(angaben, ensure_ascii=False))


def _halter(wer: Path) -> str:
    """Who holds the lock, since when and for what; '' when nothing legible says so."""
    import json

    try:
        a = json.loads(wer.read_text("utf-8"))
        return f"{a['wer']} auf {a['rechner']} (Prozess {a['prozess']}), seit {a['seit']}: {a['befehl']}"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _gesperrt(wer: Path, warten: float) -> GesperrtError:
    for _ in range(10):
        halter = _halter(wer)
        if halter:
            break
        time.sleep(0.05)  # it has the lock already and is just about to write its name
    return GesperrtError(
        "Ein anderer Lauf arbeitet gerade mit diesem Bestand.",
        ort=halter or "ein anderer Lauf, der sich nicht benannt hat",
        grund=f"Nach {warten:g} Sekunden war die Sperre noch nicht frei." if warten else "",
        abhilfe="Warten und wiederholen, oder mit --warten SEKUNDEN länger warten.",
    )


def _ohne_sperren(pfad: Path, fehler: OSError) -> GesperrtError:
    return GesperrtError(
        "Dieses Laufwerk kennt keine Dateisperren; zwei gleichzeitige Läufe könnten einander stören.",
        ort=str(pfad),
        grund=systemgrund(fehler),
        abhilfe="Das Projekt auf ein lokales Laufwerk legen oder den Bestand auf Sperrdateien umstellen: "
        "sozmon bestand einstellen --ohne-hardlinks",
    )


# --------------------------------------------------------------------------------------------------
# Who, where, when


def nutzer() -> str:
    """Name of the user, or '?' where the system knows none (empty environment)."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def rechner() -> str:
    """Name of this machine."""
    import platform

    return platform.node() or "?"


def jetzt() -> str:
    """Now, UTC, ISO 8601 to the second, e.g. '2026-11-21T20:15:00Z'."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def ist_regulaer(pfad: Path) -> bool:
    """True for a regular file that is not a link, pipe or device."""
    try:
        return stat.S_ISREG(pfad.lstat().st_mode)
    except OSError:
        return False


# --------------------------------------------------------------------------------------------------
# Processes


def begrenze_kind(speicher_mb: int, sekunden: int) -> None:
    """Limit memory and processor time of *this* process; call it first thing inside a child. No-op on Windows."""
    if os.name == "nt":
        return
    import resource

    grenzen = (
        (resource.RLIMIT_AS, speicher_mb * 1024 * 1024),
        (resource.RLIMIT_CPU, sekunden),
        (resource.RLIMIT_CORE, 0),
    )
    for art, grenze in grenzen:
        _, hart = resource.getrlimit(art)
        weich = grenze if hart == resource.RLIM_INFINITY else min(grenze, hart)
        resource.setrlimit(art, (weich, hart if art == resource.RLIMIT_CPU else weich))


def arbeiter(n: int) -> AbstractContextManager[Executor]:
    """A pool of ``n`` processes for ``executor.map``; up to one it runs in this process.

    Never a bare fork: a forked child of a process that has opened a Delta table dies. Functions must live at
    module level and take plain arguments (paths, versions, years).
    """
    if n <= 1:
        return _seriell()
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    art = "spawn" if os.name == "nt" else "forkserver"
    return ProcessPoolExecutor(n, mp_context=multiprocessing.get_context(art))


def bereite_arbeiter_vor(*module: str) -> None:
    """Start the server of later ``arbeiter`` now and let it import these modules, beside the work that comes first."""
    if os.name == "nt" or (os.cpu_count() or 1) < 2:
        return
    import multiprocessing
    from multiprocessing import forkserver

    multiprocessing.set_forkserver_preload(["__main__", *module])
    forkserver.ensure_running()


def _seriell() -> Executor:
    """``executor.map`` in this very process: the same code path without a second process."""
    from concurrent.futures import Executor, Future

    class Seriell(Executor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            ergebnis: Future[Any] = Future()
            try:
                ergebnis.set_result(fn(*args, **kwargs))
            except Exception as fehler:
                ergebnis.set_exception(fehler)
            return ergebnis

    return Seriell()
