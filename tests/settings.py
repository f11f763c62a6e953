"""The product's settings as the tests use them: the mode is `test`, databases are files, hashing is quick.

DATABASE_URL chooses the server, as it does for the product; without it SQLite is used. The folder of one run is its
DATA_DIR, inherited by every process the run starts and removed when the run ends.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

os.environ["QUORATE_MODE"] = "test"
# Named here and made by tests/conftest.py, for the type checker reads this file, too, and makes no folders.
if "QUORATE_TEST_FOLDER" not in os.environ:
    folder = Path(tempfile.gettempdir(), f"quorate-test-{secrets.token_hex(6)}")
    os.environ["QUORATE_TEST_FOLDER"] = os.environ["DATA_DIR"] = str(folder)

from partnership.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Never in memory: races and locks are those of the file the product uses.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(os.environ["QUORATE_TEST_FOLDER"]) / "test.sqlite3")}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
