"""Who has an account in the demonstration, and the one password that opens them all."""

from typing import Final

from marketplace_core.orders import Address
from marketplace_entrypoints.demo.catalogue.values import Person

PASSWORD: Final = "velvet-harbour-27"  # noqa: S105 - of the demonstration alone, and printed by it
OPERATOR: Final = Person(name="Noor van Dijk", email="operator@example.org")
ANNA: Final = Person(name="Anna Blum", email="anna@example.org")
JONAS: Final = Person(name="Jonas Weber", email="jonas@example.org")
MARIAM: Final = Person(name="Mariam Haddad", email="mariam@example.org")
DMITRY: Final = Person(name="Дмитрий Соколов", email="dmitry@example.org", locale="ru")
LUCIA: Final = Person(name="Lucía Romero", email="lucia@example.org")
VERA: Final = Person(name="Вера Никитина", email="vera@example.org", locale="ru")
BUYERS: Final = (ANNA, JONAS, MARIAM, DMITRY, LUCIA, VERA)
ADDRESSES: Final = {
    ANNA: Address(name="Anna Blum", line1="Lindenweg 1", city="Berlin", postal_code="10115", country="DE"),
    JONAS: Address(name="Jonas Weber", line1="Kaistraße 14", city="Hamburg", postal_code="20457", country="DE"),
    MARIAM: Address(name="Mariam Haddad", line1="12 rue des Lilas", city="Lyon", postal_code="69001", country="FR"),
    DMITRY: Address(
        name="Дмитрий Соколов", line1="Brīvības iela 40-7", city="Rīga", postal_code="LV-1050", country="LV"
    ),
    LUCIA: Address(
        name="Lucía Romero", line1="Calle Luna 9", line2="3º B", city="Sevilla", postal_code="41001", country="ES"
    ),
    VERA: Address(name="Вера Никитина", line1="Pilies gatvė 22", city="Vilnius", postal_code="01123", country="LT"),
}
