"""`run` sets up once, mends what was cut off, and tells a person what to do where it cannot go on."""

from __future__ import annotations

import ast
import importlib.machinery
import importlib.util
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN = ROOT / "run"
PYTHON = "{}.{}".format(*sys.version_info[:2])
LINKS = sys.platform != "win32"
"""Links need rights on Windows, and Python would not start from one."""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module whose folder is a temporary one with two locks and no set-up."""
    loader = importlib.machinery.SourceFileLoader("run_script", str(RUN))
    spec = importlib.util.spec_from_loader("run_script", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", str(tmp_path))
    monkeypatch.setattr(module, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(module, "STAMP", str(tmp_path / ".venv" / "shuke-stamp"))
    for name in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text(name)
    return module


@pytest.fixture
def steps(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a set-up did, with the slow parts replaced: the venv is a link to this Python."""
    done: list[str] = []

    def make_venv() -> None:
        done.append("venv")
        python = Path(run.venv_python())
        python.parent.mkdir(parents=True, exist_ok=True)
        if not python.exists():
            if LINKS:
                python.symlink_to(sys.executable)
            else:
                python.touch()

    def install(lock: str) -> None:
        assert not os.path.exists(run.STAMP), "an unfinished set-up looks finished"
        done.append(lock)

    def version_of(command: list[str]) -> tuple[int, ...] | None:
        return sys.version_info[:2] if Path(command[0]).exists() else None

    monkeypatch.setattr(run, "make_venv", make_venv)
    if not LINKS:
        monkeypatch.setattr(run, "version_of", version_of)
    monkeypatch.setattr(run, "install", install)
    return done


