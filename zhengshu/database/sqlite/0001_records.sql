-- One row a load that changed something.
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    loaded_at TEXT NOT NULL,
    added INTEGER NOT NULL CHECK (added >= 0),
    replaced INTEGER NOT NULL CHECK (replaced >= 0),
    unchanged INTEGER NOT NULL CHECK (unchanged >= 0),
    failed INTEGER NOT NULL CHECK (failed >= 0)
) STRICT;

-- One row a version of an article; the current one has no valid_to.
CREATE TABLE articles (
    id TEXT NOT NULL CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version >= 1),
    source TEXT,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    length INTEGER NOT NULL CHECK (length >= 0),
    title TEXT,
    publisher TEXT,
    published TEXT CHECK (published IS date(published)),
    region TEXT,
    schema_version TEXT NOT NULL,
    generator TEXT NOT NULL,
    generator_version TEXT NOT NULL,
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    run INTEGER NOT NULL REFERENCES runs (id),
    valid_from TEXT NOT NULL,
    valid_to TEXT CHECK (valid_to >= valid_from),
    PRIMARY KEY (id, version)
) STRICT;

-- An entry of the ledger: one numeral with its scale, and what became of it.
CREATE TABLE numbers (
    article TEXT NOT NULL,
    version INTEGER NOT NULL,
    id TEXT NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK ("end" >= start),
    text TEXT NOT NULL,
    value TEXT CHECK (value NOT GLOB '*[^-.0-9]*' AND value <> ''),
    value_real REAL GENERATED ALWAYS AS (CAST(value AS REAL)) VIRTUAL,
    role TEXT NOT NULL CHECK (role IN ('quantity', 'period', 'ordinal', 'name', 'word', 'label', 'list', 'unread')),
    record TEXT,
    PRIMARY KEY (article, version, id),
    FOREIGN KEY (article, version) REFERENCES articles (id, version)
) STRICT, WITHOUT ROWID;

-- A number with its unit: 5600余亿元 -> 560000000000 元, more_than.
CREATE TABLE quantities (
    article TEXT NOT NULL,
    version INTEGER NOT NULL,
    id TEXT NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK ("end" >= start),
    text TEXT NOT NULL,
    rule TEXT NOT NULL,
    value TEXT NOT NULL CHECK (value NOT GLOB '*[^-.0-9]*' AND value <> ''),
    value_real REAL GENERATED ALWAYS AS (CAST(value AS REAL)) VIRTUAL,
    high TEXT CHECK (high NOT GLOB '*[^-.0-9]*' AND high <> ''),
    high_real REAL GENERATED ALWAYS AS (CAST(high AS REAL)) VIRTUAL,
    unit TEXT,
    unit_text TEXT,
    dimension TEXT,
    modifier TEXT NOT NULL CHECK (modifier IN (
        'exact', 'approx', 'nearly', 'more_than', 'at_least', 'less_than', 'at_most'
    )),
    base_value TEXT CHECK (base_value NOT GLOB '*[^-.0-9]*' AND base_value <> ''),
    base_value_real REAL GENERATED ALWAYS AS (CAST(base_value AS REAL)) VIRTUAL,
    base_unit TEXT,
    PRIMARY KEY (article, version, id),
    FOREIGN KEY (article, version) REFERENCES articles (id, version)
) STRICT, WITHOUT ROWID;

-- Calendar time: ISO dates, both inclusive; null where open or unknown.
CREATE TABLE periods (
    article TEXT NOT NULL,
    version INTEGER NOT NULL,
    id TEXT NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK ("end" >= start),
    text TEXT NOT NULL,
    rule TEXT NOT NULL,
    start_date TEXT CHECK (start_date IS date(start_date)),
    end_date TEXT CHECK (end_date IS date(end_date)),
    type TEXT NOT NULL CHECK (type IN ('year', 'part', 'day', 'range', 'plan', 'relative', 'since', 'until', 'as_of')),
    PRIMARY KEY (article, version, id),
    FOREIGN KEY (article, version) REFERENCES articles (id, version)
) STRICT, WITHOUT ROWID;

-- A rank or a sequence number: 第3位 -> 3, rank, scope 全省.
CREATE TABLE ordinals (
    article TEXT NOT NULL,
    version INTEGER NOT NULL,
    id TEXT NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK ("end" >= start),
    text TEXT NOT NULL,
    rule TEXT NOT NULL,
    value TEXT NOT NULL CHECK (value NOT GLOB '*[^-.0-9]*' AND value <> ''),
    value_real REAL GENERATED ALWAYS AS (CAST(value AS REAL)) VIRTUAL,
    role TEXT NOT NULL CHECK (role IN ('rank', 'sequence')),
    scope TEXT,
    top INTEGER NOT NULL CHECK (top IN (0, 1)),
    PRIMARY KEY (article, version, id),
    FOREIGN KEY (article, version) REFERENCES articles (id, version)
) STRICT, WITHOUT ROWID;

-- A named government programme; name is text without line breaks.
CREATE TABLE programs (
    article TEXT NOT NULL,
    version INTEGER NOT NULL,
    id TEXT NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK ("end" >= start),
    text TEXT NOT NULL,
    rule TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN (
        'plan', 'action', 'project', 'strategy', 'reform', 'mechanism', 'fund', 'zone',
        'campaign', 'document', 'title', 'other'
    )),
    PRIMARY KEY (article, version, id),
    FOREIGN KEY (article, version) REFERENCES articles (id, version)
) STRICT, WITHOUT ROWID;

-- What a figure says, of whom, when and where; quantity and period are ids of records.
CREATE TABLE facts (
    article TEXT NOT NULL,
    version INTEGER NOT NULL,
    id TEXT NOT NULL,
    quantity TEXT NOT NULL,
    indicator TEXT NOT NULL CHECK (indicator <> ''),
    indicator_spans TEXT NOT NULL CHECK (json_valid(indicator_spans)),
    indicator_code TEXT,
    indicator_name TEXT,
    aspect TEXT NOT NULL CHECK (aspect IN ('level', 'change', 'share', 'contribution', 'rank', 'target')),
    direction TEXT CHECK (direction IN ('up', 'down')),
    basis TEXT CHECK (basis IN ('yoy', 'mom', 'ytd', 'avg', 'other')),
    base TEXT,
    per TEXT,
    period TEXT,
    region TEXT,
    region_code TEXT,
    subject TEXT,
    rule TEXT NOT NULL,
    PRIMARY KEY (article, version, id),
    FOREIGN KEY (article, version) REFERENCES articles (id, version),
    FOREIGN KEY (article, version, period) REFERENCES periods (article, version, id)
) STRICT, WITHOUT ROWID;

-- Something a reader should know of the reading: never a silent guess, never a silent drop.
CREATE TABLE findings (
    article TEXT NOT NULL,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0),
    code TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'error')),
    message TEXT NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK ("end" >= start),
    PRIMARY KEY (article, version, position),
    FOREIGN KEY (article, version) REFERENCES articles (id, version)
) STRICT, WITHOUT ROWID;

-- One row a text, where load was given the articles; articles refer to it by sha256.
CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX articles_current ON articles (id) WHERE valid_to IS NULL;
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_sha256 ON articles (sha256);
CREATE INDEX facts_indicator_code ON facts (indicator_code);
CREATE INDEX facts_indicator ON facts (indicator);
