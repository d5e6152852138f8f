from referral_proto.v1 import absence_pb2 as _absence_pb2
from referral_proto.v1 import codes_pb2 as _codes_pb2
from referral_proto.v1 import contacts_pb2 as _contacts_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Note(_message.Message):
    __slots__ = ("text", "language", "kind", "about", "translated_from", "author", "written_at", "absent")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ABOUT_FIELD_NUMBER: _ClassVar[int]
    TRANSLATED_FROM_FIELD_NUMBER: _ClassVar[int]
    AUTHOR_FIELD_NUMBER: _ClassVar[int]
    WRITTEN_AT_FIELD_NUMBER: _ClassVar[int]
    ABSENT_FIELD_NUMBER: _ClassVar[int]
    text: str
    language: str
    kind: _codes_pb2.NoteKind
    about: _codes_pb2.SectionType
    translated_from: str
    author: _contacts_pb2.Officer
    written_at: int
    absent: _containers.RepeatedCompositeFieldContainer[_absence_pb2.Absence]
    def __init__(self, text: _Optional[str] = ..., language: _Optional[str] = ..., kind: _Optional[_Union[_codes_pb2.NoteKind, str]] = ..., about: _Optional[_Union[_codes_pb2.SectionType, str]] = ..., translated_from: _Optional[str] = ..., author: _Optional[_Union[_contacts_pb2.Officer, _Mapping]] = ..., written_at: _Optional[int] = ..., absent: _Optional[_Iterable[_Union[_absence_pb2.Absence, _Mapping]]] = ...) -> None: ...
