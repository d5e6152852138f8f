from referral_proto.v1 import codes_pb2 as _codes_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Absence(_message.Message):
    __slots__ = ("field", "reason")
    FIELD_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    field: int
    reason: _codes_pb2.AbsenceReason
    def __init__(self, field: _Optional[int] = ..., reason: _Optional[_Union[_codes_pb2.AbsenceReason, str]] = ...) -> None: ...
