from reference_node.store.engine import Database
from reference_node.store.migrate import Tree

__all__ = ["Database", "Tree"]
