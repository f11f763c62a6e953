#!/bin/sh
# Run once by the PostgreSQL container, when it makes its database.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set web_password="$POSTGRES_WEB_PASSWORD" --set worker_password="$POSTGRES_WORKER_PASSWORD" \
    --file /roles/make-roles.sql
