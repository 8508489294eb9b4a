CREATE TABLE zhengshu_schema (
    version integer NOT NULL
);
INSERT INTO zhengshu_schema (version) VALUES (0);

CREATE TABLE runs (
    id integer PRIMARY KEY,
    loaded_at timestamptz NOT NULL,
    added integer NOT NULL CHECK (added >= 0),
    replaced integer NOT NULL CHECK (replaced >= 0),
    unchanged integer NOT NULL CHECK (unchanged >= 0),
    failed integer NOT NULL CHECK (failed >= 0)
);

CREATE TABLE articles (
    id text NOT NULL CHECK (id <> ''),
    version integer NOT NULL CHECK (version >= 1),
    source text,
    sha256 text NOT NULL CHECK (length(sha256) = 64),
    length integer NOT NULL CHECK (length >= 0),
    title text,
    publisher text,
    published date,
    region text,
    schema_version text NOT NULL,
    generator text NOT NULL,
    generator_version text NOT NULL,
    digest text NOT NULL CHECK (length(digest) = 64),
    run integer NOT NULL REFERENCES runs (id),
    valid_from timestamptz NOT NULL,
    valid_to timestamptz CHECK (valid_to >= valid_from),
    PRIMARY KEY (id, version)
);

CREATE TABLE numbers (
    article text NOT NULL,
    version integer NOT NULL,
    id text NOT NULL,
    start integer NOT NULL CHECK (start >= 0),
    "end" integer NOT NULL CHECK ("end" >= start),
    text text NOT NULL,
    value numeric CHECK (value <> 'NaN' AND abs(value) <> 'Infinity'),
    role text NOT NULL CHECK (role IN ('quantity', 'period', 'ordinal', 'name', 'word', 'label', 'list', 'unread')),
    record text,
    PRIMARY KEY (article, version, id),
    FOREIGN KEY (article, version) REFERENCES articles (id, version)
);

CREATE TABLE quantities (
    article text NOT NULL,
    version integer NOT NULL,
    id text NOT NULL,
    start integer NOT NULL CHECK (start >= 0),
    "end" integer NOT NULL CHECK ("end" >= start),
    text text NOT NULL,
    rule text NOT NULL,
    value numeric NOT NULL CHECK (value <> 'NaN' AND abs(value) <> 'Infinity'),
    high numeric CHECK (high <> 'NaN' AND abs(high) <> 'Infinity'),
    unit text,
    unit_text text,
    dimension text,
    modifier text NOT NULL CHECK (modifier IN (
        'exact', 'approx', 'nearly', 'more_than', 'at_least', 'less_than', 'at_most'
    )),
    base_value numeric CHECK (base_value <> 'NaN' AND abs(base_value) <> 'Infinity'),
    base_unit text,
    PRIMARY KEY (article, version, id),
    FOREIGN KEY (article, version) REFERENCES articles (id, version)
);

CREATE TABLE periods (
    article text NOT NULL,
    version integer NOT NULL,
    id text NOT NULL,
    start integer NOT NULL CHECK (start >= 0),
    "end" integer NOT NULL CHECK ("end" >= start),
    text text NOT NULL,
    rule text NOT NULL,
    start_date date,
    end_date date,
    type text NOT NULL CHECK (type IN ('year', 'part', 'day', 'range', 'plan', 'relative', 'since', 'until', 'as_of')),
    PRIMARY KEY (article, version, id),
    FOREIGN KEY (article, version) REFERENCES articles (id, version)
);

CREATE TABLE ordinals (
    article text NOT NULL,
    version integer NOT NULL,
    id text NOT NULL,
    start integer NOT NULL CHECK (start >= 0),
    "end" integer NOT NULL CHECK ("end" >= start),
    text text NOT NULL,
    rule text NOT NULL,
    value numeric NOT NULL CHECK (value <> 'NaN' AND abs(value) <> 'Infinity'),
    role text NOT NULL CHECK (role IN ('rank', 'sequence')),
    scope text,
    top boolean NOT NULL,
    PRIMARY KEY (article, version, id),
    FOREIGN KEY (article, version) REFERENCES articles (id, version)
);