def call(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start the script as a person would, in an environment without a display."""
    clean = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-B", str(RUN), *words],
        capture_output=True,
        text=True,
        env={**clean, **environment},
        check=False,
    )


def test_an_old_python_can_read_it() -> None:
    ast.parse(RUN.read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("version", [(3, 6), (3, 10), (3, 15)])
def test_a_python_that_does_not_fit_ends_with_one_sentence(
    run: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    version: tuple[int, int],
) -> None:
    monkeypatch.setattr(sys, "version_info", (*version, 0, "final", 0))
    monkeypatch.setattr(run, "other_python", lambda: None)
    with pytest.raises(SystemExit) as end:
        run.main(["test"])
    told = capsys.readouterr().err
    assert end.value.code == 1
    assert told.startswith("Shuke needs Python 3.11 to 3.14, and this is Python {}.{}".format(*version))
    assert told.count("\n") == 1


def test_an_old_python_hands_over_to_one_that_fits(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[list[str]] = []

    def hand_over(command: list[str], environment: dict[str, str]) -> None:
        handed.append(command)
        raise SystemExit(0)

    monkeypatch.setattr(sys, "version_info", (3, 8, 0, "final", 0))
    monkeypatch.setattr(run, "version_of", lambda command: (3, 12) if command[0] == "python3.12" else None)
    monkeypatch.setattr(run, "hand_over", hand_over)
    with pytest.raises(SystemExit):
        run.main(["report", "--json"])
    assert handed == [["python3.12", str(RUN), "report", "--json"]]


def test_set_up_happens_once(run: ModuleType, steps: list[str]) -> None:
    run.set_up(run.RUNTIME)
    run.set_up(run.RUNTIME)
    assert steps == ["venv", "requirements.lock"]


def test_the_development_lock_comes_on_top(run: ModuleType, steps: list[str]) -> None:
    run.set_up(run.RUNTIME)
    run.set_up(run.DEVELOPMENT)
    run.set_up(run.RUNTIME)
    assert steps == ["venv", "requirements.lock", "requirements-dev.lock"]
    assert set(run.read_stamp()) == {"python", "requirements.lock", "requirements-dev.lock"}


def test_a_changed_lock_is_installed_anew(run: ModuleType, steps: list[str], tmp_path: Path) -> None:
    run.set_up(run.DEVELOPMENT)
    (tmp_path / "requirements.lock").write_text("news")
    run.set_up(run.DEVELOPMENT)
    assert steps == ["venv", "requirements.lock", "requirements-dev.lock", "requirements.lock"]


def test_a_lock_with_other_line_ends_is_the_same(run: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "requirements.lock").write_bytes(b"a\nb\n")
    plain = run.digest("requirements.lock")
    (tmp_path / "requirements.lock").write_bytes(b"a\r\nb\r\n")
    assert run.digest("requirements.lock") == plain


def test_a_set_up_that_was_cut_off_is_made_anew(
    run: ModuleType, steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run.install

    def fail(lock: str) -> None:
        raise run.SetUpError("no connection")

    run.set_up(run.RUNTIME)
    monkeypatch.setattr(run, "install", fail)
    with pytest.raises(run.SetUpError):
        run.set_up(run.DEVELOPMENT)
    monkeypatch.setattr(run, "install", whole)
    run.set_up(run.DEVELOPMENT)
    assert steps == ["venv", "requirements.lock", "venv", "requirements.lock", "requirements-dev.lock"]


@pytest.mark.parametrize("stamp", ["", "python 3.8\n", "nonsense", f"python {PYTHON} twice\n"])
def test_a_stamp_that_does_not_fit_is_not_believed(run: ModuleType, steps: list[str], stamp: str) -> None:
    run.set_up(run.RUNTIME)
    Path(run.STAMP).write_text(stamp)
    run.set_up(run.RUNTIME)
    assert steps == ["venv", "requirements.lock"] * 2


def test_a_venv_whose_python_is_gone_is_made_anew(run: ModuleType, steps: list[str]) -> None:
    run.set_up(run.RUNTIME)
    Path(run.venv_python()).unlink()
    run.set_up(run.RUNTIME)
    assert steps == ["venv", "requirements.lock"] * 2


def test_two_at_once_set_up_once(run: ModuleType, steps: list[str]) -> None:
    threads = [threading.Thread(target=run.set_up, args=(run.RUNTIME,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert steps == ["venv", "requirements.lock"]


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ([], True),
        (["--book", "a.shuke"], True),
        (["import", "a.xlsx"], False),
        (["--book", "a.shuke", "report"], False),
        (["--version"], False),
        (["later"], False),
    ],
)
def test_which_words_open_a_window(run: ModuleType, words: list[str], window: bool) -> None:
    assert run.opens_window(words) is window


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_without_a_display_it_says_how_to_go_on() -> None:
    ended = call()
    assert ended.returncode == 1
    assert ended.stdout == ""
    for way in ("ssh -X", "xvfb-run", "python3 run report"):
        assert way in ended.stderr


def test_help_names_every_word(run: ModuleType) -> None:
    shown = call("--help").stdout
    assert all(f"python3 run {word}" in shown for word in run.TOOLS)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere Qt brings its libraries")
def test_missing_libraries_are_named_with_the_line_that_installs_them(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "LIBRARIES", {"libc.so.6": "libc6", "libnosuch.so.9": "libnosuch9"})
    monkeypatch.setattr(run, "X11_LIBRARIES", {})
    monkeypatch.setattr(run, "may_install", lambda: False)
    monkeypatch.setattr(run, "has_chinese_font", lambda: True)
    with pytest.raises(run.SetUpError, match="apt-get install --no-install-recommends libnosuch9\n"):
        run.check_system(shows_window=True, needs_qt=True)
    run.check_system(shows_window=False, needs_qt=False)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere Qt brings its libraries")
def test_a_missing_font_is_told_but_stops_nothing(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "missing_packages", lambda libraries: [])
    monkeypatch.setattr(run, "may_install", lambda: False)
    monkeypatch.setattr(run, "has_chinese_font", lambda: False)
    run.check_system(shows_window=True, needs_qt=True)
    assert "fonts-noto-cjk" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-build.lock"])
def test_the_locks_pin_with_hashes_and_name_no_host(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert all("==" in line or line.startswith(("    --hash=sha256:", "#")) for line in lines)
    assert not any("//" in line or line.startswith("--") for line in lines)


def test_the_locks_agree_where_they_overlap() -> None:
    pins: dict[str, set[str]] = {}
    for path in ROOT.glob("requirements*.lock"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if "==" in line and not line.startswith("#"):
                name, version = line.split(" ")[0].split("==")
                pins.setdefault(name, set()).add(version)
    assert {name: versions for name, versions in pins.items() if len(versions) > 1} == {}


def test_everything_that_ships_inside_has_a_notice() -> None:
    notices = (ROOT / "THIRD-PARTY-NOTICES.md").read_text(encoding="utf-8").lower()
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    names = [line.split("==")[0] for line in lock if "==" in line and not line.startswith("#")]
    assert len(names) > 10
    assert [name for name in names if name not in notices] == []
