"""What runs on GitHub may do little, runs what is named by commit, publishes what was tested."""

import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).parents[1]
WORKFLOWS = {
    path.name: path.read_text(encoding="utf-8")
    for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))
}
PAGES = WORKFLOWS["pages.yml"]
ON_MAIN = "if: github.ref == 'refs/heads/main'"
each_workflow = pytest.mark.parametrize("text", WORKFLOWS.values(), ids=WORKFLOWS.keys())


def jobs(text):
    """Return the text of each job, by its name."""
    parts = re.split(r"^  ([\w-]+):\n", text.partition("\njobs:\n")[2], flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def steps(job):
    """Return the text of each step of a job."""
    return re.split(r"^      - ", job, flags=re.M)[1:]


def named_loosely(text):
    """Return what is used and not named by a commit, with its version beside it."""
    uses = re.findall(r"^.*\buses:.*$", text, re.M)
    exact = r"\s+(- )?uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+"
    return [line.strip() for line in uses if not re.fullmatch(exact, line)]


def permissions(text):
    """Return each block of permissions, by how far it stands from the margin."""
    blocks = re.findall(r"^( *)permissions:(.*\n(?:\1 +.*\n)*)", text, re.M)
    return [(len(margin), " ".join(block.split())) for margin, block in blocks]


@each_workflow
def test_each_action_is_named_by_its_commit_with_its_version_beside_it(text):
    assert "uses:" in text
    assert named_loosely(text) == []


@pytest.mark.parametrize(
    "name", ["@v4", "@main # v4.0.0", f"@{'0' * 40}", f"@{'0' * 39} # v4.0.0", f"@{'0' * 40} # v4"]
)
def test_an_action_that_is_named_otherwise_would_be_found(name):
    line = f"uses: actions/checkout{name}"
    assert named_loosely(f"steps:\n      - {line}\n      - run: make\n") == [f"- {line}"]


def test_an_action_is_the_same_wherever_it_is_used():
    uses = re.findall(r"uses: ([\w-]+/[\w-]+)@(.*)", "\n".join(WORKFLOWS.values()))
    assert len({action for action, _ in uses}) == len(set(uses))


@each_workflow
def test_a_workflow_may_read_the_repository_and_no_more(text):
    assert [block for margin, block in permissions(text) if margin == 0] == ["contents: read"]


def test_only_the_job_that_publishes_may_write_and_nothing_but_pages():
    more = {
        f"{name}: {job}": block
        for name, text in WORKFLOWS.items()
        for job, inside in jobs(text).items()
        for _, block in permissions(inside)
    }
    assert more == {"pages.yml: publish": "pages: write id-token: write"}


@each_workflow
def test_no_checkout_leaves_its_credentials_behind(text):
    checkouts = [s for job in jobs(text).values() for s in steps(job) if "actions/checkout@" in s]
    assert len(checkouts) == text.count("actions/checkout@") > 0
    assert all("        with:\n          persist-credentials: false\n" in s for s in checkouts)


@each_workflow
def test_no_workflow_runs_a_strangers_code_with_the_rights_of_the_repository(text):
    assert "pull_request_target" not in text
    assert "workflow_run" not in text
    assert "secrets." not in text


def test_what_is_published_is_the_folder_that_was_built_and_tested_just_before():
    site = steps(jobs(PAGES)["site"])
    *_, build, print_it, test, upload = site
    assert build == "run: make site\n"
    assert print_it.partition(" #")[0] == "run: make pdf"
    assert test.partition(" #")[0].strip() == "run: make site-test"
    assert upload.startswith("uses: actions/upload-pages-artifact@")
    assert upload.strip().endswith("path: _site")
    assert not any("if:" in step or "continue-on-error" in step for step in site[:-1])


def test_the_site_is_published_from_main_alone_and_after_its_tests():
    assert "\n  pull_request:\n" in PAGES
    publish = jobs(PAGES)["publish"]
    assert publish.startswith(f"    needs: site\n    {ON_MAIN}\n")
    assert ON_MAIN in steps(jobs(PAGES)["site"])[-1]
    assert [step for step in steps(publish) if "make" in step or "checkout" in step] == []
    deploying = [name for name, job in jobs(PAGES).items() if "actions/deploy-pages@" in job]
    assert deploying == ["publish"]


def test_the_weekly_run_tries_more_states_of_each_figure():
    weekly = WORKFLOWS["test.yml"]
    assert "\n  schedule:\n" in weekly
    assert "MLMATH_STATES: ${{ github.event_name == 'schedule' && '20' || '8' }}" in weekly
