"""Print what the server's interface takes and gives, for the front end's types."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from detente.web.app import api
from detente.web.shelf import Shelf

if __name__ == "__main__":
    json.dump(api(Shelf(Path())).openapi(), sys.stdout, indent=1, sort_keys=True)
