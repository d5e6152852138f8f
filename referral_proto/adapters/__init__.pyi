from referral_proto.adapters.clock import SystemClock
from referral_proto.adapters.keyfiles import (
    KeyFileVault,
    load_key,
    load_opening_key,
    load_public_key,
    load_secret,
    load_signing_key,
    save_opening_key,
    save_secret,
    save_signing_key,
)
from referral_proto.adapters.passphrase import find_passphrase
from referral_proto.adapters.records import RecordsFolder, load_directory, records_from, write_record
from referral_proto.adapters.referral_json import read_referral
from referral_proto.adapters.sealed import read_sealed, write_sealed

__all__ = [
    "KeyFileVault",
    "RecordsFolder",
    "SystemClock",
    "find_passphrase",
    "load_directory",
    "load_key",
    "load_opening_key",
    "load_public_key",
    "load_secret",
    "load_signing_key",
    "read_referral",
    "read_sealed",
    "records_from",
    "save_opening_key",
    "save_secret",
    "save_signing_key",
    "write_record",
    "write_sealed",
]
