from referral_proto.v1 import codes_pb2 as _codes_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class NamePart(_message.Message):
    __slots__ = ("text", "script", "role", "transliteration_of")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    SCRIPT_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    TRANSLITERATION_OF_FIELD_NUMBER: _ClassVar[int]
    text: str
    script: str
    role: _codes_pb2.NameRole
    transliteration_of: int
    def __init__(self, text: _Optional[str] = ..., script: _Optional[str] = ..., role: _Optional[_Union[_codes_pb2.NameRole, str]] = ..., transliteration_of: _Optional[int] = ...) -> None: ...

class PersonName(_message.Message):
    __slots__ = ("kind", "parts")
    KIND_FIELD_NUMBER: _ClassVar[int]
    PARTS_FIELD_NUMBER: _ClassVar[int]
    kind: _codes_pb2.NameKind
    parts: _containers.RepeatedCompositeFieldContainer[NamePart]
    def __init__(self, kind: _Optional[_Union[_codes_pb2.NameKind, str]] = ..., parts: _Optional[_Iterable[_Union[NamePart, _Mapping]]] = ...) -> None: ...
