"""One file a stage, its words in a table beside it: view in, what was found out."""
