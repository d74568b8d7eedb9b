"""Compares the function packages of this build, byte by byte, with those of another one, and names what differs in them."""

import io
import sys
import zipfile
from pathlib import Path


def differences(ours, theirs):
    with zipfile.ZipFile(ours) as here, zipfile.ZipFile(theirs) as there:
        if here.namelist() != there.namelist():
            only = set(here.namelist()) ^ set(there.namelist())
            yield f"{', '.join(sorted(only))}: in one of them only" if only else "the order of what is in it"
        for name in sorted(set(here.namelist()) & set(there.namelist())):
            a, b = here.getinfo(name), there.getinfo(name)
            if a.CRC != b.CRC and name.endswith(".jar"):
                yield from (f"{name}: {it}" for it in differences(*(io.BytesIO(zip.read(name)) for zip in (here, there))))
            elif a.CRC != b.CRC:
                yield f"{name}: the content"
            elif (a.external_attr, a.date_time) != (b.external_attr, b.date_time):
                yield f"{name}: mode or time, {a} and {b}"
            elif a.compress_size != b.compress_size:
                yield f"{name}: the compression"


def main(functions, others):
    names = sorted(module.parent.name for module in Path(functions).glob("*/pom.xml"))
    differing = 0
    for name in names:
        here, there = Path(functions, name, "target/function.zip"), Path(others, f"{name}.zip")
        if not here.exists():
            sys.exit(f"{here} is not there; ./mvnw package makes it")
        if here.read_bytes() != there.read_bytes():
            differing += 1
            print(f"{here} is not what the same sources make elsewhere. What differs:", file=sys.stderr)
            for difference in differences(here, there):
                print(f"  {difference}", file=sys.stderr)
    if differing or not names:
        sys.exit(1)
    print(f"{len(names)} function packages are the same to the last byte when they are built again elsewhere")


if __name__ == "__main__":
    main(*sys.argv[1:])
