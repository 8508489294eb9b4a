-- Full-text search over the texts: LIKE finds any run of characters. pg_trgm makes that quick for three and more; where
-- the extension cannot be made, or its words are ASCII alone (a database in the locale C), texts are read one by one.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX texts_search ON texts USING gin (text gin_trgm_ops);
EXCEPTION WHEN OTHERS THEN
    RAISE WARNING 'texts have no index for search: %', SQLERRM;
END
$$;

CREATE VIEW v_texts AS
SELECT a.id AS article, a.title, a.publisher, a.published, a.region, t.text
FROM articles a
JOIN texts t ON t.sha256 = a.sha256
WHERE a.valid_to IS NULL;

COMMENT ON VIEW v_texts IS
    'The articles as they now stand, with their texts where load was given them.';
