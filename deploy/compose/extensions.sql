-- Not trusted: only a superuser can make it, so it is made with the database.
CREATE EXTENSION IF NOT EXISTS vector;
