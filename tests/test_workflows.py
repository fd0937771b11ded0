"""What runs on GitHub may do little, runs what is named by commit, publishes what was tested."""

import pathlib
import re

import pytest

import mlmath_helpers

ROOT = pathlib.Path(__file__).parents[1]
WORKFLOWS = {
    path.name: path.read_text(encoding="utf-8")
    for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))
}
PAGES = WORKFLOWS["pages.yml"]
PUBLISH = WORKFLOWS["publish.yml"]
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


def test_only_the_jobs_that_publish_may_do_more_and_nothing_but_that():
    more = {
        f"{name}: {job}": block
        for name, text in WORKFLOWS.items()
        for job, inside in jobs(text).items()
        for _, block in permissions(inside)
    }
    assert more == {
        "pages.yml: publish": "pages: write id-token: write",
        "publish.yml: publish": "id-token: write # by which the index knows the workflow",
    }


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


def test_a_version_is_published_by_its_tag_alone_and_only_if_it_is_the_courses():
    assert re.findall(r"^on:\n(.*?)\n\n", PUBLISH, re.M | re.S) == ['  push:\n    tags: ["v*"]']
    (line,) = re.findall(r"run: (grep -qx .*) (mlmath_helpers/\S+)", PUBLISH)
    text = (ROOT / line[1]).read_text(encoding="utf-8")
    assert line[0] == 'grep -qx "__version__ = \\"${GITHUB_REF_NAME#v}\\""'
    assert re.search(rf'^__version__ = "{re.escape(mlmath_helpers.__version__)}"$', text, re.M)


def test_what_is_uploaded_to_the_index_is_what_was_built_and_tried_and_nothing_is_built_there():
    build, publish = jobs(PUBLISH)["build"], jobs(PUBLISH)["publish"]
    assert publish.startswith("    needs: build\n")
    places = [build.index(step) for step in ("make test", "-m build", '" versions', "upload-")]
    assert places == sorted(places)
    assert "continue-on-error" not in PUBLISH
    assert "checkout" not in publish
    commands = re.findall(r"run: (.*)", publish)
    assert commands[-1] == (
        """'"$RUNNER_TEMP/uv/bin/uv" publish --trusted-publishing always dist/*'"""
    )
    assert [line for line in commands if "dist" in line] == commands[-1:]
    # No password and no host: the index is the one that uv and the project's owner have agreed on.
    assert not re.search(r"https?:|(?m:^ *(password|token):)|secrets", PUBLISH)


def test_the_nightly_builds_are_tried_weekly_by_the_whole_of_the_tests():
    nightly = WORKFLOWS["nightly.yml"]
    assert "\n  schedule:\n" in nightly
    assert nightly.rstrip().endswith("- run: make test")
    packages = re.search(r"--pre --upgrade .*\\\n +(.*)", nightly)[1].split()
    assert packages == ["numpy", "scipy", "matplotlib"]
    assert "https:" not in nightly


def test_the_weekly_run_tries_more_states_of_each_figure():
    weekly = WORKFLOWS["test.yml"]
    assert "\n  schedule:\n" in weekly
    assert "MLMATH_STATES: ${{ github.event_name == 'schedule' && '20' || '8' }}" in weekly