CREATE TABLE programs (
    article text NOT NULL,
    version integer NOT NULL,
    id text NOT NULL,
    start integer NOT NULL CHECK (start >= 0),
    "end" integer NOT NULL CHECK ("end" >= start),
    text text NOT NULL,
    rule text NOT NULL,
    name text NOT NULL,
    type text NOT NULL CHECK (type IN (
        'plan', 'action', 'project', 'strategy', 'reform', 'mechanism', 'fund', 'zone',
        'campaign', 'document', 'title', 'other'
    )),
    PRIMARY KEY (article, version, id),
    FOREIGN KEY (article, version) REFERENCES articles (id, version)
);

CREATE TABLE facts (
    article text NOT NULL,
    version integer NOT NULL,
    id text NOT NULL,
    quantity text NOT NULL,
    indicator text NOT NULL CHECK (indicator <> ''),
    indicator_spans jsonb NOT NULL CHECK (jsonb_typeof(indicator_spans) = 'array'),
    indicator_code text,
    indicator_name text,
    aspect text NOT NULL CHECK (aspect IN ('level', 'change', 'share', 'contribution', 'rank', 'target')),
    direction text CHECK (direction IN ('up', 'down')),
    basis text CHECK (basis IN ('yoy', 'mom', 'ytd', 'avg', 'other')),
    base text,
    per text,
    period text,
    region text,
    region_code text,
    subject text,
    rule text NOT NULL,
    PRIMARY KEY (article, version, id),
    FOREIGN KEY (article, version) REFERENCES articles (id, version),
    FOREIGN KEY (article, version, period) REFERENCES periods (article, version, id)
);

CREATE TABLE findings (
    article text NOT NULL,
    version integer NOT NULL,
    position integer NOT NULL CHECK (position >= 0),
    code text NOT NULL,
    severity text NOT NULL CHECK (severity IN ('info', 'warning', 'error')),
    message text NOT NULL,
    start integer NOT NULL CHECK (start >= 0),
    "end" integer NOT NULL CHECK ("end" >= start),
    PRIMARY KEY (article, version, position),
    FOREIGN KEY (article, version) REFERENCES articles (id, version)
);

CREATE TABLE texts (
    sha256 text PRIMARY KEY,
    text text NOT NULL
);

CREATE UNIQUE INDEX articles_current ON articles (id) WHERE valid_to IS NULL;
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_sha256 ON articles (sha256);
CREATE INDEX facts_indicator_code ON facts (indicator_code);
CREATE INDEX facts_indicator ON facts USING hash (indicator);

COMMENT ON TABLE zhengshu_schema IS 'One row: which migration these tables are at.';
COMMENT ON COLUMN zhengshu_schema.version IS 'Number of the last migration that was done.';

COMMENT ON TABLE runs IS 'One row a load that changed something.';
COMMENT ON COLUMN runs.id IS 'Number of the run, from 1.';
COMMENT ON COLUMN runs.loaded_at IS 'When it was loaded (UTC); valid_from of what it brought.';
COMMENT ON COLUMN runs.added IS 'Articles that were new.';
COMMENT ON COLUMN runs.replaced IS 'Articles that got a new version.';
COMMENT ON COLUMN runs.unchanged IS 'Articles that were as before.';
COMMENT ON COLUMN runs.failed IS 'Documents that could not be loaded.';

COMMENT ON TABLE articles IS 'One row a version of an article; the current one has no valid_to.';
COMMENT ON COLUMN articles.id IS 'Id of the article, unique in a run.';
COMMENT ON COLUMN articles.version IS
    'Version of the article in this database: 1, and one more each time that its document changed.';
COMMENT ON COLUMN articles.source IS 'File that it came from, with the line in a JSONL; null where it came from none.';
COMMENT ON COLUMN articles.sha256 IS 'SHA-256 of the decoded text in UTF-8, in hexadecimal digits.';
COMMENT ON COLUMN articles.length IS 'Length of the text in code points.';
COMMENT ON COLUMN articles.title IS 'Title as given, null where not given.';
COMMENT ON COLUMN articles.publisher IS 'Publisher as given, null where not given.';
COMMENT ON COLUMN articles.published IS
    'Date of publication as given, from which 今年 and 上半年 count; null where not given.';
COMMENT ON COLUMN articles.region IS 'Region as given, what 全市 and 我省 mean; null where not given.';
COMMENT ON COLUMN articles.schema_version IS 'version of the output document';
COMMENT ON COLUMN articles.generator IS 'program that wrote it';
COMMENT ON COLUMN articles.generator_version IS 'its version';
COMMENT ON COLUMN articles.digest IS 'SHA-256 of the document without source, by which a load sees whether it changed.';
COMMENT ON COLUMN articles.run IS 'Run that brought this version.';
COMMENT ON COLUMN articles.valid_from IS 'When this version came (UTC).';
COMMENT ON COLUMN articles.valid_to IS 'When the next version came, null of the current one.';

