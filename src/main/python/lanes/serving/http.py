"""What of HTTP/1.1 the servers share: the same bytes by the same code, whatever the model.

Requests are GET without a body; connections stay open until the client closes them.
"""

HEAD_END = b"\r\n\r\n"
HEAD_LIMIT = 65536
OK, ERROR = b"200 OK", b"500 Internal Server Error"


def take(pending):
    """(path of the first request, bytes after it); path None while it is not whole.

    ValueError if it is no request that is served here.
    """
    end = pending.find(HEAD_END)
    if end < 0:
        if len(pending) > HEAD_LIMIT:
            raise ValueError(f"a request's head is longer than {HEAD_LIMIT} bytes")
        return None, pending
    line, *fields = pending[:end].decode("latin-1").split("\r\n")
    method, path, version = line.split(" ")
    headers = {}
    for field in fields:
        name, _, value = field.partition(":")
        headers[name.strip().lower()] = value.strip()
    if method != "GET" or version != "HTTP/1.1" or headers.get("content-length", "0") != "0":
        raise ValueError(f"{line!r:.80} is not served; only GET of HTTP/1.1, without a body")
    return path, pending[end + len(HEAD_END) :]


def response(status, body):
    """A whole response; TypeError if the body is not bytes."""
    if not isinstance(body, bytes):
        raise TypeError(f"respond() gave {body!r:.80}; it must be bytes")
    return (
        b"HTTP/1.1 %b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\n\r\n%b"
        % (status, len(body), body)
    )
