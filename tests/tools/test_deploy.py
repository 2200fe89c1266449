"""The compose file and the documents of deployment say what the settings understand."""

from __future__ import annotations

import re
import subprocess
from typing import Any

import pytest
import yaml

from tools.machine import ROOT

Services = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    with (ROOT / "docker-compose.yml").open(encoding="utf-8") as source:
        loaded: dict[str, Any] = yaml.safe_load(source)
    return loaded


@pytest.fixture(scope="module")
def services(compose: dict[str, Any]) -> Services:
    found: Services = compose["services"]
    return found


def settings_variables() -> set[str]:
    text = (ROOT / "lucngan" / "settings.py").read_text(encoding="utf-8")
    return set(re.findall(r"env_(?:str|bool|int|list)\(\s*\"([A-Z_]+)\"", text)) | {"SECRET_KEY"}


def test_every_service_that_stays_tells_its_health_and_waits_for_those_below(services: Services) -> None:
    for name, service in services.items():
        assert name == "prepare" or service["healthcheck"]["test"], name
        for other, condition in service.get("depends_on", {}).items():
            finished = condition["condition"] == "service_completed_successfully"
            assert finished == (services[other].get("restart") == "no")


def test_secrets_and_volumes_are_declared(compose: dict[str, Any], services: Services) -> None:
    for name, service in services.items():
        assert set(service.get("secrets", [])) <= set(compose["secrets"]), name
        assert {volume.split(":")[0] for volume in service.get("volumes", [])} <= set(compose["volumes"]), (
            name
        )


def test_the_program_is_told_only_what_it_understands(services: Services) -> None:
    told = {name.removesuffix("_FILE") for name in services["web"]["environment"]} - {"WEB_WORKERS"}

    assert told <= settings_variables()


def test_no_secret_stands_in_the_compose_file() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")

    assert not re.search(r"(?i)(password|secret_key|token):\s*[\"']?[a-z0-9]{6,}", text)


def test_every_variable_of_the_settings_is_documented() -> None:
    documented = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")))

    assert settings_variables() <= documented


def test_secrets_are_made_once_and_only_their_owner_enters_the_folder(bare_clone: Any) -> None:
    folder = bare_clone / "deploy"
    folder.mkdir()
    script = folder / "make-secrets"
    script.write_bytes((ROOT / "deploy" / "make-secrets").read_bytes())

    def made() -> dict[str, str]:
        subprocess.run(["sh", str(script)], check=True, capture_output=True)
        return {path.name: path.read_text(encoding="ascii") for path in (folder / "secrets").iterdir()}

    first = made()

    assert made() == first
    assert set(first) == {"secret_key", "database_password", "database_url"}
    assert first["database_password"] in first["database_url"]
    assert len(first["secret_key"]) >= 50
    assert (folder / "secrets").stat().st_mode & 0o077 == 0


def test_every_link_between_the_documents_leads_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").rglob("*.md"))]
    broken = [
        f"{page.relative_to(ROOT)} → {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists() and not target.startswith("docs/pictures/")
    ]

    assert broken == []
