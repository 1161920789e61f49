"""A page of rows from a real PostgreSQL, rendered as HTML.

Each request asks for `queries` times `rows` rows of an indexed table, one query after the other,
and names the constellation that each is under. Each connection fills a temporary table of its own,
so that nothing is left in the database and arms do not meet. A thread has one connection, an event
loop up to `pool`; the first is opened in `prepare`, more when they are first needed. The database
is not part of what is measured, but its CPU time is taken from the same machine. Origin: written
for Lanes, after Anthony Shaw's list of users with their star signs.
"""

# /// workload
# kind = "server"
# services = ["postgres"]
# title = "Pages from PostgreSQL"
# summary = "Each request queries a real database and renders the rows; waiting and CPU mixed."
# origin = "https://github.com/tonybaloney/subinterpreter-web"
# [parameters.queries]
# type = "integer"
# unit = "queries"
# description = "queries of one request, one after the other"
# default = 1
# minimum = 1
# maximum = 100
# [parameters.rows]
# type = "integer"
# unit = "rows"
# description = "rows that each query gives"
# default = 10
# minimum = 1
# maximum = 1000
# [parameters.pool]
# type = "integer"
# unit = "connections"
# description = "connections to the database of one event loop; a thread always has one"
# default = 4
# minimum = 1
# maximum = 100
# [parameters.connections]
# type = "integer"
# unit = "connections"
# description = "connections that the load keeps open"
# default = 16
# minimum = 1
# maximum = 1000
# [parameters.rate]
# type = "integer"
# unit = "requests/s"
# description = "requests due in a second, ready or not; 0: each connection waits for its answer"
# default = 0
# minimum = 0
# maximum = 100000
# ///

import os

from lanes.postgres_wire import Connection
from lanes.task import Failure

USERS = 5000  # in the table
STRIDE = 37  # of the first row from query to query
TABLE = (
    "CREATE TEMPORARY TABLE users AS"
    " SELECT id, 'user ' || id AS name, id * 7919 % 365 AS born"
    f" FROM generate_series(0, {USERS - 1}) AS id"
)
INDEX = "CREATE UNIQUE INDEX ON users (id)"
QUERY = "SELECT id, name, born FROM users WHERE id >= $1 ORDER BY id LIMIT $2"
SIGNS = ["Aries", "Taurus", "Gemini", "Cancer", "Leo", "Virgo"]
SIGNS += ["Libra", "Scorpio", "Sagittarius", "Capricorn", "Aquarius", "Pisces"]
LENGTHS = [31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 30, 29]  # days in each, 365 in all


class State:
    """Connections that are free, and who waits for one."""

    def __init__(self, queries, rows, pool):
        self.queries, self.rows = queries, rows
        self.settings = settings()
        self.all = []
        self.left = pool
        self.free = [self.opened()]
        self.waiting = []

    def opened(self):
        connection = Connection(**self.settings)
        self.all.append(connection)
        self.left -= 1
        for statement in (TABLE, INDEX, "ANALYZE users"):
            connection.query(statement)
        return connection


def settings():
    """How the database is reached; Failure if nobody has said it."""
    given = {
        name: os.environ.get(f"LANES_POSTGRES_{name.upper()}", "")
        for name in ("host", "port", "user", "password", "database")
    }
    missing = [name for name in ("host", "port", "user", "database") if not given[name]]
    if missing:
        names = ", ".join(f"LANES_POSTGRES_{name.upper()}" for name in missing)
        raise Failure("unsupported", f"no PostgreSQL was given: {names} is not set", "")
    return {**given, "port": int(given["port"])}


def prepare(queries, rows, pool, connections, rate):
    """The load's parameters are not the application's."""
    return State(queries, rows, pool)


def requests(tasks, **_):
    return [f"/users/{request}" for request in range(tasks)]


def respond(state, path):
    [connection] = state.free
    return page([connection.query(QUERY, first, state.rows) for first in starts(path, state)])


async def respond_async(state, path):
    connection = await taken(state)
    try:
        return page(
            [
                await connection.query_async(QUERY, first, state.rows)
                for first in starts(path, state)
            ]
        )
    finally:
        given_back(state, connection)


async def taken(state):
    """A free connection, or a new one, or the next that somebody gives back."""
    if state.free:
        return state.free.pop()
    if state.left > 0:
        return state.opened()
    import asyncio

    waiter = asyncio.get_running_loop().create_future()
    state.waiting.append(waiter)
    return await waiter


def given_back(state, connection):
    if state.waiting:
        state.waiting.pop(0).set_result(connection)
    else:
        state.free.append(connection)


def starts(path, state):
    request = int(path.rpartition("/")[2])
    last = USERS - state.rows
    return [(request * state.queries + query) * STRIDE % last for query in range(state.queries)]


def page(results):
    lines = ["<table>"]
    for rows in results:
        for number, name, born in rows:
            lines.append(f"<tr><td>{number}</td><td>{name}</td><td>{sign(int(born))}</td></tr>")
    lines.append("</table>\n")
    return "\n".join(lines).encode()


def sign(born):
    """The sign of a day of the year, counted from the beginning of Aries."""
    for name, length in zip(SIGNS, LENGTHS):
        if born < length:
            return name
        born -= length
    raise ValueError(f"a year has no day {born} more")


def expected(path, queries, rows, **_):
    """By another way: without a database, and the signs from a list of all days."""
    days = [name for name, length in zip(SIGNS, LENGTHS) for _ in range(length)]
    first = int(path[len("/users/") :]) * queries
    text = "<table>\n"
    for query in range(first, first + queries):
        start = query * STRIDE % (USERS - rows)
        for number in range(start, start + rows):
            day = days[number * 7919 % 365]
            text += f"<tr><td>{number}</td><td>user {number}</td><td>{day}</td></tr>\n"
    return (text + "</table>\n").encode()


def close(state):
    for connection in state.all:
        connection.close()
