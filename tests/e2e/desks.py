"""A desk's folder for an agency of the relay's test world."""

from __future__ import annotations

from pathlib import Path

from reference_node.keys import DESK_LOG_KEY, KEK, save_tls
from referral_proto.adapters import save_opening_key, save_secret, save_signing_key
from referral_proto.crypto.logkeys import LogKeys
from referral_proto.ids import AgencyId
from tests.relay.world import MEMORY_KIB, PASSPHRASE, World


def desk_folder(world: World, folder: Path, name: AgencyId, settings: str = "", tables: str = "") -> Path:
    """Everything that `desk.toml` names; `settings` stands at its top, `tables` at its end."""
    agency = world.agencies[name]
    (folder / "keys").mkdir(mode=0o700, parents=True)
    folder.chmod(0o700)
    save_tls(agency.desk, folder / "tls.key", folder / "tls.crt", PASSPHRASE, MEMORY_KIB)
    (folder / "relay.crt").write_bytes(world.relays[agency.operator].certificate)
    save_signing_key(folder / "keys" / "signing.key", agency.keys, PASSPHRASE, MEMORY_KIB)
    save_opening_key(folder / "keys" / "opening-1.key", agency.opening, PASSPHRASE, MEMORY_KIB)
    save_secret(folder / "keys" / KEK[0], KEK[1], bytes(32), PASSPHRASE, MEMORY_KIB)
    seeds = b"".join(agency.desk_log_keys.seeds())
    save_secret(folder / "keys" / DESK_LOG_KEY, LogKeys.KIND, seeds, PASSPHRASE, MEMORY_KIB)
    world.write_records(folder / "records")
    relay = f'[relay]\nendpoint = "{world.endpoint(agency.operator)}"\noperator = "{agency.operator}"\n'
    (folder / "desk.toml").write_text(f'agency = "{name}"\n{settings}\n{relay}{tables}', "utf-8")
    return folder
