"""Print every lower bound of pyproject.toml as an exact version, for `make test-oldest`."""

import pathlib
import tomllib

project = tomllib.loads(pathlib.Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
for requirement in project["dependencies"] + project["optional-dependencies"]["dev"]:
    print(requirement.replace(">=", "=="))