COMMENT ON TABLE numbers IS 'An entry of the ledger: one numeral with its scale, and what became of it.';
COMMENT ON COLUMN numbers.article IS 'id of the article';
COMMENT ON COLUMN numbers.version IS 'Version of the article that the record is of, from 1.';
COMMENT ON COLUMN numbers.id IS 'Id of the record, unique in its document.';
COMMENT ON COLUMN numbers.start IS 'Offset of the first character in the article, in code points from 0.';
COMMENT ON COLUMN numbers."end" IS 'Offset behind the last character.';
COMMENT ON COLUMN numbers.text IS 'The article from start to end, line breaks included.';
COMMENT ON COLUMN numbers.value IS 'What the numeral is worth by itself, null where it counts nothing.';
COMMENT ON COLUMN numbers.role IS 'What became of the numeral.';
COMMENT ON COLUMN numbers.record IS 'Id of the quantity, period or ordinal that took it, else null.';

COMMENT ON TABLE quantities IS 'A number with its unit: 5600余亿元 -> 560000000000 元, more_than.';
COMMENT ON COLUMN quantities.article IS 'id of the article';
COMMENT ON COLUMN quantities.version IS 'Version of the article that the record is of, from 1.';
COMMENT ON COLUMN quantities.id IS 'Id of the record, unique in its document.';
COMMENT ON COLUMN quantities.start IS 'Offset of the first character in the article, in code points from 0.';
COMMENT ON COLUMN quantities."end" IS 'Offset behind the last character.';
COMMENT ON COLUMN quantities.text IS 'The article from start to end, line breaks included.';
COMMENT ON COLUMN quantities.rule IS 'Name of the rule that read the record.';
COMMENT ON COLUMN quantities.value IS 'The number multiplied out, of a range the lower end.';
COMMENT ON COLUMN quantities.high IS 'Upper end of a range, else null.';
COMMENT ON COLUMN quantities.unit IS 'Canonical unit after scale words, null where the number stands bare.';
COMMENT ON COLUMN quantities.unit_text IS 'Unit as written, with its scale word.';
COMMENT ON COLUMN quantities.dimension IS 'What the unit measures.';
COMMENT ON COLUMN quantities.modifier IS 'How exact the number is, by the hedge beside it.';
COMMENT ON COLUMN quantities.base_value IS 'Value in base_unit, null where there is no such unit.';
COMMENT ON COLUMN quantities.base_unit IS
    'Coherent SI unit, ISO 4217 code, or 1 for counts and ratios; null where there is none.';

COMMENT ON TABLE periods IS 'Calendar time: ISO dates, both inclusive; null where open or unknown.';
COMMENT ON COLUMN periods.article IS 'id of the article';
COMMENT ON COLUMN periods.version IS 'Version of the article that the record is of, from 1.';
COMMENT ON COLUMN periods.id IS 'Id of the record, unique in its document.';
COMMENT ON COLUMN periods.start IS 'Offset of the first character in the article, in code points from 0.';
COMMENT ON COLUMN periods."end" IS 'Offset behind the last character.';
COMMENT ON COLUMN periods.text IS 'The article from start to end, line breaks included.';
COMMENT ON COLUMN periods.rule IS 'Name of the rule that read the record.';
COMMENT ON COLUMN periods.start_date IS 'First day, null where open or unknown.';
COMMENT ON COLUMN periods.end_date IS 'Last day, inclusive; null where open or unknown.';
COMMENT ON COLUMN periods.type IS 'Kind of period.';

COMMENT ON TABLE ordinals IS 'A rank or a sequence number: 第3位 -> 3, rank, scope 全省.';
COMMENT ON COLUMN ordinals.article IS 'id of the article';
COMMENT ON COLUMN ordinals.version IS 'Version of the article that the record is of, from 1.';
COMMENT ON COLUMN ordinals.id IS 'Id of the record, unique in its document.';
COMMENT ON COLUMN ordinals.start IS 'Offset of the first character in the article, in code points from 0.';
COMMENT ON COLUMN ordinals."end" IS 'Offset behind the last character.';
COMMENT ON COLUMN ordinals.text IS 'The article from start to end, line breaks included.';
COMMENT ON COLUMN ordinals.rule IS 'Name of the rule that read the record.';
COMMENT ON COLUMN ordinals.value IS 'The rank or the place in the sequence.';
COMMENT ON COLUMN ordinals.role IS 'Whether it is a rank among peers or a sequence number.';
COMMENT ON COLUMN ordinals.scope IS 'The peers as written, null where none.';
COMMENT ON COLUMN ordinals.top IS 'Whether it only says to be among the first so many (前十).';

