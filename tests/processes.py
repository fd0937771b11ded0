"""How the browser tests are shared out to processes, each with a browser of its own."""

import re

from xdist.scheduler import LoadScopeScheduling


class KeptTogether(LoadScopeScheduling):
    """Every test to the process that is free, but those of one notebook that runs to one.

    Python and JupyterLab take long to start: such tests share them. ``together`` is a pattern of
    tests' names; those go together for which its groups are alike. (xdist's own way to say so,
    marks and ``--dist loadgroup``, does nothing with pytest 9.2: it renames tests in vain.)
    """

    def __init__(self, config, log, together):
        super().__init__(config, log)
        self.together = together

    def _split_scope(self, nodeid):
        found = re.search(self.together, nodeid)
        return str(found.groups()) if found else nodeid
