"""Generated code, made from `protos/` by `make protos`. Imported by `wire` and `rpc` only."""
