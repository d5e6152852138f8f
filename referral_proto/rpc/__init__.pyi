from referral_proto.rpc.channel import ClientIdentity, certificate_name, open_channel
from referral_proto.rpc.relay import GrpcRelay

__all__ = ["ClientIdentity", "GrpcRelay", "certificate_name", "open_channel"]
