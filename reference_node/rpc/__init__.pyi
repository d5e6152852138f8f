from reference_node.rpc.guard import Guard
from reference_node.rpc.relay import RelayService
from reference_node.rpc.server import RelayServer

__all__ = ["Guard", "RelayServer", "RelayService"]
