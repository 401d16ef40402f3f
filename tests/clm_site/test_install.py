"""The set-up script, as far as it can be tested without setting up: its pure parts, and that it needs nothing."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "requirements" / "install.py"


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    spec = importlib.util.spec_from_file_location("install", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "STAMPS", tmp_path / "stamps.json")
    return module


def test_it_runs_without_any_package():
    done = subprocess.run(
        [sys.executable, "-S", "-I", str(SCRIPT), "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "--llama" in done.stdout


def test_a_stamp_holds_for_one_state_of_a_lock(install):
    install.Stamps().set("base", install.fingerprint("a==1"))
    assert install.Stamps().holds("base", install.fingerprint("a==1"))
    assert not install.Stamps().holds("base", install.fingerprint("a==2"))
    assert not install.Stamps(again=True).holds("base", install.fingerprint("a==1"))


def test_damaged_stamps_count_as_none(install):
    install.STAMPS.write_text("{half")
    assert not install.Stamps().holds("base", "x")


def test_pins_are_read_with_their_markers(install):
    lock = "a==1 \\\n    --hash=sha256:0\nb==2 ; python_version < '3.12' \\\n    --hash=sha256:1\n"
    assert install.pins(lock) == {"a==1", "b==2 ; python_version < '3.12'"}


def test_the_tests_lock_holds_what_the_site_runs_on(install):
    base, dev = ((ROOT / "requirements" / f"{name}.txt").read_text() for name in ("base", "dev"))
    assert install.pins(base) <= install.pins(dev)


@pytest.mark.parametrize("name", ["base.txt", "dev.txt", "llama.txt", "install.py"])
def test_no_file_names_a_registry(name):
    text = (ROOT / "requirements" / name).read_text()
    assert "https://" not in text
    assert "index-url" not in text


@pytest.mark.parametrize("name", ["base.txt", "dev.txt", "llama.txt"])
def test_every_pin_has_a_hash_and_torch_is_for_nobody(install, name):
    lock = (ROOT / "requirements" / name).read_text()
    assert all("--hash=sha256:" in part for part in lock.split("\n\n") if "==" in part)
    torch = [pin for pin in install.pins(lock) if pin.startswith("torch==")]
    assert all(pin.endswith("; sys_platform == 'never'") for pin in torch)


def test_a_missing_compiler_is_a_sentence(install, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(install, "_imports_llama", lambda: False)
    with pytest.raises(install.CannotInstall, match="There is no C\\+\\+ compiler"):
        install._install_llama(install.Stamps())


@pytest.mark.parametrize("target", ["up", "test", "lint", "bench", "real", "campaign", "shots", "lock"])
def test_each_target_does_its_own_set_up(target):
    done = subprocess.run(
        ["make", "--dry-run", target, "CLM_CORPUS=x"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "requirements/install.py" in done.stdout
