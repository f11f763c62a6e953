"""A health check for containers: whether one part works, by the health page.

Usage: python -m partnership.serve.answering web|database|broker|worker|beat [HOST:PORT]
"""

from __future__ import annotations

import http.client
import json
import os
import sys

USAGE = 2


def main() -> int:
    """0 when the part works or is still starting, 1 with one line when not."""
    if len(sys.argv) not in {2, 3}:
        sys.stderr.write(f"{__doc__}\n")
        return USAGE
    part, address = sys.argv[1], sys.argv[2] if len(sys.argv) > USAGE else f"127.0.0.1:{os.environ.get('PORT') or 8000}"
    try:
        parts = parts_at(address)
    except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
        sys.stderr.write(f"{address} does not say how it is: {error}\n")
        return 1
    # That the page could be read is all that is asked of the web server itself.
    state = "ok" if part == "web" else parts[part]["status"] if part in parts else "unknown"
    sys.stdout.write(f"{part}: {state}\n")
    return 0 if state in {"ok", "starting"} else 1


def parts_at(address: str) -> dict[str, dict[str, str]]:
    """The parts on the health page at `address`. Raises OSError, HTTPException, ValueError or KeyError."""
    # By a name the application answers to: the first that the environment allows, or this machine's in a demonstration.
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().removeprefix(".") or "localhost"
    connection = http.client.HTTPConnection(address, timeout=8)
    try:
        connection.request("GET", "/health/", headers={"Host": host})
        found: dict[str, dict[str, str]] = json.loads(connection.getresponse().read())["parts"]
        return found
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
