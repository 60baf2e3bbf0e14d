"""The enrichment is the same, byte for byte, on other processors and under other hash seeds."""

import os
import subprocess
import sys
from pathlib import Path

from services.enrich.settings import EnrichSettings

MODEL = EnrichSettings.model_fields["model"].default


def test_bytes_are_the_same_whatever_the_processor() -> None:
    code = (
        "import hashlib\nfrom services.enrich.pipeline import Pipeline\nfrom tests.support.make import article\n"
        "from tests.unit.enrich.sentences import SENTENCES\n"
        f"made = Pipeline({MODEL!r}).enrich([article(s) for s in SENTENCES])\n"
        "print(hashlib.sha256(b''.join(m.to_bytes() for m in made)).hexdigest())"
    )
    wide = "avx512f" in Path("/proc/cpuinfo").read_text() if sys.platform == "linux" else False
    kernels = ["Haswell", "Nehalem", *(["SkylakeX"] if wide else [])]
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "OPENBLAS_CORETYPE": kernel, "PYTHONHASHSEED": str(number)},
            capture_output=True, text=True, check=True,
        ).stdout
        for number, kernel in enumerate(kernels)
    }  # fmt: skip
    assert len(found) == 1
