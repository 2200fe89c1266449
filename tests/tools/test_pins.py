"""The lock files: every package with its hashes, nothing of the machine that made them."""

from __future__ import annotations

import re

import pytest

from tools.machine import ROOT


@pytest.mark.parametrize("lock", ["base", "dev"])
def test_every_package_is_pinned_with_hashes_and_without_addresses(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="ascii")
    entries = re.split(r"(?m)^(?=[a-z0-9])", text)[1:]

    assert len(entries) > 30
    assert all(re.match(r"[a-z0-9._-]+==\S+ ", entry) and "--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"://|--index|--find|(^|\s)/", text)


def test_development_holds_the_same_versions_as_the_running_program() -> None:
    pins = {
        lock: set(
            re.findall(r"(?m)^([a-z0-9._-]+==\S+)", (ROOT / "requirements" / f"{lock}.txt").read_text())
        )
        for lock in ("base", "dev")
    }

    assert pins["base"] <= pins["dev"]
