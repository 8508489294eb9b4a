-- The journal of a place of output, version 1: what every article became, so that a run does only what is new.
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE runs (
    run INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    ended TEXT,                  -- null: it was stopped, or is under way
    arguments TEXT NOT NULL      -- JSON, for --resume
);

CREATE TABLE articles (
    seq INTEGER PRIMARY KEY,     -- the order in which articles were first met
    id TEXT NOT NULL UNIQUE,
    run INTEGER NOT NULL,        -- the last run that met it, and its place in that
    position INTEGER NOT NULL,
    source TEXT,
    content BLOB,                -- sha256 of the article that the outcome is of, metadata and source included
    version TEXT,                -- of the program that read it
    outcome TEXT CHECK (outcome IN ('done', 'failed')),  -- null: not read yet
    cause TEXT,
    reason TEXT,
    characters INTEGER,
    seconds REAL,
    counts TEXT,
    findings TEXT,
    fresh INTEGER NOT NULL DEFAULT 0,   -- its document is not in the output yet
    signature BLOB,
    linked INTEGER NOT NULL DEFAULT 0,  -- near duplicates of it were looked for
    duplicate_of INTEGER,               -- seq of the first article that it resembles
    resemblance REAL
);
CREATE INDEX articles_fresh ON articles (seq) WHERE fresh;
CREATE INDEX articles_unlinked ON articles (seq) WHERE NOT linked AND signature IS NOT NULL;
CREATE INDEX articles_duplicates ON articles (duplicate_of) WHERE duplicate_of IS NOT NULL;

-- What was written of an article, compressed by LZ4.
CREATE TABLE documents (seq INTEGER PRIMARY KEY, size INTEGER NOT NULL, body BLOB NOT NULL);

CREATE TABLE buckets (bucket INTEGER, seq INTEGER, PRIMARY KEY (bucket, seq)) WITHOUT ROWID;

CREATE TABLE unreadable (run INTEGER NOT NULL, source TEXT NOT NULL, reason TEXT NOT NULL);
