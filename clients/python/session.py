"""A session with the service by the client that openapi-generator makes for `python`."""

import json
import re
import sys
import time
import urllib.request
from datetime import datetime
from typing import Callable, Optional
from urllib.parse import parse_qs, urlsplit

import tenantry_client
from tenantry_client.exceptions import ApiException

URL = sys.argv[1]


def sign_in(email: str) -> tenantry_client.ApiClient:
    request = urllib.request.Request(
        f"{URL}/_local/token",
        data=json.dumps({"email": email}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        token = json.load(answer)["access_token"]
    return tenantry_client.ApiClient(tenantry_client.Configuration(host=URL, access_token=token))


def header(answer: tenantry_client.ApiResponse, name: str) -> Optional[str]:
    """A header of an answer, whatever the case of its name."""
    return next((value for key, value in answer.headers.items() if key.lower() == name.lower()), None)


def following(link: Optional[str]) -> Optional[str]:
    """The cursor of the next page, if there is one."""
    found = re.search('<([^>]*)>; rel="next"', link or "")
    return parse_qs(urlsplit(found[1]).query)["cursor"][0] if found else None


def problem(call: Callable[[], object]) -> tenantry_client.Problem:
    """What the service says of a call that has to fail."""
    try:
        call()
    except ApiException as error:
        assert isinstance(error.data, tenantry_client.Problem), error
        return error.data
    raise AssertionError("the call did not fail")


def main() -> None:
    prefix = f"python-{time.time_ns():x}"
    ada = sign_in(f"ada@{prefix}.example")
    api = tenantry_client.TenantApi(ada)

    # Page through the chargers of the demo tenant.
    chargers = tenantry_client.ChargersApi(sign_in("viewer@demo.example"))
    found = []
    pages = 0
    cursor = None
    while pages == 0 or cursor is not None:
        page = chargers.list_chargers_with_http_info("demo", limit=5, cursor=cursor)
        found += page.data
        cursor = following(header(page, "Link"))
        pages += 1
    assert pages > 1
    assert len({charger.id for charger in found}) == len(found)
    assert any(charger.online and isinstance(charger.last_seen_at, datetime) for charger in found)

    # Create, then edit what was read.
    new = tenantry_client.TenantCreation(name="Volt Valley", domain_prefix=prefix)
    created = tenantry_client.MyTenantsApi(ada).create_tenant(new, idempotency_key=prefix)
    assert created.deleted_at is None
    read = api.get_tenant_with_http_info(prefix)
    change = tenantry_client.TenantChange.from_dict(read.data.to_dict())
    change.name = "Volt Valley Charging"
    etag = header(read, "ETag")
    edited = api.update_tenant(prefix, change, if_match=etag)
    assert edited.name == "Volt Valley Charging"
    assert edited.id == created.id

    # The same version once more.
    stale = problem(lambda: api.update_tenant(prefix, change, if_match=etag))
    assert (stale.status, stale.code) == (412, "precondition_failed")
    invalid = problem(lambda: api.update_tenant(prefix, tenantry_client.TenantChange(name=" ")))
    assert [fault.pointer for fault in invalid.errors] == ["/name"]

    # Both states of provisioning, and a body that may be left out.
    assert api.get_provision_status(prefix).active is False
    profile = api.create_profile(
        prefix, tenantry_client.ProfileCreation(display_name="Depot", cpms_url="wss://cpms.example.com/ocpp")
    )
    assert api.get_profile(prefix, profile.id).id == profile.id
    on = api.start_provisioning(prefix)
    assert on.active and on.expires_at > on.started_at
    assert api.get_tenant_stats(prefix).subscription is None

    # A later version may answer more.
    later = {**json.loads(read.raw_data), "colour": 1}
    assert tenantry_client.Tenant.from_json(json.dumps(later)).id == created.id
    print(f"{len(found)} chargers on {pages} pages, one tenant edited, {stale.code} and {invalid.code} read")


main()