COMMENT ON TABLE programs IS 'A named government programme; name is text without line breaks.';
COMMENT ON COLUMN programs.article IS 'id of the article';
COMMENT ON COLUMN programs.version IS 'Version of the article that the record is of, from 1.';
COMMENT ON COLUMN programs.id IS 'Id of the record, unique in its document.';
COMMENT ON COLUMN programs.start IS 'Offset of the first character in the article, in code points from 0.';
COMMENT ON COLUMN programs."end" IS 'Offset behind the last character.';
COMMENT ON COLUMN programs.text IS 'The article from start to end, line breaks included.';
COMMENT ON COLUMN programs.rule IS 'Name of the rule that read the record.';
COMMENT ON COLUMN programs.name IS 'The text without line breaks.';
COMMENT ON COLUMN programs.type IS 'Kind of programme.';

COMMENT ON TABLE facts IS 'What a figure says, of whom, when and where; quantity and period are ids of records.';
COMMENT ON COLUMN facts.article IS 'id of the article';
COMMENT ON COLUMN facts.version IS 'Version of the article that the record is of, from 1.';
COMMENT ON COLUMN facts.id IS 'Id of the fact, unique in its document.';
COMMENT ON COLUMN facts.quantity IS 'Id of the quantity or of the ordinal that is the figure.';
COMMENT ON COLUMN facts.indicator IS 'What is measured, as written, without line breaks.';
COMMENT ON COLUMN facts.indicator_spans IS
    'Where the indicator stands: pairs of start and end in code points, end exclusive.';
COMMENT ON COLUMN facts.indicator_code IS 'Code of the official indicator, our own; null where it is none.';
COMMENT ON COLUMN facts.indicator_name IS 'Canonical name of the official indicator, null where it is none.';
COMMENT ON COLUMN facts.aspect IS
    'What the figure is to its indicator: a level, a change, a share, a contribution, a rank or a target.';
COMMENT ON COLUMN facts.direction IS 'Where a change goes, up or down; null of what is no change.';
COMMENT ON COLUMN facts.basis IS 'What a change is against: yoy, mom, ytd, avg or other; null where there is none.';
COMMENT ON COLUMN facts.base IS 'What a share or a contribution is of, as written; null where there is none.';
COMMENT ON COLUMN facts.per IS 'What a rate is for, as written (每亩); null where there is none.';
COMMENT ON COLUMN facts.period IS 'Id of the period that governs the figure, null where there is none.';
COMMENT ON COLUMN facts.region IS 'Region that the figure is of, by its full name; null where none is known.';
COMMENT ON COLUMN facts.region_code IS
    'Code of the region in GB/T 2260 when the article was published, null where it has none.';
COMMENT ON COLUMN facts.subject IS 'Who holds the value where that is not the region, as written; else null.';
COMMENT ON COLUMN facts.rule IS 'Name of the rule that read the fact.';

COMMENT ON TABLE findings IS
    'Something a reader should know of the reading: never a silent guess, never a silent drop.';
COMMENT ON COLUMN findings.article IS 'id of the article';
COMMENT ON COLUMN findings.version IS 'Version of the article that the record is of, from 1.';
COMMENT ON COLUMN findings.position IS 'place among the findings of the article, from 0';
COMMENT ON COLUMN findings.code IS 'What was found.';
COMMENT ON COLUMN findings.severity IS 'How grave it is: info, warning or error.';
COMMENT ON COLUMN findings.message IS 'One sentence for a reader.';
COMMENT ON COLUMN findings.start IS 'Offset of the first character concerned, in code points from 0.';
COMMENT ON COLUMN findings."end" IS 'Offset behind the last character concerned.';

COMMENT ON TABLE texts IS 'One row a text, where load was given the articles; articles refer to it by sha256.';
COMMENT ON COLUMN texts.sha256 IS 'SHA-256 of the text in UTF-8, that of its articles.';
COMMENT ON COLUMN texts.text IS 'The decoded text, as load --source found it.';
