"""Documents in a database, SQLite or PostgreSQL: a load is done whole or not at all, and what was there before is kept.

sqlite/ postgres/    the numbered migrations: tables with their comments, views, search
migrations           which of them a database needs
rows                 documents as rows, and why a document cannot be one
sqlite_database      what a load asks of a database, in SQLite
postgres_database    the same in PostgreSQL (psycopg, imported where it is used)
loading              the load itself
"""

from zhengshu.database.loading import DEFAULT_URL, Loaded, load_documents, stored_documents

__all__ = ["DEFAULT_URL", "Loaded", "load_documents", "stored_documents"]
