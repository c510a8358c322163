#!/bin/sh
# Makes the database and its two roles when the server is new (docs/guides/postgresql.md).
set -eu
psql -v ON_ERROR_STOP=1 -v password="$POSTGRES_PASSWORD" -U postgres <<'SQL'
CREATE ROLE marketplace_owner LOGIN PASSWORD :'password';
CREATE ROLE marketplace_app LOGIN PASSWORD :'password';
CREATE DATABASE marketplace OWNER marketplace_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
REVOKE ALL ON DATABASE marketplace FROM PUBLIC;
GRANT CONNECT ON DATABASE marketplace TO marketplace_app;
\connect marketplace
ALTER SCHEMA public OWNER TO marketplace_owner;
SQL
