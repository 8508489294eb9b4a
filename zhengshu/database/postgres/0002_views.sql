-- The views have the same columns in SQLite and PostgreSQL. value_real is the value as a double (in SQLite
-- the exact one is text); it is null beyond the range of a double.

-- Every fact of every version of an article, with its figure, its period and when that version held.
CREATE VIEW v_history AS
SELECT
    f.article, f.version, a.valid_from, a.valid_to, a.title, a.publisher, a.published,
    f.id AS fact, f.indicator, f.indicator_code, f.indicator_name,
    f.aspect, f.direction, f.basis, f.base, f.per,
    coalesce(q.text, o.text) AS figure, q.value,
    CASE WHEN abs(q.value) < 1e300 THEN q.value::double precision END AS value_real,
    q.high, q.unit, q.modifier, q.base_value, q.base_unit,
    o.value AS rank, o.scope, o.top,
    p.text AS period, p.start_date AS period_start, p.end_date AS period_end, p.type AS period_type,
    f.region, f.region_code, f.subject, f.rule,
    coalesce(q.start, o.start) AS figure_start, coalesce(q."end", o."end") AS figure_end, f.indicator_spans
FROM facts f
JOIN articles a ON a.id = f.article AND a.version = f.version
LEFT JOIN quantities q ON q.article = f.article AND q.version = f.version AND q.id = f.quantity
LEFT JOIN ordinals o ON o.article = f.article AND o.version = f.version AND o.id = f.quantity
LEFT JOIN periods p ON p.article = f.article AND p.version = f.version AND p.id = f.period;

-- One row a fact as it now stands.
CREATE VIEW v_facts AS
SELECT
    article, title, publisher, published, fact, indicator, indicator_code, indicator_name,
    aspect, direction, basis, base, per, figure, value, value_real, high, unit, modifier, base_value, base_unit,
    rank, scope, top, period, period_start, period_end, period_type, region, region_code, subject, rule,
    figure_start, figure_end, indicator_spans
FROM v_history
WHERE valid_to IS NULL;

-- Time series: one row a value that releases state for an indicator, a region and a period. In a conflict they state
-- different values of the same thing, be it by rounding: each has its row.
CREATE VIEW v_series AS
SELECT
    indicator, indicator_code, region, region_code, subject, scope, aspect, direction, basis, base, per,
    period_start, period_end, value,
    CASE WHEN abs(value) < 1e300 THEN value::double precision END AS value_real,
    high, unit, modifier,
    min(value) OVER point <> max(value) OVER point AS conflict,
    articles, first_published, last_published
FROM (
    SELECT
        indicator, indicator_code, region, region_code, subject, scope, aspect, direction, basis, base, per,
        period_start, period_end, value, high, unit, modifier,
        count(DISTINCT article) AS articles, min(published) AS first_published, max(published) AS last_published
    FROM (
        SELECT
            coalesce(indicator_name, indicator) AS indicator, indicator_code, region, region_code, subject, scope,
            aspect, direction, basis, base, per, period_start, period_end,
            trim_scale(coalesce(value, rank)) AS value,
            high, unit, modifier, article, published
        FROM v_facts
        WHERE period_end IS NOT NULL
    ) AS stated
    GROUP BY
        indicator, indicator_code, region, region_code, subject, scope, aspect, direction, basis, base, per,
        period_start, period_end, value, high, unit, modifier
) AS grouped
WINDOW point AS (
    PARTITION BY indicator, indicator_code, region, region_code, subject, scope, aspect, direction, basis, base, per,
        period_start, period_end, unit
);

