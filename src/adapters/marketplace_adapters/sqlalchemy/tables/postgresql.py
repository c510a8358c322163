"""What the tables refuse and what is looked at, said for PostgreSQL.

Triggers and views are written once, in SQLite's words (``refusing``, ``CREATE VIEW IF NOT EXISTS``); they are turned
into PostgreSQL's here. What cannot be turned is said a second time, by name, in ``WRITTEN``.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from attrs import frozen

from marketplace_core.payments import CHART

_NAMED: Final = re.compile(r"CREATE (?:VIRTUAL )?(?P<kind>\w+) (?:IF NOT EXISTS )?(?P<name>\w+)\s")
_REFUSING: Final = re.compile(
    r"CREATE TRIGGER (?:IF NOT EXISTS )?(?P<name>\w+) (?P<when>BEFORE (?:INSERT|DELETE|UPDATE(?: OF [\w, ]+)?))"
    r" ON (?P<table>\w+) BEGIN SELECT RAISE\(ABORT, '(?P<message>[^']+)'\)(?: WHERE (?P<condition>.+?))?; END",
    re.DOTALL,
)
_CHART: Final = ", ".join(
    f"('{kind.value}', '{heading.rule.value}', {int(heading.materialised)})" for kind, heading in CHART.items()
)
_POST: Final = f"""
CREATE FUNCTION ledger_post(
  journal_kind text, journal_source_type text, journal_source_id text, journal_leg text, journal_posted_at timestamptz,
  journal_actor text, journal_seller_order_id text,
  debit_kinds text[], debit_subjects text[], credit_kinds text[], credit_subjects text[],
  currencies text[], amounts_minor bigint[]
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  journal_number bigint;
  moved bigint;
  codes text[];
BEGIN
  IF coalesce(cardinality(amounts_minor), 0) = 0 THEN
    RAISE EXCEPTION 'ledger: a journal moves something' USING ERRCODE = '23000';
  END IF;
  SELECT array_agg(DISTINCT concat_ws(':', s.kind, nullif(s.subject, ''), s.currency)) INTO codes
  FROM unnest(debit_kinds || credit_kinds, debit_subjects || credit_subjects, currencies || currencies)
    AS s(kind, subject, currency);
  -- What is missing is opened in the order of the codes, by the chart and not by the caller.
  INSERT INTO ledger_accounts (code, kind, subject, currency, balance_rule, materialised)
  SELECT s.code, s.kind, s.subject, s.currency, c.balance_rule, c.materialised
  FROM (
    SELECT DISTINCT concat_ws(':', p.kind, nullif(p.subject, ''), p.currency) AS code, p.kind, p.subject, p.currency
    FROM unnest(debit_kinds || credit_kinds, debit_subjects || credit_subjects, currencies || currencies)
      AS p(kind, subject, currency)
  ) AS s
  LEFT JOIN (VALUES {_CHART}) AS c(kind, balance_rule, materialised) ON c.kind = s.kind
  WHERE NOT EXISTS (SELECT 1 FROM ledger_accounts AS a WHERE a.code = s.code)
  ORDER BY s.code COLLATE "C"
  ON CONFLICT (code) DO NOTHING;
  -- Guarded accounts are locked in the order of their numbers, so that no two journals wait for each other.
  PERFORM 1 FROM ledger_accounts AS a WHERE a.code = ANY (codes) AND a.materialised = 1
  ORDER BY a.id FOR NO KEY UPDATE;
  INSERT INTO ledger_journals (kind, source_type, source_id, leg, posted_at, actor, seller_order_id)
  VALUES (journal_kind, journal_source_type, journal_source_id, journal_leg, journal_posted_at, journal_actor,
    journal_seller_order_id)
  RETURNING id INTO journal_number;
  INSERT INTO ledger_transfers (journal_id, debit_account_id, credit_account_id, currency, amount_minor)
  SELECT journal_number, d.id, c.id, t.currency, t.amount_minor
  FROM unnest(debit_kinds, debit_subjects, credit_kinds, credit_subjects, currencies, amounts_minor) WITH ORDINALITY
    AS t(debit_kind, debit_subject, credit_kind, credit_subject, currency, amount_minor, place)
  JOIN ledger_accounts AS d ON d.code = concat_ws(':', t.debit_kind, nullif(t.debit_subject, ''), t.currency)
  JOIN ledger_accounts AS c ON c.code = concat_ws(':', t.credit_kind, nullif(t.credit_subject, ''), t.currency)
  ORDER BY t.place;
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF moved <> cardinality(amounts_minor) THEN
    RAISE EXCEPTION 'ledger: a transfer names both accounts, a currency and an amount' USING ERRCODE = '23000';
  END IF;
  RETURN journal_number;
END $$
"""  # noqa: S608 - the chart is ours
_MOVE: Final = (
    """
CREATE FUNCTION ledger_transfers_move() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN
  UPDATE ledger_accounts SET
    debits_minor = debits_minor + CASE WHEN id = NEW.debit_account_id THEN NEW.amount_minor ELSE 0 END,
    credits_minor = credits_minor + CASE WHEN id = NEW.credit_account_id THEN NEW.amount_minor ELSE 0 END,
    last_transfer_id = NEW.id
  WHERE materialised = 1 AND id IN (NEW.debit_account_id, NEW.credit_account_id);
  RETURN NULL;
END $$
""",
    (
        "CREATE TRIGGER ledger_transfers_move AFTER INSERT ON ledger_transfers"
        " FOR EACH ROW EXECUTE FUNCTION ledger_transfers_move()"
    ),
    _POST,
    "REVOKE ALL ON FUNCTION ledger_post FROM PUBLIC",
)
_SEARCH: Final = (
    """
CREATE TABLE search_fts (
  number BIGINT NOT NULL PRIMARY KEY REFERENCES search_documents (number),
  words TSVECTOR NOT NULL
)
""",
    "CREATE INDEX ix_search_fts_words ON search_fts USING gin (words)",
)
_VOCABULARY: Final = (
    """
CREATE TABLE search_fts_vocabulary (
  term TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL REFERENCES search_documents (number),
  PRIMARY KEY (term, number)
)
""",
    "CREATE INDEX ix_search_fts_vocabulary_number ON search_fts_vocabulary (number)",
)

_OURS: Final = "SET search_path = public, pg_temp"
"""Functions look for tables in the schema first: a temporary table of the same name is not meant."""

WRITTEN: Final[Mapping[str, tuple[str, ...]]] = {
    "ledger_transfers_move": _MOVE,
    "search_fts": _SEARCH,
    "search_fts_vocabulary": _VOCABULARY,
}
"""By name: the statements in PostgreSQL's words; none for what SQLite alone needs."""


@frozen(kw_only=True)
class Refusal:
    """A trigger that refuses something, taken apart."""

    name: str
    when: str
    table: str
    message: str
    condition: str

    @property
    def always(self) -> bool:
        """Tell whether it refuses whatever the row is."""
        return self.condition == "1"


def refusal_in(statement: str) -> Refusal | None:
    """Return the refusal that a statement makes, or None if it makes something else."""
    found = _REFUSING.fullmatch(statement.strip())
    if found is None:
        return None
    return Refusal(
        name=found["name"],
        when=found["when"],
        table=found["table"],
        message=found["message"],
        condition=found["condition"] or "1",
    )


def in_postgresql(statement: str) -> Sequence[str]:
    """Return the statements that make the same on PostgreSQL.

    Raises ``ValueError`` if the statement is neither a refusal nor a view, and nobody wrote it for PostgreSQL.
    """
    named = _NAMED.match(statement.strip())
    if named is None:
        raise ValueError(f"What is this for PostgreSQL? {statement.strip()[:80]}")
    if named["name"] in WRITTEN:
        return WRITTEN[named["name"]]
    refusal = refusal_in(statement)
    if refusal is not None:
        return _refusing(refusal)
    if named["kind"] == "VIEW":
        return (_view(statement),)
    raise ValueError(f"{named['kind']} {named['name']} is in no words that PostgreSQL has: write it in {__name__}.")


def _refusing(refusal: Refusal) -> Sequence[str]:
    if refusal.name.endswith("_no_replace"):
        return ()  # REPLACE is SQLite's own
    # A comparison is a number on SQLite.
    said = re.sub(r"\((\w+\.\w+ = \w+\.\w+)\) \*", r"CASE WHEN \1 THEN 1 ELSE 0 END *", refusal.condition)
    condition = "TRUE" if refusal.always else said
    row = "OLD" if "DELETE" in refusal.when else "NEW"
    made = [
        (
            f"CREATE FUNCTION {refusal.name}() RETURNS trigger LANGUAGE plpgsql {_OURS} AS $$ BEGIN"
            f" IF {condition} THEN RAISE EXCEPTION '{refusal.message}' USING ERRCODE = '23000'; END IF;"
            f" RETURN {row}; END $$"
        ),
        (
            f"CREATE TRIGGER {refusal.name} {refusal.when} ON {refusal.table}"
            f" FOR EACH ROW EXECUTE FUNCTION {refusal.name}()"
        ),
    ]
    if refusal.always and "DELETE" in refusal.when:
        made.append(
            f"CREATE TRIGGER {refusal.name.replace('delete', 'truncate')} BEFORE TRUNCATE ON {refusal.table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {refusal.name}()"
        )
    return made


def _view(statement: str) -> str:
    said = statement.strip().replace("CREATE VIEW IF NOT EXISTS", "CREATE VIEW", 1)
    said = said.replace("group_concat(", "string_agg(")
    said = re.sub(r"(THEN NOT EXISTS .*ELSE) 0 END", r"\1 FALSE END", said, flags=re.DOTALL)
    return _with_names(said)


def _with_names(said: str) -> str:
    """Name every subquery in a FROM or JOIN that has no name: before its version 16, PostgreSQL wants one."""
    opened: list[bool] = []
    made: list[str] = []
    named = 0
    for place, letter in enumerate(said):
        made.append(letter)
        if letter == "(":
            opened.append(re.search(r"\b(FROM|JOIN)\s*$", said[:place]) is not None)
        elif letter == ")" and opened.pop() and not re.match(r"\s+AS\b", said[place + 1 :]):
            named += 1
            made.append(f" AS part_{named}")
    return "".join(made)
