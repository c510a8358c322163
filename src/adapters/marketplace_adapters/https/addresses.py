"""Which addresses of the internet are public: a message to any other would be sent into our own house."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

NOT_PUBLIC: Final[tuple[IPv4Network | IPv6Network, ...]] = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carriers' own
        "127.0.0.0/8",  # this machine
        "169.254.0.0/16",  # this link; clouds tell their secrets at 169.254.169.254
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocols
        "192.0.2.0/24",  # examples
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # examples
        "203.0.113.0/24",  # examples
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
        "::/96",  # unspecified, this machine, IPv4 in the old way
        "64:ff9b:1::/48",  # local translation
        "100::/64",  # discarded
        "2001::/23",  # protocols, Teredo among them
        "2001:db8::/32",  # examples
        "3fff::/20",  # examples
        "5f00::/16",  # segments
        "fc00::/7",  # private
        "fe80::/10",  # this link
        "fec0::/10",  # this site
        "ff00::/8",  # multicast
    )
)
_MAPPED: Final = IPv6Network("::ffff:0:0/96")
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")
_6TO4: Final = IPv6Network("2002::/16")


def carried(address: str) -> IPv4Address | IPv6Address:
    """Return the address that is reached in the end: IPv6 carries IPv4 in several ways. Raises ``ValueError``."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        if found in _MAPPED or found in _TRANSLATED:
            return IPv4Address(int(found) & 0xFFFF_FFFF)
        if found in _6TO4:
            return IPv4Address(int(found) >> 80 & 0xFFFF_FFFF)
    return found


def is_public(address: str) -> bool:
    """Tell whether an address is one of the internet at large."""
    try:
        found = carried(address)
    except ValueError:
        return False
    return not any(found in network for network in NOT_PUBLIC if network.version == found.version)


def are_loopback(addresses: Iterable[str]) -> bool:
    """Tell whether all of these are this machine."""
    return all(address == "::1" or address.startswith("127.") for address in addresses)
