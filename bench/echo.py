"""A bare gRPC echo over mutual TLS, in a process of its own: the peer of the relay. `python -m bench.echo`.

Reads one JSON line on standard input (private_key, certificate, roots: PEM; workers), prints its port, serves until its
input ends. Bytes in, the same bytes out: no protobuf, no check, no disk.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import grpc

METHOD = "/bench.Echo/Say"
LIMIT = [("grpc.max_receive_message_length", 9 << 20), ("grpc.max_send_message_length", 9 << 20)]


def serve() -> None:
    """Until standard input ends."""
    given = json.loads(sys.stdin.readline())
    pem = {name: given[name].encode() for name in ("private_key", "certificate", "roots")}
    server = grpc.server(ThreadPoolExecutor(given["workers"]), options=LIMIT)
    handler = grpc.unary_unary_rpc_method_handler(lambda request, _: request)
    service, method = METHOD.strip("/").split("/")
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(service, {method: handler}),))
    credentials = grpc.ssl_server_credentials(
        [(pem["private_key"], pem["certificate"])], pem["roots"], require_client_auth=True
    )
    port = server.add_secure_port("127.0.0.1:0", credentials)
    server.start()
    print(port, flush=True)
    sys.stdin.read()
    server.stop(1).wait()


if __name__ == "__main__":
    serve()
