"""Says which tests skipped themselves, and why. Those of the packages must not: there are packages in a build of everything."""

import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

NEVER = ("FunctionPackageTest", "FirstInvocationTest")


def skipped(reports):
    for report in reports:
        for case in ElementTree.parse(report).iter("testcase"):
            reason = case.find("skipped")
            if reason is not None:
                yield case.get("classname").rsplit(".", 1)[-1], (reason.get("message") or "it says no reason").split("\n")[0]


def main():
    reports = list(Path(".").glob("**/target/surefire-reports/TEST-*.xml"))
    if not reports:
        sys.exit("There is no report of any test.")
    counts = Counter(skipped(reports))
    for (name, reason), count in sorted(counts.items()):
        print(f"SKIPPED: {count} of {name}: {reason}")
    if wrong := sorted({name for name, _ in counts if name in NEVER}):
        sys.exit(f"{', '.join(wrong)} must not be skipped")
    print(f"{sum(counts.values())} tests were skipped")


if __name__ == "__main__":
    main()
