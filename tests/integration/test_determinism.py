"""The enrichment is the same, byte for byte, on other processors and under other hash seeds."""

import os
import subprocess
import sys
from pathlib import Path

from services.enrich.settings import EnrichSettings

EXAMPLES = Path(__file__).parents[2] / "examples"
MODEL = EnrichSettings.model_fields["model"].default


def test_bytes_are_the_same_whatever_the_processor() -> None:
    code = (
        "import hashlib\nfrom pathlib import Path\nfrom services.enrich.language.pipeline import Pipeline\nfrom tests.support.make import article\n"
        "from tests.language.sentences import SENTENCES\n"
        f"texts = [*SENTENCES, *(path.read_text('utf-8') for path in sorted(Path({str(EXAMPLES)!r}).glob('*.txt')))]\n"
        f"made = Pipeline({MODEL!r}).enrich([article(text) for text in texts])\n"
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
