-- Full-text search over the texts: any run of three characters is found by MATCH, shorter ones by LIKE.
CREATE VIRTUAL TABLE texts_search USING fts5 (text, content = 'texts', content_rowid = 'id', tokenize = 'trigram');

INSERT INTO texts_search (texts_search) VALUES ('rebuild');

CREATE TRIGGER texts_added AFTER INSERT ON texts BEGIN
    INSERT INTO texts_search (rowid, text) VALUES (new.id, new.text);
END;

CREATE TRIGGER texts_removed AFTER DELETE ON texts BEGIN
    INSERT INTO texts_search (texts_search, rowid, text) VALUES ('delete', old.id, old.text);
END;

-- The articles as they now stand, with their texts where load was given them.
CREATE VIEW v_texts AS
SELECT a.id AS article, a.title, a.publisher, a.published, a.region, t.text
FROM articles a
JOIN texts t ON t.sha256 = a.sha256
WHERE a.valid_to IS NULL;
