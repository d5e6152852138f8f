"""Files that are exchanged while a node runs: the last good value stays, whatever is written over it."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_node.observe import Log, open_log
from reference_node.settings import LogSettings
from reference_node.trust.renewal import Exchanged, Renewing
from referral_proto.adapters import KeyFileVault, save_opening_key, save_signing_key
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.crypto.opening import OpeningKey
from referral_proto.errors import CallerError, ReferralError, WorldError
from tests.relay.world import KH, MEMORY_KIB, PASSPHRASE, TH


def quiet(file: Path = Path(os.devnull)) -> Log:
    return open_log(LogSettings(file=file), "desk", KH)


def number(file: Path) -> int:
    """A value that only digits can make."""
    try:
        return int(file.read_text("ascii"))
    except (OSError, ValueError):
        raise WorldError("key.damaged", "key file") from None


@given(steps=st.lists(st.sampled_from(["1", "2", "33", "x", "", None]), max_size=12))
def test_the_value_is_always_the_last_that_was_good(
    steps: list[str | None], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("exchanged") / "value"
    file.write_text("7", "ascii")
    held = Exchanged((file,), lambda: number(file), quiet())
    good = 7
    for step in steps:
        if step is None:
            file.unlink(missing_ok=True)
        else:
            part = file.with_suffix(".part")
            part.write_text(step, "ascii")
            part.replace(file)
        before, good = good, int(step) if step and step.isdigit() else good
        assert held.look() == (good != before)
        assert held.value == good
        assert not held.look()


def test_a_bad_file_is_told_of_once_and_tried_again_when_asked(tmp_path: Path) -> None:
    file, log = tmp_path / "value", tmp_path / "log"
    file.write_text("7", "ascii")
    bad = [False]

    def read() -> int:
        if bad[0]:
            raise CallerError("key.wrong-passphrase", "key file")
        return number(file)

    held = Exchanged((file,), read, quiet(log))
    bad[0] = True
    file.write_text("88", "ascii")
    for _ in range(3):
        assert not held.look()
    assert log.read_text("utf-8").count("key.wrong-passphrase") == 1
    bad[0] = False
    assert not held.look()
    assert held.look(anew=True)
    assert held.value == 88


def test_a_signing_key_of_another_passphrase_or_agency_is_not_used(tmp_path: Path) -> None:
    save_signing_key(tmp_path / "signing.key", SigningKeyset.create(KH), PASSPHRASE, MEMORY_KIB)
    save_opening_key(tmp_path / "opening-1.key", OpeningKey.create(KH), PASSPHRASE, MEMORY_KIB)
    vault = KeyFileVault(tmp_path, PASSPHRASE)
    held = vault.signing_keyset()
    for agency, passphrase, code in (
        (KH, "quite another passphrase", "key.wrong-passphrase"),
        (TH, PASSPHRASE, "key.other-agency"),
    ):
        (tmp_path / "signing.key").unlink()
        save_signing_key(tmp_path / "signing.key", SigningKeyset.create(agency), passphrase, MEMORY_KIB)
        with pytest.raises(ReferralError) as caught:
            vault.look_at_signing()
        assert caught.value.code == code
        assert vault.signing_keyset() is held


def test_a_signal_is_answered_at_once_and_a_mistake_ends_nothing() -> None:
    asked: list[bool] = []
    came = Event()

    def look(anew: bool) -> None:
        asked.append(anew)
        came.set()
        raise ValueError

    renewing = Renewing(look, 3600, quiet())
    renewing.start()
    for _ in range(2):
        came.clear()
        renewing.ask()
        came.wait()
    renewing.drain()
    assert renewing.close(10)
    assert asked == [True, True]
