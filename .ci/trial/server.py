"""
moto's server, with transactions that cost what they change. To go back to where a failing one began, moto copies the whole
table with every item in it, and that anew for each item that the transaction names.
"""

import collections
import copy
import functools
import types

from moto.dynamodb.models import DynamoDBBackend, Table
from moto.server import main


def as_it_is(backend, table, transaction):
    """A table to go back to: only an update changes an item itself, all else puts another one in its place."""
    kept = copy.copy(table)
    kept.items = collections.defaultdict(dict, {it: copy.copy(rows) for it, rows in table.items.items()})
    for action in transaction:
        update = action.get("Update", {})
        if update.get("TableName") == table.name and table.get_item(*backend.get_keys_value(table, update["Key"])):
            partition, sort = backend.get_keys_value(table, update["Key"])
            kept.items[partition][sort] = copy.deepcopy(table.get_item(partition, sort))
    return kept


def cheap(transact):
    @functools.wraps(transact)
    def run(backend, transaction):
        tables = {}

        def deepcopy(it):
            if not isinstance(it, Table):
                return copy.deepcopy(it)
            if it.name not in tables:
                tables[it.name] = as_it_is(backend, it, transaction)
            return tables[it.name]

        # The same function, with a `copy` of its own: nobody else sees that one.
        names = {**transact.__globals__, "copy": types.SimpleNamespace(deepcopy=deepcopy)}
        return types.FunctionType(transact.__code__, names)(backend, transaction)

    return run


DynamoDBBackend.transact_write_items = cheap(DynamoDBBackend.transact_write_items)

if __name__ == "__main__":
    main()
