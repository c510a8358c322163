"""``./dev image``: build the image, and see that it serves as nobody in particular on a root that nobody can write to.

It is built by Buildah, as root, and entered without a container engine: in a mount namespace of its own. Where the base
image cannot be had, ``--stand-in`` makes one of this distribution's packages, with this machine's certificates in it.
"""

import argparse
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx
from attrs import evolve, frozen

from features.drivers.names import free_port

ROOT: Final = Path(__file__).parents[2]
RECIPE: Final = ROOT / "deploy" / "Dockerfile"
NAME: Final = "localhost/marketplace"
DATA: Final = "/var/lib/marketplace"
PATH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
PACKAGES: Final = "python3,python3-pip,python3-venv,ca-certificates"
CERTIFICATES: Final = "etc/ssl/certs/ca-certificates.crt"
UNNEEDED: Final = ("uv", "gcc", "cc", "make", "git", "curl", "wget", "ssh")
READY_SECONDS: Final = 60.0
STOP_SECONDS: Final = 20.0
ENTER: Final = """set -e
root=$1 data=$2 user=$3; shift 3
mount --bind "$root" "$root"; mount -o remount,bind,ro "$root"
mount -t tmpfs tmpfs "$root/tmp"; mount -t proc proc "$root/proc"; mount --rbind /dev "$root/dev"
mount --bind "$data" "$root/var/lib/marketplace"
exec chroot --userspec="$user:$user" "$root" "$@"
"""


def buildah(*words: str, shown: bool = False) -> str:
    """Run Buildah and return what it says, unless it is shown; raises ``CalledProcessError``."""
    told = subprocess.run(
        ["buildah", *words],
        env=os.environ | {"BUILDAH_ISOLATION": "chroot"},
        check=True,
        text=True,
        stdout=None if shown else subprocess.PIPE,
    )
    return (told.stdout or "").strip()


def stand_in() -> None:
    """Make the base image of the distribution's packages."""
    (name,) = {line.split()[1] for line in RECIPE.read_text().splitlines() if line.startswith("FROM ")}
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder, "base")
        suite = name.rpartition("-")[2]
        subprocess.run(["debootstrap", "--variant=minbase", f"--include={PACKAGES}", suite, base], check=True)
        (base / "usr/bin/python").symlink_to("python3")
        for marker in base.glob("usr/lib/python3*/EXTERNALLY-MANAGED"):
            marker.unlink()
        shutil.copy(f"/{CERTIFICATES}", base / CERTIFICATES)
        container = buildah("from", "scratch")
        buildah("copy", "-q", container, str(base), "/")
        buildah("config", "--env", f"PATH={PATH}", "--env", f"SSL_CERT_FILE=/{CERTIFICATES}", container)
        buildah("commit", "-q", container, f"localhost/{name}")
        buildah("rm", container)


@frozen
class Image:
    """The image, unpacked."""

    root: Path
    user: str
    command: Sequence[str]
    environment: Sequence[str]
    data: Path

    def started(self, *command: str, **settings: str) -> subprocess.Popen[str]:
        """Start something in it."""
        inside = ["/usr/bin/env", "-i", *self.environment, *(f"{name}={value}" for name, value in settings.items())]
        entered = ["unshare", "-m", "bash", "-c", ENTER, "enter", str(self.root), str(self.data), self.user]
        return subprocess.Popen(
            [*entered, *inside, *command], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def said(self, *command: str) -> tuple[int, str]:
        """Return how something ends in it, and what it says."""
        process = self.started(*command)
        said, _ = process.communicate(timeout=READY_SECONDS)
        return process.returncode, said.strip()


@contextmanager
def unpacked() -> Iterator[Image]:
    """Yield the image with an empty volume of its user's."""
    config = json.loads(buildah("inspect", "--type", "image", NAME))["OCIv1"]["config"]
    container = buildah("from", "--pull-never", NAME)
    try:
        with tempfile.TemporaryDirectory() as folder:
            user = config["User"]
            Path(folder).chmod(0o755)
            data = Path(folder, "data")
            data.mkdir()
            os.chown(data, int(user), int(user))
            command = [*config["Entrypoint"], *config["Cmd"]]
            yield Image(Path(buildah("mount", container)), user, command, config["Env"], data)
    finally:
        buildah("rm", container)


def it_is_nobody_in_particular(image: Image) -> str | None:
    """It has a number that is not root's, and no way to become root."""
    _, number = image.said("id", "-u")
    raised = [
        path
        for path in image.root.rglob("*")
        if path.is_file() and not path.is_symlink() and path.stat().st_mode & 0o6000
    ]
    if number in ("", "0") or number != image.user:
        return f"it runs as {number}"
    return f"{raised[0].name} runs as its owner, whoever calls it" if raised else None


def its_root_cannot_be_written_to(image: Image) -> str | None:
    """Only its volume and ``/tmp`` can, even by root."""
    words = f"touch {DATA}/mine /tmp/mine && ! touch /mine"
    ended, said = evolve(image, user="0").said("sh", "-c", words)
    (image.data / "mine").unlink(missing_ok=True)
    return None if ended == 0 else f"it can be: {said}"


def its_user_owns_nothing_but_its_volume(image: Image) -> str | None:
    """Nor may everybody write to anything that has no sticky bit."""
    for path in image.root.rglob("*"):
        found = path.lstat()
        kept = stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)  # a device writes nothing down
        open_to_all = kept and found.st_mode & 0o1002 == 0o002
        if (found.st_uid == int(image.user) or open_to_all) and not path.is_relative_to(image.root / DATA[1:]):
            return f"/{path.relative_to(image.root)}"
    return None


