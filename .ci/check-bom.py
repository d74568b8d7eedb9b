"""Holds a release's bill of materials against what is shipped, and its licences against those that Apache-2.0 goes with."""

import json
import sys
import zipfile
from pathlib import Path

LICENCES = {"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT", "MIT-0"}


def main(path):
    bom = json.loads(Path(path).read_text(encoding="utf-8"))
    components = [c for c in bom["components"] if c["purl"].endswith("?type=jar")]

    faults = []
    for component in components:
        licences = {named.get("license", {}).get("id") for named in component.get("licenses", [])}
        if not licences & LICENCES:
            faults.append(f"{component['purl']} has none of the licences that may be shipped, but {licences}")

    listed = {f"{component['name']}-{component['version']}.jar" for component in components}
    shipped = set()
    for package in Path(path).parent.glob("*.zip"):
        shipped |= {Path(name).name for name in zipfile.ZipFile(package).namelist() if name.endswith(".jar")}
    faults += [f"{jar} is shipped but not listed" for jar in sorted(shipped - listed)]
    faults += [f"{jar} is listed but not shipped" for jar in sorted(listed - shipped)]

    if "timestamp" in bom["metadata"]:
        faults.append("the bill of materials tells when it was made, so no two are alike")

    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        sys.exit(1)
    print(f"Bill of materials: {len(listed)} jars, all of them shipped, each under {', '.join(sorted(LICENCES))}")


if __name__ == "__main__":
    main(sys.argv[1])
