"""Secret papers: refused where the operator did not allow them; an operator who does is warned."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.checks import run_checks
from pytest_django.fixtures import Settings

from documents import secrecy
from documents.intake.fromfile import head_values
from documents.operations import OperationError
from paper import json as paper_json
from tests.factories import month, paper

SECRET = replace(paper(month(12), number=3), secrecy="TỐI MẬT")


@pytest.mark.parametrize(("mark", "degree"), [(None, ""), ("MẬT", "mat"), ("TUYỆT MẬT", "tuyet_mat")])
def test_every_mark_has_its_degree(mark: str | None, degree: str) -> None:
    assert secrecy.degree_of(mark) == degree


def test_a_secret_file_is_not_taken_in(settings: Settings) -> None:
    with pytest.raises(OperationError, match="văn bản mật"):
        head_values(SECRET, as_archive=True)

    settings.SECRETS_ALLOWED = True
    assert head_values(SECRET, as_archive=True)["secrecy"] == "toi_mat"


def test_the_data_of_a_paper_without_a_mark_is_as_it_was_before_there_were_marks() -> None:
    open_paper = paper(month(12), number=3)

    assert "secrecy" not in paper_json.to_data(open_paper)
    assert paper_json.loads(paper_json.dumps(open_paper)) == open_paper
    assert paper_json.loads(paper_json.dumps(SECRET)) == SECRET


@pytest.mark.parametrize(
    ("allowed", "https", "warned"), [(False, False, False), (True, True, False), (True, False, True)]
)
def test_the_operator_is_warned_of_an_open_line(
    settings: Settings, allowed: bool, https: bool, warned: bool
) -> None:
    settings.SECRETS_ALLOWED, settings.HTTPS = allowed, https

    found = [message.id for message in run_checks(tags=["security"], include_deployment_checks=False)]

    assert ("lucngan.W010" in found) is warned