-- Every mention of a programme in the articles as they now stand; "program" is its name without quotation marks.
CREATE VIEW v_program_mentions AS
SELECT
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        p.name,
        '“', ''), '”', ''), '‘', ''), '’', ''), '「', ''), '」', ''), '"', ''), '''', ''), '《', ''), '》', '') AS program,
    p.name, p.type, p.article, a.published, p.id, p.start, p."end", p.version
FROM programs p
JOIN articles a ON a.id = p.article AND a.version = p.version AND a.valid_to IS NULL;

-- Figures beside programmes: the facts whose figure stands at most 60 characters from a mention, one row each.
CREATE VIEW v_program_figures AS
SELECT
    m.program, m.type, f.article, f.published, f.fact, f.indicator, f.figure, f.value, f.value_real, f.unit, f.rank,
    min(greatest(f.figure_start - m."end", m.start - f.figure_end, 0)) AS distance
FROM v_program_mentions m
JOIN v_facts f ON f.article = m.article AND f.figure_start <= m."end" + 60 AND f.figure_end >= m.start - 60
GROUP BY
    m.program, m.type, f.article, f.published, f.fact, f.indicator, f.figure, f.value, f.value_real, f.unit, f.rank;

-- One row a programme: "aliases" are its spellings, divided by " / ".
CREATE VIEW v_programs AS
SELECT
    m.program, m.type, n.aliases,
    m.first_seen, m.last_seen, m.articles, m.mentions, coalesce(g.figures, 0) AS figures
FROM (
    SELECT program, type, min(published) AS first_seen, max(published) AS last_seen,
        count(DISTINCT article) AS articles, count(*) AS mentions
    FROM v_program_mentions
    GROUP BY program, type
) m
JOIN (
    SELECT program, type, string_agg(DISTINCT name COLLATE "C", ' / ' ORDER BY name COLLATE "C") AS aliases
    FROM v_program_mentions
    GROUP BY program, type
) n ON n.program = m.program AND n.type = m.type
LEFT JOIN (SELECT program, type, count(*) AS figures FROM v_program_figures GROUP BY program, type) g
    ON g.program = m.program AND g.type = m.type;

-- One row a release as it now stands, with what was read from it.
CREATE VIEW v_releases AS
SELECT
    a.published, a.id AS article, a.title, a.publisher, a.region, a.length,
    (SELECT count(*) FROM quantities r WHERE r.article = a.id AND r.version = a.version) AS quantities,
    (SELECT count(*) FROM ordinals r WHERE r.article = a.id AND r.version = a.version) AS ordinals,
    (SELECT count(*) FROM programs r WHERE r.article = a.id AND r.version = a.version) AS programs,
    (SELECT count(*) FROM facts r WHERE r.article = a.id AND r.version = a.version) AS facts,
    (
        SELECT count(*) FROM findings r
        WHERE r.article = a.id AND r.version = a.version AND r.severity IN ('warning', 'error')
    ) AS to_review,
    a.version, a.valid_from
FROM articles a
WHERE a.valid_to IS NULL;

-- What needs a human look: warnings and errors, with the first figure or numeral that each is about.
CREATE VIEW v_review AS
SELECT
    a.id AS article, a.title, a.published, w.position, w.severity, w.code, w.message,
    coalesce(
        (SELECT q.text FROM quantities q WHERE q.article = w.article AND q.version = w.version
            AND q.start < w."end" AND q."end" > w.start ORDER BY q.start, q.id LIMIT 1),
        (SELECT n.text FROM numbers n WHERE n.article = w.article AND n.version = w.version
            AND n.start < w."end" AND n."end" > w.start ORDER BY n.start, n.id LIMIT 1)
    ) AS figure,
    w.start AS finding_start, w."end" AS finding_end
FROM findings w
JOIN articles a ON a.id = w.article AND a.version = w.version AND a.valid_to IS NULL
WHERE w.severity IN ('warning', 'error');

COMMENT ON VIEW v_history IS
    'Every fact of every version of an article, with its figure, its period and when that version held.';
COMMENT ON VIEW v_facts IS 'One row a fact as it now stands.';
COMMENT ON VIEW v_series IS
    'Time series: one row a value that releases state for an indicator, a region and a period. '
    'In a conflict they state different values of the same thing, be it by rounding: each has its row.';
COMMENT ON VIEW v_program_mentions IS
    'Every mention of a programme in the articles as they now stand; "program" is its name without quotation marks.';
COMMENT ON VIEW v_program_figures IS
    'Figures beside programmes: the facts whose figure stands at most 60 characters from a mention, one row each.';
COMMENT ON VIEW v_programs IS 'One row a programme: "aliases" are its spellings, divided by " / ".';
COMMENT ON VIEW v_releases IS 'One row a release as it now stands, with what was read from it.';
COMMENT ON VIEW v_review IS
    'What needs a human look: warnings and errors, with the first figure or numeral that each is about.';
