from referral_proto.v1 import codes_pb2 as _codes_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Place(_message.Message):
    __slots__ = ("country", "subdivision", "gazetteer", "code")
    COUNTRY_FIELD_NUMBER: _ClassVar[int]
    SUBDIVISION_FIELD_NUMBER: _ClassVar[int]
    GAZETTEER_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    country: str
    subdivision: str
    gazetteer: _codes_pb2.Gazetteer
    code: str
    def __init__(self, country: _Optional[str] = ..., subdivision: _Optional[str] = ..., gazetteer: _Optional[_Union[_codes_pb2.Gazetteer, str]] = ..., code: _Optional[str] = ...) -> None: ...
