"""What an image of deploy/Dockerfile has in it, without Docker: our wheel and the packages of one lock file, and nothing else."""

import re
import subprocess
import sys
import zipfile
from functools import cache
from importlib import metadata
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]


def pins(lock: Path) -> dict[str, str]:
    """Return name and version of each package in a lock file, as far as it is wanted on this system."""
    from packaging.requirements import Requirement

    found = {}
    for line in lock.read_text("utf-8").replace(" \\\n", " \n").splitlines():
        if match := re.match(r"[a-z0-9]\S*==.*", line):
            requirement = Requirement(match[0].strip())
            if requirement.marker is None or requirement.marker.evaluate():
                found[requirement.name] = str(requirement.specifier).removeprefix("==")
    return found


@cache
def wheel(directory: Path) -> Path:
    """Build our wheel as the Dockerfile does, and return its path."""
    source = directory / "source"  # building leaves traces where it stands
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(source)], check=True)
    subprocess.run(["git", "-C", str(source), "checkout", "--quiet", "HEAD"], check=True)
    changed = subprocess.run(
        ["git", "ls-files", "-mo", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in changed.stdout.splitlines():
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    how = ["--no-deps", "--no-index", "--no-build-isolation", "--quiet", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *how, "--wheel-dir", str(directory), "."], cwd=source, check=True)
    return next(directory.glob("*.whl"))


def image(target: str, directory: Path) -> Path:
    """Make a Python with our wheel and what one lock file has, as an image (or with `all` a machine) does; return its `bin`."""
    made = directory / target
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", "--symlinks", str(made)], check=True)
    packages = next(made.glob("lib/python*/site-packages"))
    for name, version in pins(ROOT / "requirements" / f"{target}.txt").items():
        distribution = metadata.distribution(name)
        assert distribution.version == version, f"{name} {distribution.version} is installed, and {version} in the lock"
        for top in {PurePosixPath(str(file)).parts[0] for file in distribution.files or ()} - {"..", "__pycache__"}:
            link, source = packages / top, Path(str(distribution.locate_file(top)))
            if not link.exists() and source.exists():
                link.symlink_to(source)
    with zipfile.ZipFile(wheel(directory)) as archive:
        archive.extractall(packages)
    if target == "enrich":  # the index of places, which the Dockerfile has made
        (made / "share").mkdir()
        (made / "share" / "sitrep").symlink_to(Path(sys.prefix) / "share" / "sitrep")
    script = made / "bin" / "sitrep"
    script.write_text(f"#!{made / 'bin' / 'python'}\nfrom sitrep.cli.entry import run\nrun()\n")
    script.chmod(0o755)
    return made / "bin"