def it_has_no_tools_it_does_not_need(image: Image) -> str | None:
    """What built it stayed behind."""
    _, said = image.said("sh", "-c", f"command -v {' '.join(UNNEEDED)}")
    return said.replace("\n", ", ") or None


def its_adapters_are_fine(image: Image) -> str | None:
    """The default ones."""
    ended, said = image.said("marketplace", "adapters", "check")
    return None if ended == 0 else said


def it_serves_until_it_is_told_to_stop(image: Image) -> str | None:
    """It is ready, answers, and ends in time, with 0."""
    port = free_port()
    serving = image.started(*image.command, MARKETPLACE_PORT=str(port))
    try:
        until = time.monotonic() + READY_SECONDS
        while not _is_ready(port):
            if serving.poll() is not None or time.monotonic() > until:
                return "it was never ready"
            time.sleep(0.2)
        page = httpx.get(f"http://127.0.0.1:{port}/")
        if page.status_code != httpx.codes.OK:
            return f"its first page answered {page.status_code}"
    finally:
        serving.terminate()
        try:
            serving.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            serving.kill()
            return f"it did not end within {STOP_SECONDS:.0f} s"
    return None if serving.returncode == 0 else f"it ended with {serving.returncode}"


def _is_ready(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health/ready").status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


CHECKS: Final[Sequence[Callable[[Image], str | None]]] = (
    it_is_nobody_in_particular,
    its_root_cannot_be_written_to,
    its_user_owns_nothing_but_its_volume,
    it_has_no_tools_it_does_not_need,
    its_adapters_are_fine,
    it_serves_until_it_is_told_to_stop,
)


def main() -> int:
    """Build it, look at it, and print what came of it."""
    parser = argparse.ArgumentParser(prog="./dev image", description=__doc__)
    parser.add_argument("--stand-in", action="store_true", help="make the base image of this distribution's packages")
    asked = parser.parse_args()
    if missing := [tool for tool in ("buildah", "debootstrap") if shutil.which(tool) is None]:
        print(f"{' and '.join(missing)} cannot be found: apt-get install {' '.join(missing)}", file=sys.stderr)
        return 2
    pull = []
    if asked.stand_in:
        stand_in()
        pull = ["--pull-never"]
    buildah("bud", *pull, "--file", str(RECIPE), "--tag", NAME, str(ROOT), shown=True)
    wrong = 0
    with unpacked() as image:
        for check in CHECKS:
            complaint = check(image)
            wrong += complaint is not None
            said = check.__name__.replace("_", " ")
            print(f"WRONG {said}: {complaint}" if complaint else f"fine  {said}")
    megabytes = int(buildah("images", "--format", "{{.Size}}", NAME).split()[0].split(".")[0])
    print(f"{len(CHECKS)} checks of an image of {megabytes} MB as user {image.user}, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
