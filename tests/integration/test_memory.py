"""The enrichment keeps its memory on texts full of words that nobody has seen; without memory zones it does not."""

import json
import subprocess
import sys


def test_memory_grows_much_slower_with_memory_zones_than_without() -> None:
    """A short run; `make memory` is the long one. Each run is a process of its own, which begins with a clean heap."""
    command = [sys.executable, "-m", "tests.support.memory", "--warm-up", "1500", "--count", "500", "--control", "500"]
    figures = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=300).stdout)
    assert figures["texts"] == 500
    assert figures["control_mib_per_1000"] > 2 * figures["mib_per_1000"]
