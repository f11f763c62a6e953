-- The roles of a Quorate database, made once by its owner:
--   psql -v web_password=… -v worker_password=… -f deploy/make-roles.sql DATABASE
-- Rights are given after each migration, to the two roles that nobody signs in with.

-- What the application may do: add to the record, and not change it.
CREATE ROLE quorate_app NOLOGIN;
-- What erasure may do beside that.
CREATE ROLE quorate_eraser NOLOGIN;

-- Web and beat sign in as this one.
CREATE ROLE quorate_web LOGIN PASSWORD :'web_password';
GRANT quorate_app TO quorate_web;

-- The worker signs in as this one, acts as the application, and becomes the eraser for one transaction at a time.
CREATE ROLE quorate_worker LOGIN NOINHERIT PASSWORD :'worker_password';
GRANT quorate_app, quorate_eraser TO quorate_worker;
ALTER ROLE quorate_worker SET role TO quorate_app;
